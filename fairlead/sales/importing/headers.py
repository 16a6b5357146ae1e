"""Headers that other systems export and people write: HubSpot, Pipedrive, Salesforce; four languages.

Compared folded, with punctuation as single spaces (`suggest.normal`); Pipedrive's begin with "Deal - ".
"""

from collections.abc import Sequence
from functools import cache

from fairlead.records.imports.suggest import Guess, normal

_TABLE = {
    "title": "name|title|deal|deal name|opportunity name|opportunity|geschaft|bezeichnung|titel|affaire|negocio|nom",
    "pipeline": "pipeline|sales pipeline|record type|vertriebspipeline",
    "stage": "stage|deal stage|stage name|phase|stufe|etape|etapa",
    "status": "status|outcome|stage type",
    "value": "value|amount|deal value|deal size|wert|betrag|montant|importe|valor|volumen|expected revenue",
    "currency": "currency|deal currency code|currency of value|amount currency|currency code|wahrung|devise|moneda",
    "expected_close": "expected close|expected close date|close date|closing date|due date|abschlussdatum|"
    "date de cloture|fecha de cierre|erwarteter abschluss",
    "closed_at": "won time|lost time|closed|closed date|closed at|deal closed on|won date|lost date",
    "lost_reason": "lost reason|closed lost reason|loss reason|reason lost|verlustgrund",
    "owner": "owner|deal owner|opportunity owner|assigned to|hubspot owner|eigentumer|zustandig|proprietaire|"
    "propietario",
    "company": "company|organization|organisation|account name|account|associated company|associated company names|"
    "primary associated company|firma|unternehmen|entreprise|empresa",
    "contacts": "contacts|contact|contact person|associated contact|associated contacts|contact email|email|emails|"
    "primary contact|associated contact emails|person|kontakt|ansprechpartner|e mail|contact person email",
    "priority": "priority|prioritat|priorite|prioridad",
    "next_step": "next step|next steps|nachster schritt",
    "description": "description|deal description|notes|beschreibung|notizen",
    "source": "source|lead source|deal source|original source type|original traffic source|quelle|source origin",
    "tags": "tags|tag|label|labels|schlagworte|etiquetas",
    "external_id": "record id|deal id|id|opportunity id|external id",
    "created_at": "created|create date|created date|deal created|created at|add time|created on|erstellt|angelegt",
}
# What an export says of its own working, or as numbers of records that nobody knows here.
_LEFT_OUT = (
    "associated company ids|associated contact ids|associated company ids primary|amount in company currency|"
    "weighted amount|weighted value|probability|deal probability|forecast amount|update time|last modified date|"
    "stage change|last stage change|is closed won|is closed lost|is closed|is deal closed|"
    "number of associated contacts|"
    "days to close|last activity date|next activity date|done activities|activities to do|total activities|"
    "email messages count|organization id|contact person id|fiscal period|fiscal quarter|age|"
    "closed won reason|currency of weighted value"
)


@cache
def _known() -> dict[str, str | None]:
    found: dict[str, str | None] = {normal(h): None for h in _LEFT_OUT.split("|")}
    for target, words in _TABLE.items():
        found |= {normal(word): target for word in words.split("|")}
    return found


def known(header: str, values: Sequence[str]) -> Guess | None:
    """Return what a normalised header means, None when it is unknown."""
    for name in (header, header.removeprefix("deal ")):
        if name in _known():
            return Guess(_known()[name])
    return None
