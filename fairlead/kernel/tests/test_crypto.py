"""Secrets at rest."""

import pytest

from fairlead.kernel import crypto


def test_what_is_encrypted_reads_back_and_never_looks_the_same() -> None:
    one, two = crypto.encrypt("Grüße"), crypto.encrypt("Grüße")
    assert one != two
    assert crypto.decrypt(one) == crypto.decrypt(two) == "Grüße"


def test_a_new_key_in_front_still_reads_what_the_old_one_wrote(settings) -> None:
    settings.FIELD_KEY = "old"
    token = crypto.encrypt("secret")
    settings.FIELD_KEY = "new, old"
    assert crypto.decrypt(token) == "secret"
    rotated = crypto.rotate(token)
    settings.FIELD_KEY = "new"
    assert crypto.decrypt(rotated) == "secret"
    with pytest.raises(crypto.UnreadableSecret):
        crypto.decrypt(token)
