"""Moving an agreement through its life; which step may follow which stands in `livscyklus.OVERGANGE`."""

from collections.abc import Callable, Collection
from datetime import date
from enum import StrEnum
from textwrap import shorten
from uuid import UUID

from django.db import transaction

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.cpr import cpr_fejl
from faelles.fejl import Konflikt, UgyldigtInput
from kommuner.models import Kkr
from rammeaftale.aarshjul.regler import paamindelsesfejl
from rammeaftale.actions.faelles import (
    datofejl,
    efter_vedtagelsen,
    kraev_vedtaget,
    laas_egen,
    noter_trin,
    overlapsfejl,
    vedtag_hvis_enstemmig,
)
from rammeaftale.actions.opret import mangler_som_part
from rammeaftale.actions.viderefoerelse import viderefoer
from rammeaftale.hoering.queries import rest
from rammeaftale.livscyklus import (
    AENDRINGER_VED,
    AFTALETILSTAND_NAVN,
    OMFANG_BETYDER,
    OVERGANGE,
    UDSENDES,
    Aendringsart,
    Aftaletilstand,
    Omfang,
)
from rammeaftale.models import Rammeaftale, Version
from rammeaftale.moeder.queries import har_udvalg
from rammeaftale.queries import har_sagt_eller_skal_sige, seneste_sendte, seneste_version
from rammeaftale.tekst.kopi import til_ny_version
from rammeaftale.tekst.sammenligning import indledningsforskel, omfang, sammenlign
from rammeaftale.tekst.udsendelse import foreloebige, kraev_fuldstaendig, udsend
from vilkaar.actions import traek_foreloebige
from vilkaar.models import Saetstatus, Vilkaarssaet

# Steps that say why, and those that others take: KKR and the parties.
_BEGRUNDES = frozenset({Aftaletilstand.KLADDE, Aftaletilstand.BORTFALDET})
_NAVNE = 900  # characters of names that fit in a step's reason
_IKKE_FOR_SIG = frozenset({Aftaletilstand.KKR_ANBEFALET, Aftaletilstand.SENDT, Aftaletilstand.VEDTAGET})


class Faktum(StrEnum):
    """What is done once with an adopted agreement (serviceloven § 6: published and sent to the national board)."""

    OFFENTLIGGJORT = "offentliggjort"
    SENDT_TIL_STYRELSEN = "sendt_til_styrelsen"


def flyt(*, aktoer: Aktoer, aftale_id: UUID, til: Aftaletilstand, dato: date, begrundelse: str = "") -> Rammeaftale:
    """Take a step that is the secretariat's own. Sending and adopting have actions of their own, and what a body decides is
    registered as its decision (`moeder`). The preliminary terms of an agreement that lapses govern no more, and its hearings close.
    One that is laid before KKR alone, because there is no embedsmandsudvalg that day, says why.

    Raises IkkeFundet, UgyldigtInput (all faults at once), or Konflikt when the step does not follow from where the agreement is.
    """
    aktoer.kraev(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT)
    with transaction.atomic():
        aftale = laas_egen(aktoer, aftale_id)
        if til in _IKKE_FOR_SIG or (aftale.tilstand == Aftaletilstand.SENDT and til is Aftaletilstand.KLADDE):
            raise Konflikt("overgang_ikke_mulig", "Det trin tages ikke for sig; se aftalens side.")
        kraev_overgang(aftale, til)
        felter = datofejl(aftale, dato) | cpr_fejl(begrundelse=begrundelse)
        if not begrundelse.strip() and (hvorfor := _skal_begrundes(aftale, til, dato)):
            felter["begrundelse"] = [hvorfor]
        if felter:
            raise UgyldigtInput("ugyldigt_trin", "Trinnet kan ikke tages, før felterne er rettet.", felter)
        noter_trin(aktoer, aftale, til, version=seneste_version(aftale), dato=dato, begrundelse=begrundelse)
        if til is Aftaletilstand.BORTFALDET:
            traek_foreloebige(list(aftale.versioner.values_list("pk", flat=True)))
        return aftale


def _skal_begrundes(aftale: Rammeaftale, til: Aftaletilstand, dato: date) -> str:
    """What to write of a step that must say why; nothing for one that need not."""
    if til in _BEGRUNDES:
        return "Skriv hvorfor."
    if til is not Aftaletilstand.EMBEDSMANDSUDVALG or har_udvalg(aftale, dato):
        return ""
    return (
        "KKR'et har intet embedsmandsudvalg den dag. Opret det under Organer, vælg en dag, det findes, eller skriv, hvorfor KKR "
        "tager stilling uden."
    )


