"""Reading an organisation's people, what waits, and what a secretariat has done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, Func, Min, OuterRef, Prefetch, QuerySet, Subquery

from faelles.aktoer import Aktoer
from faelles.tid import Periode
from kommuner.models import Administratorforslag, Bruger, Invitation, Personhjaelp, Tilknytning
from kommuner.personer.maal import Maal
from kommuner.personer.noegle import fingeraftryk
from kommuner.queries import tilbudsnavne
from kommuner.tilbudsregister import tilbud_hos

SENESTE_HJAELP = 10


class Rollestand(StrEnum):
    """Where a role is on a day."""

    AKTIV = "aktiv"
    KOMMENDE = "kommende"
    AFSLUTTET = "afsluttet"


@dataclass(frozen=True, slots=True)
class Rollevisning:
    """A role as it is shown: `tilbud` are the names of the offers it is limited to (none: all)."""

    tilknytning: Tilknytning
    stand: Rollestand
    tilbud: Sequence[str]


@dataclass(frozen=True, slots=True)
class Personvisning:
    """A person of the organisation with her roles there, the latest first."""

    bruger: Bruger
    roller: Sequence[Rollevisning]

    @property
    def aktuelle(self) -> Sequence[Rollevisning]:
        """The roles that have not ended."""
        return [rolle for rolle in self.roller if rolle.stand is not Rollestand.AFSLUTTET]


def rollestand(tilknytning: Tilknytning, dag: date) -> Rollestand:
    """Where the role is on the day."""
    periode = Periode.af_range(tilknytning.periode)
    if tilknytning.afsluttet is not None or (periode.til is not None and periode.til <= dag):
        return Rollestand.AFSLUTTET
    return Rollestand.AKTIV if periode.fra <= dag else Rollestand.KOMMENDE


SORTERINGER: Mapping[str, str] = {"email": "email", "siden": "siden"}


def personer(
    organisation_id: UUID, dag: date, *, tekst: str = "", rolle: str = "", afsluttede: bool = False, sorter: str = ""
) -> QuerySet[Bruger]:
    """People with a role in the organisation that has not ended (or, `afsluttede`, whose every role has).

    Each carries `roller_her`; sorted by a key of SORTERINGER, `-` in front: descending.
    """
    her = Tilknytning.objects.filter(organisation=organisation_id, bruger=OuterRef("pk"))
    aktive = her.aktive(dag)
    fundne = Bruger.objects.filter(~Exists(aktive) & Exists(her) if afsluttede else Exists(aktive))
    if tekst.strip():
        fundne = fundne.filter(email__contains=tekst.strip().lower())
    if rolle:
        fundne = fundne.filter(Exists((her if afsluttede else aktive).filter(rolle=rolle)))
    siden = her.order_by().values("bruger").annotate(siden=Min(Func("periode", function="lower"))).values("siden")
    fald = "-" if sorter.startswith("-") else ""
    return (
        fundne.annotate(siden=Subquery(siden))
        .prefetch_related(_roller_her(organisation_id))
        .order_by(f"{fald}{SORTERINGER.get(sorter.removeprefix('-'), 'email')}", "email", "pk")
    )


def _roller_her(organisation_id: UUID) -> "Prefetch[str, QuerySet[Tilknytning], str]":
    roller = Tilknytning.objects.filter(organisation=organisation_id).order_by("-periode", "rolle", "pk")
    return Prefetch("tilknytninger", queryset=roller, to_attr="roller_her")


def vis(brugere: Sequence[Bruger], organisation_id: UUID, dag: date) -> list[Personvisning]:
    """The people as they are shown; one statement for the names of offers, and only when somebody is limited to some."""
    roller: dict[UUID, list[Tilknytning]] = {bruger.pk: bruger.roller_her for bruger in brugere}  # type: ignore[attr-defined]  # by the prefetch
    hos = tilbud_hos(organisation_id) if any(t.kun_tilbud for her in roller.values() for t in her) else {}
    return [
        Personvisning(
            bruger, [Rollevisning(t, rollestand(t, dag), tilbudsnavne(t.kun_tilbud, hos)) for t in roller[bruger.pk]]
        )
        for bruger in brugere
    ]


def person(organisation_id: UUID, bruger_id: UUID, dag: date) -> Personvisning | None:
    """One person of the organisation with the history of her roles there, or None when she has never had any."""
    fundne = Bruger.objects.filter(pk=bruger_id).prefetch_related(_roller_her(organisation_id))
    visninger = [visning for visning in vis(list(fundne), organisation_id, dag) if visning.roller]
    return visninger[0] if visninger else None


@dataclass(frozen=True, slots=True)
class Invitationsvisning:
    """An invitation nobody has used yet."""

    invitation: Invitation
    udloebet: bool
    tilbud: Sequence[str]


def aabne_invitationer(aktoer: Aktoer, maal: Maal, nu: datetime) -> list[Invitationsvisning]:
    """Those that are neither used nor withdrawn, the oldest first; an expired one can still be sent again."""
    aabne = list(
        Invitation.objects.synlige_for(aktoer)
        .filter(organisation=maal.organisation, brugt__isnull=True, trukket__isnull=True)
        .select_related("inviteret_for")
    )
    hos = tilbud_hos(maal.organisation.pk) if any(invitation.kun_tilbud for invitation in aabne) else {}
    return [Invitationsvisning(i, i.udloeber <= nu, tilbudsnavne(i.kun_tilbud, hos)) for i in aabne]


def aabne_forslag(aktoer: Aktoer, organisationer: Sequence[UUID]) -> QuerySet[Administratorforslag]:
    """Proposals that wait for a decision in these organisations, the oldest first."""
    forslag = Administratorforslag.objects.synlige_for(aktoer).filter(organisation__in=organisationer, udfald="")
    return forslag.select_related("organisation", "foreslaaet_for")


def seneste_hjaelp(aktoer: Aktoer, maal: Maal) -> QuerySet[Personhjaelp]:
    """What secretariats have done for the organisation's people, the latest first."""
    hjaelp = Personhjaelp.objects.synlige_for(aktoer).filter(organisation=maal.organisation)
    return hjaelp.select_related("sekretariat")[:SENESTE_HJAELP]


def find_invitation(noegle: str) -> Invitation | None:
    """The invitation whose link carries the key, whatever has become of it."""
    alle = Invitation.objects.for_systemet("whoever holds the key acts for nobody yet")
    return alle.select_related("organisation").filter(noegle_hash=fingeraftryk(noegle)).first()
