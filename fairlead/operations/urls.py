"""Addresses of the installation itself."""

from django.urls import path

from fairlead.operations.web import views

urlpatterns = [
    path("health", views.healthy, name="health"),
    path("metrics", views.metrics, name="metrics"),
]
