"""The reference page in the firm's frame."""

from django.urls import path

from fairlead.api.views import reference

app_name = "api"
urlpatterns = [path("reference/", reference, name="reference")]
