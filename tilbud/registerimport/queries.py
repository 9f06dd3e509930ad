"""Reading for imports: the lists of today, the operator's register as it is compared, what a change would break, and the imports."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Model, Q, QuerySet, Value

from faelles.aktoer import Aktoer
from faelles.dokument.tal import dage_i_ord
from faelles.regneark.indlaesning import Raekke, Raekkefejl
from faelles.tid import Periode
from kommuner.models import Kommune
from tilbud.belaegning.models import Optagelse, Optagelsesart
from tilbud.models import (
    Afdeling,
    Hjemmel,
    Importtilstand,
    Maalgruppe,
    Merpladstilladelse,
    Plads,
    Registerimport,
    Tilbud,
    Tilsynsgodkendelse,
    Ydelsestype,
)
from tilbud.registerimport.blokposter import SLAGS, Blok, blokke, blokpost, blokregister
from tilbud.registerimport.kolonner import Ord
from tilbud.registerimport.pladsloft import AabenPlads, overskridelser
from tilbud.registerimport.sammenligning import Aendring, Post, Register, kanonisk
from tilbud.registerimport.skema import AFDELINGER, PLADSER, TILBUD, Kodelister, Skema, byg_skema

# Fields that stand under the same name in the sheet and in the model.
TILBUDSFELTER = (
    "navn", "adresse", "laengdegrad", "breddegrad", "beskyttet_adresse", "p_nummer", "cvr", "tilbudsportal_id", "lukket_fra",
    "alder_fra", "alder_til", "beskrivelse", "metoder", "fysiske_traek", "rummer", "rummer_ikke", "gruppe_hoejst",
    "normering", "uden_pladser", "selvhenvendelse", "hjemmeside", "kontakt_funktion", "kontakt_email", "kontakt_telefon",
)  # fmt: skip
DATOER = frozenset({"lukket_fra", "aaben_fra", "sidste_dag", "fra", "dato"})
PLADSFELTER = ("betegnelse", "art", "ugedage", "merplads", "forbeholdt_egne")


BEBOET = (Optagelsesart.HOLD, Optagelsesart.OPHOLD)  # what somebody has; a place closed or kept back is nobody's


def skema_paa(dag: date) -> Skema:
    """The sheets with the lists of the day."""
    kommuner = tuple(Kommune.objects.order_by("kortnavn_sortering").values_list("kortnavn", "pk"))
    gaeldende = Q(periode__isnull=True) | Q(periode__contains=dag)
    hjemler = Hjemmel.objects.filter(gaeldende).values_list("kode", flat=True)
    afloeste = Hjemmel.objects.filter(erstattes_af__isnull=False).values_list("kode", "erstattes_af_id")
    maalgrupper, ydelsestyper = _ffb_termer()
    return byg_skema(
        Kodelister(
            kommuner=kommuner,
            hjemler=tuple((kode, kode) for kode in hjemler if kode not in dict(afloeste)),
            maalgrupper=maalgrupper,
            ydelsestyper=ydelsestyper,
            flere_kommuner=tuple((kode, kode) for _, kode in kommuner),
            flere_hjemler=tuple(afloeste),
        )
    )


def _ffb_termer() -> tuple[Ord, Ord]:
    """Target groups that can be chosen, and kinds of service, each in Danish order. One statement."""
    felter = ("term_sortering", "term", "kode")
    grupper = Maalgruppe.objects.filter(valgbar=True).order_by().annotate(er_ydelse=Value(value=False))
    typer = Ydelsestype.objects.order_by().annotate(er_ydelse=Value(value=True))
    alle = grupper.values_list(*felter, "er_ydelse").union(typer.values_list(*felter, "er_ydelse"), all=True)
    ord_: tuple[list[tuple[str, str]], list[tuple[str, str]]] = ([], [])
    for _, term, kode, er_ydelse in alle.order_by("term_sortering", "kode"):
        ord_[er_ydelse].append((term, str(kode)))
    return tuple(ord_[0]), tuple(ord_[1])


def register_for(aktoer: Aktoer, raekker: Mapping[str, Sequence[Raekke]]) -> Register:
    """The actor's own register, and what else the rows' ids lead to."""
    egne = Tilbud.objects.drevet_af(aktoer)
    tilbud = {("", ord_): tilbudspost(t) for t in egne.prefetch_related("hjemler", "maalgrupper") for ord_ in _ider(t)}
    afdelinger = {
        (str(a.tilbud_id), ord_): Post(str(a.pk), str(a.tilbud_id), {"navn": a.navn})
        for a in Afdeling.objects.filter(tilbud__in=egne.order_by())
        for ord_ in _ider(a)
    }
    pladser = {
        (str(p.afdeling_id), ord_): pladspost(p)
        for p in Plads.objects.filter(afdeling__tilbud__in=egne.order_by())
        for ord_ in _ider(p)
    }
    ord_ = {str(raekke.felter.get("id") or "") for raekker_ in raekker.values() for raekke in raekker_}
    portal = {str(raekke.felter.get("tilbudsportal_id") or "") for raekke in raekker.get(TILBUD, ())} - {""}
    kendte = Tilbud.objects.filter(tilbudsportal_id__in=portal).order_by().values_list("tilbudsportal_id", "pk")
    resten = blokregister(raekker, egne, _ider)
    return Register(
        poster={TILBUD: tilbud, AFDELINGER: afdelinger, PLADSER: pladser, **resten},
        andres=_findes(ord_),
        portal={portal_id: str(pk) for portal_id, pk in kendte},
        maa_oprette_tilbud=aktoer.tilbud is None,
    )


def _ider(raekke: Tilbud | Afdeling | Plads | Blok) -> Iterator[str]:
    """What leads to a row: the platform's id, and the operator's own."""
    yield str(raekke.pk)
    if raekke.ekstern_id:
        yield raekke.ekstern_id


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
    ider = {fundet for enkelt in ord_ if (fundet := _uuid(enkelt)) is not None}
    if not ider:
        return frozenset()
    modeller: list[type[Model]] = [Tilbud, Afdeling, Plads, *(slags.model for slags in SLAGS.values())]
    alle = (model._default_manager.order_by() for model in modeller)
    fundne = {pk for raekker in alle for pk in raekker.filter(pk__in=ider).values_list("pk", flat=True)}
    return frozenset(map(str, fundne))


def _uuid(tekst: str) -> UUID | None:
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


def pladsbrud(aendringer: Sequence[Aendring], dag: date, nu: datetime) -> list[Raekkefejl]:
    """Changes of places, and closings of offers, that claims or approvals do not allow. Seven statements however many."""
    pladser = [a for a in aendringer if a.ark == PLADSER and {"aaben_fra", "sidste_dag", "ugedage"} & set(a.felter)]
    lukker = [a for a in aendringer if a.ark == TILBUD and not a.ny and a.felter.get("lukket_fra", [None])[-1]]
    brud = list(_lukkebrud(lukker, dag, nu)) if lukker else []
    return [*brud, *_optagelsesbrud(pladser, dag, nu), *_loftsbrud(pladser, dag)] if pladser else brud


def _lukkebrud(aendringer: Sequence[Aendring], dag: date, nu: datetime) -> Iterator[Raekkefejl]:
    """An offer cannot close while somebody has one of its places on the closing day or later."""
    lukker = {UUID(a.id): a for a in aendringer}
    sidst: dict[UUID, Periode] = {}
    optagelser = Optagelse.objects.gaelder(nu).filter(plads__afdeling__tilbud__in=lukker, art__in=BEBOET)
    for tilbud_id, interval in optagelser.values_list("plads__afdeling__tilbud", "periode"):
        fra = date.fromisoformat(lukker[tilbud_id].felter["lukket_fra"][1])
        rest = Periode.af_range(interval).faelles(Periode(max(fra, dag)))
        if rest and (tilbud_id not in sidst or _slut(rest) > _slut(sidst[tilbud_id])):
            sidst[tilbud_id] = rest
    for tilbud_id, rest in sidst.items():
        yield Raekkefejl(
            TILBUD,
            lukker[tilbud_id].raekke,
            "Lukket fra",
            dage_i_ord(rest),
            "En plads i tilbuddet er taget den dag eller senere.",
            "Vælg en senere dag, eller flyt opholdene først.",
        )


def _slut(periode: Periode) -> date:
    return periode.til or date.max


def _optagelsesbrud(aendringer: Sequence[Aendring], dag: date, nu: datetime) -> Iterator[Raekkefejl]:
    """A place cannot be closed on days somebody has it; that it is closed for a time already is no hindrance."""
    aendrede = {UUID(a.id): a for a in aendringer if not a.ny}
    pladser = Plads.objects.in_bulk(list(aendrede))
    optagelser = Optagelse.objects.gaelder(nu).filter(plads__in=aendrede, lukning__isnull=True)
    for optagelse in optagelser.order_by("plads_id", "periode"):
        aendring, plads = aendrede[optagelse.plads_id], pladser[optagelse.plads_id]
        efter = _efter(aendring, plads)
        rest = Periode.af_range(optagelse.periode).faelles(Periode(dag))
        if rest is None or (_rummer(efter.periode, rest) and set(optagelse.ugedage) <= efter.ugedage):
            continue
        yield Raekkefejl(
            PLADSER,
            aendring.raekke,
            "Sidste dag" if not _rummer(efter.periode, rest) else "Ugedage",
            dage_i_ord(rest),
            "Pladsen er taget eller lukket på dage, den ikke længere ville være åben.",
            "Vælg en senere dag, eller flyt opholdet først.",
        )


def _rummer(ydre: Periode, indre: Periode) -> bool:
    return ydre.fra <= indre.fra and (ydre.til is None or (indre.til is not None and indre.til <= ydre.til))


def _efter(aendring: Aendring, plads: Plads | None) -> AabenPlads:
    """A place as it would be open afterwards."""
    felter: dict[str, Any] = dict(pladspost(plads).felter) if plads else {}
    felter |= {felt: efter for felt, (_, efter) in aendring.felter.items()}
    return AabenPlads(plads_periode(felter["aaben_fra"], felter["sidste_dag"]), frozenset(felter["ugedage"]))


def plads_periode(aaben_fra: str, sidste_dag: str | None) -> Periode:
    """The period of the sheet's two columns. Raises ValueError when it holds no day."""
    return Periode(date.fromisoformat(aaben_fra), _dagen_efter(sidste_dag))


