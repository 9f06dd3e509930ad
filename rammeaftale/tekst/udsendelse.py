"""From clauses to terms in force: what a version sets altogether, what it lacks, and writing it downwards as a numbered set."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.text import Truncator

from faelles.dokument.tal import dage_i_ord
from faelles.fejl import UgyldigtInput
from faelles.tid import Periode
from rammeaftale.models import Delart, Rammeaftale, Version
from rammeaftale.tekst.gaeldende import allerede_ophaevede, bortfalder, dobbelte
from rammeaftale.tekst.koder import kendte_koder
from rammeaftale.tekst.queries import Klausultekst, klausuler
from vilkaar.actions import udsend_saet
from vilkaar.beskrivelse import Kodeliste
from vilkaar.models import Saetstatus, Vilkaar, Vilkaarssaet
from vilkaar.noegler import NOEGLER, Noegle
from vilkaar.queries import gaeldende
from vilkaar.sammenhaeng import uenigheder

KRAEVES = (
    Delart.STYRINGSDEL,
    Delart.UDVIKLINGSDEL,
)  # both parts are adopted and published (rules-rammeaftale § 1 and 2)
LAENGSTE_NAVN = 120  # of an agreement and of a clause, as a set of terms keeps them


@dataclass(frozen=True, slots=True)
class Sat:
    """A term of a version: its value as written, the clause that sets it by name, and its id (None: a clause of the agreement an allonge amends)."""

    vaerdi: str
    klausul: str
    klausul_id: UUID | None


@dataclass(frozen=True, slots=True)
class Straekning:
    """Days in a row, and every term that is set on them."""

    dage: Periode
    sat: Mapping[Noegle, Sat]


def saettes(version: Version) -> dict[Noegle, Sat]:
    """Every term the version sets; in an allonge on top of those that are in force where it begins, but for what it repeals.

    Of one adopted they are those it was published with: a later allonge from the same day changes what is in force, not what this one said.
    """
    aftale = version.aftale
    if aftale.hovedaftale_id is None:
        return _egne(version)
    if udsendt := _endeligt(version):
        return {**_af_saet(udsendt.pk, uden=()), **_egne(version)}
    fra = aftale.aftaleperiode.fra
    return {**_af_saet(gaeldende(aftale.kkr_id, fra).saet_id, uden=bortfalder(version, fra)), **_egne(version)}


def straekninger(version: Version) -> list[Straekning]:
    """What the version sets on each of its days. An allonge changes its own terms only, and drops those of the clauses it repeals: where
    other sets begin during its period, there is a stretch for each of them, so that what they changed stands.
    """
    aftale = version.aftale
    if aftale.hovedaftale_id is None:
        return [Straekning(aftale.aftaleperiode, saettes(version))]
    egne_vilkaar = _egne(version)
    return [
        Straekning(dage, {**_af_saet(saet.id, uden=bortfalder(version, dage.fra)), **egne_vilkaar})
        for saet in Vilkaarssaet.objects.filter(
            kkr=aftale.kkr_id, status=Saetstatus.ENDELIG, periode__overlap=aftale.periode
        ).order_by("periode")
        if (dage := Periode.af_range(saet.periode).faelles(aftale.aftaleperiode))
    ]


def _endeligt(version: Version) -> Vilkaarssaet | None:
    """The final set the version was published as, for the first of its days when they are several."""
    saet = Vilkaarssaet.objects.filter(version_id=version.pk, status=Saetstatus.ENDELIG)
    return saet.order_by("udsendt_periode").first()


def saetter_noget(version: Version) -> bool:
    """Whether a clause of the version itself sets any term."""
    return bool(_egne(version))


def foreloebige(aftale: Rammeaftale) -> QuerySet[Vilkaarssaet]:
    """The preliminary sets published from the agreement that still have days, by number."""
    alle = Vilkaarssaet.objects.filter(version_id__in=aftale.versioner.values("pk"), status=Saetstatus.FORELOEBIG)
    return alle.filter(periode__isempty=False).order_by("nummer")


def mangler(sat: Mapping[Noegle, Sat]) -> list[Noegle]:
    """The keys every agreement must hold (rules-takst § 8) that are not set."""
    return [noegle for noegle in Noegle if noegle not in sat]


def kraev_fuldstaendig(version: Version) -> None:
    """Raise UgyldigtInput naming every term that is missing, with the clause it belongs in, or stands against the law or another, the
    introduction and every clause not looked through, every number two clauses would go by, every clause another allonge has repealed, and every part the
    agreement cannot be without.
    """
    fejl = _efter_ophaevelse(version) or [_mangler(noegle) for noegle in mangler(saettes(version))]
    fejl += _ugyldige(version) or _uenige(version)
    fejl += allerede_ophaevede(version)
    if indledning_skal_gennemgaas(version):
        fejl.append("Indledningen er ikke gennemgået.")
    fejl += [f"{tekst.navn} er ikke gennemgået." for tekst in klausuler(version) if tekst.udgave.gennemgaa]
    fejl += dobbelte(version) + _manglende_dele(version)
    if fejl:
        raise UgyldigtInput("version_ufuldstaendig", "Versionen er ikke fuldstændig.", {"version": fejl})


def indledning_skal_gennemgaas(version: Version) -> bool:
    """Whether the introduction is the previous period's, and nobody has saved it since."""
    return bool(version.aftale.forrige_id and version.indledning and version.indledning_rettet is None)


