"""The base of every API view: check what came, call the method, render what it returned."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.http import HttpResponseBase
from rest_framework.exceptions import ParseError
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import MultiPartParser
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from fairlead.kernel.errors import InvalidInput, StaleTag, StaleVersion
from fairlead.kernel.text import whole_number
from fairlead.shell.api import etags, idempotency, limits, paging, params
from fairlead.shell.api.endpoints import Endpoint
from fairlead.shell.api.rendering import JSON
from fairlead.shell.api.strict import StrictJSON

STALE = "Somebody changed this since you read it."


class OnlyJSON(BaseContentNegotiation):
    """Every answer is JSON, whatever the caller would like (RFC 9110, 12.4.1 allows that); bodies are checked."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        """Return the parser of the body's type, or None: 415."""
        kind = (request.content_type or "").partition(";")[0].strip().lower()
        view: Any = (request.parser_context or {}).get("view")
        spec = getattr(getattr(view, view.action or "", None), "endpoint", None)
        wanted = MultiPartParser if spec is not None and spec.upload else StrictJSON
        return next((p for p in parsers if p.media_type == kind and isinstance(p, wanted)), None)

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        """Return JSON."""
        return renderers[0], renderers[0].media_type


class Resource(ViewSet):
    """A noun of the API. Its methods carry `@endpoint` or `@verb` and hold no rules of their own.

    A `conditional` one tells the version of a record (`current_version`): whatever is done with it honours If-Match.
    What has no version is told apart by how it reads (`etags`), without a line of its own.
    """

    parser_classes = (StrictJSON, MultiPartParser)
    renderer_classes = (JSON,)
    content_negotiation_class = OnlyJSON
    tag = ""
    conditional: ClassVar[bool] = False
    query: Mapping[str, Any]
    extra: Mapping[str, str]

    @property
    def actor(self) -> Any:
        """Return who calls: the admitted actor."""
        return self.request._request.actor  # type: ignore[attr-defined]

    @property
    def firm(self) -> Any:
        """Return the firm that the call is for."""
        return self.request._request.firm  # type: ignore[attr-defined]

    @property
    def expected_version(self) -> int | None:
        """Return the version of the If-Match header (RFC 9110, 13.1.1): None when it is absent or `*`.

        A tag that is none of ours matches no version, so -1 is returned and the action answers 412.
        """
        sent = self.request.headers.get("If-Match", "*").strip()
        if sent == "*":
            return None
        number = whole_number(sent.removeprefix("W/").strip('"'), digits=9)
        return -1 if number is None else number

    def current_version(self, pk: UUID) -> int | None:
        """Return the version of the record, locked until the transaction ends; None when the caller sees none."""
        raise NotImplementedError

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Authenticate, then count the request against the limits."""
        try:
            super().initial(request, *args, **kwargs)
        finally:
            limits.count(request)

    def answer(self, spec: Endpoint, method: Callable[..., Any], path: Mapping[str, Any]) -> HttpResponseBase:
        """Check the request by `spec`, call the method, render its result."""
        self.query, self.extra = params.read(self.request.query_params, spec.all_params, spec.extra)
        arguments = dict(path)
        if spec.body is not None:
            arguments["body"] = self._checked_body(spec)
        if self.request.method in SAFE_METHODS or spec.paged:
            result = method(self, **arguments)
            response = self._render(spec, result)
            if self.action == "retrieve" and etags.is_tagged(type(self)) and not isinstance(result, HttpResponseBase):
                response["ETag"] = f'"{etags.tag_of(self, result)}"'
            return response
        with idempotency.guarded(self.request) as guard:
            if guard.replayed is not None:
                return guard.replayed
            self._expect(path)
            response = self._render(spec, method(self, **arguments))
            self._tag(response, path)
            connection.check_constraints()
            guard.keep(response)
            return response

    def _expect(self, path: Mapping[str, Any]) -> None:
        """Raise `StaleVersion` when what is at the address is no longer what the caller read."""
        sent = self.request.headers.get("If-Match", "*").strip()
        if sent == "*":
            return
        if etags.is_matched(type(self), set(path)):
            tag = etags.current(self, path, lock=True)
            if tag is not None and tag not in [one.strip().removeprefix("W/").strip('"') for one in sent.split(",")]:
                raise StaleTag(STALE, tag=tag)
        elif self.conditional and "pk" in path:
            current = self.current_version(path["pk"])
            if current not in (None, self.expected_version):
                raise StaleVersion(STALE, current=current)

    def _tag(self, response: HttpResponseBase, path: Mapping[str, Any]) -> None:
        """Say the tag of what was changed, for who changes it again."""
        if self.action in ("partial_update", "replace") and etags.is_matched(type(self), set(path)):
            tag = etags.current(self, path)
            if tag:
                response["ETag"] = f'"{tag}"'

    def _checked_body(self, spec: Endpoint) -> Any:
        assert spec.body is not None
        if spec.body_required and not spec.upload and not self.request._request.body:
            raise ParseError("A JSON body is expected.", code="malformed")
        checker = spec.body(data=self.request.data, context={"view": self}, partial=self.request.method == "PATCH")
        checker.is_valid(raise_exception=True)
        return checker.validated_data

    def _render(self, spec: Endpoint, result: Any) -> HttpResponseBase:
        if isinstance(result, HttpResponseBase):
            return result
        if result is None:
            return Response(status=204)
        if spec.paged:
            return Response(self._page(spec, result))
        response = Response(self._shown(spec, result), status=spec.status)
        if spec.versioned:
            response["ETag"] = f'"{version_of(result)}"'
        if spec.status == 201 and (pk := identity_of(result)) is not None:
            response["Location"] = self.request.build_absolute_uri(f"{self.request.path}/{pk}")
        return response

    def _page(self, spec: Endpoint, result: Any) -> Any:
        if isinstance(result, QuerySet):
            asked = {"sort": self.query["sort"], "cursor": self.query["cursor"], "limit": self.query["limit"]}
            result = paging.page(result, columns=spec.sorts, **asked)
        rows = result.rows if result.ready else self._shown(spec, result.rows, many=True)
        return paging.envelope(self.request._request, result, rows)

    def _shown(self, spec: Endpoint, result: Any, *, many: bool = False) -> Any:
        wanted = self.query.get("fields") if spec.sparse else None
        if spec.output is None or (
            not many and wanted is None and (isinstance(result, dict) or hasattr(result, "__json__"))
        ):
            return result
        shower: Any = spec.output(result, many=many, context={"view": self})
        if wanted:
            keep_only(shower.child if many else shower, wanted)
        return shower.data

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Add the limits' headers; answers depend on who asks, so nothing in between may keep them."""
        final = super().finalize_response(request, response, *args, **kwargs)
        for name, value in limits.headers(request).items():
            final[name] = value
        final.headers.setdefault("Cache-Control", "private, no-store")
        return final

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Answer with the methods this address knows."""
        return Response(status=204, headers={"Allow": ", ".join(self.allowed_methods)})


def keep_only(shower: Any, wanted: list[str]) -> None:
    """Drop all fields but the wanted ones from an output; raise `InvalidInput` for a name it does not have."""
    unknown = [name for name in wanted if name not in shower.fields]
    if unknown:
        raise InvalidInput({"?fields": [f"There is no field called {unknown[0]}."]})
    for name in set(shower.fields) - set(wanted):
        shower.fields.pop(name)


def version_of(result: Any) -> Any:
    """Return the version of an object or of a dict."""
    return result["version"] if isinstance(result, Mapping) else result.version


def identity_of(result: Any) -> Any:
    """Return the id of an object or of a dict, or None."""
    return result.get("id") if isinstance(result, Mapping) else getattr(result, "pk", None)
