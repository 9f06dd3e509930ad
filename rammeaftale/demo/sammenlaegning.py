"""A made-up merger: two KKRs whose agreements set different terms become one, with terms of a third kind.

Nobody knows whether the KKRs of the two regions will be one, or when. It is put in 2028, in the middle of Hovedstaden's next agreement:
then a price of 2026 was made under the terms of the one or the other, its accounts enter the takst of 2028, which is made under the
merged terms, and are adjusted by those they were priced under.
"""

from datetime import date
from random import Random

from faelles.tid import Periode
from kommuner.models import Kkr, KkrMedlemskab, Region
from rammeaftale.demo.aftaler import VAERDIER, aftale, kommuner_i, sekretariat, vedtaget
from rammeaftale.demo.moeder import beslut, vejen
from rammeaftale.demo.organer import FRA
from rammeaftale.livscyklus import Aftaletilstand
from rammeaftale.models import Organ, Part, Rammeaftale
from rammeaftale.moeder.regler import Organudfald
from rammeaftale.organer.regler import Organart
from rammeaftale.tekst.udsendelse import udsend
from vilkaar.models import Saetstatus
from vilkaar.noegler import Noegle

SJAELLAND, OESTDANMARK = "KKR Sjælland", "KKR Østdanmark (demo)"
DAG = date(2028, 1, 1)
FORBEHOLD = (
    "Opdigtet scenarie. Det vides ikke, om KKR Hovedstaden og KKR Sjælland lægges sammen, eller hvornår; her sker det den 1. januar "
    "2028 med opdigtede vilkår. En pris fra 2026 efterreguleres i taksten for 2028 efter de vilkår, den er fastsat efter."
)
# Reservations, objections and the threshold of adjustment: as one agreement has them, and as the merged has them.
SJAELLANDS = {
    **VAERDIER,
    Noegle.RESERVATION_VARIGHED: "21",
    Noegle.INDSIGELSE_FRIST: "60",
    Noegle.EFTERREGULERING_TAERSKEL_PROCENT: "10",
}
FAELLES = {
    **VAERDIER,
    Noegle.RESERVATION_VARIGHED: "10",
    Noegle.INDSIGELSE_FRIST: "45",
    Noegle.EFTERREGULERING_TAERSKEL_PROCENT: "2",
}


def sammenlaegning(hovedstaden: Kkr, rng: Random) -> None:
    """Sjælland's agreement beside Hovedstaden's, and the one of the KKR both become, recommended with preliminary terms."""
    sjaelland = Kkr.objects.get(navn=SJAELLAND)
    region = Region.objects.select_related("organisation", "afloeses_af__organisation").get(
        organisation__navn="Region Sjælland"
    )
    efterfoelger = region.afloeses_af
    if efterfoelger is None:
        raise LookupError("Region Sjælland har ingen efterfølger i referencedata")
    forbehold = "Demoaftale med opdigtede beslutninger og vilkår."
    sjaellands = vedtaget(
        aftale(sjaelland, 2025, forbehold, SJAELLANDS), [*kommuner_i(sjaelland), region.organisation], rng
    )
    sjaellands.parter.filter(organisation=region.organisation).update(efterfoelger=efterfoelger.organisation)
    ny = _ny_kkr(hovedstaden, sjaelland)
    faelles = aftale(ny, DAG.year, FORBEHOLD, FAELLES, aar=2026)
    Part.objects.bulk_create(
        Part(aftale=faelles, organisation=organisation, periode=faelles.periode)
        for organisation in (*kommuner_i(ny), efterfoelger.organisation)
    )
    _anbefal(faelles)
    udsend(faelles.versioner.get(), Saetstatus.FORELOEBIG)


def _ny_kkr(*gamle: Kkr) -> Kkr:
    """The municipalities of both are in the one from the day."""
    ny = Kkr.objects.create(navn=OESTDANMARK, slug="oestdanmark-demo")
    sekretariat(ny)
    medlemskaber = list(KkrMedlemskab.objects.paa(DAG).filter(kkr__in=gamle))
    for medlemskab in medlemskaber:
        medlemskab.periode = Periode(Periode.af_range(medlemskab.periode).fra, DAG).som_range
    KkrMedlemskab.objects.bulk_update(medlemskaber, ["periode"])
    KkrMedlemskab.objects.bulk_create(
        KkrMedlemskab(kkr=ny, kommune_id=m.kommune_id, periode=Periode(DAG).som_range) for m in medlemskaber
    )
    return ny


def _anbefal(faelles: Rammeaftale) -> None:
    """Recommended well ahead by a KKR that is being prepared, and not sent to the parties yet."""
    kkr = Organ.objects.create(
        kkr=faelles.kkr, art=Organart.KKR, navn=OESTDANMARK, opgave="Forbereder sammenlægningen.",
        periode=Periode(FRA).som_range, demo=True,
    )  # fmt: skip
    faelles.versioner.update(sendt=None)
    faelles.tilstand, faelles.godkendelsesfrist = Aftaletilstand.KKR_ANBEFALET, None
    faelles.save(update_fields=["tilstand", "godkendelsesfrist"])
    tekst, hvorfor = "KKR anbefaler de fælles vilkår.", "Det fælles embedsmandsudvalg er ikke nedsat endnu."
    vejen(faelles, date(2026, 10, 1), beslut(kkr, faelles, date(2026, 10, 24), Organudfald.ANBEFALET, tekst), hvorfor)
