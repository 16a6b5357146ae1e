"""The address that somebody logs in with, as forms and programs send it."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from fairlead.kernel.fields import Fields


def read_login_address(fields: Fields) -> str | None:
    """Read `email` in small letters; None when it is no address, which is noted as a problem."""
    fields.text("email", longest=254, required=True)
    email: str | None = fields.clean.get("email")
    if email is None:
        return None
    fields.clean["email"] = email = email.lower()
    try:
        validate_email(email)
    except ValidationError:
        fields.problem("email", "Enter an address such as name@example.com.")
        return None
    return email
