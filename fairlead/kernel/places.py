"""Countries (ISO 3166-1), languages and time zones, from the data that ships with the libraries."""

from functools import cache
from importlib import resources
from zoneinfo import available_timezones

from django.conf.locale import LANG_INFO

from fairlead.kernel.text import fold

# English short names of ISO 3166-1; other spellings that exports use follow in _ALIASES.
_NAMES = """AD Andorra|AE United Arab Emirates|AF Afghanistan|AG Antigua and Barbuda|AI Anguilla|AL Albania|AM Armenia|
AO Angola|AQ Antarctica|AR Argentina|AS American Samoa|AT Austria|AU Australia|AW Aruba|AX Åland Islands|AZ Azerbaijan|
BA Bosnia and Herzegovina|BB Barbados|BD Bangladesh|BE Belgium|BF Burkina Faso|BG Bulgaria|BH Bahrain|BI Burundi|
BJ Benin|BL Saint Barthélemy|BM Bermuda|BN Brunei|BO Bolivia|BQ Caribbean Netherlands|BR Brazil|BS Bahamas|BT Bhutan|
BW Botswana|BY Belarus|BZ Belize|CA Canada|CC Cocos Islands|CD DR Congo|CF Central African Republic|CG Congo|
CH Switzerland|CI Côte d'Ivoire|CK Cook Islands|CL Chile|CM Cameroon|CN China|CO Colombia|CR Costa Rica|CU Cuba|
CV Cabo Verde|CW Curaçao|CX Christmas Island|CY Cyprus|CZ Czechia|DE Germany|DJ Djibouti|DK Denmark|DM Dominica|
DO Dominican Republic|DZ Algeria|EC Ecuador|EE Estonia|EG Egypt|EH Western Sahara|ER Eritrea|ES Spain|ET Ethiopia|
FI Finland|FJ Fiji|FK Falkland Islands|FM Micronesia|FO Faroe Islands|FR France|GA Gabon|GB United Kingdom|GD Grenada|
GE Georgia|GF French Guiana|GG Guernsey|GH Ghana|GI Gibraltar|GL Greenland|GM Gambia|GN Guinea|GP Guadeloupe|
GQ Equatorial Guinea|GR Greece|GT Guatemala|GU Guam|GW Guinea-Bissau|GY Guyana|HK Hong Kong|HN Honduras|HR Croatia|
HT Haiti|HU Hungary|ID Indonesia|IE Ireland|IL Israel|IM Isle of Man|IN India|IO British Indian Ocean Territory|
IQ Iraq|IR Iran|IS Iceland|IT Italy|JE Jersey|JM Jamaica|JO Jordan|JP Japan|KE Kenya|KG Kyrgyzstan|KH Cambodia|
KI Kiribati|KM Comoros|KN Saint Kitts and Nevis|KP North Korea|KR South Korea|KW Kuwait|KY Cayman Islands|
KZ Kazakhstan|LA Laos|LB Lebanon|LC Saint Lucia|LI Liechtenstein|LK Sri Lanka|LR Liberia|LS Lesotho|LT Lithuania|
LU Luxembourg|LV Latvia|LY Libya|MA Morocco|MC Monaco|MD Moldova|ME Montenegro|MF Saint Martin|MG Madagascar|
MH Marshall Islands|MK North Macedonia|ML Mali|MM Myanmar|MN Mongolia|MO Macao|MP Northern Mariana Islands|
MQ Martinique|MR Mauritania|MS Montserrat|MT Malta|MU Mauritius|MV Maldives|MW Malawi|MX Mexico|MY Malaysia|
MZ Mozambique|NA Namibia|NC New Caledonia|NE Niger|NF Norfolk Island|NG Nigeria|NI Nicaragua|NL Netherlands|NO Norway|
NP Nepal|NR Nauru|NU Niue|NZ New Zealand|OM Oman|PA Panama|PE Peru|PF French Polynesia|PG Papua New Guinea|
PH Philippines|PK Pakistan|PL Poland|PM Saint Pierre and Miquelon|PR Puerto Rico|PS Palestine|PT Portugal|PW Palau|
PY Paraguay|QA Qatar|RE Réunion|RO Romania|RS Serbia|RU Russia|RW Rwanda|SA Saudi Arabia|SB Solomon Islands|
SC Seychelles|SD Sudan|SE Sweden|SG Singapore|SH Saint Helena|SI Slovenia|SK Slovakia|SL Sierra Leone|SM San Marino|
SN Senegal|SO Somalia|SR Suriname|SS South Sudan|ST São Tomé and Príncipe|SV El Salvador|SX Sint Maarten|SY Syria|
SZ Eswatini|TC Turks and Caicos Islands|TD Chad|TG Togo|TH Thailand|TJ Tajikistan|TK Tokelau|TL Timor-Leste|
TM Turkmenistan|TN Tunisia|TO Tonga|TR Türkiye|TT Trinidad and Tobago|TV Tuvalu|TW Taiwan|TZ Tanzania|UA Ukraine|
UG Uganda|US United States|UY Uruguay|UZ Uzbekistan|VA Vatican City|VC Saint Vincent and the Grenadines|VE Venezuela|
VG British Virgin Islands|VI U.S. Virgin Islands|VN Vietnam|VU Vanuatu|WF Wallis and Futuna|WS Samoa|XK Kosovo|
YE Yemen|YT Mayotte|ZA South Africa|ZM Zambia|ZW Zimbabwe"""
_ALIASES = {
    "usa": "US", "u.s.a.": "US", "united states of america": "US", "uk": "GB", "great britain": "GB", "england": "GB",
    "scotland": "GB", "wales": "GB", "deutschland": "DE", "osterreich": "AT", "schweiz": "CH", "suisse": "CH",
    "espana": "ES", "italia": "IT", "nederland": "NL", "holland": "NL", "the netherlands": "NL", "polska": "PL",
    "france": "FR", "czech republic": "CZ", "turkey": "TR", "korea": "KR", "republic of korea": "KR",
    "russian federation": "RU", "viet nam": "VN", "belgie": "BE", "belgique": "BE", "danmark": "DK", "sverige": "SE",
    "norge": "NO", "suomi": "FI", "brasil": "BR", "mexico": "MX", "ivory coast": "CI", "swaziland": "SZ",
    "macedonia": "MK", "burma": "MM", "cape verde": "CV", "uae": "AE", "hong kong sar": "HK",
}  # fmt: skip


