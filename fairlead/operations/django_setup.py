"""Django, set up once per process, after the environment is complete."""

import os


def setup() -> None:
    """Load settings and apps. Call inside `Instance.connected()`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fairlead.config.settings")
    import django

    django.setup()
