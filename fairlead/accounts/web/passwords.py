"""The forms of a new password: django-allauth's, in the words of our other forms."""

from allauth.account.fields import PasswordField, SetPasswordField
from allauth.account.forms import ChangePasswordForm as Change
from allauth.account.forms import ResetPasswordKeyForm as Reset

from fairlead.accounts.web.forms import PASSWORD_HELP

# Fields of a class are copied for every form, so that both may hold these.
_NEW = SetPasswordField(label="New password", help_text=PASSWORD_HELP)
_AGAIN = PasswordField(label="New password, once more", autocomplete="new-password")


class NewPasswordForm(Reset):  # type: ignore[misc]
    """A new password, by the link of a mail."""

    password1, password2 = _NEW, _AGAIN


class ChangePasswordForm(Change):  # type: ignore[misc]
    """A new password of who is logged in."""

    oldpassword = PasswordField(show_reset_help=True, label="Your password now", autocomplete="current-password")
    password1, password2 = _NEW, _AGAIN
