"""The addresses of the credit room, under `/f/<firm>/`."""

from django.urls import path

from fairlead.credit.web import client, model

app_name = "credit"
urlpatterns = [
    path("contacts/<uuid:record_id>/credit", client.page, name="client"),
    path("settings/credit/", model.page, name="model"),
    path("settings/credit/scale", model.scale_form, name="scale"),
    path("settings/credit/start", model.start, name="start"),
    path("settings/credit/factors/new", model.factor_form, name="factor-new"),
    path("settings/credit/factors/<uuid:factor_id>/", model.factor_form, name="factor"),
    path("settings/credit/factors/<uuid:factor_id>/delete", model.factor_delete, name="factor-delete"),
    path("settings/credit/steps/new", model.step_form, name="step-new"),
    path("settings/credit/steps/<uuid:step_id>/", model.step_form, name="step"),
    path("settings/credit/steps/<uuid:step_id>/delete", model.step_delete, name="step-delete"),
]