def _manglende_dele(version: Version) -> list[str]:
    """An allonge amends an agreement that has them."""
    if version.aftale.hovedaftale_id:
        return []
    arter = {tekst.udgave.klausul.dokumentdel.art for tekst in klausuler(version)}
    return [f"Aftalen skal have en {art.label.lower()} med mindst én klausul." for art in KRAEVES if art not in arter]


def _ugyldige(version: Version) -> list[str]:
    """A sentence for each value the version's terms cannot be published with, on any of its days. It may have come along from a version,
    or to an allonge from the terms in force, that was written when the law was another, or any code was taken.
    """
    if not saetter_noget(version):
        return []
    kendte = kendte_koder()
    satte = dict.fromkeys(en for stykke in straekninger(version) for en in stykke.sat.items())
    return [fejl for noegle, en in satte if (fejl := _ugyldig(noegle, en, kendte))]


def _ugyldig(noegle: Noegle, sat: Sat, kendte: Mapping[Kodeliste, Collection[str]]) -> str:
    """What is wrong with the value, and of one no clause here says, where it is from and what to do; nothing when it is right."""
    try:
        NOEGLER[noegle].kraev(noegle, sat.vaerdi, kendte)
    except UgyldigtInput as fejl:
        if sat.klausul_id:
            return fejl.besked
        return f"{fejl.besked} Værdien følger med fra aftalen ({sat.klausul}); fastsæt vilkåret på ny i en klausul i allongen."
    return ""


def modstrid(version: Version) -> list[str]:
    """A sentence for each thing that keeps the version from governing: a value no clause may set any more, two terms that contradict each
    other, a term that goes with a repealed clause and is set by no other, a clause that is repealed already; in an allonge with the days.

    An allonge adopted since the version was sent may have set the term, or repealed the clause, and what a term may be, may have changed.
    """
    return [*allerede_ophaevede(version), *_efter_ophaevelse(version), *(_ugyldige(version) or _uenige(version))]


def _mangler(noegle: Noegle) -> str:
    beskrivelse = NOEGLER[noegle]
    return f"Vilkåret »{beskrivelse.navn}« ({noegle}) mangler; det hører til klausulen {beskrivelse.klausul}."


def _efter_ophaevelse(version: Version) -> list[str]:
    """The terms that are missing on days of an allonge that repeals a clause."""
    if not any(tekst.udgave.ophaever for tekst in klausuler(version)):
        return []
    return [
        f"{dage_i_ord(stykke.dage)}: {_mangler(noegle)}"
        for stykke in straekninger(version)
        for noegle in mangler(stykke.sat)
    ]


def _uenige(version: Version) -> list[str]:
    if not saetter_noget(version):
        return []
    return [
        f"{dage_i_ord(stykke.dage)}: {uenighed}" if version.aftale.hovedaftale_id else uenighed
        for stykke in straekninger(version)
        for uenighed in uenigheder(
            {noegle: en.vaerdi for noegle, en in stykke.sat.items()},
            {noegle: en.klausul for noegle, en in stykke.sat.items()},
        )
    ]


def udsend(version: Version, status: Saetstatus) -> list[Vilkaarssaet]:
    """Write the version's terms downwards as a numbered set for each of its stretches, which from then on governs those days.

    It takes the days from earlier sets of the same status. The caller has asked whether they can govern (`modstrid`).
    """
    return [_udsend(version, status, stykke) for stykke in straekninger(version)]


def _udsend(version: Version, status: Saetstatus, stykke: Straekning) -> Vilkaarssaet:
    aftale = version.aftale
    return udsend_saet(
        kkr=aftale.kkr,
        periode=stykke.dage,
        status=status,
        aftale=_afkortet(aftale.titel, f", version {version.nummer}"),
        vaerdier={noegle: en.vaerdi for noegle, en in stykke.sat.items()},
        klausuler={noegle: en.klausul for noegle, en in stykke.sat.items()},
        version_id=version.id,
        demo=aftale.demo,
        afloeser=True,
    )


def klausulnavn(tekst: Klausultekst) -> str:
    """As results and errors name it: the part and the clause."""
    return _afkortet(str(tekst.udgave.klausul.dokumentdel), f" {tekst.navn}")


def _afkortet(navn: str, hvilken: str) -> str:
    """A name and what tells it from others of the same name, which is never what is cut off."""
    hvilken = Truncator(hvilken).chars(LAENGSTE_NAVN)
    return Truncator(navn).chars(LAENGSTE_NAVN - len(hvilken)) + hvilken


def _egne(version: Version) -> dict[Noegle, Sat]:
    return {
        Noegle(noegle): Sat(vaerdi, klausulnavn(tekst), tekst.id)
        for tekst in klausuler(version)
        for noegle, vaerdi in tekst.vilkaar.items()
    }


def _af_saet(saet_id: UUID, *, uden: Collection[str]) -> dict[Noegle, Sat]:
    raekker = Vilkaar.objects.filter(saet=saet_id).exclude(noegle__in=uden).order_by("noegle")
    return {Noegle(raekke.noegle): Sat(raekke.vaerdi, raekke.klausul, None) for raekke in raekker}
