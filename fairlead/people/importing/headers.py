"""Headers that other systems export and people write, in English, German, French and Spanish.

Known exports: HubSpot, ActiveCampaign, Salesforce, Mailchimp, Google Contacts, Outlook. Headers are compared
folded, with punctuation as single spaces (`suggest.normal`).
"""

import re
from collections.abc import Sequence
from functools import cache

from fairlead.kernel.text import fold, whole_number
from fairlead.records.imports.suggest import Guess, normal

_TABLE = """
email: email|e mail|email address|e mail address|mail|primary email|
  e mailadresse|e mail adresse|emailadresse|courriel|
  adresse e mail|adresse mail|adresse email|correo|correo electronico|contact email|e mail 1 value|email 1 value
email_label: email label|label of the email|label of an email
phone_label: phone label|label of the phone|label of a phone
email_labels: labels of additional emails
phone_labels: labels of additional phones
blocked: blocked addresses
lists_left: lists left
opt_out_date: opted out on|opt out date|unsub time
converted_by: converted by
emails: additional email addresses|additional emails|secondary email|other email|e mail 2 address|e mail 3 address|
  weitere e mail adressen|alternate email|personal email|work email|email 2|email 3|2nd email
phone: phone|phone number|telephone|telefon|telefonnummer|tel|telefono|numero de telephone|primary phone|contact phone|
  business phone|work phone|telephone number|numero de telefono|company main phone
phones: additional phones|additional phone numbers|additional phone|other phone numbers|weitere telefonnummern
phone/mobile: mobile|mobile phone|mobile phone number|cell|cell phone|handy|mobil|mobiltelefon|portable|movil|celular|
  telephone portable|whatsapp phone number
phone/home: home phone|privat|telefon privat|other phone|business phone 2|home phone 2
phone/fax: fax|fax number|business fax|home fax|faxnummer
first_name: first name|firstname|given name|vorname|prenom|nombre|fname|forename|first
middle_name: middle name|additional name|zweiter vorname|deuxieme prenom|segundo nombre
last_name: last name|lastname|surname|family name|nachname|familienname|name de famille|nom|nom de famille|apellido|
  apellidos|lname|last
full_name: name|full name|fullname|display name|contact name|vollstandiger name|nom complet|nombre completo|kontakt
company: company|company name|account|account name|organization|organisation|organization name|organization 1 name|
  firma|  firmenname|unternehmen|entreprise|societe|empresa|associated company|employer|organizacion
job_title: job title|title|position|role|organization title|organization 1 title|berufsbezeichnung|titre|poste|fonction|
  cargo|puesto|funktion|beruf
website: website|website url|web page|webpage|url|homepage|webseite|site web|sitio web|website 1 value|web
lifecycle: lifecycle stage|lifecycle|stage|contact type|lifecyclestage|lebenszyklusphase|record type
status: lead status|contact status|leadstatus
score: score|lead score|contact score|hubspot score|hubspotscore|leadscore|punkte|punktzahl|lead punkte|score du lead|
  puntuacion|puntuacion del lead
owner: owner|contact owner|account owner|assigned to|hubspot owner|eigentumer|zustandig|besitzer|proprietaire|
  propietario|betreuer|verantwortlich
street: street|street address|address line 1|mailing street|business street|home street|address 1 street|strasse|
  anschrift|rue|calle|direccion|address|adresse|business address|street 1
postal_code: postal code|zip|zip code|postcode|zip postal code|mailing zip postal code|business postal code|plz|
  postleitzahl|code postal|codigo postal|home postal code|address 1 postal code|zip code postal code
city: city|town|mailing city|business city|home city|ort|stadt|ville|ciudad|address 1 city|wohnort
region: state|state region|region|province|mailing state province|business state|bundesland|state province|provincia|
  home state|address 1 region|canton|kanton|departement
country: country|country region|mailing country|business country region|land|pays|pais|home country region|
  address 1 country|country code
address: address 1 formatted|formatted address|full address|mailing address|other address|home address
time_zone: time zone|timezone|zeitzone|fuseau horaire|zona horaria
language: language|preferred language|sprache|langue|idioma|preferred language code
birthday: birthday|date of birth|birth date|birthdate|geburtstag|geburtsdatum|anniversaire|date de naissance|
  fecha de nacimiento|cumpleanos|dob
medium: medium|utm medium|source medium|original source drill down 1
campaign: campaign|utm campaign|kampagne|campagne|campana|original source drill down 2|lead campaign
source_form: form|first form|first form submission|recent conversion|first conversion|formular
source_event: event|veranstaltung|evenement|evento|event name
referrer: referrer|referring page|referring site|first referring site|original referrer
anniversary: anniversary|wedding anniversary|jahrestag|aniversario|event 1 value
advocate: brand advocate|advocate|is advocate|markenbotschafter|ambassadeur|embajador de marca
top_customer: top customer|is top customer|key account|topkunde|vip customer|client vip|cliente vip
consent: status|subscription status|opt in status|email opt out|marketing consent|consent|unsubscribed|member status|
  email status|unsubscribed from all email|einwilligung|do not contact|optout|has opted out of email|global status
channel_email: marketing contact status|email opt in|newsletter
tags: tags|tag|keywords|categories|kategorien|schlagworte|etiquetas|labels tags|mots cles|tag list|category
labels: labels|group membership
lists: lists|list|list memberships|static lists|listen|liste|listes|listas|static list memberships
note: notes|note|comment|comments|notizen|bemerkung|bemerkungen|remarques|notas|description|kommentar|
  commentaire|observaciones
source: source|lead source|original source|original traffic source|quelle|herkunft|origine|origen|original source type
external_id: record id|contact id|id|external id|hubspot id|vid|leid|euid|contactid|kundennummer|customer number|
  subscriber id|lead id|client id|identifiant
created_at: create date|created|created at|created date|date created|date added|erstellt|erstellt am|angelegt am|
  date de creation|fecha de creacion|optin time|created time|creation date|signup date|create time
converted_at: became a client|became a client on|became a customer date
last_activity_at: last activity date|last activity|last contacted|letzte aktivitat|last activity time
-: first name pronunciation|given name yomi|family name yomi|last changed|dstoff|gmtoff|cc|latitude|
  longitude|optin ip|confirm ip|member rating|photo|ip|ip address|phonetic first name|
  phonetic middle name|phonetic last name|file as|e mail display name|e mail 2 display name|
  e mail 3 display name|e mail type|e mail 2 type|e mail 3 type|sensitivity|priority|private|address 1 type|
  last modified date|profile complete|segments|personas
"""

