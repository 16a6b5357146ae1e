"""The `endpoint` decorator: what a method takes and gives, to check requests by and to show on the reference page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpResponseBase
from rest_framework.request import Request
from rest_framework.serializers import Serializer

from fairlead.shell.api.paging import LIMIT, MAX_LIMIT
from fairlead.shell.api.params import Param

Method = TypeVar("Method", bound=Callable[..., Any])

CURSOR = Param("cursor", "The `cursor` of the `next` or `previous` link: where the page starts.")
LIMIT_PARAM = Param("limit", "Rows a page.", "integer", default=LIMIT, minimum=1, maximum=MAX_LIMIT)
FIELDS = Param("fields", "Return only these fields, separated by commas.", many=True, example="id,name")


@dataclass(frozen=True)
class Endpoint:
    """One verb of a resource.

    `output` renders what the method returns; `body` checks what it is sent. A `paged` method returns a query set,
    which is cut into pages by `sorts` (public name to a column that is never null), or a `Page` of its own.
    `extra` tells whether a parameter of another name is accepted too (`self.extra`); `open_params` describes those in
    OpenAPI. No body at all counts as {} unless it is `body_required`. `versioned` reads If-Match and sends an ETag.
    `upload` takes multipart/form-data.
    """

    output: type[Serializer[Any]] | None = None
    body: type[Serializer[Any]] | None = None
    body_required: bool = True
    params: tuple[Param, ...] = ()
    extra: Callable[[str], bool] | None = None
    status: int = 200
    paged: bool = False
    sorts: Mapping[str, str] = field(default_factory=dict)
    default_sort: str = ""
    sparse: bool = True
    versioned: bool = False
    media_type: str = "application/json"
    upload: bool = False
    example: Any = None
    result_example: Any = None
    hidden: bool = False
    open_params: tuple[Mapping[str, Any], ...] = ()

    @property
    def all_params(self) -> tuple[Param, ...]:
        """Return the declared parameters and the ones that come with the endpoint's nature."""
        found = list(self.params)
        if self.paged:
            found += [LIMIT_PARAM, CURSOR]
            if self.sorts:
                names = [n for name in self.sorts for n in (name, f"-{name}")]
                about = "The order; a leading minus turns it round."
                found.append(Param("sort", about, choices=names, default=self.default_sort))
        if self.output is not None and self.sparse:
            found.append(FIELDS)
        return tuple(found)


def endpoint(output: type[Serializer[Any]] | None = None, **options: Any) -> Callable[[Method], Method]:
    """Declare a method of a `Resource`; see `Endpoint` for the options.

    The method is called with the checked body (when there is one) and the path's values, and returns an object, a
    query set, a `Page`, None or a finished response. Its docstring is the operation's summary and description.
    """
    spec = Endpoint(output=output, **options)

    def decorate(method: Method) -> Method:
        @wraps(method)
        def handle(view: Any, request: Request, **path: Any) -> HttpResponseBase:
            return view.answer(spec, method, path)  # type: ignore[no-any-return]

        handle.endpoint = spec  # type: ignore[attr-defined]
        handle.method = method  # type: ignore[attr-defined]
        return handle  # type: ignore[return-value]

    return decorate


def verb(
    url: str, output: type[Serializer[Any]] | None = None, *, method: str = "post", of: str = "item", **options: Any
) -> Callable[[Method], Method]:
    """Declare a verb as a resource of its own: `POST /things/{pk}/<url>`, or `/things/<url>` with `of="collection"`."""

    def decorate(function: Method) -> Method:
        handle: Any = endpoint(output, **{"body_required": False, **options})(function)
        handle.route = (url, method, of)
        return handle  # type: ignore[no-any-return]

    return decorate