def ny_version(*, aktoer: Aktoer, aftale_id: UUID, dato: date, begrundelse: str) -> Version:
    """Call back what has been sent, and open the next version as a draft; the parties' steps on the old one are kept, and so are
    preliminary terms (`traek_vilkaar`).

    Raises IkkeFundet, UgyldigtInput, or Konflikt when nothing has been sent.
    """
    aktoer.kraev(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT)
    with transaction.atomic():
        aftale = laas_egen(aktoer, aftale_id)
        gammel = seneste_version(aftale)
        if aftale.tilstand != Aftaletilstand.SENDT or gammel is None:
            raise Konflikt("aftale_ikke_sendt", f"{aftale.titel} er ikke sendt til godkendelse.")
        felter = datofejl(aftale, dato) | cpr_fejl(begrundelse=begrundelse)
        if not begrundelse.strip():
            felter["begrundelse"] = ["Skriv hvorfor der kommer en ny version."]
        if felter:
            raise UgyldigtInput("ugyldigt_trin", "Versionen kan ikke åbnes, før felterne er rettet.", felter)
        ny = Version.objects.create(
            aftale=aftale,
            nummer=gammel.nummer + 1,
            indledning=gammel.indledning,
            indledning_rettet=gammel.indledning_rettet,
            begrundelse=begrundelse.strip(),
        )
        til_ny_version(aktoer, gammel, ny)
        noter_trin(aktoer, aftale, Aftaletilstand.KLADDE, version=ny, dato=dato, begrundelse=begrundelse)
        return ny


def send_til_godkendelse(
    *,
    aktoer: Aktoer,
    aftale_id: UUID,
    dato: date,
    frist: date,
    paamind_dage: int | None = None,
    aendring: Aendringsart | None = None,
    beroerte: Collection[UUID] = (),
    kun_sprog: bool = False,
    trods_hoering: bool = False,
    uden_parter: bool = False,
) -> Version:
    """Send the version to the parties. From the second version on `aendring` (and `beroerte`, ids of parties) say whose approval
    it needs again; every other approval counts for it too. How far the text goes from what was sent before decides what
    `aendring` may be; that clauses written otherwise mean the same is confirmed (`kun_sprog`). Those who have not decided are
    reminded `paamind_dage` days before `frist`; None for no reminders. That a hearing is out, or remarks are not decided on, is
    confirmed too (`trods_hoering`), and that somebody the register has in the KKR is no party (`uden_parter`): the step says who.

    Raises IkkeFundet, UgyldigtInput, or Konflikt when KKR has not recommended it.
    """
    aktoer.kraev(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT)
    with transaction.atomic():
        aftale = laas_egen(aktoer, aftale_id)
        kraev_overgang(aftale, Aftaletilstand.SENDT)
        version = seneste_version(aftale)
        if version is None:
            raise Konflikt("ingen_version", f"{aftale.titel} har ingen version.")
        forrige = seneste_sendte(aftale)
        felter = datofejl(aftale, dato)
        felter |= _fristfejl(frist, paamind_dage, dato)
        if not trods_hoering and (mangler := rest(aftale).tekst):
            felter["trods_hoering"] = [f"{mangler}. Bekræft, at versionen alligevel skal sendes."]
        if not aftale.hovedaftale_id:
            felter |= _hovedaftalefejl(aftale, uden_parter=uden_parter)
        if forrige:
            hvor_langt = omfang(sammenlign(forrige, version), indledningsforskel(forrige, version))
            felter |= _aendringsfejl(aftale, hvor_langt, aendring, beroerte, kun_sprog=kun_sprog)
        if felter:
            raise UgyldigtInput("ugyldigt_trin", "Versionen kan ikke sendes, før felterne er rettet.", felter)
        kraev_fuldstaendig(version)
        version.sendt, version.aendring = dato, aendring if forrige and aendring else ""
        version.save(update_fields=["sendt", "aendring"])
        if forrige and aendring:
            viderefoer(aktoer, har_sagt_eller_skal_sige(forrige), version, aendring, beroerte)
        aftale.godkendelsesfrist, aftale.paamind_dage = frist, paamind_dage
        noter_trin(aktoer, aftale, Aftaletilstand.SENDT, version=version, dato=dato, begrundelse=_sendt_uden(aftale))
        vedtag_hvis_enstemmig(aftale, version, aktoer)
        return version


