"""The addresses of the people room under /api/v1/."""

from django.urls import URLPattern

from fairlead.people.api.companies import Companies
from fairlead.people.api.contacts import Contacts
from fairlead.people.api.distribution import Distribution
from fairlead.people.api.lists import Lists
from fairlead.people.api.referrals import LeadGeneration
from fairlead.people.api.suppressions import Suppressions
from fairlead.people.api.tags import Tags
from fairlead.shell.api.routing import routes

urlpatterns: list[URLPattern] = [
    *routes("contacts", Contacts),
    *routes("companies", Companies),
    *routes("distribution", Distribution),
    *routes("lead-generation", LeadGeneration),
    *routes("tags", Tags),
    *routes("lists", Lists),
    *routes("suppressions", Suppressions),
]
