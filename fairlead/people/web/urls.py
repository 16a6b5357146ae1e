"""The addresses of contacts, companies, tags and lists, under `/f/<firm>/`."""

from django.urls import URLPattern, path

from fairlead.people.merging import choosing
from fairlead.people.merging import web as merging
from fairlead.people.web import bin as bins
from fairlead.people.web import changes, create, entries, facts, growth, list_pages, lists, record, spread, tags

app_name = "people"


def _of(noun: str, plural: str) -> list[URLPattern]:
    here = {"noun": noun}
    one = f"{plural}/<uuid:record_id>/"
    return [
        path(f"{plural}/new", create.page, here, name=f"{noun}-new"),
        path(f"{plural}/duplicates", create.duplicates, here, name=f"{noun}-duplicates"),
        path(f"{plural}/bin", bins.page, here, name=f"{noun}-bin"),
        path(f"{plural}/bin/restore", bins.restore, here, name=f"{noun}-bin-restore"),
        path(f"{plural}/bin/purge", bins.purge, here, name=f"{noun}-purge"),
        path(one, record.page, here, name=noun),
        path(f"{one}facts/<slug:key>", facts.page, here, name=f"{noun}-fact"),
        path(f"{one}timeline", entries.page, here, name=f"{noun}-timeline"),
        path(f"{one}panels/<slug:key>", record.panel, here, name=f"{noun}-panel"),
        path(f"{one}tags", tags.of_record, here, name=f"{noun}-tags"),
        path(f"{one}delete", changes.delete, here, name=f"{noun}-delete"),
        path(f"{one}restore", changes.restore, here, name=f"{noun}-restore"),
        path(f"{one}merge", choosing.choose, here, name=f"{noun}-merge"),
        path(f"{one}merge/choices", choosing.choices, here, name=f"{noun}-merge-choices"),
        path(f"{one}merge/<uuid:other_id>", merging.compare, here, name=f"{noun}-compare"),
    ]


urlpatterns = [
    *_of("contact", "contacts"),
    *_of("company", "companies"),
    path("contacts/<uuid:record_id>/convert", changes.convert, name="contact-convert"),
    path("contacts/<uuid:record_id>/consent", changes.record_consent, name="contact-consent"),
    path("contacts/<uuid:record_id>/channels", changes.channels, name="contact-channels"),
    path("contacts/<uuid:record_id>/subscriptions", changes.subscriptions, name="contact-subscriptions"),
    path("contacts/<uuid:record_id>/picture", changes.picture, name="contact-picture"),
    path("contacts/<uuid:record_id>/picture/change", changes.picture_form, name="contact-picture-form"),
    path("contacts/<uuid:record_id>/referrer", growth.set_referrer, name="contact-referrer"),
    path("lead-generation/", growth.lead_generation, name="lead-generation"),
    path("referrals/", growth.referrals_page, name="referrals"),
    path("distribution/", spread.page, name="distribution"),
    path("companies/choices", lists.company_choices, name="company-choices"),
    path("duplicates/", merging.queue, name="duplicates"),
    path("duplicates/scans", merging.start_scan, name="duplicate-scans"),
    path("duplicates/scans/<uuid:scan_id>", merging.scan, name="duplicate-scan"),
    path("duplicates/<uuid:candidate_id>", merging.decide, name="duplicate-decide"),
    path("merges/<uuid:merge_id>/undo", merging.undo, name="merge-undo"),
    path("tags/", tags.page, name="tags"),
    path("tags/new", tags.new, name="tag-new"),
    path("tags/choices", tags.choices, name="tag-choices"),
    path("tags/<uuid:tag_id>/", tags.edit, name="tag"),
    path("tags/<uuid:tag_id>/merge", tags.merge, name="tag-merge"),
    path("tags/<uuid:tag_id>/delete", tags.delete, name="tag-delete"),
    path("lists/", lists.page, name="lists"),
    path("lists/new", lists.new, name="list-new"),
    path("lists/<uuid:list_id>/", lists.edit, name="list"),
    path("lists/<uuid:list_id>/figures", list_pages.figures, name="list-figures"),
    path("contacts/<uuid:record_id>/lists/<uuid:list_id>", list_pages.history, name="list-history"),
    path("lists/<uuid:list_id>/archive", lists.archive, name="list-archive"),
    path("lists/<uuid:list_id>/unarchive", lists.unarchive, name="list-unarchive"),
    path("suppressions/", lists.suppressions, name="suppressions"),
    path("suppressions/new", lists.suppress, name="suppression-new"),
    path("suppressions/<uuid:suppression_id>/release", lists.release, name="suppression-release"),
]