_NUMBERED = (
    (re.compile(r"^e ?mail (\d+) (?:value|address)$"), "email", "email"),
    (re.compile(r"^e ?mail (\d+) (?:label|type)$"), "email_label", "email"),
    (re.compile(r"^phone (\d+) value$"), "phone", "phone"),
    (re.compile(r"^phone (\d+) (?:label|type)$"), "phone_label", "phone"),
)
_ONE_OF_GOOGLE = re.compile(r"^[a-z ]+ \d+ [a-z ]+$")  # "Website 1 - Value", "Address 2 - Country"
SEVERAL = ":::"  # what Google puts between values of one label
_OWN_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
_IGNORED_NUMBERED = re.compile(
    r"^(?:address|organization|website|event|relation|custom field) \d+ (?:label|type|po box|extended address)$"
)


@cache
def table() -> dict[str, Guess]:
    """Return the guess for every known header."""
    found: dict[str, Guess] = {}
    joined = re.sub(r"\|\n\s+", "|", _TABLE).replace("|\n", "|")
    for row in joined.strip().splitlines():
        name, _, headers = row.partition(":")
        target, _, label = name.strip().partition("/")
        for header in headers.split("|"):
            if header.strip():
                found.setdefault(normal(header), Guess(None if target == "-" else target, label))
    return found


_CONSENT_WORDS = frozenset(
    ("active", "unconfirmed", "unsubscribed", "bounced", "subscribed", "cleaned", "inactive", "confirmed")
)


def known(header: str, values: Sequence[str]) -> Guess | None:
    """Return what the normalised header means for a contact, None when it is unknown.

    "Status" is consent in a mailing tool's export and the firm's own word elsewhere: its values tell.
    """
    if header == "status" and not (values and {fold(v) for v in values} <= _CONSENT_WORDS):
        return Guess("status")
    if own_ids(header, values):
        return Guess(None)
    for pattern, target, kind in _NUMBERED:
        match = pattern.match(header)
        if match:
            return Guess(target, pair=f"{kind} {match[1]}")
    if _IGNORED_NUMBERED.match(header):
        return Guess(None)
    return table().get(header)


def own_ids(header: str, values: Sequence[str]) -> bool:
    """Tell whether a column holds the ids of an export of our own, which mean nothing elsewhere."""
    return header == "record id" and bool(values) and all(map(_OWN_ID.fullmatch, values))


def is_numbered(header: str) -> bool:
    """Tell whether a column is one of several of its kind, as Google has them."""
    return bool(_ONE_OF_GOOGLE.match(normal(header)))


def pair_number(pair: str) -> int:
    """Return the number in a pairing key ("email 2"), 0 without one: it orders the columns of one kind."""
    return whole_number(pair.rpartition(" ")[2]) or 0
