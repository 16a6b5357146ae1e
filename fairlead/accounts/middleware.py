"""Admission: from a request to a firm, an actor and one transaction.

This middleware stands last, so its `process_view` runs after CSRF and calls the view itself, inside the
transaction: an exception rolls everything back before it becomes a page or a problem document.
"""

from collections.abc import Callable
from typing import Any, cast

import structlog
from django.db import DataError, IntegrityError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponseBase
from django.http.response import HttpResponse
from django.utils import timezone
from rest_framework.response import Response

from fairlead.accounts import admission, credentials, problems, reading
from fairlead.accounts.admission import FirmRequest
from fairlead.accounts.security import firms_of
from fairlead.kernel import dates
from fairlead.kernel.errors import Conflict, FairleadError
from fairlead.shell.api.problems import beside_views
from fairlead.tenancy.public import firm_context

View = Callable[..., HttpResponseBase]
API_PREFIX = "/api/"
AT_ONCE = "Somebody changed something of this at the same moment, so nothing was done. Load the page and try again."
UNFIT = "Something in this request cannot be read, such as a character that no text has. Nothing was done."
log = structlog.get_logger("fairlead.pages")


class FirmMiddleware:
    """Calls views under `/f/<firm>/` as a member of that firm, and API views as the key's member."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on: the work is done in `process_view`; the next request starts in UTC again.

        What answers do not say themselves: they are one person's, and nobody on the way keeps them (RFC 9111, 5.2.2.7).
        """
        try:
            with dates.written_as(dates.USUAL):
                response = self.get_response(request)
        finally:
            timezone.deactivate()
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Admit the caller and call the view; None where the address belongs to no firm."""
        if request.path.startswith(API_PREFIX):
            return self._api(request, view, args, kwargs)
        if request.user.is_authenticated:
            timezone.activate(reading.zone_of(request.user))
            dates.write_as(request.user.preferences.get("date_format", ""))
        match = request.resolver_match
        if match is None or "firm" not in match.kwargs:
            return None
        if not request.user.is_authenticated:
            return problems.logged_out(request)
        try:
            inside = cast(FirmRequest, request)
            inside.firms = firms_of(inside.user)
            inside.firm = admission.one_of(inside.firms, kwargs.pop("firm"))
            return self._page(inside, view, args, kwargs)
        except FairleadError as error:
            return problems.page(request, error)
        except IntegrityError:
            log.warning("refused by the database", exc_info=True)
            return problems.page(request, Conflict(AT_ONCE))
        except DataError:
            log.warning("refused by the database", exc_info=True)
            return problems.page(request, FairleadError(UNFIT))

    def _api(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        shown = credentials.presented(request)
        if shown is None:
            return None  # the view's authentication answers 401
        try:
            with firm_context(shown.firm_id):
                admitted = admission.admit_program(request, shown)
                request.firm, request.actor = admitted or (None, None)  # type: ignore[attr-defined]
                return _answer(view(request, *args, **kwargs))
        except (
            IntegrityError,
            OperationalError,
            InterfaceError,
        ) as error:  # the commit checks the keys, when the view has answered
            return beside_views(error)

    def _page(
        self, request: FirmRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase:
        with firm_context(request.firm.id):
            request.actor = admission.member_actor(request, request.firm)
            answer = _answer(view(request, *args, **kwargs))
            return problems.only_for_forms(request, answer) if answer.status_code == 405 else answer


def _answer(response: HttpResponseBase) -> HttpResponseBase:
    """Render what DRF would render later: that belongs to this transaction too."""
    if isinstance(response, Response) and not response.is_rendered:
        response.render()
    return response