def _hovedaftalefejl(aftale: Rammeaftale, *, uden_parter: bool) -> dict[str, list[str]]:
    """What else of the KKR is in the way of sending a main agreement, by field. Holds the KKR, so that no other is sent meanwhile."""
    _laas_kkr(aftale)
    felter: dict[str, list[str]] = {}
    i_vejen = {Aftaletilstand.SENDT, Aftaletilstand.VEDTAGET}
    if fejl := overlapsfejl(aftale.kkr, aftale.aftaleperiode, i_vejen, undtagen=aftale):
        felter["periode"] = [fejl]
    if not uden_parter and (uden := mangler_som_part(aftale)):
        felter["uden_parter"] = [f"I KKR'et, men ikke part: {uden}. Tilføj dem, eller bekræft."]
    return felter


def _sendt_uden(aftale: Rammeaftale) -> str:
    """Who of the KKR it is sent without, as the step keeps it, or nothing."""
    uden = "" if aftale.hovedaftale_id else mangler_som_part(aftale)
    return f"Sendt uden {shorten(uden, _NAVNE, placeholder=' m.fl.')}: i KKR'et, men ikke part." if uden else ""


def ret_frist(
    *,
    aktoer: Aktoer,
    aftale_id: UUID,
    frist: date,
    paamind_dage: int | None,
    kraev_set: Callable[[], None] = lambda: None,
) -> Rammeaftale:
    """Give the parties another deadline for what has been sent, or another reminder of it. A moved deadline is reminded of again.

    `kraev_set` refuses under the lock what has changed since the caller saw it. Raises IkkeFundet, UgyldigtInput, or Konflikt when nothing is out for approval.
    """
    aktoer.kraev(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT)
    with transaction.atomic():
        aftale = laas_egen(aktoer, aftale_id)
        version = seneste_sendte(aftale)
        if aftale.tilstand != Aftaletilstand.SENDT or version is None or version.sendt is None:
            raise Konflikt("aftale_ikke_sendt", f"{aftale.titel} er ikke sendt til godkendelse.")
        kraev_set()
        if felter := _fristfejl(frist, paamind_dage, version.sendt):
            raise UgyldigtInput("ugyldigt_trin", "Fristen kan ikke ændres, før felterne er rettet.", felter)
        aftale.godkendelsesfrist, aftale.paamind_dage = frist, paamind_dage
        aftale.save(update_fields=["godkendelsesfrist", "paamind_dage"])
        return aftale


def _fristfejl(frist: date, paamind_dage: int | None, sendt: date) -> dict[str, list[str]]:
    felter: dict[str, list[str]] = {}
    if frist < sendt:
        felter["frist"] = ["Fristen ligger før den dag, versionen sendes."]
    if fejl := paamindelsesfejl(paamind_dage):
        felter["paamind_dage"] = fejl
    return felter


def registrer_faktum(
    *, aktoer: Aktoer, aftale_id: UUID, faktum: Faktum, dato: date, kraev_set: Callable[[], None] = lambda: None
) -> Rammeaftale:
    """Register the day the adopted agreement was published, or sent to Social- og Boligstyrelsen; a wrong day can be corrected.

    `kraev_set` as in `ret_frist`. Raises IkkeFundet, UgyldigtInput, or Konflikt when it is not adopted.
    """
    aktoer.kraev(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT)
    with transaction.atomic():
        aftale = laas_egen(aktoer, aftale_id)
        kraev_vedtaget(aftale)
        kraev_set()
        if fejl := efter_vedtagelsen(aftale, dato):
            raise UgyldigtInput("ugyldigt_trin", "Datoen kan ikke registreres.", {"dato": [fejl]})
        setattr(aftale, faktum.value, dato)
        aftale.save(update_fields=[faktum.value])
        return aftale


