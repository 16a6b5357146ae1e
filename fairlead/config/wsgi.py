"""The WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

from fairlead.kernel.garbage import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fairlead.config.settings")
application = get_wsgi_application()
settle()
