"""Reading comparisons: the operator's own, their differences in words, and the sheet filled with what is registered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet

from faelles.aktoer import Aktoer
from faelles.tid import idag
from tilbud.models import Importtilstand, Portalafvigelse, Portalbeslutning, Portalsammenligning, Tilbud
from tilbud.portal.skema import STED, portalark
from tilbud.registerimport.queries import skema_paa, tilbudsposter, vis
from tilbud.registerimport.sammenligning import Post
from tilbud.registerimport.skema import Skema


@dataclass(frozen=True, slots=True)
class Afvigelsesvisning:
    """A difference in the words of the sheet; `bortfaldet`: it was to be taken over, and the change came to nothing."""

    afvigelse: Portalafvigelse
    uafgjort: bool
    kolonne: str
    vores: str
    portalens: str

    @property
    def bortfaldet(self) -> bool:
        """See above."""
        return self.uafgjort and self.afvigelse.beslutning == Portalbeslutning.OVERTAG

    @property
    def beslutning(self) -> str:
        """What stands, in words."""
        if self.bortfaldet:
            return "Ikke afgjort: ændringen blev ikke til noget"
        return self.afvigelse.get_beslutning_display()


def uafgjort(foran: str = "") -> Q:
    """Differences to be decided: nobody has, or the change that should take over the portal's was declined or taken back."""
    bortfaldet = [Importtilstand.AFVIST, Importtilstand.TRUKKET]
    return Q(**{f"{foran}beslutning": Portalbeslutning.AFVENTER}) | Q(
        **{f"{foran}registerimport__tilstand__in": bortfaldet}
    )


def egne_poster(aktoer: Aktoer) -> list[Post]:
    """The actor's own offers in canonical form, in Danish order, each once."""
    return list({post.id: post for post in tilbudsposter(aktoer).values()}.values())


def sammenligninger(aktoer: Aktoer) -> QuerySet[Portalsammenligning]:
    """Those the actor may see, newest first, with the number of differences and of those nobody has decided."""
    uafgjorte = Count("afvigelser", filter=uafgjort("afvigelser__"))
    fundne = Portalsammenligning.objects.synlige_for(aktoer).annotate(antal=Count("afvigelser"), uafgjorte=uafgjorte)
    return fundne.order_by("-lavet", "-id")  # said here, for what is counted in groups has no order of its own


def afvigelser(aktoer: Aktoer, sammenligning_id: UUID) -> QuerySet[Portalafvigelse]:
    """The differences of a comparison, by offer, each with whether it is to be decided (`er_uafgjort`)."""
    return (
        Portalafvigelse.objects.synlige_for(aktoer)
        .filter(sammenligning=sammenligning_id)
        .annotate(er_uafgjort=ExpressionWrapper(uafgjort(), BooleanField()))
        .select_related("tilbud")
        .order_by("tilbud__navn_sortering", "tilbud", "felt")
    )


def i_ord(fundne: Sequence[Portalafvigelse], skema: Skema) -> list[Afvigelsesvisning]:
    """The differences as they are shown."""
    navne = {kolonne.felt: kolonne.navn for kolonne in portalark(skema).kolonner}
    return [
        Afvigelsesvisning(
            a,
            bool(a.er_uafgjort),  # type: ignore[attr-defined]  # annotated
            navne.get(a.felt, a.felt),
            vis(skema, a.felt, a.vores),
            vis(skema, a.felt, a.portalens),
        )
        for a in fundne
    ]


def manglende(sammenligning: Portalsammenligning) -> list[str]:
    """The names of the open offers that have an id on the portal and stood not in the extract, in Danish order."""
    return list(Tilbud.objects.filter(pk__in=sammenligning.mangler).values_list("navn", flat=True))


def skabelonraekker(aktoer: Aktoer) -> tuple[list[str], list[list[str]]]:
    """The sheet's headings, and what is registered as rows of it."""
    skema = skema_paa(idag())
    kolonner = portalark(skema).kolonner
    raekker = [
        [
            "" if k.felt in STED and post.felter["beskyttet_adresse"] else vis(skema, k.felt, post.felter[k.felt])
            for k in kolonner
        ]
        for post in egne_poster(aktoer)
    ]
    return [kolonne.navn for kolonne in kolonner], raekker


HOVED = (
    "Tilbud", "Felt", "Her", "På portalen", "Beslutning", "Bemærkning", "Afgjort", "Afgjort som", "Tilbuddets id",
)  # fmt: skip


def raekker_ud(visninger: Sequence[Afvigelsesvisning]) -> Iterator[Sequence[Any]]:
    """A row for each difference."""
    for v in visninger:
        a = v.afvigelse
        yield (
            a.tilbud.navn,
            v.kolonne,
            v.vores,
            v.portalens,
            v.beslutning,
            a.grund,
            a.afgjort,
            a.afgjort_rolle,
            str(a.tilbud_id),
        )
