"""Addresses of the installation itself."""

from django.urls import path

from fairlead.operations.web import demo, views

urlpatterns = [
    path("health", views.healthy, name="health"),
    path("f/<slug:firm>/demo/removal", demo.removal, name="demo_removal"),
    path("metrics", views.metrics, name="metrics"),
]
