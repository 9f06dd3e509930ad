"""Collects the snapshot of the report "Styringsdel". Everything is read once, inside the caller's one transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from faelles.tid import KOEBENHAVN
from rammeaftale.models import Delart, Version
from rammeaftale.rapporter.aftalen import om_aftalen
from rammeaftale.rapporter.aftaleteksten import samling as teksten
from rammeaftale.rapporter.aftaleteksten.data import Aftaletekst, Klausul
from rammeaftale.rapporter.eksempler import samling as eksempler
from rammeaftale.rapporter.eksempler.data import Eksempel
from rammeaftale.rapporter.styringsdel import data
from rammeaftale.rapporter.styringsdel.afsnit import KAPITLER, Afsnitsplan, Sted, fordel, nummer


def saml(version: Version, oejeblik: datetime) -> data.Styringsdelbillede:
    """Read everything the report needs."""
    dag = oejeblik.astimezone(KOEBENHAVN).date()
    tekst = teksten.tekst(version, dag)
    return data.Styringsdelbillede(
        datatidspunkt=oejeblik,
        datadag=dag,
        aftale=om_aftalen(version, dag),
        tekstdag=tekst.dag,
        saet=tekst.saet,
        allonger=tekst.allonger,
        kapitler=_kapitler(tekst, {et.noegle: et for et in eksempler.saml(version, dag)}),
    )


def styrende_klausuler(tekst: Aftaletekst) -> list[Klausul]:
    """The clauses of the steering part, and those of any other part that set a term, in the order they stand."""
    return [
        klausul
        for del_ in tekst.dele
        for klausul in del_.klausuler
        if del_.art == Delart.STYRINGSDEL or klausul.noegler
    ]


def _kapitler(tekst: Aftaletekst, regnede: Mapping[str, Eksempel]) -> tuple[data.Kapitel, ...]:
    fordelt = fordel(styrende_klausuler(tekst))
    linjer = {linje.noegle: linje for linje in tekst.vilkaar}
    return tuple(
        data.Kapitel(
            kapitel.titel,
            tuple(
                data.Afsnit(
                    nummer=nummer((nr, under)),
                    titel=afsnit.titel,
                    klausuler=fordelt.get((nr, under), ()),
                    andetsteds=_andetsteds(fordelt, (nr, under), afsnit),
                    vilkaar=tuple(linjer[noegle] for noegle in afsnit.noegler),
                    eksempel=regnede.get(afsnit.eksempel),
                )
                for under, afsnit in enumerate(kapitel.afsnit)
            ),
        )
        for nr, kapitel in enumerate(KAPITLER)
    )


def _andetsteds(
    fordelt: Mapping[Sted, Sequence[Klausul]], her: Sted, afsnit: Afsnitsplan
) -> tuple[data.Henvisning, ...]:
    """The clauses that set terms of the section and are printed in another."""
    noegler = {noegle.value for noegle in afsnit.noegler}
    return tuple(
        data.Henvisning(klausul.navn, nummer(der))
        for der, klausuler in sorted(fordelt.items())
        for klausul in klausuler
        if der != her and noegler & set(klausul.noegler)
    )