def _dagen_efter(sidste_dag: str | None) -> date | None:
    return Periode.dag(date.fromisoformat(sidste_dag)).til if sidste_dag else None


def _loftsbrud(aendringer: Sequence[Aendring], dag: date) -> Iterator[Raekkefejl]:
    """More places open than socialtilsyn has approved and permissions allow."""
    tilbud = {UUID(a.tilbud) for a in aendringer if _uuid(a.tilbud)}
    aendrede = {a.noegle: a for a in aendringer}
    pr_tilbud: dict[UUID, list[AabenPlads]] = defaultdict(list)
    for plads in Plads.objects.filter(afdeling__tilbud__in=tilbud).select_related("afdeling"):
        aendring = aendrede.get(str(plads.pk))
        aaben = (
            _efter(aendring, plads)
            if aendring
            else AabenPlads(Periode.af_range(plads.periode), frozenset(plads.ugedage))
        )
        pr_tilbud[plads.afdeling.tilbud_id].append(aaben)
    for aendring in aendringer:
        if aendring.ny and (tilbud_id := _uuid(aendring.tilbud)):
            pr_tilbud[tilbud_id].append(_efter(aendring, None))
    godkendte = _antal(
        Tilsynsgodkendelse.objects.filter(tilbud__in=tilbud).values_list("tilbud_id", "periode", "pladser")
    )
    ekstra = _antal(
        Merpladstilladelse.objects.filter(afdeling__tilbud__in=tilbud).values_list(
            "afdeling__tilbud_id", "periode", "pladser"
        )
    )
    for aendring in {a.tilbud: a for a in reversed(aendringer)}.values():
        tilbud_id = _uuid(aendring.tilbud)
        if tilbud_id is None:
            continue
        for brud in overskridelser(pr_tilbud[tilbud_id], godkendte[tilbud_id], ekstra[tilbud_id], dag):
            yield Raekkefejl(
                PLADSER,
                aendring.raekke,
                "Åben fra",
                dage_i_ord(brud.periode),
                f"Højst {brud.godkendte + brud.ekstra} {'åben plads' if brud.godkendte + brud.ekstra == 1 else 'åbne pladser'} i tilbuddet {aendring.sti[0]}: {brud.godkendte} godkendte"
                f" og {brud.ekstra} ved tilladelse til merpladser. Her er {brud.aabne}.",
                "Luk pladser i perioden, eller få godkendelsen registreret først.",
            )


def _antal(raekker: Iterable[tuple[UUID, Any, int]]) -> dict[UUID, list[tuple[Periode, int]]]:
    resultat: dict[UUID, list[tuple[Periode, int]]] = defaultdict(list)
    for tilbud_id, periode, antal in raekker:
        resultat[tilbud_id].append((Periode.af_range(periode), antal))
    return resultat


def importer(aktoer: Aktoer) -> QuerySet[Registerimport]:
    """The imports the actor may see, newest first, without what is in them."""
    return Registerimport.objects.synlige_for(aktoer).defer("indhold", "fejl", "fil")


def til_godkendelse(aktoer: Aktoer) -> QuerySet[Registerimport]:
    """Those that wait for the actor: somebody else has sent them."""
    return importer(aktoer).filter(tilstand=Importtilstand.AFVENTER).exclude(bestilt_af=aktoer.identitet)


def rammer(aendringer: Collection[Aendring]) -> tuple[list[UUID], bool]:
    """The registered offers the changes touch, and whether they make new ones."""
    tilbud = {fundet for a in aendringer if (fundet := _uuid(a.tilbud)) is not None}
    return sorted(tilbud), any(a.ark == TILBUD and a.ny for a in aendringer)
