"""Applications, who let them act, and what they hold."""

from fairlead.oauth.models.access_token import AccessToken
from fairlead.oauth.models.application import Application
from fairlead.oauth.models.connection import Connection
from fairlead.oauth.models.grant import Grant
from fairlead.oauth.models.refresh_token import RefreshToken

__all__ = ["AccessToken", "Application", "Connection", "Grant", "RefreshToken"]
