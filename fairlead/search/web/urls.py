"""The addresses of search, under `/f/<firm>/`."""

from django.urls import path

from fairlead.search.web import views

app_name = "search"
urlpatterns = [
    path("search/", views.results, name="results"),
    path("search/palette", views.palette, name="palette"),
]
