"""Numbers as people type them, in the form that they are stored and compared in."""

import pytest

from fairlead.kernel import phone


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("+49(0) 164986136", "+49164986136"),
        ("+49(0)0185 781660", "+49185781660"),
        ("0185 781660", "+49185781660"),
        ("+39 06 69812345", "+390669812345"),
        ("001-726-556-8181x17403", "+17265568181"),
        ("ask at the desk", ""),
        ("ask for room 12", ""),
        ("4711", ""),
        ("030 1234", "+49301234"),
    ],
)
def test_what_is_stored_is_read_again_as_the_same(typed: str, stored: str) -> None:
    assert phone.e164(typed, "DE") == stored
    assert phone.e164(stored, "DE") == stored
