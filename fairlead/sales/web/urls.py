"""The addresses of deals, pipelines and their settings, under `/f/<firm>/`."""

from django.urls import URLPattern

app_name = "sales"
urlpatterns: list[URLPattern] = []
