"""Pages where the secretariat takes an agreement a step on: each is a form, what it does in words, and the way back."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from faelles.aktoer import Funktion, Rettighed
from faelles.fejl import DomaeneFejl, IkkeFundet
from faelles.formularer import Formular, tilfoej_fejl
from faelles.tid import idag
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from kommuner.models import Kkr, Organisationsart
from rammeaftale import actions
from rammeaftale.actions.opret import mangler_som_part
from rammeaftale.actions.trin import Faktum
from rammeaftale.forms import (
    FORESLAAET_PAAMINDELSE,
    AfsendelseForm,
    AftaleForm,
    AllongeForm,
    DatoForm,
    FristForm,
    NyVersionForm,
    OffentliggoerelseForm,
    RetAftaleForm,
    SendForm,
    TrinForm,
)
from rammeaftale.hoering.queries import rest
from rammeaftale.livscyklus import Aendringsart, Aftaletilstand
from rammeaftale.models import Rammeaftale
from rammeaftale.moeder.queries import har_udvalg
from rammeaftale.queries import begyndes_fra, har_sagt_eller_skal_sige, offentliggoerelser, seneste_sendte
from rammeaftale.tekst.queries import version_af
from rammeaftale.tekst.sammenligning import indledningsforskel, omfang, sammenlign
from rammeaftale.tekst.udsendelse import foreloebige
from rammeaftale.tekst.vilkaarsvisning import saetnumre
from rammeaftale.visning import egen_aftale, sti

_SKRIVER = (Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT)
_TRIN: Mapping[Aftaletilstand, tuple[str, str, str]] = {
    Aftaletilstand.EMBEDSMANDSUDVALG: (
        "Forelæg for embedsmandsudvalget",
        "Udkastet sendes til embedsmandsudvalget. Det kan tages tilbage til kladde.",
        "Forelæg",
    ),
    Aftaletilstand.KLADDE: (
        "Tag tilbage til kladde",
        "Udkastet kan rettes igen og skal forelægges på ny.",
        "Tag tilbage",
    ),
    Aftaletilstand.BORTFALDET: (
        "Lad aftalen bortfalde",
        "En bortfaldet aftale kan ikke tages op igen. Parternes beslutninger bevares.",
        "Lad bortfalde",
    ),
}
_UDEN_UDVALG = (
    "Forelæg for KKR",
    "KKR'et har intet embedsmandsudvalg i dag. Opret det under Organer, eller skriv, hvorfor kun KKR tager stilling. Udkastet kan tages tilbage til kladde.",
    "Forelæg",
)
_FAKTA: Mapping[Faktum, str] = {
    Faktum.OFFENTLIGGJORT: "Registrér offentliggørelse",
    Faktum.SENDT_TIL_STYRELSEN: "Registrér, at aftalen er sendt til Social- og Boligstyrelsen",
}


@require_http_methods(["GET", "POST"])
@side(*_SKRIVER)
def ny(request: AktoerRequest) -> HttpResponse:
    """Begin an agreement."""
    kkr = Kkr.objects.filter(sekretariat=request.aktoer.organisation_id).first()
    form = AftaleForm(_data(request), aftaler=begyndes_fra(kkr) if kkr else ())

    def opret(felter: Mapping[str, Any]) -> Rammeaftale:
        return actions.opret_aftale(
            aktoer=request.aktoer,
            titel=felter["titel"],
            fra=felter["fra"],
            til=felter["sidste_dag"] + timedelta(days=1),
            forrige_id=felter["forrige"],
        )

    kontekst = {
        "overskrift": "Ny rammeaftale",
        "manchet": "Parterne er KKR'ets kommuner og deres region, hver i de dage, de er det efter registret.",
        "knap": "Opret",
        "sti": [{"navn": "Rammeaftaler", "url": reverse("rammeaftale:liste")}, {"navn": "Ny rammeaftale"}],
        "tilbage": reverse("rammeaftale:liste"),
    }
    return _udfoer(request, form, opret, "Aftalen er oprettet som kladde.", kontekst)


@require_http_methods(["GET", "POST"])
@side(*_SKRIVER)
def trin(request: AktoerRequest, slug: str, til: str) -> HttpResponse:
    """Take a step of the secretariat's own."""
    aftale = egen_aftale(request.aktoer, slug)
    if til not in set(_TRIN):
        raise Http404
    maal = Aftaletilstand(til)
    uden_udvalg = maal is Aftaletilstand.EMBEDSMANDSUDVALG and not har_udvalg(aftale, idag())
    overskrift, manchet, knap = _UDEN_UDVALG if uden_udvalg else _TRIN[maal]
    form = TrinForm(_data(request), til=maal, uden_udvalg=uden_udvalg)

    def tag(felter: Mapping[str, Any]) -> Rammeaftale:
        return actions.flyt(aktoer=request.aktoer, aftale_id=aftale.id, til=maal, **felter)

    return _udfoer(
        request,
        form,
        tag,
        "Trinnet er registreret.",
        _kontekst(aftale, overskrift, manchet + _om_foreloebige(aftale, maal) + _om_hoeringer(aftale, maal), knap),
    )


