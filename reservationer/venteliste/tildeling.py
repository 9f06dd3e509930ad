"""Giving a place from the list, or to nobody. Whoever is passed over is given a reason, and of two who give at once one wins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.cpr import cpr_fejl
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.haendelser import publicer
from faelles.scope import saet_database_aktoer
from faelles.tid import Periode
from reservationer.sag.foran import Spring
from reservationer.sag.forespoergsler.pladstilbud import giv_pladstilbud
from reservationer.sag.models import Henvendelse, Pladstilbud
from reservationer.sag.priser import Prisaftale
from reservationer.venteliste import queries, raekkefoelge
from reservationer.venteliste.begreber import Regel, Springgrund
from reservationer.venteliste.models import Forbigaaelse, Venteliste, Ventelistepost
from reservationer.venteliste.raekkefoelge import Ventende
from tilbud.models import Afdeling


@dataclass(frozen=True, slots=True)
class Plads:
    """The place that is offered: where, when and at which price, as `giv_pladstilbud` takes it."""

    afdeling_id: UUID
    periode: Periode
    pris: Prisaftale
    plads_id: UUID | None = None


def tilbyd(
    *, aktoer: Aktoer, venteliste_id: UUID, henvendelse_id: UUID, set_: int, plads: Plads, grunde: Mapping[UUID, Spring]
) -> Pladstilbud:
    """Offer the place to the need of an enquiry. Each who would come before it, or all when it is not on the list, has a reason in `grunde`.

    `set_` is the list's `tildelinger` as it was seen. Raises IkkeFundet, UgyldigtInput (all faults at once), and Konflikt
    `venteliste_aendret` when somebody else has given a place meanwhile, besides those of `giv_pladstilbud`.
    """
    aktoer.kraev(Rettighed.RESERVATIONER_SKRIV, Funktion.DRIFTSHERRE)
    with transaction.atomic():
        egne = Henvendelse.objects.synlige_for(aktoer)
        henvendelse = egne.select_for_update(no_key=True, of=("self",)).filter(pk=henvendelse_id).first()
        liste = _laast(aktoer, set_, venteliste_id)
        if henvendelse is None or henvendelse.tilbud_id != liste.tilbud_id:
            raise _findes_ikke()
        _forbigaa(aktoer, liste, plads.afdeling_id, henvendelse, grunde)
        return giv_pladstilbud(
            aktoer=aktoer,
            henvendelse_id=henvendelse_id,
            afdeling_id=plads.afdeling_id,
            periode=plads.periode,
            pris=plads.pris,
            plads_id=plads.plads_id,
        )


def giv_til_ingen(
    *, aktoer: Aktoer, venteliste_id: UUID, set_: int, afdeling_id: UUID, grunde: Mapping[UUID, Spring]
) -> Venteliste:
    """Note that none of those who wait got a place that was free in the department, and why not. Raises as `tilbyd`, and Konflikt when nobody waits for it."""
    aktoer.kraev(Rettighed.RESERVATIONER_SKRIV, Funktion.DRIFTSHERRE)
    with transaction.atomic():
        liste = _laast(aktoer, set_, venteliste_id)
        if not Afdeling.objects.filter(pk=afdeling_id, tilbud=liste.tilbud_id).exists():
            raise UgyldigtInput(
                "ugyldig_tildeling",
                "Intet er noteret, før felterne er rettet.",
                {"afdeling": ["Vælg en af tilbuddets afdelinger."]},
            )
        if not _forbigaa(aktoer, liste, afdeling_id, None, grunde):
            raise Konflikt("ingen_venter", "Ingen venter på en plads i afdelingen.")
        return liste


def springes_over(liste: Venteliste, afdeling_id: UUID | None, henvendelse_id: UUID | None) -> Sequence[Ventende]:
    """Who would be passed over, in order, if a place in the department (None: in one of them) went to this enquiry, or to nobody."""
    koe = queries.ventende([liste.pk])[liste.pk]
    valgt = next((en.id for en in koe if en.henvendelse == henvendelse_id), None)
    return raekkefoelge.forbigaaede(Regel(liste.regel), koe, afdeling_id, valgt)


def _laast(aktoer: Aktoer, set_: int, venteliste_id: UUID) -> Venteliste:
    """The list, which nobody else gives from meanwhile, as it was seen."""
    saet_database_aktoer(aktoer)
    egne = Venteliste.objects.filter(pk=venteliste_id, tilbud__driftsherre=aktoer.organisation_id)
    if aktoer.tilbud is not None:
        egne = egne.filter(tilbud__in=aktoer.tilbud)
    liste = egne.select_for_update(no_key=True, of=("self",)).first()
    if liste is None:
        raise _findes_ikke()
    if liste.tildelinger != set_:
        raise Konflikt(
            "venteliste_aendret", "En anden har netop givet en plads fra ventelisten. Se den igen, og vælg så."
        )
    return liste


def _findes_ikke() -> IkkeFundet:
    """One answer for the list, the enquiry and the entry: which of them there is not is nobody else's business."""
    return IkkeFundet("venteliste_ikke_fundet", "Ventelisten eller behovet på den findes ikke hos jer.")


