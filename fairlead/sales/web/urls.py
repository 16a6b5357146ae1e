"""The addresses of deals, pipelines and their settings, under `/f/<firm>/`."""

from django.urls import URLPattern, path

from fairlead.people.public import bin_pages, change_pages, facts, record_pages, tag_pages, timeline_pages
from fairlead.sales.web import board, builder, choices, create, deal, figures, items, scores, settings, verbs

app_name = "sales"
_deal = {"noun": "deal"}
_one = "deals/<uuid:record_id>/"
_pipeline = "settings/pipelines/<uuid:pipeline_id>/"
_forecast = "deals/forecast/<uuid:pipeline_id>/"

urlpatterns: list[URLPattern] = [
    path("deals/board/", board.index, name="board"),
    path("deals/board/<uuid:pipeline_id>/", board.page, name="board-of"),
    path("deals/board/<uuid:pipeline_id>/totals", board.totals, name="board-totals"),
    path("deals/board/<uuid:pipeline_id>/stages/<uuid:stage_id>", board.column, name="board-column"),
    path("deals/due/", figures.index, {"view": "due"}, name="due-any"),
    path("deals/due/<uuid:pipeline_id>/", board.due_page, name="due"),
    path("deals/forecast/", figures.index, {"view": "forecast"}, name="forecast"),
    path(_forecast, figures.forecast_page, name="forecast-of"),
    path(f"{_forecast}<slug:month>/<slug:kind>", figures.forecast_behind, name="forecast-behind"),
    path(f"{_forecast}kept/<slug:month>/<slug:kind>", figures.kept_behind, name="kept-behind"),
    path("deals/analytics/", figures.index, {"view": "analytics"}, name="analytics"),
    path("deals/analytics/<uuid:pipeline_id>/", figures.analytics, name="analytics-of"),
    path("deals/analytics/<uuid:pipeline_id>/deals", figures.behind_page, name="behind"),
    path("deals/worth", figures.worth_part, name="worth"),
    path("deals/move", board.move, name="move"),
    path("deals/new", create.page, name="deal-new"),
    path("deals/bin", bin_pages.page, _deal, name="deal-bin"),
    path("deals/bin/restore", bin_pages.restore, _deal, name="deal-bin-restore"),
    path("deals/bin/purge", bin_pages.purge, _deal, name="deal-purge"),
    path("deals/contact-choices", choices.contacts, name="contact-choices"),
    path(_one, deal.page, name="deal"),
    path(f"{_one}facts/<slug:key>", facts.page, _deal, name="deal-fact"),
    path(f"{_one}timeline", timeline_pages.page, _deal, name="deal-timeline"),
    path(f"{_one}panels/<slug:key>", record_pages.panel, _deal, name="deal-panel"),
    path(f"{_one}tags", tag_pages.of_record, _deal, name="deal-tags"),
    path(f"{_one}delete", change_pages.delete, _deal, name="deal-delete"),
    path(f"{_one}restore", change_pages.restore, _deal, name="deal-restore"),
    path(f"{_one}win", verbs.win, name="deal-win"),
    path(f"{_one}lose", verbs.lose, name="deal-lose"),
    path(f"{_one}reopen", verbs.reopen, name="deal-reopen"),
    path(f"{_one}move", verbs.move, name="deal-move"),
    path(f"{_one}step", verbs.step, name="deal-step"),
    path(f"{_one}close-date", verbs.close_date, name="deal-close-date"),
    path(f"{_one}items", items.page, name="deal-items"),
    path(f"{_one}contacts/add", verbs.add_contact, name="deal-contact-add"),
    path(f"{_one}companies/add", verbs.add_company, name="deal-company-add"),
    path(f"{_one}contact/<uuid:other_id>/remove", verbs.remove, {"noun": "contact"}, name="deal-contact-remove"),
    path(f"{_one}company/<uuid:other_id>/remove", verbs.remove, {"noun": "company"}, name="deal-company-remove"),
    path("settings/pipelines/", builder.index, name="pipelines"),
    path("settings/pipelines/new", builder.new, name="pipeline-new"),
    path(_pipeline, builder.page, name="pipeline"),
    path(f"{_pipeline}edit", builder.edit, name="pipeline-edit"),
    path(f"{_pipeline}archive", builder.archive, name="pipeline-archive"),
    path(f"{_pipeline}restore", builder.restore, name="pipeline-restore"),
    path(f"{_pipeline}order", builder.order, name="stage-order"),
    path(f"{_pipeline}stages/new", builder.stage_form, name="stage-new"),
    path(f"{_pipeline}stages/<uuid:stage_id>/", builder.stage_form, name="stage"),
    path(f"{_pipeline}stages/<uuid:stage_id>/delete", builder.stage_delete, name="stage-delete"),
    path("settings/products/", settings.product_list, name="products"),
    path("settings/products/new", settings.product_form, name="product-new"),
    path("settings/products/<uuid:product_id>/", settings.product_form, name="product"),
    path("settings/products/<uuid:product_id>/archive", settings.product_archive, name="product-archive"),
    path("settings/currencies/", settings.rate_list, name="rates"),
    path("settings/currencies/new", settings.rate_form, name="rate-new"),
    path("settings/currencies/<uuid:rate_id>/delete", settings.rate_delete, name="rate-delete"),
    path("settings/reasons/", settings.reason_list, name="reasons"),
    path("settings/reasons/new/<slug:kind>", settings.reason_form, name="reason-new"),
    path("settings/reasons/settings", settings.save_settings, name="sales-settings"),
    path("settings/reasons/<uuid:reason_id>/", settings.reason_form, name="reason"),
    path("settings/reasons/<uuid:reason_id>/archive", settings.reason_archive, name="reason-archive"),
    path("settings/scores/", scores.page, name="scores"),
    path("settings/scores/new", scores.form, name="score-new"),
    path("settings/scores/<uuid:rule_id>/", scores.form, name="score"),
    path("settings/scores/<uuid:rule_id>/delete", scores.delete, name="score-delete"),
]
