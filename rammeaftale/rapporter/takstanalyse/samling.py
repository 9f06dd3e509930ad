"""Collects the snapshot of the report "Takstanalyse": the growth monitor's measurements, frozen. The same statements however many offers."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from faelles.penge import Enhed, afrund
from faelles.tid import KOEBENHAVN, Periode
from rammeaftale.models import Version
from rammeaftale.rapporter.aftalen import Vilkaarssaet, om_aftalen, om_vilkaarene
from rammeaftale.rapporter.beskyttelse import NAEVNES_IKKE, uden_driftsherre
from rammeaftale.rapporter.rammeaftalen.takster import takster
from rammeaftale.rapporter.takstanalyse import data, priser
from takster.beregning.loft import Loftresultat
from takster.beregning.tal import afkortet
from takster.models import Takstenhed
from takster.vaekst import regler, summer, tekst
from takster.vaekst.queries import Raekke, Vaekst, vaekst
from takster.vaekst.regler import Grund, Maaling


def saml(version: Version, oejeblik: datetime) -> data.Takstanalysebillede:
    """The year of the data date, from the ceiling's base year on, in both units. What cannot be measured is told with the reason."""
    dag = oejeblik.astimezone(KOEBENHAVN).date()
    kkr = version.aftale.kkr
    maalt = [vaekst(kkr, dag.year, enhed) for enhed in Takstenhed]
    udeladte = [summer.udeladelser(kkr, dag.year, enhed) for enhed in Takstenhed]
    private = {et.tilbud_id for et in udeladte[0] if et.grund is Grund.PRIVAT}
    return data.Takstanalysebillede(
        datatidspunkt=oejeblik,
        datadag=dag,
        aftale=om_aftalen(version, dag),
        aar=dag.year,
        vilkaar=_vilkaar(maalt[0]),
        norm=maalt[0].norm,
        arter=tuple(_takstart(et, priser.saml(kkr, dag, et.enhed)) for et in maalt),
        private_tilbud=len(private),
        private=takster(private, Periode.aar(dag.year)),
        udeladelser=tuple(_udeladelser(udeladte)),
    )


def _vilkaar(fundet: Vaekst) -> Vilkaarssaet | None:
    """Only the terms the figures rest on."""
    if fundet.vilkaar is None:
        return None
    brugte = {kilde.noegle for kilde in fundet.kilder}
    saet = om_vilkaarene(fundet.vilkaar)
    return replace(saet, vaerdier=tuple(v for v in saet.vaerdier if v.noegle in brugte))


def _takstart(fundet: Vaekst, prisen: data.Priser) -> data.Takstart:
    hele, loft = fundet.sammensaetning, fundet.loft
    return data.Takstart(
        enhed=fundet.enhed.value,
        pr_dag=tekst.PR_DAG[fundet.enhed],
        basisaar=loft.basis.aar if loft else None,
        pl=_pl(fundet),
        ord=data.Ord(
            dom=tekst.dom(fundet),
            anden_laesning=tekst.anden_doms_ord(fundet),
            udvikling=tekst.udvikling(fundet),
            sammensaetning=tekst.sammensaetning(fundet),
        ),
        alle=_serie("I alt", fundet.alle) if fundet.alle else None,
        driftsherrer=_serier(fundet.driftsherrer),
        hjemler=_serier(fundet.hjemler),
        sammensaetning=data.Sammensaetning(
            hele.foer,
            hele.nu,
            tuple(data.Virkning(tekst.GRUPPENAVN[v.gruppe], v.tilbud, v.kr) for v in hele.virkninger),
        )
        if hele
        else None,
        udeladte=tuple(data.Udeladelsestal(tekst.GRUNDNAVN[et.grund], et.foer, et.nu) for et in fundet.udeladte),
        priser=prisen,
    )


def _pl(fundet: Vaekst) -> tuple[data.Pl, ...]:
    """The agreed PL of the years measured, in their order."""
    if fundet.loft is None:
        return ()
    brugte = (pl for pl in fundet.loft.pl if fundet.loft.basis.aar < pl.aar <= fundet.aar)
    return tuple(data.Pl(pl.aar, pl.procent) for pl in sorted(brugte, key=lambda pl: pl.aar))


def _serier(raekker: Iterable[Raekke]) -> tuple[data.Serie, ...]:
    return tuple(_serie(raekke.navn, raekke.maaling) for raekke in raekker)


def _serie(navn: str, maaling: Maaling) -> data.Serie:
    return data.Serie(navn, tuple(_punkt(et) for et in maaling.punkter), _dom(maaling.resultat))


def _punkt(punkt: regler.Aarspunkt) -> data.Aarspunkt:
    tal = punkt.tal
    return data.Aarspunkt(
        aar=punkt.aar,
        udgift=punkt.udgift,
        udgift_i_aarets_priser=afrund(tal.udgift, Enhed.OERE),
        indeks=_kvotient(punkt.indeks),
        loftets_indeks=afkortet(punkt.maal),
        tilbud=tal.tilbud,
        pladser=afrund(tal.pladser, Enhed.OERE),
        pladsdage=afrund(tal.pladsdage, Enhed.OERE),
        omkostninger=afrund(tal.omkostninger, Enhed.OERE),
        overheadprocent=_kvotient(tal.overheadprocent),
    )


def _kvotient(tal: Decimal | None) -> Decimal | None:
    return None if tal is None else afkortet(tal)


def _dom(resultat: Loftresultat | None) -> data.Dom | None:
    if resultat is None:
        return None
    return data.Dom(resultat.overholdt, resultat.afstand_oere, resultat.udgift, resultat.loft)


def _udeladelser(efter_enhed: Sequence[Sequence[summer.Udeladelse]]) -> Iterable[data.Udeladelse]:
    """Every takst that is in neither unit's figures, then each whole offer once."""
    hele = [et for et in efter_enhed[0] if not et.afdeling_id]
    unaevnte = uden_driftsherre({et.tilbud_id for et in hele})
    for enhed, alle in zip(Takstenhed, efter_enhed, strict=True):
        for et in alle:
            if et.afdeling_id and et.grund is not Grund.ANDEN_ENHED:
                yield _udeladelse(et, enhed.label)
    for et in hele:
        yield _udeladelse(replace(et, driftsherre=NAEVNES_IKKE) if et.tilbud_id in unaevnte else et, "")


def _udeladelse(et: summer.Udeladelse, enhed: str) -> data.Udeladelse:
    return data.Udeladelse(enhed, tekst.GRUNDNAVN[et.grund], et.driftsherre, et.tilbud, et.afdeling, et.hjemmel)