def udsend_foreloebigt(*, aktoer: Aktoer, aftale_id: UUID) -> list[Vilkaarssaet]:
    """Publish the terms of an agreement that KKR has recommended as preliminary, so that next year can be computed in the autumn.

    Results computed with them say so, and are computed again when the agreement is adopted. An allonge has no preliminary terms:
    for its days there are final ones. Raises IkkeFundet, Konflikt, or UgyldigtInput naming every term that is missing.
    """
    aktoer.kraev(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT)
    with transaction.atomic():
        aftale = laas_egen(aktoer, aftale_id)
        version = seneste_version(aftale)
        if aftale.tilstand not in UDSENDES or version is None:
            raise Konflikt("overgang_ikke_mulig", "Vilkår udsendes som foreløbige, når KKR har anbefalet aftalen.")
        if aftale.hovedaftale_id:
            raise Konflikt("allonge_uden_foreloebige", "En allonges vilkår gælder først, når den er vedtaget.")
        kraev_fuldstaendig(version)
        _kraev_dage_for_sig(aftale)
        return udsend(version, Saetstatus.FORELOEBIG)


def _kraev_dage_for_sig(aftale: Rammeaftale) -> None:
    """Raise Konflikt while another undecided agreement has preliminary terms on any of the days: they would be taken from it unseen."""
    _laas_kkr(aftale)
    uafgjorte = Rammeaftale.objects.filter(kkr=aftale.kkr_id).exclude(tilstand=Aftaletilstand.VEDTAGET)
    deres = Version.objects.filter(aftale__in=uafgjorte.exclude(pk=aftale.pk)).values("pk")
    optaget = Vilkaarssaet.objects.filter(
        version_id__in=deres, status=Saetstatus.FORELOEBIG, periode__overlap=aftale.periode
    )
    if (saet := optaget.order_by("nummer").first()) is not None:
        raise Konflikt(
            "overgang_ikke_mulig",
            f"{saet.aftale} har foreløbige vilkår (sæt {saet.nummer}) på nogle af de samme dage. Træk dem tilbage, eller lad den aftale bortfalde først.",
        )


def _laas_kkr(aftale: Rammeaftale) -> None:
    """Hold the KKR as publishing does, so that no two of its agreements ask about the other at once."""
    Kkr.objects.select_for_update(no_key=True).order_by("id").get(pk=aftale.kkr_id)


def traek_vilkaar(*, aktoer: Aktoer, aftale_id: UUID) -> list[Vilkaarssaet]:
    """Take back the preliminary terms of an agreement that is not adopted: the previous ones go on. Gives the sets.

    Going back to draft does not do it: the agreement is still to come, and a takst that is confirmed by the previous terms meanwhile
    is not computed again when it does. Raises IkkeFundet, or Konflikt when there are none.
    """
    aktoer.kraev(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT)
    with transaction.atomic():
        aftale = laas_egen(aktoer, aftale_id)
        saet = list(foreloebige(aftale))
        if aftale.tilstand == Aftaletilstand.VEDTAGET or not saet:
            raise Konflikt(
                "overgang_ikke_mulig", f"{aftale.titel} har ingen foreløbige vilkår, der kan trækkes tilbage."
            )
        traek_foreloebige([et.version_id for et in saet if et.version_id])
        return saet


def kraev_overgang(aftale: Rammeaftale, til: Aftaletilstand) -> None:
    """Raise Konflikt unless the table lets the agreement go there from where it is."""
    fra = Aftaletilstand(aftale.tilstand)
    if til not in OVERGANGE[fra]:
        raise Konflikt(
            "overgang_ikke_mulig",
            f"{aftale.titel} er »{AFTALETILSTAND_NAVN[fra].lower()}« og kan ikke blive »{AFTALETILSTAND_NAVN[til].lower()}«.",
        )


def _aendringsfejl(
    aftale: Rammeaftale,
    hvor_langt: Omfang,
    aendring: Aendringsart | None,
    beroerte: Collection[UUID],
    *,
    kun_sprog: bool,
) -> dict[str, list[str]]:
    """What is wrong with what the secretariat calls the change, held against the change itself."""
    if aendring is None:
        besked = "Vælg hvad der er ændret siden den forrige version; det afgør, hvem der skal godkende igen."
        return {"aendring": [besked]}
    if aendring not in AENDRINGER_VED[hvor_langt]:
        return {"aendring": [OMFANG_BETYDER[hvor_langt]]}
    if aendring is Aendringsart.REDAKTIONEL and hvor_langt is Omfang.ORDLYD and not kun_sprog:
        return {"kun_sprog": ["Læs forskellene, og bekræft, at de kun er sproglige."]}
    if aendring is Aendringsart.NOGLE_PARTER:
        kendte = {part.id for part in aftale.parter.all()}
        if not beroerte or not set(beroerte) <= kendte:
            return {"beroerte": ["Vælg de parter, ændringen berører."]}
    return {}
