"""Django, set up once per process, after the environment is complete."""

import os


def setup() -> None:
    """Load settings and apps. Call inside `Instance.connected()`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fairlead.config.settings")
    import django

    from fairlead.kernel.garbage import seldom_collected

    with seldom_collected():  # what is loaded stays: nothing to find
        django.setup()