@require_http_methods(["GET", "POST"])
@side(*_SKRIVER)
def send(request: AktoerRequest, slug: str) -> HttpResponse:
    """Send the version to the parties."""
    aftale = egen_aftale(request.aktoer, slug)
    forrige, version = seneste_sendte(aftale), version_af(aftale, None)
    forskelle = sammenlign(forrige, version) if forrige else []
    indledning = indledningsforskel(forrige, version) if forrige else []
    form = SendForm(
        _data(request),
        parter=[stand.part for stand in har_sagt_eller_skal_sige(forrige)] if forrige else (),
        hvor_langt=omfang(forskelle, indledning) if forrige else None,
        hoeringer=rest(aftale),
        mangler="" if aftale.hovedaftale_id else mangler_som_part(aftale),
        initial={"paamind_dage": FORESLAAET_PAAMINDELSE},
    )

    def send_den(felter: Mapping[str, Any]) -> Rammeaftale:
        aendring = felter.get("aendring")
        actions.send_til_godkendelse(
            aktoer=request.aktoer,
            aftale_id=aftale.id,
            **{navn: felter[navn] for navn in ("dato", "frist", "paamind_dage")},
            aendring=Aendringsart(aendring) if aendring else None,
            beroerte=felter.get("beroerte", ()),
            **{navn: felter.get(navn, False) for navn in ("kun_sprog", "trods_hoering", "uden_parter")},
        )
        return aftale

    manchet = "Versionen låses, og parterne tager stilling til netop den. Aftalen er vedtaget, når alle har godkendt."
    kontekst = _kontekst(aftale, "Send til godkendelse", manchet, "Send til parterne")
    kontekst |= {
        "forrige": forrige,
        "forskelle": forskelle,
        "indledning": indledning,
        "skabelon": "rammeaftale/send.html",
    }
    return _udfoer(request, form, send_den, "Versionen er sendt til godkendelse.", kontekst)


@require_http_methods(["GET", "POST"])
@side(*_SKRIVER)
def frist(request: AktoerRequest, slug: str) -> HttpResponse:
    """Give the parties another deadline, or another reminder of it."""
    aftale = egen_aftale(request.aktoer, slug)
    form = FristForm(_data(request), initial=_fristen(aftale))

    def ret(felter: Mapping[str, Any]) -> Rammeaftale:
        return actions.ret_frist(
            aktoer=request.aktoer,
            aftale_id=aftale.id,
            **felter,
            kraev_set=lambda: form.kraev_set(_fristen(egen_aftale(request.aktoer, slug))),
        )

    manchet = "Flyttes fristen, bliver de parter, der ikke har besluttet sig, påmindet om den nye."
    kontekst = _kontekst(aftale, "Ret fristen for godkendelse", manchet, "Gem")
    return _udfoer(request, form, ret, "Fristen er rettet.", kontekst)


@require_http_methods(["GET", "POST"])
@side(*_SKRIVER)
def afsendelse(request: AktoerRequest, slug: str) -> HttpResponse:
    """Date the sending of what is out back to the day it was done."""
    aftale = egen_aftale(request.aktoer, slug)

    def nuvaerende() -> dict[str, object]:
        return {"dato": getattr(seneste_sendte(aftale), "sendt", None)}

    form = AfsendelseForm(_data(request), initial=nuvaerende())

    def ret(felter: Mapping[str, Any]) -> Rammeaftale:
        return actions.ret_afsendelse(
            aktoer=request.aktoer, aftale_id=aftale.id, **felter, kraev_set=lambda: form.kraev_set(nuvaerende())
        ).aftale

    manchet = "Dagen kan kun rettes tilbage, og aldrig frem igen; ikke til før KKR's anbefaling. Det forkerte trin bevares i sporet."
    kontekst = _kontekst(aftale, "Ret afsendelsesdagen", manchet, "Ret dagen")
    return _udfoer(request, form, ret, "Afsendelsesdagen er rettet.", kontekst)


