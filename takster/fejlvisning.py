"""What is shown of a department's prices, in words: what a report of an error is about (tilbud.fejlmeldinger)."""

from datetime import datetime

from faelles.dokument.tal import dage_i_ord, tal
from faelles.tid import KOEBENHAVN, Periode
from takster.queries import takster_fra
from tilbud.fejlmeldinger.andre import offentligt_vises_som
from tilbud.fejlmeldinger.visning import INTET, vises_som
from tilbud.models import Afdeling, Faktum, OffentligtTilbud


@vises_som(Faktum.TAKST)
def takst(afdeling: Afdeling, nu: datetime) -> str:
    """Those that hold today or later."""
    fundne = takster_fra(afdeling.pk, nu.astimezone(KOEBENHAVN).date())
    return (
        "; ".join(
            f"{t.hjemmel_id}: {tal(t.beloeb, 2)} {t.get_enhed_display()}, {dage_i_ord(Periode.af_range(t.periode))}"
            for t in fundne
        )
        or INTET
    )


@offentligt_vises_som(Faktum.PRIS)
def offentliggjort_pris(tilbud: OffentligtTilbud) -> str:
    """Every price published for it, as written."""
    priser = tilbud.priser.order_by("raekke")
    return "; ".join(
        f"{p.ydelse}: {tal(p.beloeb, 2)} kr.{f' pr. {p.enhed}' if p.enhed else ''}, {p.aar or 'år ikke oplyst'}"
        for p in priser
    )
