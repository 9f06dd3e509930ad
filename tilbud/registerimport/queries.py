"""Reading for imports: the lists of today, the operator's register as it is compared, what a change would break, and the imports."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, Model, Q, QuerySet, Value, When

from faelles.aktoer import Aktoer
from faelles.regneark.indlaesning import Raekke
from faelles.tid import Periode
from kommuner.models import Kommune
from tilbud.models import (
    Afdeling,
    Hjemmel,
    Importtilstand,
    Maalgruppe,
    Merpladstilladelse,
    Plads,
    Registerimport,
    Tilbud,
    Ydelsestype,
)
from tilbud.registerimport.blokposter import SLAGS, Blok, blokke, blokpost, blokregister
from tilbud.registerimport.kolonner import Ord, id_ord
from tilbud.registerimport.sammenligning import Aendring, Post, Register, kanonisk
from tilbud.registerimport.skema import AFDELINGER, PLADSER, TILBUD, Kodelister, Skema, byg_skema

# Fields that stand under the same name in the sheet and in the model.
TILBUDSFELTER = (
    "navn", "adresse", "laengdegrad", "breddegrad", "beskyttet_adresse", "p_nummer", "cvr", "tilbudsportal_id", "lukket_fra",
    "alder_fra", "alder_til", "beskrivelse", "metoder", "fysiske_traek", "rummer", "rummer_ikke", "gruppe_hoejst",
    "normering", "uden_pladser", "selvhenvendelse", "hjemmeside", "kontakt_funktion", "kontakt_email", "kontakt_telefon",
)  # fmt: skip
DATOER = frozenset({"lukket_fra", "aaben_fra", "sidste_dag", "fra", "dato"})
PLADSFELTER = ("betegnelse", "art", "ugedage", "merplads", "forbeholdt_egne", "forbeholdt_beboere")


def skema_paa(dag: date) -> Skema:
    """The sheets with the lists of the day, and the words of what they no longer hold."""
    kommuner = tuple(Kommune.objects.order_by("kortnavn_sortering").values_list("kortnavn", "pk"))
    hjemler, afloeste = _hjemler(dag)
    maalgrupper, gamle, ydelsestyper = _ffb_termer()
    return byg_skema(
        Kodelister(
            kommuner=kommuner,
            hjemler=hjemler,
            maalgrupper=maalgrupper,
            ydelsestyper=ydelsestyper,
            flere_kommuner=tuple((kode, kode) for _, kode in kommuner),
            afloeste=afloeste,
            gamle_maalgrupper=gamle,
        )
    )


def _hjemler(dag: date) -> tuple[Ord, dict[str, str | None]]:
    """The codes that can be chosen on the day, and the others with what has taken their place."""
    gyldig = Q(periode__isnull=True) | Q(periode__contains=dag)
    alle = Hjemmel.objects.annotate(valgbar=Case(When(gyldig, erstattes_af=None, then=True), default=False))
    raekker = list(alle.values_list("kode", "erstattes_af_id", "valgbar"))
    valgbare = tuple((kode, kode) for kode, _, valgbar in raekker if valgbar)
    return valgbare, {kode: afloeser for kode, afloeser, valgbar in raekker if not valgbar}


def _ffb_termer() -> tuple[Ord, Ord, Ord]:
    """Target groups that can be chosen, those that cannot, and kinds of service, each in Danish order. One statement."""
    felter = ("term_sortering", "term", "kode")
    grupper = Maalgruppe.objects.order_by().annotate(slags=Case(When(valgbar=True, then=0), default=1))
    typer = Ydelsestype.objects.order_by().annotate(slags=Value(2))
    alle = grupper.values_list(*felter, "slags").union(typer.values_list(*felter, "slags"), all=True)
    ord_: tuple[list[tuple[str, str]], ...] = ([], [], [])
    for _, term, kode, slags in alle.order_by("term_sortering", "kode"):
        ord_[slags].append((term, str(kode)))
    return tuple(ord_[0]), tuple(ord_[1]), tuple(ord_[2])


def register_for(aktoer: Aktoer, raekker: Mapping[str, Sequence[Raekke]]) -> Register:
    """The actor's own register, and what else the rows' ids lead to."""
    egne = Tilbud.objects.drevet_af(aktoer)
    afdelinger = {
        ord_: Post(str(a.pk), str(a.tilbud_id), {"navn": a.navn})
        for a in Afdeling.objects.filter(tilbud__in=egne.order_by())
        for ord_ in _ider(a)
    }
    pladser = {
        ord_: pladspost(p) for p in Plads.objects.filter(afdeling__tilbud__in=egne.order_by()) for ord_ in _ider(p)
    }
    ord_ = {str(raekke.felter.get("id") or "") for raekker_ in raekker.values() for raekke in raekker_}
    portal = {str(raekke.felter.get("tilbudsportal_id") or "") for raekke in raekker.get(TILBUD, ())} - {""}
    kendte = Tilbud.objects.filter(tilbudsportal_id__in=portal).order_by().values_list("tilbudsportal_id", "pk")
    resten = blokregister(raekker, egne, _ider)
    return Register(
        poster={TILBUD: tilbudsposter(aktoer), AFDELINGER: afdelinger, PLADSER: pladser, **resten},
        andres=_findes(ord_),
        uden_for=_uden_for(aktoer, raekker) if aktoer.tilbud is not None else frozenset(),
        portal={portal_id: str(pk) for portal_id, pk in kendte},
        maa_oprette_tilbud=aktoer.tilbud is None,
    )


def tilbudsposter(aktoer: Aktoer) -> Mapping[str, Post]:
    """The actor's own offers in Danish order, under each of an offer's ids. Three statements however many."""
    egne = Tilbud.objects.drevet_af(aktoer).prefetch_related("hjemler", "maalgrupper")
    return {ord_: tilbudspost(et) for et in egne for ord_ in _ider(et)}


def _ider(raekke: Tilbud | Afdeling | Plads | Blok) -> Iterator[str]:
    """What leads to a row: the platform's id, and the operator's own."""
    yield str(raekke.pk)
    if raekke.ekstern_id:
        yield id_ord(raekke.ekstern_id)


def tilbudspost(t: Tilbud) -> Post:
    """A registered offer as it is compared."""
    felter = {felt: kanonisk(felt, getattr(t, felt)) for felt in TILBUDSFELTER}
    felter |= {
        "kommune": t.beliggenhedskommune_id,
        "hjemler": kanonisk("hjemler", [h.pk for h in t.hjemler.all()]),
        "maalgrupper": kanonisk("maalgrupper", [str(m.pk) for m in t.maalgrupper.all()]),
    }
    return Post(str(t.pk), "", felter)


def pladspost(p: Plads) -> Post:
    """A registered place as it is compared."""
    periode = Periode.af_range(p.periode)
    felter = {felt: kanonisk(felt, getattr(p, felt)) for felt in PLADSFELTER}
    felter |= {
        "aaben_fra": kanonisk("aaben_fra", periode.fra),
        "sidste_dag": kanonisk("sidste_dag", periode.sidste_dag),
    }
    return Post(str(p.pk), str(p.afdeling_id), felter)


def _findes(ord_: Iterable[str]) -> frozenset[str]:
    """Those of the words that are ids of something in the register, whoever's."""
    ider = {fundet for enkelt in ord_ if (fundet := som_uuid(enkelt)) is not None}
    if not ider:
        return frozenset()
    modeller: list[type[Model]] = [Tilbud, Afdeling, Plads, *(slags.model for slags in SLAGS.values())]
    alle = (model._default_manager.order_by() for model in modeller)
    fundne = {pk for raekker in alle for pk in raekker.filter(pk__in=ider).values_list("pk", flat=True)}
    return frozenset(map(str, fundne))