@cache
def countries() -> dict[str, str]:
    """Return code to English name."""
    return dict(entry.strip().split(" ", 1) for entry in _NAMES.replace("\n", "").split("|"))


@cache
def _country_index() -> dict[str, str]:
    index = {fold(name): code for code, name in countries().items()}
    return index | {fold(alias): code for alias, code in _ALIASES.items()} | {c.lower(): c for c in countries()}


def country_code(text: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code for a code or name in any case, or None when it is unknown."""
    return _country_index().get(fold(text))


def is_time_zone(text: str) -> bool:
    """Tell whether `text` is an IANA zone name."""
    return text in available_time_zones()


@cache
def available_time_zones() -> frozenset[str]:
    """Return every IANA zone name."""
    return frozenset(available_timezones())


@cache
def languages() -> dict[str, str]:
    """Return language tag (BCP 47) to its English name."""
    named = {code: str(info["name"]) for code, info in LANG_INFO.items() if "name" in info}
    return dict(sorted(named.items(), key=lambda item: item[1]))


def language_name(tag: str) -> str:
    """Return the English name of a BCP 47 tag, with its region in brackets: "de-AT" is "German (AT)"."""
    base, _, rest = tag.partition("-")
    named = languages()
    return named.get(tag.lower()) or (f"{named[base.lower()]} ({rest})" if base.lower() in named else tag)


@cache
def zone_of_country(country: str) -> str:
    """Return the IANA zone of the country's largest place (the first of `zone.tab`), UTC when there is none."""
    lines = resources.files("tzdata.zoneinfo").joinpath("zone.tab").read_text().splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return next((row[2] for row in rows if row[0] == country), "UTC")