@require_http_methods(["GET", "POST"])
@side(*_SKRIVER)
def ny_version(request: AktoerRequest, slug: str) -> HttpResponse:
    """Call back what has been sent and open the next version."""
    aftale = egen_aftale(request.aktoer, slug)
    form = NyVersionForm(_data(request))

    def aabn(felter: Mapping[str, Any]) -> Rammeaftale:
        return actions.ny_version(aktoer=request.aktoer, aftale_id=aftale.id, **felter).aftale

    manchet = (
        "Den sendte version trækkes tilbage, og en ny åbnes som kladde. Parternes beslutninger om den gamle bevares; "
        "hvem der skal godkende igen, vælges, når den nye sendes."
    )
    manchet += _om_foreloebige(aftale, Aftaletilstand.KLADDE)
    kontekst = _kontekst(aftale, "Ny version", manchet, "Åbn ny version")
    return _udfoer(request, form, aabn, "Den nye version er åbnet som kladde.", kontekst)


@require_http_methods(["GET", "POST"])
@side(*_SKRIVER)
def allonge(request: AktoerRequest, slug: str) -> HttpResponse:
    """Begin an amendment of an adopted agreement."""
    aftale = egen_aftale(request.aktoer, slug)
    form = AllongeForm(_data(request))

    def opret(felter: Mapping[str, Any]) -> Rammeaftale:
        return actions.opret_allonge(aktoer=request.aktoer, aftale_id=aftale.id, **felter)

    manchet = "En allonge ændrer aftalen og skal godkendes af alle parter, som aftalen selv blev det."
    kontekst = _kontekst(aftale, "Ny allonge", manchet, "Opret allonge")
    return _udfoer(request, form, opret, "Allongen er oprettet som kladde.", kontekst)


@require_http_methods(["GET", "POST"])
@side(*_SKRIVER)
def ret(request: AktoerRequest, slug: str) -> HttpResponse:
    """Correct the title and the period of a draft."""
    aftale = egen_aftale(request.aktoer, slug)
    form = RetAftaleForm(_data(request), allonge=aftale.hovedaftale is not None, initial=_aftalens(aftale))

    def ret_den(felter: Mapping[str, Any]) -> Rammeaftale:
        sidste_dag = felter.get("sidste_dag")
        return actions.ret_aftale(
            aktoer=request.aktoer,
            aftale_id=aftale.id,
            titel=felter["titel"],
            fra=felter["fra"],
            til=sidste_dag + timedelta(days=1) if sidste_dag else None,
            kraev_set=lambda: form.kraev_set(_aftalens(egen_aftale(request.aktoer, slug))),
        )

    manchet = (
        "Perioden kan rettes, til en version har været sendt til godkendelse. Rettes den, sættes parterne igen efter registret "
        "i den nye periode; dem, I selv har tilføjet, afsluttet eller fjernet, bliver, som I har sat dem."
    )
    kontekst = _kontekst(aftale, "Ret titel og periode", manchet, "Gem")
    return _udfoer(request, form, ret_den, "Titel og periode er gemt.", kontekst)


@require_http_methods(["GET", "POST"])
@side(*_SKRIVER)
def faktum(request: AktoerRequest, slug: str, faktum: str) -> HttpResponse:
    """Register the day the adopted agreement was published or sent to the national board."""
    aftale = egen_aftale(request.aktoer, slug)
    if faktum not in set(Faktum):
        raise Http404
    hvad = Faktum(faktum)
    form = DatoForm(_data(request), initial=_dagen(aftale, hvad))

    def registrer(felter: Mapping[str, Any]) -> Rammeaftale:
        return actions.registrer_faktum(
            aktoer=request.aktoer,
            aftale_id=aftale.id,
            faktum=hvad,
            **felter,
            kraev_set=lambda: form.kraev_set(_dagen(egen_aftale(request.aktoer, slug), hvad)),
        )

    kontekst = _kontekst(aftale, _FAKTA[hvad], "Datoen kan rettes ved at registrere den igen.", "Registrér")
    return _udfoer(request, form, registrer, "Datoen er registreret.", kontekst)