def _uden_for(aktoer: Aktoer, raekker: Mapping[str, Sequence[Raekke]]) -> frozenset[tuple[str, str]]:
    """The file's ids, each with its sheet, that the operator has given to rows of offers the actor does not work with."""
    andre = Tilbud.objects.filter(driftsherre=aktoer.organisation_id).exclude(pk__in=aktoer.tilbud or ())
    modeller: dict[str, tuple[type[Model], str]] = {
        AFDELINGER: (Afdeling, "tilbud"),
        PLADSER: (Plads, "afdeling__tilbud"),
        **{ark: (slags.model, "afdeling__tilbud" if slags.i_afdeling else "tilbud") for ark, slags in SLAGS.items()},
    }
    fundne = set()
    for ark, (model, led) in modeller.items():
        if ider := {str(raekke.felter.get("id") or "") for raekke in raekker.get(ark, ())} - {""}:
            brugte = model._default_manager.filter(ekstern_id__in=ider, **{f"{led}__in": andre.order_by()}).order_by()
            fundne |= {(ark, id_) for id_ in brugte.values_list("ekstern_id", flat=True)}
    return frozenset(fundne)


def som_uuid(tekst: str) -> UUID | None:
    """The id a text is; None when it is none."""
    try:
        return UUID(tekst)
    except ValueError:
        return None


