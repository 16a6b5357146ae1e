"""The pages of the oauth room, under `/f/<firm>/`."""

from django.urls import path

from fairlead.oauth.web import applications, connections, consent

app_name = "oauth"
urlpatterns = [
    path("authorize/", consent.page, name="consent"),
    path("settings/applications/", applications.index, name="applications"),
    path("settings/applications/new/", applications.new, name="new_application"),
    path("settings/applications/<uuid:application_id>/", applications.edit, name="application"),
    path("settings/applications/<uuid:application_id>/secret/", applications.secret, name="rotate_secret"),
    path("settings/applications/<uuid:application_id>/delete/", applications.delete, name="delete_application"),
    path("settings/connections/", connections.index, name="connections"),
    path("settings/connections/<uuid:connection_id>/end/", connections.end, name="end_connection"),
]