@require_http_methods(["GET", "POST"])
@side(Rettighed.GODKENDELSER_SKRIV, Funktion.SEKRETARIAT)
def offentliggoerelse(request: AktoerRequest, slug: str, part_id: UUID) -> HttpResponse:
    """Register where a municipality has published the agreement."""
    aftale = egen_aftale(request.aktoer, slug)
    kommuner = aftale.parter.filter(organisation__art=Organisationsart.KOMMUNE).select_related("organisation")
    part = kommuner.filter(pk=part_id).first()
    if part is None:
        raise IkkeFundet("part_ikke_fundet", "Parten findes ikke i aftalen, eller den er ikke en kommune.")

    def nuvaerende() -> dict[str, object]:
        sidste = offentliggoerelser(aftale).get(part_id)
        return {"dato": sidste.dato, "url": sidste.url} if sidste else {}

    form = OffentliggoerelseForm(_data(request), initial=nuvaerende())

    def registrer(felter: Mapping[str, Any]) -> Rammeaftale:
        actions.registrer_offentliggoerelse(
            aktoer=request.aktoer,
            aftale_id=aftale.id,
            part_id=part_id,
            **felter,
            kraev_set=lambda: form.kraev_set(nuvaerende()),
        )
        return aftale

    manchet = (
        "Kommunen skal offentliggøre begge aftalens dele på sin egen hjemmeside, når den er vedtaget. "
        "Er dagen eller adressen forkert, registreres den igen, og den seneste gælder."
    )
    kontekst = _kontekst(aftale, f"Offentliggjort af {part.organisation.navn}", manchet, "Registrér")
    return _udfoer(request, form, registrer, "Offentliggørelsen er registreret.", kontekst)


def _aftalens(aftale: Rammeaftale) -> dict[str, object]:
    """What a draft was begun with, as the form's first values; the last day of an allonge is not its own."""
    periode = aftale.aftaleperiode
    slut = {} if aftale.hovedaftale else {"sidste_dag": periode.sidste_dag}
    return {"titel": aftale.titel, "fra": periode.fra, **slut}


def _fristen(aftale: Rammeaftale) -> dict[str, object]:
    return {"frist": aftale.godkendelsesfrist, "paamind_dage": aftale.paamind_dage}


def _dagen(aftale: Rammeaftale, faktum: Faktum) -> dict[str, object]:
    """The day that is registered; today is suggested while there is none."""
    dag = getattr(aftale, faktum.value)
    return {"dato": dag} if dag else {}


def _om_foreloebige(aftale: Rammeaftale, maal: Aftaletilstand) -> str:
    """What becomes of the preliminary terms when the agreement goes there; nothing when there are none, or when it goes on."""
    saet = list(foreloebige(aftale))
    if not saet or maal not in {Aftaletilstand.KLADDE, Aftaletilstand.BORTFALDET}:
        return ""
    hvilke = f"De foreløbige vilkår (sæt {saetnumre(saet)})"
    if maal is Aftaletilstand.BORTFALDET:
        return f" {hvilke} gælder ikke længere, og de forrige fortsætter."
    return (
        f" {hvilke} gælder stadig som foreløbige, til nye udsendes, aftalen vedtages, eller den bortfalder. Skal de forrige "
        "fortsætte imens, trækkes de tilbage for sig på siden Vilkår."
    )


def _om_hoeringer(aftale: Rammeaftale, maal: Aftaletilstand) -> str:
    """What becomes of the hearings that are out when the agreement lapses."""
    aabne = rest(aftale).aabne if maal is Aftaletilstand.BORTFALDET else 0
    if not aabne:
        return ""
    hvilke = "1 høring, der er åben," if aabne == 1 else f"{aabne} høringer, der er åbne,"
    return f" {hvilke} afsluttes samtidig, og ingen kan svare mere."


def _data(request: AktoerRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _kontekst(aftale: Rammeaftale, overskrift: str, manchet: str, knap: str) -> dict[str, Any]:
    return {
        "overskrift": overskrift,
        "manchet": manchet,
        "knap": knap,
        "aftale": aftale,
        "sti": [*sti(aftale), {"navn": overskrift}],
        "tilbage": reverse("rammeaftale:detalje", args=[aftale.slug]),
    }


def _udfoer(
    request: AktoerRequest,
    form: Formular,
    gerning: Callable[[Mapping[str, Any]], Rammeaftale],
    kvittering: str,
    kontekst: dict[str, Any],
) -> HttpResponse:
    """Show the form, or do it and go to the agreement; what the action refuses stands at its fields or above them."""
    if form.is_valid():
        try:
            aftale = gerning(form.cleaned_data)
        except IkkeFundet:
            raise
        except DomaeneFejl as fejl:
            tilfoej_fejl(form, fejl)
        else:
            messages.success(request, kvittering)
            return redirect("rammeaftale:detalje", aftale.slug)
    skabelon = kontekst.get("skabelon", "rammeaftale/handling.html")
    return render(request, skabelon, {**kontekst, "form": form}, status=422 if form.errors else 200)
