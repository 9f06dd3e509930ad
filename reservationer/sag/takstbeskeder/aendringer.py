"""What a municipality is told of a changed price, of whichever kind: the same in the mail and on the start page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.urls import reverse

from faelles.brev import adresse
from faelles.dokument.tal import kr, tal
from faelles.tid import Periode
from reservationer.sag.models import Takstbesked
from takster.models import Finansiering, Prisblad, Takst
from tilbud.models import Tilbud
from vilkaar.kilde import Kilde, klausuler_i_ord

Klausuler = Iterable[Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Aendring:
    """What is paid for `hvad` of an offer in the period, and was before, and where its calculation stands (`sti`).

    `emne` is the subject of a mail about it alone; `orden` its place among those of the offer.
    """

    emne: str
    tilbud: Tilbud
    hvad: str
    ny: str
    foer: str
    periode: Periode
    begrundelse: str
    sti: str
    kilde: Kilde
    orden: tuple[str, ...]

    @property
    def adresse(self) -> str:
        """The whole address of the calculation, for a mail."""
        return adresse(self.sti)


def aendringer(beskeder: Iterable[Takstbesked]) -> list[Aendring]:
    """Of messages read `med_det_aendrede`, in the order of their offers."""
    return sorted(
        map(_aendring, beskeder), key=lambda en: (en.tilbud.navn_sortering, str(en.tilbud.pk), en.orden, en.sti)
    )


def _aendring(besked: Takstbesked) -> Aendring:
    klausuler = cast("Any", besked)  # the annotations of `med_det_aendrede`
    if besked.takst is not None:
        return _af_takst(besked.takst, klausuler.takstens)
    if besked.prisblad is not None:
        return _af_prisblad(besked.prisblad, klausuler.prisbladets)
    if besked.finansiering is not None:
        return _af_finansiering(besked.finansiering, besked.kommune.kommune.kommunekode, klausuler.finansieringens)
    raise TypeError("takstbesked_om_netop_en")


def _af_takst(takst: Takst, klausuler: Klausuler) -> Aendring:
    afdeling, beregning = takst.afdeling, takst.takstberegning
    return Aendring(
        emne="En takst, I betaler, er ændret",
        tilbud=afdeling.tilbud,
        hvad=f"{afdeling}, {takst.hjemmel.paragraf}",
        ny=_beloeb(takst),
        foer=_beloeb(takst.erstatter) if takst.erstatter else "",
        periode=Periode.af_range(takst.periode),
        begrundelse=beregning.begrundelse if beregning else "",
        sti=reverse("takster:dokumentation", args=[takst.pk]),
        kilde=_kilde(takst, klausuler),
        orden=("", afdeling.navn_sortering, takst.hjemmel_id),
    )


def _kilde(af: Takst | Prisblad | Finansiering, klausuler: Klausuler) -> Kilde:
    saet = af.vilkaarssaet
    return Kilde(klausuler_i_ord(klausuler), saet.pk, saet.nummer, saet.aftale, endelig=not af.foreloebig)


def _beloeb(takst: Takst) -> str:
    return f"{tal(takst.beloeb, 2)} {takst.get_enhed_display()}"


def _af_prisblad(blad: Prisblad, klausuler: Klausuler) -> Aendring:
    art = blad.get_art_display()
    paragraf = blad.hjemmel.paragraf if blad.hjemmel else blad.hjemmel_i_ord
    return Aendring(
        emne="En pris, I betaler, er ændret",
        tilbud=blad.tilbud,
        hvad=f"{blad.afdeling}, {paragraf}, {art.lower()}{f' »{blad.navn}«' if blad.navn else ''}",
        ny=blad.i_ord,
        foer=blad.forgaenger.i_ord if blad.forgaenger else "",
        periode=Periode.af_range(blad.periode),
        begrundelse=blad.begrundelse,
        sti=reverse("takster:prisblad", args=[blad.pk]),
        kilde=_kilde(blad, klausuler),
        orden=("", blad.afdeling.navn_sortering, paragraf, blad.art, blad.navn),
    )


def _af_finansiering(en: Finansiering, kommunekode: str, klausuler: Klausuler) -> Aendring:
    return Aendring(
        emne="En andel, I betaler, er ændret",
        tilbud=en.tilbud,
        hvad=f"jeres andel af »{en.navn}« i {en.aar}",
        ny=_andel(en, kommunekode),
        foer=_andel(en.forgaenger, kommunekode) if en.forgaenger else "",
        periode=Periode.aar(en.aar),
        begrundelse=en.begrundelse,
        sti=reverse("takster:finansiering", args=[en.pk]),
        kilde=_kilde(en, klausuler),
        orden=("andel", en.navn),
    )


def _andel(en: Finansiering, kommunekode: str) -> str:
    """The municipality's share; one the key names in the one of old and new alone pays nothing in the other."""
    egne = [andel.beloeb for andel in en.andele if andel.kommunekode == kommunekode]
    return kr(sum(egne)) if egne else "ingen andel"
