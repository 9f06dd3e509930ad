"""Reading offers as they are told over REST: one statement for a list however long, and a few more for the single offer."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, JSONObject

from faelles.tid import Periode, rfc3339
from tilbud.klynger.queries import klynger_om
from tilbud.models import Fejlmelding, Hjemmel, Maalgruppe, Niveau, Tilbud, Tilsynsgodkendelse, Tilsynsrapport, Ydelse

FELTER = (
    "id", "navn", "navn_sortering", "driftsherre_id", "driftsherre__navn", "driftsherre__art", "beliggenhedskommune_id",
    "beliggenhedskommune__kortnavn", "adresse", "laengdegrad", "breddegrad", "beskyttet_adresse", "cvr", "p_nummer",
    "tilbudsportal_id", "alder_fra", "alder_til", "lukket_fra", "uden_pladser", "selvhenvendelse", "metoder",
    "fysiske_traek", "rummer", "rummer_ikke", "gruppe_hoejst", "normering", "hjemmeside", "kontakt_funktion",
    "kontakt_email", "kontakt_telefon", "demo", "aendret",
)  # fmt: skip

_AABNE_FEJL = (
    Fejlmelding.objects.aabne()
    .filter(tilbud=OuterRef("pk"))
    .order_by()
    .values("tilbud")
    .annotate(antal=Count("pk"))
    .values("antal")
)


def tilbudsraekker(dag: date) -> "QuerySet[Tilbud, Any]":
    """Offers with what a list says of them; what is dated, as it is on the day."""
    godkendte = Tilsynsgodkendelse.objects.paa(dag).filter(tilbud=OuterRef("pk")).order_by().values("tilbud")
    rapporter = Tilsynsrapport.objects.filter(tilbud=OuterRef("pk"), dato__lte=dag).order_by("-dato")
    raekker: QuerySet[Tilbud, Any] = Tilbud.objects.values(*FELTER)
    return raekker.annotate(
        # subqueries, so that only the rows of the page are asked about
        hjemmelkoder=ArraySubquery(
            Tilbud.hjemler.through.objects.filter(tilbud=OuterRef("pk")).order_by("hjemmel_id").values("hjemmel_id")
        ),
        gruppekoder=ArraySubquery(
            Tilbud.maalgrupper.through.objects.filter(tilbud=OuterRef("pk")).order_by("maalgruppe_id").values("maalgruppe_id")
        ),
        niveau=Subquery(Niveau.objects.paa(dag).filter(tilbud=OuterRef("pk")).values("niveau")[:1]),
        godkendte_pladser=Subquery(godkendte.annotate(antal=Sum("pladser")).values("antal")),
        rapport=Subquery(
            rapporter.values(r=JSONObject(dato="dato", vurdering="vurdering", rapportUrl="rapport_url"))[:1]
        ),
        aabne_fejl=Coalesce(Subquery(_AABNE_FEJL), 0),
    )  # fmt: skip


def vis(r: Mapping[str, Any]) -> dict[str, Any]:
    """A row of `tilbudsraekker` in the words of the API."""
    return {
        "id": str(r["id"]),
        "navn": r["navn"],
        "driftsherreId": str(r["driftsherre_id"]),
        "driftsherre": r["driftsherre__navn"],
        "driftsherreart": r["driftsherre__art"],
        "kommunekode": r["beliggenhedskommune_id"],
        "kommune": r["beliggenhedskommune__kortnavn"],
        **_sted(r),
        "alderFra": r["alder_fra"],
        "alderTil": r["alder_til"],
        "lukketFra": _dag(r["lukket_fra"]),
        "udenPladser": r["uden_pladser"],
        "selvhenvendelse": r["selvhenvendelse"],
        "hjemler": r["hjemmelkoder"],
        "maalgrupper": [str(kode) for kode in r["gruppekoder"]],
        "metoder": r["metoder"],
        "fysiskeTraek": r["fysiske_traek"],
        "rummer": r["rummer"],
        "rummerIkke": r["rummer_ikke"],
        "gruppeHoejst": r["gruppe_hoejst"],
        "normering": None if r["normering"] is None else str(r["normering"]),
        "hjemmeside": r["hjemmeside"],
        "kontaktFunktion": r["kontakt_funktion"],
        "kontaktEmail": r["kontakt_email"],
        "kontaktTelefon": r["kontakt_telefon"],
        "niveau": r["niveau"],
        "godkendtePladser": r["godkendte_pladser"],
        "tilsynsrapport": r["rapport"],
        "aabneFejlmeldinger": r["aabne_fejl"],
        "demo": r["demo"],
        "aendret": rfc3339(r["aendret"]),
    }


def _sted(r: Mapping[str, Any]) -> dict[str, Any]:
    """Where the offer is, and the numbers it can be looked up by; of a protected one not even these."""
    skjul = r["beskyttet_adresse"]
    kendt = not skjul and r["laengdegrad"] is not None and r["breddegrad"] is not None
    return {
        "adresse": "" if skjul else r["adresse"],
        "punkt": {"laengde": float(r["laengdegrad"]), "bredde": float(r["breddegrad"])} if kendt else None,
        "beskyttetAdresse": skjul,
        "cvr": "" if skjul else r["cvr"],
        "pNummer": "" if skjul else r["p_nummer"],
        "tilbudsportalId": "" if skjul else r["tilbudsportal_id"],
    }


def et_tilbud(tilbud_id: UUID, dag: date) -> dict[str, Any] | None:
    """All that is said of a single offer, also a closed one; None when there is none. Seven statements."""
    raekke = tilbudsraekker(dag).annotate(tekst=F("beskrivelse")).filter(pk=tilbud_id).first()
    if raekke is None:
        return None
    return {
        **vis(raekke),
        "beskrivelse": raekke["tekst"],
        "hjemmeldetaljer": [hjemmel(h) for h in hjemler().filter(tilbud=tilbud_id)],
        "maalgruppedetaljer": [maalgruppe(m) for m in Maalgruppe.objects.filter(tilbud=tilbud_id).values()],
        "godkendelser": [
            {"hjemmel": g.hjemmel_id, "pladser": g.pladser, "socialtilsyn": g.socialtilsyn, **_dage(g.periode)}
            for g in Tilsynsgodkendelse.objects.filter(tilbud=tilbud_id).order_by("hjemmel_id", "periode")
        ],
        "ydelser": [
            {"kode": str(y.type_id), "term": y.type.term, "leveringsform": y.leveringsform, **_dage(y.periode)}
            for y in Ydelse.objects.filter(tilbud=tilbud_id)
            .select_related("type")
            .order_by("type__term_sortering", "leveringsform", "periode")
        ],
        "niveauer": [
            {"niveau": n.niveau, "grund": n.grund, "pligt": n.pligt, **_dage(n.periode)}
            for n in Niveau.objects.filter(tilbud=tilbud_id).order_by("periode")
        ],
        "klynger": [
            {"id": str(k.pk), "navn": k.navn} for k in klynger_om(tilbud_id, raekke["beliggenhedskommune_id"], dag)
        ],
    }


def hjemler() -> "QuerySet[Hjemmel, Any]":
    """Legal bases with the old codes each took the place of."""
    gamle = Hjemmel.objects.filter(erstattes_af=OuterRef("pk")).order_by("kode").values("kode")
    return Hjemmel.objects.annotate(gamle_koder=ArraySubquery(gamle)).values()


def hjemmel(r: Mapping[str, Any]) -> dict[str, Any]:
    """A row of legal bases in the words of the API."""
    return {
        "kode": r["kode"],
        "navn": r["navn"],
        "lov": r["lov"],
        "lovudgave": r["lovudgave"],
        "paragraf": r["paragraf"],
        "fra": _dag(r["periode"].lower) if r["periode"] else None,
        "til": _dag(r["periode"].upper) if r["periode"] else None,
        "erstattesAf": r["erstattes_af_id"],
        "erstatter": r["gamle_koder"],
    }


def maalgruppe(r: Mapping[str, Any]) -> dict[str, Any]:
    """A row of target groups in the words of the API."""
    overordnet = r["overordnet_id"]
    return {"kode": str(r["kode"]), "term": r["term"], "overordnet": str(overordnet) if overordnet else None}


def _dage(periode: Any) -> dict[str, str | None]:
    dage = Periode.af_range(periode)
    return {"fra": dage.fra.isoformat(), "til": _dag(dage.til)}


def _dag(dag: date | None) -> str | None:
    return None if dag is None else dag.isoformat()
