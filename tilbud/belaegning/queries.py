"""Reading the ledger for the place calendar, and against what is approved."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from faelles.tid import KOEBENHAVN, Periode
from tilbud.belaegning.kalender import Krav, Straekning, bjaelker, overskrifter, straekninger, uger
from tilbud.belaegning.loft import loft, pladsdage
from tilbud.belaegning.models import Optagelse, Optagelsesart
from tilbud.models import Merpladstilladelse, Plads, Pladsart
from tilbud.pladsloft import Loft, Overskridelse, Pladsdage, nye_dage, uden_tilladelse
from tilbud.ugedage import ALLE, ugedagstekst

FRIE = frozenset({"ledig", "ukendt"})  # states of days on which nobody has the place, and somebody may


def kalendere(
    tilbud_id: UUID, kendte: Mapping[UUID, bool], nu: datetime, taget: Loft, *, fra: date | None = None
) -> Mapping[UUID, dict[str, Any]]:
    """The calendar of each department in `kendte` (department → whether its free weeks may be called free), from the week of `fra` (today) on.

    `taget`: what decides whether a place may be taken (`loft`). Two statements. Says that a place is taken and until when, as everybody may know it; never by whom. Days on which a
    place lies unclaimed, but is more than what may be let, are not free; where not all that are may be let together, it says how many.
    """
    idag = nu.astimezone(KOEBENHAVN).date()
    perioder = uger(fra or idag)
    vindue = Periode(perioder[0].fra, perioder[-1].til)
    optagelser = Optagelse.objects.gaelder(nu).i_perioden(vindue).filter(plads__afdeling__tilbud=tilbud_id)
    krav = _krav(optagelser.select_related("lukning"))
    resultat: dict[UUID, dict[str, Any]] = {
        afdeling_id: {"titel": "Pladskalender", "raekker": [], "perioder": perioder, **overskrifter(perioder, idag)}
        for afdeling_id in kendte
    }
    frie: list[Pladsdage] = []
    pladser = Plads.objects.filter(afdeling__tilbud=tilbud_id, periode__overlap=vindue.som_range)
    for plads in pladser.select_related("afdeling__tilbud").order_by("afdeling_id", "betegnelse_sortering", "pk"):
        egne, ugedage = krav.get(plads.pk, []), frozenset(plads.ugedage)
        hvordan: Any = {
            "kendt": kendte[plads.afdeling_id],
            "ikke_godkendte": _ikke_godkendte(plads, taget, vindue, idag),
        }
        dage = straekninger(plads.aaben, ugedage, egne, vindue, **hvordan)
        frie += [pladsdage(plads, fri) for s in dage if s.status in FRIE and (fri := s.periode.faelles(Periode(idag)))]
        resultat[plads.afdeling_id]["titel"] = f"Pladskalender for {plads.afdeling}"
        resultat[plads.afdeling_id]["raekker"].append(
            {
                "id": plads.pk,
                "navn": plads.betegnelse,
                "note": _note(plads),
                "felter": bjaelker(plads.aaben, ugedage, egne, perioder, **hvordan),
                "straekninger": dage,
            }
        )
    hoejst = taget.hoejst(frie, idag)
    for afdeling_id, kalender in resultat.items():
        egne_frie = [fri.periode for fri in frie if fri.afdeling == str(afdeling_id)]
        kalender["hoejst"] = [en for en in hoejst if any(map(en.periode.overlapper, egne_frie))]
    return resultat


def straekninger_for(plads: Plads, nu: datetime, fra: date, *, kendt: bool) -> list[Straekning]:
    """A place to the day over the same weeks. Four statements."""
    perioder = uger(fra)
    vindue = Periode(perioder[0].fra, perioder[-1].til)
    optagelser = plads.optagelser.gaelder(nu).i_perioden(vindue).select_related("lukning")
    egne = _krav(optagelser).get(plads.pk, [])
    ikke_godkendte = _ikke_godkendte(
        plads, loft(plads.afdeling.tilbud_id, nu), vindue, nu.astimezone(KOEBENHAVN).date()
    )
    ugedage = frozenset(plads.ugedage)
    return straekninger(plads.aaben, ugedage, egne, vindue, kendt=kendt, ikke_godkendte=ikke_godkendte)


def _ikke_godkendte(plads: Plads, taget: Loft, vindue: Periode, idag: date) -> list[Periode]:
    """The days from today on, in the weeks shown, on which the place is one more than what is approved and permitted."""
    return taget.lukket_for(pladsdage(plads, vindue), idag)


def for_mange(
    plads_id: UUID, periode: Periode, ugedage: Collection[int], nu: datetime, hidtil: Optagelse | None = None
) -> Overskridelse | None:
    """The first days on which one more claim on a place is more than what is approved and permitted. Four statements.

    `hidtil`: the claim as it was, which the new one takes over from in the same offer; it is no longer counted.

    Why the database refused a claim (`vaern`), in numbers; None when that has passed.
    """
    plads = Plads.objects.select_related("afdeling").get(pk=plads_id)
    tilbud = plads.afdeling.tilbud_id
    ny = pladsdage(plads, periode, ugedage)
    flere = _nye_dage(plads, ny, hidtil) or periode
    fundne = loft(tilbud, nu).brud(ny, nu.astimezone(KOEBENHAVN).date())
    return next((replace(en, periode=dage) for en in fundne if (dage := en.periode.faelles(flere))), None)


def merplads_uden_tilladelse(
    plads: Plads, periode: Periode, ugedage: Collection[int], nu: datetime, hidtil: Optagelse | None = None
) -> Periode | None:
    """The first days on which a merplads is claimed without a permission of its department; `hidtil` as in `for_mange`.

    One statement, or none for other places. Who has a merplads of the department already takes no more than before
    (`pladsloft.nye_dage`); who has any other place does.
    """
    if not plads.merplads:
        return None
    ny = pladsdage(plads, periode, ugedage)
    tilladelser = Merpladstilladelse.objects.filter(afdeling=plads.afdeling_id).values_list("periode", "pladser")
    tilladte = {ny.afdeling: [(Periode.af_range(dage), antal) for dage, antal in tilladelser]}
    nye = _nye_dage(plads, ny, hidtil) if hidtil is not None and hidtil.plads.merplads else periode
    if nye is None:
        return None
    fundne = uden_tilladelse(replace(ny, periode=nye), tilladte, nu.astimezone(KOEBENHAVN).date())
    return fundne[0] if fundne else None


def _nye_dage(plads: Plads, ny: Pladsdage, hidtil: Optagelse | None) -> Periode | None:
    """The days on which it takes more than the claim it takes over from did; all of them when that is in another offer, or none is."""
    if hidtil is None or hidtil.plads.afdeling.tilbud_id != plads.afdeling.tilbud_id:
        return ny.periode
    return nye_dage(pladsdage(hidtil.plads, Periode.af_range(hidtil.periode), hidtil.ugedage), ny)


def _krav(optagelser: Iterable[Optagelse]) -> Mapping[UUID, list[Krav]]:
    """The claims by place, as far as everybody may know them."""
    krav: dict[UUID, list[Krav]] = {}
    for optagelse in optagelser:
        krav.setdefault(optagelse.plads_id, []).append(
            Krav(
                Periode.af_range(optagelse.periode),
                frozenset(optagelse.ugedage),
                Optagelsesart(optagelse.art),
                optagelse.lukning.get_grund_display() if optagelse.lukning else "",
            )
        )
    return krav


def _note(plads: Plads) -> str:
    """What one should know of the place beside its state, and does not expect: its kind, its weekdays; places kept for own citizens are marked (rules-reservation.md § 4)."""
    noter = {
        plads.get_art_display(): plads.art != Pladsart.DOEGN,
        ugedagstekst(plads.ugedage): set(plads.ugedage) != ALLE,
        "Merplads": plads.merplads,
        "Kun driftsherrens egne borgere": plads.forbeholdt_egne,
        "Kun beboerne i botilbuddet": plads.forbeholdt_beboere,
    }
    return ", ".join(note for note, gaelder in noter.items() if gaelder)
