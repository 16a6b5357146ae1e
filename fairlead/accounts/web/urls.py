"""Addresses within a firm."""

from django.urls import path

from fairlead.accounts.web import audit, background, errands, firm, keys, members, roles, set_aside, teams

app_name = "accounts"
urlpatterns = [
    path("", firm.start, name="start"),
    path("settings/", firm.settings_start, name="settings"),
    path("settings/firm/", firm.settings, name="firm"),
    path("settings/visibility/", firm.visibility, name="visibility"),
    path("settings/members/", members.index, name="members"),
    path("settings/members/invite/", members.invite, name="invite"),
    path("settings/members/<uuid:member_id>/", members.member, name="member"),
    path("settings/members/<uuid:member_id>/photo/", members.photo, name="photo"),
    path("settings/members/<uuid:member_id>/deactivate/", members.deactivate, name="deactivate"),
    path("settings/members/<uuid:member_id>/stay/", members.stay, name="stay"),
    path("settings/members/<uuid:member_id>/reactivate/", members.reactivate, name="reactivate"),
    path("settings/members/<uuid:member_id>/second-factors/", members.second_factors, name="reset_second_factors"),
    path("settings/members/<uuid:member_id>/ownership/", members.ownership, name="ownership"),
    path("settings/invitations/<uuid:invitation_id>/resend/", members.resend, name="resend_invitation"),
    path("settings/invitations/<uuid:invitation_id>/revoke/", members.revoke, name="revoke_invitation"),
    path("settings/teams/", teams.index, name="teams"),
    path("settings/teams/new/", teams.new, name="new_team"),
    path("settings/teams/<uuid:team_id>/", teams.team, name="team"),
    path("settings/teams/<uuid:team_id>/delete/", teams.delete, name="delete_team"),
    path("settings/roles/", roles.index, name="roles"),
    path("settings/roles/new/", roles.new, name="new_role"),
    path("settings/roles/<uuid:role_id>/", roles.role, name="role"),
    path("settings/roles/<uuid:role_id>/delete/", roles.delete, name="delete_role"),
    path("settings/developers/", keys.index, name="keys"),
    path("settings/developers/keys/new/", keys.new, name="new_key"),
    path("settings/developers/keys/<uuid:key_id>/rotate/", keys.rotate, name="rotate_key"),
    path("settings/developers/keys/<uuid:key_id>/revoke/", keys.revoke, name="revoke_key"),
    path("settings/set-aside/", set_aside.index, name="set_aside"),
    path("settings/set-aside/<uuid:set_aside_id>/retry/", set_aside.retry, name="retry_set_aside"),
    path("settings/set-aside/<uuid:set_aside_id>/discard/", set_aside.discard, name="discard_set_aside"),
    path("settings/jobs/", background.index, name="background"),
    path("settings/jobs/<int:job_id>/retry/", background.retry, name="retry_job"),
    path("settings/jobs/<int:job_id>/cancel/", background.cancel, name="cancel_job"),
    path("errands/<uuid:errand_id>/", errands.progress, name="errand"),
    path("errands/<uuid:errand_id>/stop/", errands.stop, name="stop_errand"),
    path("settings/members/<uuid:member_id>/hand-over/", members.hand_over, name="hand_over"),
    path("settings/audit/", audit.index, name="audit"),
    path("settings/audit/export/", audit.export, name="export_audit"),
]
