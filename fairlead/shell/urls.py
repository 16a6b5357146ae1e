"""The gallery of components: mounted in debug and tests only."""

from django.urls import path

from .gallery import views

urlpatterns = [
    path("gallery/", views.components, name="gallery"),
    path("gallery/list/", views.list_page, name="gallery-list"),
    path("gallery/list/<str:state>/", views.list_page, name="gallery-list-state"),
    path("gallery/record/", views.record_page, name="gallery-record"),
    path("gallery/fact/<str:name>/", views.fact, name="gallery-fact"),
    path("gallery/timeline/", views.timeline, name="gallery-timeline"),
    path("gallery/dialog/", views.dialog, name="gallery-dialog"),
    path("gallery/job/<int:done>/", views.job, name="gallery-job"),
    path("gallery/bare/", views.bare, name="gallery-bare"),
    path("gallery/<str:name>.json", views.data, name="gallery-data"),
]
