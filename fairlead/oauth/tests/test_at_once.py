"""Two programs bring the same code or refresh token at one moment."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from fairlead.accounts.tests.cast import Person
from fairlead.oauth.actions.tokens import Answer, issue_tokens
from fairlead.oauth.models import RefreshToken
from fairlead.oauth.tests.flow import BACK, Robin
from fairlead.tenancy.public import firm_context
from tests.together import meet

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=["code", "refresh_token"])
def given(request: pytest.FixtureRequest, alice: Person) -> Iterator[tuple[Robin, dict[str, Any]]]:
    """What Robin exchanges: a code that it just got, or the refresh token that it got for it."""
    robin = Robin(alice)
    robin.agreed(alice)
    if request.param == "code":
        found = {"grant_type": "authorization_code", "code": robin.code, "redirect_uri": BACK}
        yield robin, {**found, "code_verifier": robin.verifier}
    else:
        robin.exchange()
        yield robin, {"grant_type": "refresh_token", "refresh_token": robin.refresh}


def test_only_one_of_two_gets_tokens_and_the_family_ends(alice: Person, given: tuple[Robin, dict[str, Any]]) -> None:
    robin, data = given
    answers = list[Answer]()

    def asked() -> HttpRequest:
        proof = {"client_id": robin.client_id, "client_secret": robin.secret}
        return RequestFactory().post("/oauth/token", {**proof, **data})

    def exchange() -> None:
        answers.append(issue_tokens(asked()))

    waited, raised = meet(alice.firm.id, exchange, exchange)
    assert (waited, raised) == (True, [])
    assert [answer.status for answer in answers] == [200, 400], [answer.body for answer in answers]
    with firm_context(alice.firm.id):
        assert not RefreshToken.rows().filter(revoked=None).exists()
