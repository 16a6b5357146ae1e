"""Addresses outside of any firm's pages: calendar feeds."""

from django.urls import path

from fairlead.activities.web import personal

urlpatterns = [path("feeds/tasks/<str:token>.ics", personal.feed, name="task-feed")]
