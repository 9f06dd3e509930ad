"""Reading people and organisations."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F

from faelles.aktoer import Aktoer, Funktion
from faelles.fejl import Konflikt
from faelles.sprog import sortnoegle
from faelles.tid import Periode, idag
from kommuner.kkr import Kkrmedlem, kkr_paa
from kommuner.models import ApiKlient, Bruger, Kkr, KkrMedlemskab, Rolle, Tilknytning
from kommuner.roller import ROLLEINDHOLD
from kommuner.tilbudsregister import tilbud_hos


def tilknytninger_for(bruger: Bruger, dag: date, udbydere: Collection[str] = ()) -> list[Tilknytning]:
    """The person's memberships that hold on the day, in Danish order of organisation.

    Those a provider gave count only for somebody who has logged in there (`udbydere`): the provider is who knows
    whether they still hold.
    """
    return list(
        Tilknytning.objects.paa(dag)
        .filter(bruger=bruger, kilde__in=["", *udbydere])
        .select_related("organisation")
        .order_by("organisation__navn_sortering", "rolle", "id")
    )


def rollevalg(tilknytninger: Sequence[Tilknytning]) -> list[tuple[Tilknytning, list[str]]]:
    """The memberships to choose among, each with the names of the offers it is limited to (none: all of them)."""
    hos = {t.organisation_id: tilbud_hos(t.organisation_id) for t in tilknytninger if t.kun_tilbud}
    return [(t, tilbudsnavne(t.kun_tilbud, hos.get(t.organisation_id, {}))) for t in tilknytninger]


def tilbudsnavne(ider: Collection[UUID], hos: Mapping[UUID, str]) -> list[str]:
    """The names of these offers in the order of `hos`; one that is the organisation's no longer is counted without its name."""
    kendte = [navn for ide, navn in hos.items() if ide in ider]
    andre = len(ider) - len(kendte)
    return [*kendte, f"{andre} tilbud, som organisationen ikke længere driver"] if andre else kendte


def alle_tilknytninger(bruger: Bruger) -> list[Tilknytning]:
    """Everything the person is, has been and will be, the latest first."""
    return list(
        Tilknytning.objects.filter(bruger=bruger)
        .select_related("organisation")
        .order_by(F("periode__endswith").desc(nulls_first=True), "organisation__navn_sortering", "rolle", "id")
    )


def aktoer_for_tilknytning(tilknytning: Tilknytning) -> Aktoer:
    """The actor a person is while she works under this membership."""
    rolle = Rolle(tilknytning.rolle)
    indhold = ROLLEINDHOLD[rolle]
    return Aktoer(
        organisation_id=tilknytning.organisation_id,
        organisation_navn=tilknytning.organisation.navn,
        funktion=indhold.funktion,
        rettigheder=indhold.rettigheder,
        identitet=f"bruger:{tilknytning.bruger_id}",
        rolle_navn=rolle.label,
        tilbud=frozenset(tilknytning.kun_tilbud) or None,
    )


def aktoer_for_klient(klient: ApiKlient, scopes: Iterable[str]) -> Aktoer:
    """The actor a system is with a token of these scopes; never more than the client itself was given."""
    kendte = {rettighed.value: rettighed for rettighed in klient.rettigheder}
    return Aktoer(
        organisation_id=klient.organisation_id,
        organisation_navn=klient.organisation.navn,
        funktion=Funktion(klient.funktion),
        rettigheder=frozenset(kendte[scope] for scope in scopes if scope in kendte),
        identitet=f"klient:{klient.id}",
        rolle_navn="System",
    )


def identiteter(aktoer: Aktoer) -> dict[str, str]:
    """What the people and systems of the actor's organisation, of today and before, are called: e-mail address or the system's name."""
    personer = Bruger.objects.filter(tilknytninger__organisation=aktoer.organisation_id).distinct().order_by("email")
    klienter = ApiKlient.objects.synlige_for(aktoer).order_by("navn")
    return {
        **{f"bruger:{pk}": email for pk, email in personer.values_list("pk", "email")},
        **{f"klient:{pk}": navn for pk, navn in klienter.values_list("pk", "navn")},
    }


def kkrmedlemmer() -> list[Kkrmedlem]:
    """Who belongs, has belonged and will belong to which KKR (`kommuner.kkr`). One statement."""
    raekker = KkrMedlemskab.objects.values_list("kkr", "kommune", "periode")
    return [Kkrmedlem(kkr, kommune, Periode.af_range(periode)) for kkr, kommune, periode in raekker]


@dataclass(frozen=True, slots=True)
class TomtKkr:
    """A KKR no municipality belongs to on a day. `afloest`: whether others have taken its place by then, whom `tekst` names."""

    tekst: str
    afloest: bool


def tomt_kkr(medlemmer: Collection[Kkrmedlem], kkr: UUID, dag: date) -> TomtKkr | None:
    """None for a KKR that has municipalities on the day, and for an id nobody has. One statement, or none when it has."""
    paa_dagen = kkr_paa(medlemmer, kkr, dag)
    if kkr in paa_dagen:
        return None
    navne = dict(Kkr.objects.filter(pk__in={kkr, *paa_dagen}).values_list("pk", "navn"))
    if kkr not in navne:
        return None
    if not paa_dagen:
        return TomtKkr(navne[kkr], afloest=False)
    afloesere = sorted((navne[pk] for pk in paa_dagen), key=sortnoegle)
    naar = f"pr. {dag:%d.%m.%Y}" if dag > idag() else "nu"
    return TomtKkr(f"{navne[kkr]} ({naar} {' og '.join(afloesere)})", afloest=True)


def kkr_for_kommune(kommunekode: str, dag: date) -> Kkr:
    """The KKR a municipality belongs to on a day. Raises Konflikt when it belongs to none."""
    medlemskab = KkrMedlemskab.objects.paa(dag).filter(kommune=kommunekode).select_related("kkr").first()
    if medlemskab is None:
        raise Konflikt("kommune_uden_kkr", f"Kommune {kommunekode} hører ikke til noget KKR den {dag:%d.%m.%Y}.")
    return medlemskab.kkr
