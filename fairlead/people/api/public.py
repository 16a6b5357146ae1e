"""What the API of higher rooms may use of people's."""

from fairlead.people.api.parts import TagRefOutput, company_name, tags
from fairlead.people.api.tags import TagVerbs

__all__ = ["TagRefOutput", "TagVerbs", "company_name", "tags"]
