"""OpenAPI 3.1 from the same declarations that check the requests."""

import inspect
from typing import Any, Literal

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent, force_instance
from rest_framework import serializers

from fairlead.shell.api import etags
from fairlead.shell.api.endpoints import Endpoint
from fairlead.shell.api.problems import CODES

PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
RATE_HEADERS = {
    "RateLimit": {"$ref": "#/components/headers/RateLimit"},
    "RateLimit-Policy": {"$ref": "#/components/headers/RateLimit-Policy"},
}


class Schema(AutoSchema):
    """Describes an endpoint of a `Resource`: its docstring, parameters, body, answers and problems."""

    view: Any

    @property
    def spec(self) -> Endpoint:
        """Return the declaration of the method being described."""
        return self._function().endpoint  # type: ignore[no-any-return]

    def _function(self) -> Any:
        return getattr(self.view, self.view.action)

    def is_excluded(self) -> bool:
        """Leave out what is no endpoint, and hidden ones."""
        return not hasattr(self._function(), "endpoint") or self.spec.hidden

    def get_auth(self) -> list[dict[str, Any]]:
        """Leave it to the document's own: every endpoint takes a key."""
        return []

    def get_operation_id(self) -> str:
        """Return e.g. `contacts_list`, `contacts_opt_out`."""
        name = self.view.action.rstrip("_")
        known = {"partial_update": "update", "retrieve": "get", "destroy": "delete"}
        noun = "_".join(t.replace("-", "_") for t in self._noun_path())
        return f"{noun}_{known.get(name, name)}"

    def _noun_path(self) -> list[str]:
        parts = [p for p in self._tokenize_path() if p]
        route = getattr(self._function(), "route", None)
        return parts[: -len(route[0].split("/"))] or parts if route else parts

    def get_tags(self) -> list[str]:
        """Return the group on the reference page."""
        return [self.view.tag or self._tokenize_path()[0]]

    def get_summary(self) -> str:
        """Return the first sentence of the docstring."""
        return _doc(self._function()).split("\n\n")[0].replace("\n", " ").rstrip(".")

    def get_description(self) -> str:  # type: ignore[override]
        """Return the rest of the docstring."""
        return "\n\n".join(p.replace("\n", " ") for p in _doc(self._function()).split("\n\n")[1:])

    def _get_parameters(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._resolve_path_parameters(_variables(self.path))  # type: ignore[no-untyped-call]
        for parameter in found:
            parameter["required"] = True
        for param in self.spec.all_params:
            shape: dict[str, Any] = {"name": param.name, "in": "query", "description": param.description}
            shape |= {"schema": param.schema()}
            if param.many:
                shape |= {"style": "form", "explode": False}
            if param.example is not None:
                shape["example"] = param.example
            found.append(shape)
        if self.spec.open_params:
            found += [dict(p) for p in self.spec.open_params]
        if self.method in ("POST", "PATCH"):
            found.append({"$ref": "#/components/parameters/IdempotencyKey"})
        if self._is_conditional():
            found.append({"$ref": "#/components/parameters/IfMatch"})
        return found

    def _get_request_body(self, direction: str = "request") -> dict[str, Any] | None:
        spec = self.spec
        if spec.body is None:
            return None
        schema = self._reference(spec.body, "request", partial=self.method == "PATCH")
        kind = "multipart/form-data" if spec.upload else "application/json"
        content: dict[str, Any] = {"schema": schema}
        if spec.example is not None:
            content["example"] = spec.example
        return {"required": spec.body_required, "content": {kind: content}}

    def _get_response_bodies(self, direction: str = "response") -> dict[str, Any]:
        spec = self.spec
        status = spec.status if spec.output is not None or spec.media_type != "application/json" else 204
        success: dict[str, Any] = {"description": self.get_summary(), "headers": dict(RATE_HEADERS)}
        if spec.output is not None:
            content: dict[str, Any] = {"schema": self._result(spec)}
            if spec.result_example is not None:
                content["example"] = spec.result_example
            success["content"] = {"application/json": content}
        elif spec.media_type != "application/json":
            success["content"] = {spec.media_type: {"schema": {"type": "string", "format": "binary"}}}
        if self._is_tagged() and status != 204:
            success["headers"]["ETag"] = {"$ref": "#/components/headers/ETag"}
        return {str(status): success} | {str(s): {"$ref": f"#/components/responses/Problem{s}"} for s in self._fails()}

    def _fails(self) -> list[int]:
        spec, unsafe = self.spec, self.method != "GET"
        found = {401, 403, 422, 429}
        if "{" in self.path or any(param.type == "uuid" for param in spec.params):  # it may name what is not there
            found.add(404)
        if unsafe:
            found |= {400, 404, 409}
        if spec.body is not None:
            found |= {400, 413, 415}
        if self._is_conditional():
            found.add(412)
        return sorted(found)

    def _is_conditional(self) -> bool:
        """Tell whether If-Match is honoured: whatever is done with one record that has a version."""
        if self.method == "GET":
            return False
        if etags.is_matched(type(self.view), {"pk" if name == "id" else name for name in _variables(self.path)}):
            return True
        return "{" in self.path and (self.spec.versioned or self.view.conditional)

    def _is_tagged(self) -> bool:
        """Tell whether the answer has an ETag."""
        changed = self.view.action in ("retrieve", "partial_update", "replace") and etags.is_tagged(type(self.view))
        return self.spec.versioned or changed

    def _result(self, spec: Endpoint) -> dict[str, Any]:
        assert spec.output is not None
        one = self._reference(spec.output, "response")
        if not spec.paged:
            return one
        name = f"{spec.output.__name__.removesuffix('Output')}Page"
        link = {"type": ["string", "null"], "format": "uri"}
        shape = {
            "type": "object",
            "required": ["data", "next", "previous"],
            "properties": {
                "data": {"type": "array", "items": one},
                "next": {**link, "description": "The address of the next page, null on the last."},
                "previous": {**link, "description": "The address of the page before, null on the first."},
                "total": {"type": "integer", "description": "Number of rows on all pages; with `total=true`."},
            },
        }
        page = ResolvedComponent(name=name, type=ResolvedComponent.SCHEMA, object=name, schema=shape)  # type: ignore[no-untyped-call]
        self.registry.register_on_missing(page)
        return dict(page.ref)

    def _reference(
        self,
        serializer: type[serializers.Serializer[Any]],
        direction: Literal["request", "response"],
        *,
        partial: bool = False,
    ) -> dict[str, Any]:
        instance = force_instance(serializer)  # type: ignore[no-untyped-call]
        if partial:
            instance.partial = True
        return dict(self.resolve_serializer(instance, direction).ref)


def _doc(function: Any) -> str:
    return inspect.cleandoc(function.__doc__ or "")


def _variables(path: str) -> list[str]:
    return [part[1:-1] for part in path.split("/") if part.startswith("{")]


def components() -> dict[str, Any]:
    """Return the parts that every operation refers to: problems, headers, parameters."""
    return {
        "schemas": {"Problem": _PROBLEM, "ProblemItem": _ITEM},
        "responses": {
            f"Problem{status}": {"description": title, "headers": _problem_headers(status), "content": PROBLEM}
            for status, title in _titles().items()
        },
        "parameters": {"IdempotencyKey": _KEY, "IfMatch": _MATCH},
        "headers": {name: {"description": about, "schema": {"type": "string"}} for name, about in _HEADERS.items()},
    }


def _titles() -> dict[int, str]:
    found: dict[int, str] = {}
    for status, title in CODES.values():
        found[status] = f"{found[status]}; {title[0].lower()}{title[1:]}" if status in found else title
    return found


def _problem_headers(status: int) -> dict[str, Any]:
    found = dict(RATE_HEADERS)
    if status in (429, 503):
        found["Retry-After"] = {"$ref": "#/components/headers/Retry-After"}
    if status == 412:
        found["ETag"] = {"$ref": "#/components/headers/ETag"}
    return found


_ITEM = {
    "type": "object",
    "description": "One thing that is wrong: a place in the body, a query parameter or a header.",
    "required": ["code", "message"],
    "properties": {
        "field": {"type": "string", "description": "Dotted path into the body.", "examples": ["emails.0.address"]},
        "pointer": {"type": "string", "description": "JSON pointer (RFC 6901)", "examples": ["/emails/0/address"]},
        "parameter": {"type": "string", "description": "Name of the query parameter."},
        "header": {"type": "string", "description": "Name of the header."},
        "code": {"type": "string", "description": "Stable, for programs."},
        "message": {"type": "string", "description": "For people."},
    },
}
_PROBLEM = {
    "type": "object",
    "description": "Every error has this shape (RFC 9457).",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string", "format": "uri", "description": "Where the code is explained."},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What happened this time."},
        "code": {"type": "string", "description": "Stable, for programs."},
        "errors": {"type": "array", "items": {"$ref": "#/components/schemas/ProblemItem"}},
        "current_version": {"type": "integer", "description": "With 412: the version of the record now."},
    },
}
_KEY = {
    "name": "Idempotency-Key", "in": "header", "required": False,
    "description": "Any text of your own. Sent again with the same request within 24 hours, it gets the first answer.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[ -~]+$"},
}  # fmt: skip
_MATCH = {
    "name": "If-Match", "in": "header", "required": False,
    "description": "The ETag you read. If the record has changed since, nothing happens and the answer is 412.",
    "schema": {"type": "string", "examples": ['"7"']},
}  # fmt: skip
_HEADERS = {
    "ETag": "The version of the record, for If-Match.",
    "Retry-After": "Seconds to wait.",
    "RateLimit": "What is left of the quota nearest to its end, and seconds until it is whole again.",
    "RateLimit-Policy": "The quotas (q) and their window in seconds (w).",
}
