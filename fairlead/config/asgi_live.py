"""The ASGI application of live events."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fairlead.config.settings")
django.setup()

from fairlead.notifications.public import LiveApp  # noqa: E402  Django first

application = LiveApp()
