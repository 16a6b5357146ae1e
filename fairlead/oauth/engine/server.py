"""The authorization server: authorization code and refresh token, nothing else."""

from typing import Any

from oauthlib.oauth2 import WebApplicationServer
from oauthlib.oauth2.rfc6749.grant_types.authorization_code import code_challenge_method_s256


class Server(WebApplicationServer):  # type: ignore[misc]
    """Refuses the challenge method `plain` when the application asks, not after the person has agreed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auth_grant._code_challenge_methods = {"S256": code_challenge_method_s256}
