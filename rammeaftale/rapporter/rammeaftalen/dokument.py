"""The snapshot told as a document. Pure: the same snapshot and drawings give the same pages. Only the worker imports this."""

from collections.abc import Callable, Mapping

from django.template.loader import render_to_string

from faelles.dokument.pdf import Dokument, Vedhaeftning
from faelles.dokument.tal import dato, kort_dato
from rammeaftale.livscyklus import AFGOERENDE, GODKENDENDE, PARTSSTATUS_NAVN, Partsstatus
from rammeaftale.rapporter.aftaleteksten.data import Del
from rammeaftale.rapporter.aftaleteksten.saetninger import vilkaarene
from rammeaftale.rapporter.eksempler.visning import vist
from rammeaftale.rapporter.kanonisk import fra_json, kontrolsum
from rammeaftale.rapporter.poster import vis
from rammeaftale.rapporter.rammeaftalen import figurer, saetninger, tal
from rammeaftale.rapporter.rammeaftalen.data import SKEMA_VERSION, Part, Rammeaftalebillede
from vilkaar.noegler import Noegle


def tegn(data: str) -> dict[str, bytes]:
    """The drawings of a snapshot."""
    return figurer.tegn(fra_json(Rammeaftalebillede, data))


# The sentence each chapter begins with.
SAETNINGER: Mapping[str, Callable[[Rammeaftalebillede], str]] = {
    "stand": saetninger.stand,
    "godkendelser": saetninger.godkendelser,
    "omfang": saetninger.omfang,
    "belaegning": saetninger.belaegning,
    "takster": saetninger.takster,
    "niveauer": saetninger.niveauer,
    "kort": saetninger.kort,
    "behov": saetninger.behov,
    "offentliggjort": saetninger.offentliggjort,
}


def dokument(data: str, billeder: Mapping[str, bytes]) -> Dokument:
    """The whole document, with the snapshot itself as an attachment."""
    billede = fra_json(Rammeaftalebillede, data)
    aftale = billede.aftale
    demo = " · Demodata" if aftale.demo else ""
    kontekst = {
        "titel": aftale.titel,
        "sidefod": f"{aftale.titel}, version {aftale.versionsnummer} · Data pr. {dato(billede.datadag)}{demo}",
        "b": billede,
        "kontrolsum": kontrolsum(data.encode()),
        "skema_version": SKEMA_VERSION,
        "optaelling": saetninger.optaelling(billede),
        "saetninger": {navn: saetning(billede) for navn, saetning in SAETNINGER.items()},
        "dele": [_del(billede, del_) for del_ in billede.tekst.dele],
        "tekstens_vilkaar": vilkaarene(billede.tekst.saet, billede.tekst.dag),
        "eksempler": [vist("R1", eksempel) for eksempel in billede.eksempler],
        "parter": [_partsraekke(part) for part in billede.parter],
        "bemaerkninger": [part for part in billede.parter if part.bemaerkning],
        "kommuner": [
            {"k": kommune, "belaegning": [(b, saetninger.andelstekst(b)) for b in kommune.belaegning]}
            for kommune in billede.kommuner
        ],
        "i_alt": [(b, saetninger.andelstekst(b)) for b in billede.belaegning_i_alt],
        "rangfoelge": saetninger.rangfoelge(billede),
        "niveau_pladser": zip(
            (*figurer.NIVEAUNAVNE, "Ikke indplaceret"), _niveautal(billede), billede.niveau_pladser, strict=True
        ),
        "graense": next(v.vaerdi for v in billede.vilkaar.vaerdier if v.noegle == Noegle.DISKRETION_GRAENSE),
        "graensekilde": billede.vilkaar.kilde(Noegle.DISKRETION_GRAENSE),
        "alt": figurer.alt_tekster(billede),
        "tegnet": frozenset(billeder),
        "kilde": f"Platformens register og belægningsregnskab, {kort_dato(billede.datadag)}.",
    }
    return Dokument(
        titel=aftale.titel,
        emne=f"Rapport om {aftale.titel}, version {aftale.versionsnummer}",
        forfatter=aftale.kkr,
        html=render_to_string("dokument/rammeaftale.html", kontekst),
        dato=billede.datatidspunkt,
        billeder=billeder,
        vedhaeftninger=(
            Vedhaeftning("oejebliksbillede.json", "Alle tal bag rapporten (øjebliksbilledet)", data.encode()),
            *(Vedhaeftning(f"{post.id}.csv", post.titel, post.csv()) for post in vis(tal.poster(data))),
        ),
    )


def _del(billede: Rammeaftalebillede, del_: Del) -> dict[str, object]:
    """A part with each clause's terms."""
    linjer = {linje.noegle: linje for linje in billede.tekst.vilkaar}
    return {"del": del_, "klausuler": [(k, [linjer[noegle] for noegle in k.noegler]) for k in del_.klausuler]}


def _partsraekke(part: Part) -> dict[str, object]:
    status = Partsstatus(part.status)
    maerke = "ok" if status in GODKENDENDE else "nej" if status in AFGOERENDE else "venter"
    return {"part": part, "status": PARTSSTATUS_NAVN[status], "maerke": maerke}


def _niveautal(billede: Rammeaftalebillede) -> tuple[int, ...]:
    nu = billede.niveauer[-1]
    return nu.niveau1, nu.niveau2, nu.niveau3, nu.uden
