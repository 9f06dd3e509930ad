"""The monthly extract for supervision: a municipality's own citizens, and a KKR's with small counts left out."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from faelles.aktoer import Aktoer
from faelles.scope import som_systemet
from faelles.tid import KOEBENHAVN, Periode, idag
from kommuner.kkr import fandtes, forgaengere
from kommuner.queries import kkrmedlemmer
from reservationer.soegning.behov.optaelling import OEVRIGE, Behovsopgoerelse, Behovsraekke
from reservationer.soegning.behov.queries import UDEN_MAALGRUPPE
from reservationer.venteliste.models import Ventelistepost
from reservationer.venteliste.opgoerelse import Inddeling, Ventetid, borgere, maaneder_foer, sidste_dag, tael
from reservationer.venteliste.querysets import VentelistepostQuerySet
from vilkaar.kilde import hoejeste
from vilkaar.noegler import Noegle

MAANEDER = 12
GRUND = "counted across municipalities, and suppressed before anybody sees it"
Opgoerelser = Mapping[Inddeling, Behovsopgoerelse]
EGNE = (Inddeling.TILBUD, Inddeling.MAALGRUPPE, Inddeling.VENTETID)


def egen(aktoer: Aktoer, dag: date | None = None) -> Opgoerelser:
    """The municipality's own citizens who waited at the end of each of the last twelve months: a party sees its numbers as they are."""
    maaneder = maaneder_foer(dag or idag(), MAANEDER)
    alle = _ventetider(Ventelistepost.objects.synlige_for(aktoer), maaneder)
    dele = {maaned: [borgere(alle, sidste_dag(maaned))] for maaned in maaneder}
    return {inddeling: tael(inddeling, dele, 0) for inddeling in EGNE}


def i_kkr(kkr_id: UUID, dag: date | None = None) -> Opgoerelser:
    """The citizens of the KKR's municipalities, for its secretariat. The limit is the term `diskretion_graense`, as for unmet needs.

    The KKRs that have become this one are counted by themselves in the months before. Raises Konflikt when the term is not set.
    """
    paa = dag or idag()
    maaneder = maaneder_foer(paa, MAANEDER)
    graense, kilde = hoejeste(kkr_id, paa, Noegle.DISKRETION_GRAENSE)
    medlemmer = kkrmedlemmer()
    foer = forgaengere(medlemmer, kkr_id, paa)
    with som_systemet(GRUND):
        alle = _ventetider(Ventelistepost.objects.for_systemet(GRUND), maaneder)

    def del_(kkr: UUID, slut: date) -> Sequence[Ventetid]:
        sine = {m.kommune for m in medlemmer if m.kkr == kkr and m.periode.indeholder(slut)}
        return [en for en in borgere(alle, slut) if en.kommunekode in sine]

    dele = {
        maaned: [
            del_(kkr, sidste_dag(maaned)) for kkr in (kkr_id, *foer) if not foer or fandtes(medlemmer, kkr, maaned)
        ]
        for maaned in maaneder
    }
    return {inddeling: tael(inddeling, dele, graense, kilde) for inddeling in Inddeling}


def _ventetider(poster: VentelistepostQuerySet[Ventelistepost], maaneder: Sequence[Periode]) -> list[Ventetid]:
    """Those who may have waited at the end of one of the months. One statement."""
    raekker = poster.exclude(afsluttet__date__lt=maaneder[0].fra).values_list(
        "handlekommune",
        "henvendelse__forespoergsel__sagsreference",
        "handlekommune__kommune",
        "handlekommune__kommune__kortnavn",
        "tilbud__navn",
        "henvendelse__forespoergsel__maalgruppe__term",
        "skrevet_op",
        "afsluttet",
    )
    return [
        Ventetid(
            borger=(organisation, sagsreference),
            kommunekode=kode,
            kommune=kortnavn,
            tilbud=tilbud,
            maalgruppe=maalgruppe or UDEN_MAALGRUPPE,
            fra=fra.astimezone(KOEBENHAVN).date(),
            til=til and til.astimezone(KOEBENHAVN).date(),
        )
        for organisation, sagsreference, kode, kortnavn, tilbud, maalgruppe, fra, til in raekker
    ]


def gruppenavn(raekke: Behovsraekke) -> str:
    """What a row is called: its groups are not target groups alone."""
    return "Øvrige" if raekke.maalgruppe == OEVRIGE else raekke.maalgruppe
