"""The addresses of notifications, under `/f/<firm>/`."""

from django.urls import path

from fairlead.notifications.web import centre, wishes

app_name = "notifications"
urlpatterns = [
    path("notifications/", centre.page, name="centre"),
    path("notifications/newest", centre.newest, name="newest"),
    path("notifications/count", centre.count, name="count"),
    path("notifications/read", centre.all_read, name="all-read"),
    path("notifications/<uuid:notice_id>/read", centre.read, name="read"),
    path("settings/notifications/", wishes.page, name="settings"),
]