def eksisterende(aktoer: Aktoer, skema: Skema) -> dict[str, list[list[Any]]]:
    """The actor's register as rows of the template; a row the operator has given no id of its own stands with the platform's."""
    tilbud = Tilbud.objects.drevet_af(aktoer).prefetch_related("hjemler", "maalgrupper")
    afdelinger = Afdeling.objects.filter(tilbud__in=tilbud.order_by()).select_related("tilbud")
    pladser = Plads.objects.filter(afdeling__in=afdelinger.order_by()).select_related("afdeling__tilbud")
    raekker: dict[str, list[dict[str, Any]]] = {
        TILBUD: [{"id": _id(t), **tilbudspost(t).felter} for t in tilbud],
        AFDELINGER: [{"tilbud": _id(a.tilbud), "id": _id(a), "navn": a.navn} for a in afdelinger],
        PLADSER: [
            {"tilbud": _id(p.afdeling.tilbud), "afdeling": _id(p.afdeling), "id": _id(p), **pladspost(p).felter}
            for p in pladser
        ],
        **{ark: [_blokraekke(ark, blok) for blok in blokke(ark, tilbud)] for ark in SLAGS},
    }
    return {
        ark.navn: [[vis(skema, k.felt, raekke[k.felt]) for k in ark.kolonner] for raekke in raekker[ark.navn]]
        for ark in skema.ark
    }


def _blokraekke(ark: str, blok: Blok) -> dict[str, Any]:
    """A registered approval, report, service or permission as a row of its sheet."""
    if isinstance(blok, Merpladstilladelse):
        sted = {"tilbud": _id(blok.afdeling.tilbud), "afdeling": _id(blok.afdeling)}
    else:
        sted = {"tilbud": _id(blok.tilbud)}
    return {**sted, "id": _id(blok), **blokpost(ark, blok).felter}


def _id(raekke: Tilbud | Afdeling | Plads | Blok) -> str:
    return raekke.ekstern_id or str(raekke.pk)


def vis(skema: Skema, felt: str, vaerdi: Any) -> str:
    """A canonical value in the words of the sheet; such a cell reads back as the same value."""
    if vaerdi is None:
        return ""
    if isinstance(vaerdi, bool):
        return "ja" if vaerdi else "nej"
    ord_ = skema.ord.get(felt, {})
    if isinstance(vaerdi, list):
        return "; ".join(str(ord_.get(enkelt, enkelt)) for enkelt in vaerdi)
    if felt in DATOER:
        return f"{date.fromisoformat(vaerdi):%d.%m.%Y}"
    if felt in {"normering", "laengdegrad", "breddegrad"}:
        return str(vaerdi).replace(".", ",")
    return str(ord_.get(vaerdi, vaerdi))


def foer_efter(skema: Skema, aendring: Aendring) -> list[dict[str, str]]:
    """A change in the words of the sheets, column by column; of a new row the empty fields say nothing."""
    felter = []
    for kolonne in skema.ark_med(aendring.ark).kolonner:
        foer, efter = aendring.felter.get(kolonne.felt, (None, None))
        if kolonne.felt in aendring.felter and (not aendring.ny or efter not in (None, "", [], False)):
            ord_ = {"foer": vis(skema, kolonne.felt, foer), "efter": vis(skema, kolonne.felt, efter)}
            felter.append({"navn": kolonne.navn, **ord_})
    return felter


def importer(aktoer: Aktoer) -> QuerySet[Registerimport]:
    """The imports the actor may see, newest first, without what is in them."""
    return Registerimport.objects.synlige_for(aktoer).defer("indhold", "fejl", "fil")


def til_godkendelse(aktoer: Aktoer) -> QuerySet[Registerimport]:
    """Those that wait for the actor: somebody else has sent them."""
    return importer(aktoer).filter(tilstand=Importtilstand.AFVENTER).exclude(bestilt_af=aktoer.identitet)


def rammer(aendringer: Collection[Aendring]) -> tuple[list[UUID], bool]:
    """The registered offers the changes touch, and whether they make new ones."""
    tilbud = {fundet for a in aendringer if (fundet := som_uuid(a.tilbud)) is not None}
    return sorted(tilbud), any(a.ark == TILBUD and a.ny for a in aendringer)