def _forbigaa(
    aktoer: Aktoer,
    liste: Venteliste,
    afdeling_id: UUID,
    til: Henvendelse | None,
    grunde: Mapping[UUID, Spring],
) -> Sequence[Ventende]:
    forbi = springes_over(liste, afdeling_id, til.pk if til else None)
    noter_forbigaaede(aktoer, liste, afdeling_id, forbi, grunde, til=til)
    return forbi


def noter_forbigaaede(
    aktoer: Aktoer,
    liste: Venteliste | None,
    afdeling_id: UUID,
    forbi: Sequence[Ventende],
    grunde: Mapping[UUID, Spring],
    **til: Model | None,
) -> None:
    """Note that a place of a locked list has been given (`til`: to which case, if any), and each who was passed over with the reason.

    Raises IkkeFundet for a reason about one who is not on the list, and UgyldigtInput unless each has one, and nobody else.
    """
    egne = Ventelistepost.objects.synlige_for(aktoer).filter(venteliste=liste, pk__in=grunde)
    if egne.count() < len(grunde):
        raise _findes_ikke()
    _kraev_grunde(forbi, grunde)
    if liste is None:
        return
    liste.tildelinger += 1
    liste.save(update_fields=["tildelinger"])
    for en in forbi:
        spring = grunde[en.id]
        Forbigaaelse.objects.create(
            post_id=en.id,
            **til,
            afdeling_id=afdeling_id,
            tildeling=liste.tildelinger,
            grund=spring.grund,
            bemaerkning=spring.bemaerkning.strip(),
            organisation_id=aktoer.organisation_id,
            rolle_navn=aktoer.rolle_navn,
            identitet=aktoer.identitet,
        )
        publicer("ventelistepost.forbigaaet", "ventelistepost", en.id)


def _kraev_grunde(forbi: Sequence[Ventende], grunde: Mapping[UUID, Spring]) -> None:
    """Raise UgyldigtInput unless each has its reason, and nobody else; fields are `grund_` and `bemaerkning_` and the entry."""
    felter: dict[str, list[str]] = {}
    for en in forbi:
        spring = grunde.get(en.id)
        if spring is None:
            felter[f"grund_{en.id}"] = ["Vælg, hvorfor den, der venter, ikke får pladsen."]
        elif spring.grund is Springgrund.ANDET and not spring.bemaerkning.strip():
            felter[f"bemaerkning_{en.id}"] = ["Beskriv grunden, når du vælger »Andet«."]
        else:
            felter |= cpr_fejl(**{f"bemaerkning_{en.id}": spring.bemaerkning})
    if andre := set(grunde) - {en.id for en in forbi}:
        felter |= {f"grund_{en}": ["Den springes ikke over af denne plads."] for en in andre}
    if felter:
        raise UgyldigtInput("ugyldig_tildeling", "Pladsen er ikke givet, før felterne er rettet.", felter)
