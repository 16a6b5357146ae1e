"""Addresses outside of any firm: logging in, one's own login, invitations."""

from django.urls import URLPattern, URLResolver, include, path

from fairlead.accounts.web import addresses, entrance, outbox, own

urlpatterns: list[URLPattern | URLResolver] = [
    path("", entrance.home, name="home"),
    path("accounts/signup/", entrance.sign_up, name="account_signup"),
    path("accounts/slug/", entrance.slug, name="suggest_slug"),
    path("accounts/firms/new/", entrance.new_firm, name="new_firm"),
    path("accounts/profile/", own.profile, name="profile"),
    path("accounts/profile/photo/", own.photo, name="own_photo"),
    path("accounts/sessions/", own.sessions, name="usersessions_list"),
    path("accounts/sessions/end/", own.end_other_sessions, name="end_other_sessions"),
    path("accounts/sessions/<int:session_id>/end/", own.end_session, name="end_session"),
    path("accounts/confirm-email/<str:key>/", addresses.Confirmation.as_view(), name="account_confirm_email"),
    path("accounts/", include("allauth.urls")),
    path("operator/outbox/", outbox.index, name="outbox"),
    path("operator/outbox/<str:name>/", outbox.mail, name="outbox_mail"),
    path("operator/outbox/<str:name>/body/", outbox.body, name="outbox_body"),
    path("operator/outbox/<str:name>/files/<int:number>/", outbox.attachment, name="outbox_file"),
    path("join/<slug:slug>/<str:token>/", entrance.join, name="join"),
    path("login-link/<str:token>/", entrance.login_link, name="login_link"),
]
