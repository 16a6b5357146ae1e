"""Addresses of the protocol, outside of any firm: the firm stands in the client id."""

from django.urls import path

from fairlead.oauth.web import endpoints

urlpatterns = [
    path(".well-known/oauth-authorization-server", endpoints.metadata, name="oauth_metadata"),
    path("oauth/authorize", endpoints.authorize, name="oauth_authorize"),
    path("oauth/token", endpoints.token, name="oauth_token"),
    path("oauth/revoke", endpoints.revoke, name="oauth_revoke"),
    path("oauth/introspect", endpoints.introspect, name="oauth_introspect"),
]
