"""Reading an agreement's text: what every clause says in a version, with the terms it sets."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from faelles.aktoer import Aktoer
from faelles.fejl import IkkeFundet
from faelles.sprog import sortnoegle
from rammeaftale.models import Dokumentdel, Klausulkommentar, Klausuludgave, Rammeaftale, Version


@dataclass(frozen=True, slots=True)
class Klausultekst:
    """A clause in a version. `vilkaar`: key → value as written. `kaldes`: the number it has in the agreement, when an allonge wrote the text."""

    udgave: Klausuludgave
    vilkaar: Mapping[str, str]
    kaldes: str | None = None

    @property
    def id(self) -> UUID:
        """The clause's stable id."""
        return self.udgave.klausul_id

    @property
    def nummer(self) -> str:
        """What it is called by; an allonge that amends a clause does not change it."""
        return self.udgave.nummer if self.kaldes is None else self.kaldes

    @property
    def navn(self) -> str:
        """Number and heading, as results and errors name it."""
        return f"{self.nummer} {self.udgave.overskrift}".strip()

    @property
    def orden(self) -> tuple[int, str, str]:
        """Where it stands: by part, then by number (3.10 after 3.9)."""
        return self.udgave.klausul.dokumentdel.nummer, sortnoegle(self.nummer), str(self.id)


@dataclass(frozen=True, slots=True)
class Del:
    """A part with its clauses in a version."""

    dokumentdel: Dokumentdel
    klausuler: Sequence[Klausultekst]


def klausuler(
    version: Version, *, med_udgaaede: bool = False, som_den_var: datetime | None = None
) -> list[Klausultekst]:
    """The clauses of the version as last saved, or as they were saved at an instant, in the order they stand. Two statements however many."""
    udgaver = version.klausuludgaver.all()
    if som_den_var is not None:
        udgaver = udgaver.filter(tidspunkt__lte=som_den_var)
    return _klausuler(udgaver, med_udgaaede=med_udgaaede)


def klausul(version: Version, klausul_id: UUID) -> Klausultekst:
    """One clause of the version. Raises IkkeFundet."""
    fundet = _klausuler(version.klausuludgaver.filter(klausul=klausul_id), med_udgaaede=True)
    if not fundet:
        raise IkkeFundet("klausul_ikke_fundet", "Klausulen findes ikke i versionen.")
    return fundet[0]


def sidst(aftale: Rammeaftale, klausul_id: UUID) -> Klausultekst:
    """A clause as it was saved last: in the latest version, or in the last that had it. Raises IkkeFundet."""
    fundet = som_gemt(aftale, klausul_id)
    if fundet is None:
        raise IkkeFundet("klausul_ikke_fundet", "Klausulen findes ikke i aftalen.")
    return fundet


def som_gemt(aftale: Rammeaftale, klausul_id: UUID, **hvilken: UUID | int) -> Klausultekst | None:
    """A clause of the agreement as it was saved once: `pk`, or `udgave`; of several that fit, the last."""
    udgaver = Klausuludgave.objects.filter(version__aftale=aftale, klausul=klausul_id, **hvilken)
    return next(iter(_klausuler(udgaver, med_udgaaede=True)), None)


@dataclass(frozen=True, slots=True)
class Genoptagelse:
    """The terms a clause that was let go comes back with, and which clause sets each of the others now."""

    vilkaar: Mapping[str, str]
    andres: Mapping[str, str]


def genoptages(version: Version, udgaaet: Klausultekst) -> Genoptagelse:
    """What comes back with a clause that was let go: the terms of its last saving before that, where no other clause has taken them."""
    sidst = som_gemt(version.aftale, udgaaet.id, udgaar=False, udgave__lt=udgaaet.udgave.udgave)
    vilkaar = sidst.vilkaar if sidst else {}
    andre = saettes_af_andre(version, udgaaet.id)
    return Genoptagelse(
        {noegle: vaerdi for noegle, vaerdi in vilkaar.items() if noegle not in andre},
        {noegle: andre[noegle] for noegle in vilkaar if noegle in andre},
    )


def saettes_af_andre(version: Version, klausul_id: UUID) -> dict[str, str]:
    """The terms other clauses of the version set, each with the name of the one that does."""
    return {noegle: t.navn for t in klausuler(version) if t.id != klausul_id for noegle in t.vilkaar}


def _klausuler(udgaver: QuerySet[Klausuludgave], *, med_udgaaede: bool) -> list[Klausultekst]:
    seneste = (
        udgaver.order_by("klausul_id", "-udgave")
        .distinct("klausul_id")
        .select_related("klausul__dokumentdel", "organisation")
        .prefetch_related("vilkaar")
    )
    tekster = [Klausultekst(udgave, {v.noegle: v.vaerdi for v in udgave.vilkaar.all()}) for udgave in seneste]
    return sorted((t for t in tekster if med_udgaaede or not t.udgave.udgaar), key=lambda t: t.orden)


def dokument(version: Version) -> list[Del]:
    """Every part of the agreement with what its clauses say in the version, and once it is sent only those that say something; three statements."""
    alle = klausuler(version)
    dele = [
        Del(del_, [k for k in alle if k.udgave.klausul.dokumentdel_id == del_.id])
        for del_ in Dokumentdel.objects.filter(aftale=version.aftale_id).order_by("nummer")
    ]
    return [en for en in dele if en.klausuler or version.sendt is None]


def version_af(aftale: Rammeaftale, nummer: int | None) -> Version:
    """The agreement's version with the number, or its latest. Raises IkkeFundet."""
    versioner = aftale.versioner.order_by("-nummer")
    fundet = (versioner.filter(nummer=nummer) if nummer is not None else versioner).first()
    if fundet is None:
        raise IkkeFundet("version_ikke_fundet", "Versionen findes ikke.")
    return fundet


def sammenlignelige(aftale: Rammeaftale, aktoer: Aktoer) -> list[Version]:
    """The versions the agreement's text can be held against: its own, those of the agreement it amends, and of the one it was begun from.

    In that order, each by number; an agreement the actor does not see is left out.
    """
    aftaler = [aftale.pk, aftale.hovedaftale_id, aftale.forrige_id]
    synlige = Rammeaftale.objects.synlige_for(aktoer).filter(pk__in=[pk for pk in aftaler if pk])
    versioner = Version.objects.filter(aftale__in=synlige.values("pk")).select_related("aftale")
    return sorted(versioner, key=lambda version: (aftaler.index(version.aftale_id), version.nummer))


def kommentarer(aftale: Rammeaftale, klausul_id: UUID) -> QuerySet[Klausulkommentar]:
    """What the parties have said about the clause, version by version, oldest first."""
    sagt = Klausulkommentar.objects.filter(version__aftale=aftale, klausul=klausul_id)
    return sagt.select_related("organisation", "version").order_by("version__nummer", "tidspunkt", "id")


def kommentarer_i(version: Version) -> dict[UUID, list[Klausulkommentar]]:
    """What the parties have said in this version, by clause, oldest first; one statement."""
    sagt: dict[UUID, list[Klausulkommentar]] = defaultdict(list)
    for kommentar in version.kommentarer.select_related("organisation").order_by("tidspunkt", "id"):
        sagt[kommentar.klausul_id].append(kommentar)
    return sagt


def udgaver(aftale: Rammeaftale, klausul_id: UUID) -> QuerySet[Klausuludgave]:
    """Every saving of the clause, in whatever version of the agreement, latest first."""
    gemte = Klausuludgave.objects.filter(version__aftale=aftale, klausul=klausul_id)
    return gemte.select_related("organisation", "version").order_by("-udgave")
