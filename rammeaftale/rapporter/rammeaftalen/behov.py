"""What the KKR's municipalities have lacked, for the agreement's development part: suppressed counts from the ledger of unmet needs."""

from datetime import date
from uuid import UUID

from rammeaftale.rapporter.rammeaftalen import data
from reservationer.soegning.behov.optaelling import kvartal_navn
from reservationer.soegning.behov.queries import opgoerelse


def saml(kkr_id: UUID, dag: date) -> data.UdaekkedeBehov:
    """Finished quarters before the day. Raises Konflikt when the KKR has not said how small a count may be shown."""
    fundet = opgoerelse(kkr_id, dag=dag)
    return data.UdaekkedeBehov(
        kvartaler=tuple(data.Periodenavn(kvartal_navn(k), k.fra, k.til or k.fra) for k in fundet.kvartaler),
        raekker=tuple(data.Behovsraekke(r.maalgruppe, r.antal, r.i_alt) for r in fundet.raekker),
        summer=fundet.summer,
        i_alt=fundet.i_alt,
    )
