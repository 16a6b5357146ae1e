"""What higher rooms may use of people."""

from fairlead.people import access
from fairlead.people.models import Company, Contact, Tag

__all__ = ["Company", "Contact", "Tag", "access"]
