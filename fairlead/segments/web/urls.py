"""The addresses of segments, tag rules and personas, under `/f/<firm>/`."""

from django.urls import path

from fairlead.segments.web import overlap, panels, personas, rules, segments

app_name = "segments"
_ONE = "segments/<uuid:segment_id>/"
urlpatterns = [
    path("segments/", segments.page, name="segments"),
    path("segments/new", segments.edit, name="segment-new"),
    path("segments/preview", segments.preview, name="segment-preview"),
    path("segments/overlap", overlap.page, name="overlap"),
    path("segments/defects", segments.defects, name="defects"),
    path("segments/defects/<uuid:defect_id>/settle", segments.settle, name="defect-settle"),
    path(_ONE, segments.segment, name="segment"),
    path(f"{_ONE}edit", segments.edit, name="segment-edit"),
    path(f"{_ONE}explain", segments.explain, name="segment-explain"),
    path(f"{_ONE}size", segments.size, name="segment-size"),
    path(f"{_ONE}pick", segments.pick, name="segment-pick"),
    path(f"{_ONE}versions/<int:number>/restore", segments.restore, name="segment-restore"),
    path(f"{_ONE}<slug:verb>", segments.turn, name="segment-turn"),
    path("tag-rules/", rules.page, name="rules"),
    path("tag-rules/new", rules.edit_rule, name="rule-new"),
    path("tag-rules/ready-made", rules.ready_made, name="rules-ready-made"),
    path("tag-rules/<uuid:rule_id>/", rules.edit_rule, name="rule"),
    path("tag-rules/<uuid:rule_id>/<slug:verb>", rules.turn_rule, name="rule-turn"),
    path("personas/", personas.page, name="personas"),
    path("personas/new", personas.edit, name="persona-new"),
    path("personas/<uuid:persona_id>/", personas.edit, name="persona"),
    path("personas/<uuid:persona_id>/<slug:verb>", personas.turn, name="persona-turn"),
    path("contacts/<uuid:contact_id>/personas", panels.assign, name="contact-personas"),
]
