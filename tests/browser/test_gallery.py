"""Every component and building block: axe, CSP, both widths, both themes."""

from collections.abc import Callable

import pytest

from .conftest import EVERY_FACE, Face

pytestmark = pytest.mark.browser
PAGES = ["", "list/", "list/empty/", "list/none/", "list/wrong/", "record/", "bare/"]


@pytest.mark.parametrize(("size", "theme"), EVERY_FACE)
def test_gallery_has_no_violation(db: None, open_face: Callable[..., Face], size: str, theme: str) -> None:
    face = open_face(size, theme)
    for path in PAGES:
        face.go(f"/shell/gallery/{path}")
        face.check("gallery/" + (path.strip("/").replace("/", "-") or "components"))
