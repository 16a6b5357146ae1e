"""The addresses of the people room under /api/v1/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
