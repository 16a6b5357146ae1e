"""Currencies (ISO 4217) that money may be in, with the number of digits of their minor unit, and who pays in them."""

_TWO = """AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY
COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR
JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO
NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB
TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD YER ZAR ZMW ZWG"""
_NONE = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_THREE = "BHD IQD JOD KWD LYD OMR TND"

# Countries (ISO 3166-1) whose currency does not begin with their own code, as most do: GBP, CHF, JPY.
_SHARED = {
    "EUR": "AD AT AX BE BG BL CY DE EE ES FI FR GF GP GR HR IE IT LT LU LV MC ME MF MQ MT NL PM PT RE SI SK SM VA XK "
           "YT",
    "USD": "AS BQ EC FM GU IO MH MP PR PW SV TC TL UM VG VI",
    "GBP": "GG IM JE", "CHF": "LI", "DKK": "FO GL", "NOK": "BV SJ", "ILS": "PS", "MAD": "EH", "ANG": "CW SX",
    "AUD": "CC CX HM KI NF NR TV", "NZD": "CK NU PN TK", "XPF": "NC PF WF", "XCD": "AG AI DM GD KN LC MS VC",
    "XAF": "CF CG CM GA GQ TD", "XOF": "BF BJ CI GW ML NE SN TG",
}  # fmt: skip
_OF_COUNTRY = {country: code for code, countries in _SHARED.items() for country in countries.split()}

CURRENCIES: dict[str, int] = dict(
    sorted({code: digits for codes, digits in ((_TWO, 2), (_NONE, 0), (_THREE, 3)) for code in codes.split()}.items())
)


def currency_of_country(country: str) -> str:
    """Return the currency that a country (ISO 3166-1 alpha-2) pays in; US dollars where none is known."""
    return _OF_COUNTRY.get(country) or next((c for c in CURRENCIES if c.startswith(country)), "USD")
