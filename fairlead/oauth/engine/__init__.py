"""The protocol, as django-oauth-toolkit and oauthlib speak it, on our tables."""
