"""What the agreement's actions share: finding it under lock, writing its steps, and adopting it."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from faelles.aktoer import Aktoer
from faelles.dokument.tal import dage_i_ord
from faelles.fejl import IkkeFundet, Konflikt
from faelles.haendelser import publicer
from faelles.tid import Periode, idag
from kommuner.models import Kkr
from rammeaftale.hoering.lukning import luk_aabne
from rammeaftale.livscyklus import AFTALETILSTAND_NAVN, GODKENDENDE, Aftaletilstand, Partsbeslutning, vedtagelsesdag
from rammeaftale.models import Aftaletrin, Organbeslutning, Part, Rammeaftale, Version
from rammeaftale.queries import alle_stande
from rammeaftale.tekst.udsendelse import modstrid, saetter_noget, udsend
from vilkaar.models import Saetstatus


def laas_egen(aktoer: Aktoer, aftale_id: UUID) -> Rammeaftale:
    """The agreement of the actor's own secretariat, locked until the transaction ends. Raises IkkeFundet."""
    aftale = (
        Rammeaftale.objects.filter(pk=aftale_id, kkr__sekretariat=aktoer.organisation_id)
        .select_related("kkr")
        .select_for_update(no_key=True, of=("self",))
        .first()
    )
    if aftale is None:
        raise IkkeFundet("aftale_ikke_fundet", "Rammeaftalen findes ikke.")
    return aftale


def laas_part(aktoer: Aktoer, aftale_id: UUID, part_id: UUID) -> Part:
    """A party of such an agreement, which is locked (`part.aftale`). Raises IkkeFundet, the same whichever of the two is not there."""
    egne = {"aftale": aftale_id, "aftale__kkr__sekretariat": aktoer.organisation_id}
    part = Part.objects.filter(pk=part_id, **egne).select_related("organisation").first()
    if part is None:
        raise IkkeFundet("part_ikke_fundet", "Parten findes ikke i aftalen.")
    part.aftale = laas_egen(aktoer, aftale_id)
    return part


def noter_trin(
    aktoer: Aktoer,
    aftale: Rammeaftale,
    til: Aftaletilstand,
    *,
    version: Version | None,
    dato: date,
    organ: str = "",
    referat_url: str = "",
    begrundelse: str = "",
    beslutning: Organbeslutning | None = None,
) -> None:
    """Move the agreement and keep the step. The caller has asked whether it may."""
    Aftaletrin.objects.create(
        aftale=aftale,
        version=version,
        fra=aftale.tilstand,
        til=til,
        dato=dato,
        organ=organ.strip(),
        referat_url=referat_url.strip(),
        begrundelse=begrundelse.strip(),
        beslutning=beslutning,
        registreret_af_id=aktoer.organisation_id,
        identitet=aktoer.identitet,
    )
    aftale.tilstand = til
    aftale.vedtaget = dato if til is Aftaletilstand.VEDTAGET else None
    aftale.save(update_fields=["tilstand", "vedtaget", "godkendelsesfrist", "paamind_dage"])
    publicer(f"rammeaftale.{til.value}", "rammeaftale", aftale.id)
    if til in {Aftaletilstand.VEDTAGET, Aftaletilstand.BORTFALDET}:
        luk_aabne(aftale)


def vedtag_hvis_enstemmig(aftale: Rammeaftale, version: Version, aktoer: Aktoer) -> None:
    """Adopt the agreement, on the day the last party approved the version, when every party has; its terms are final from then on.

    When they cannot govern by then, the approvals stand and the agreement stays sent (`modstrid` says why): only a new version
    can be adopted. The KKR is held, so that no other allonge comes between the question and the set.
    """
    parter = [
        Partsbeslutning(
            Periode.af_range(stand.part.periode),
            stand.seneste.dato if stand.seneste and stand.status in GODKENDENDE else None,
        )
        for stand in alle_stande(version)
    ]
    dag = version.sendt and vedtagelsesdag(aftale.aftaleperiode, version.sendt, parter, idag())
    if not dag:
        return
    Kkr.objects.select_for_update(no_key=True).get(pk=aftale.kkr_id)
    if modstrid(version):
        return
    noter_trin(aktoer, aftale, Aftaletilstand.VEDTAGET, version=version, dato=dag, organ="Alle parter")
    if saetter_noget(version):
        udsend(version, Saetstatus.ENDELIG)


def datofejl(aftale: Rammeaftale, dato: date) -> dict[str, list[str]]:
    """What is wrong with the day of a step: it is taken today or earlier, and not before the one it follows."""
    if dato > idag():
        return {"dato": ["Datoen ligger i fremtiden; registrér trinnet, når det er taget."]}
    sidste = Aftaletrin.objects.filter(aftale=aftale).order_by("-registreret", "-id").first()
    if sidste and dato < sidste.dato:
        return {"dato": [f"Datoen ligger før det forrige trin den {sidste.dato:%d.%m.%Y}."]}
    return {}


def overlapsfejl(
    kkr: Kkr, periode: Periode, tilstande: Collection[Aftaletilstand], *, undtagen: Rammeaftale | None = None
) -> str:
    """Which other agreement of the KKR, in one of these states, has days of the period, or nothing: there is one at a time."""
    andre = Rammeaftale.objects.filter(kkr=kkr, hovedaftale=None, tilstand__in=tilstande).order_by("periode")
    i_vejen = [anden for anden in andre.filter(periode__overlap=periode.som_range) if anden != undtagen]
    if not i_vejen:
        return ""
    anden = i_vejen[0]
    return (
        f"Perioden overlapper {anden.titel} ({dage_i_ord(anden.aftaleperiode)}), som er "
        f"{AFTALETILSTAND_NAVN[Aftaletilstand(anden.tilstand)].lower()}. Et KKR har én rammeaftale ad gangen."
    )


def kraev_vedtaget(aftale: Rammeaftale) -> None:
    """Raise Konflikt unless the agreement is adopted."""
    if aftale.tilstand != Aftaletilstand.VEDTAGET:
        raise Konflikt("aftale_ikke_vedtaget", f"{aftale.titel} er ikke vedtaget endnu.")


def efter_vedtagelsen(aftale: Rammeaftale, dato: date) -> str:
    """What is wrong with the day of something that is done with an adopted agreement, or nothing."""
    if dato > idag():
        return "Datoen ligger i fremtiden; registrér det, når det er sket."
    if aftale.vedtaget and dato < aftale.vedtaget:
        return f"Datoen ligger før aftalen blev vedtaget den {aftale.vedtaget:%d.%m.%Y}."
    return ""


def linkfejl(url: str) -> str:
    """What is wrong with a web address, or nothing."""
    try:
        URLValidator(schemes=["https", "http"])(url)
    except ValidationError:
        return "Linket skal være en hel webadresse, der begynder med https://."
    return ""
