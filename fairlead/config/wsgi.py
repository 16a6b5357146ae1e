"""The WSGI application."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from fairlead.kernel.garbage import seldom_collected, settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fairlead.config.settings")
with seldom_collected():
    application = get_wsgi_application()
    _ = get_resolver().url_patterns  # every page's code, which the first visitor would wait for
settle()
