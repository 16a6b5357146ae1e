"""How a contact is called and sorted."""

from fairlead.kernel.text import fold
from fairlead.people.models import Contact


def name(contact: Contact) -> None:
    """Write how a contact is called and sorted by its own fields."""
    contact.name = full_name(contact.first_name, contact.last_name, contact.email, contact.phone)
    contact.sort_key = sort_key(contact.first_name, contact.last_name, contact.name)


def full_name(first: str, last: str, email: str = "", phone: str = "") -> str:
    """Return the name to show: first and last name, else the address, else the number, else a dash."""
    return f"{first} {last}".strip() or email or phone or "—"


def sort_key(first: str, last: str, fallback: str = "") -> str:
    """Return the folded key that orders a list by last name, then first name."""
    return fold(f"{last} {first}".strip() or fallback)
