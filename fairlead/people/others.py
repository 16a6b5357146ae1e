"""What hangs on a contact beside its row, as columns: an export without them would lose it."""

from collections.abc import Callable

from fairlead.people.actions.consent import CHANNELS
from fairlead.people.models import ListSubscription, Suppression
from fairlead.records.public import Computed, Field, FieldType, fragments

EMAILS, PHONES = "people_contactemail", "people_contactphone"
NO_LABEL = "-"
_NUMBER = "coalesce(nullif(o.e164, ''), o.number)"
_LEFT = ListSubscription.Status.UNSUBSCRIBED.value


def _of(table: str, shown: str, which: str) -> Callable[[str], fragments.Sql]:
    """Return what is `shown` of the contact's rows `o` in a table, as an array, the oldest first."""

    def sql(alias: str) -> fragments.Sql:
        return fragments.Sql(
            f"ARRAY(SELECT {shown} FROM {table} o WHERE o.firm_id = {alias}.firm_id "  # noqa: S608 - constants
            f"AND o.contact_id = {alias}.id AND {which} ORDER BY o.id)"
        )

    return sql


def _labels(table: str) -> Callable[[str], fragments.Sql]:
    """Return the labels of the rows that are not primary, in their order; nothing when none has one."""
    some = (
        f"EXISTS (SELECT FROM {table} x WHERE x.firm_id = o.firm_id AND x.contact_id = o.contact_id "
        "AND NOT x.is_primary AND x.label <> '')"
    )
    return _of(table, f"coalesce(nullif(o.label, ''), '{NO_LABEL}')", f"NOT o.is_primary AND {some}")


def _words(column: str, words: dict[str, str]) -> str:
    whens = " ".join(f"WHEN '{value}' THEN '{label}'" for value, label in words.items())
    return f"CASE {column} {whens} ELSE {column} END"


def _blocked(alias: str) -> fragments.Sql:
    """Return the contact's addresses and numbers that nothing is sent to, with the reason, as files have them."""
    reason = _words("s.reason", {value: str(label) for value, label in Suppression.Reason.choices})
    channel = _words("s.channel", {name: CHANNELS[name] for name in ("sms", "whatsapp", "voice")})
    mine = f"o.firm_id = {alias}.firm_id AND o.contact_id = {alias}.id"
    return fragments.Sql(
        "ARRAY(SELECT b.shown FROM ("  # noqa: S608 - constants and an alias of the compiler
        f"SELECT 1 AS kind, o.id, o.address || ' (' || {reason} || ')' AS shown FROM {EMAILS} o "
        "JOIN people_suppression s ON s.firm_id = o.firm_id AND s.channel = 'email' "
        "AND s.address_norm = o.address_norm "
        f"WHERE {mine} UNION ALL "
        f"SELECT 2, o.id, {channel} || ': ' || o.e164 || ' (' || {reason} || ')' FROM {PHONES} o "
        "JOIN people_suppression s ON s.firm_id = o.firm_id AND s.channel IN ('sms', 'whatsapp', 'voice') "
        f"AND s.address_norm = o.e164 WHERE {mine}) b ORDER BY b.kind, b.id, b.shown)"
    )


def _left(alias: str) -> fragments.Sql:
    """Return the names of the lists that the contact has unsubscribed from."""
    return fragments.Sql(
        "ARRAY(SELECT l.name FROM people_listsubscription o "  # noqa: S608 - constants and an alias of the compiler
        "JOIN people_contactlist l ON l.firm_id = o.firm_id AND l.id = o.list_id "
        f"WHERE o.firm_id = {alias}.firm_id AND o.contact_id = {alias}.id AND o.status = %s ORDER BY l.name_norm)",
        (_LEFT,),
    )


def _field(
    name: str, label: str, sql: Callable[[str], fragments.Sql], reads: str, *, group: str = "About", text: str = ""
) -> Field:
    return Field(
        name, label, FieldType.MULTI_CHOICE, group, editable=False, filterable=False, importable=False, help=text,
        computed=Computed(sql, frozenset({reads})),
    )  # fmt: skip


_PRIMARY, _BESIDE = "o.is_primary AND o.label <> ''", "NOT o.is_primary"
OTHERS = (
    _field("additional_emails", "Additional emails", _of(EMAILS, "o.address", _BESIDE), "email"),
    _field("additional_phones", "Additional phones", _of(PHONES, _NUMBER, _BESIDE), "phone"),
    _field("email_label", "Label of the email", _of(EMAILS, "o.label", _PRIMARY), "email"),
    _field("phone_label", "Label of the phone", _of(PHONES, "o.label", _PRIMARY), "phone"),
    _field("email_labels", "Labels of additional emails", _labels(EMAILS), "email", text="In their order."),
    _field("phone_labels", "Labels of additional phones", _labels(PHONES), "phone", text="In their order."),
    _field("blocked", "Blocked addresses", _blocked, "email", group="Consent", text="Nothing is sent there."),
    _field("lists_left", "Lists left", _left, "lists", group="Consent", text="From which they have unsubscribed."),
)
