"""Reading the offers anybody may see: those that are open. A page costs the same number of statements however long it is."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from faelles.sprog import soegefold
from kommuner.models import RegionMedlemskab
from tilbud.aabnedata.hsds import AabentTilbud, Kode
from tilbud.models import FysiskTraek, Niveau, Tilbud, Tilsynsgodkendelse, Ydelse


def aabne(
    dag: date,
    *,
    tekst: str = "",
    aendret: datetime | None = None,
    driftsherre: UUID | None = None,
    maerke: UUID | None = None,
) -> QuerySet[Tilbud]:
    """Open offers in a fixed order: with the text in the name, changed at or after the instant, run by, or for the target group."""
    tilbud = Tilbud.objects.aabne(dag)
    if tekst.strip():
        tilbud = tilbud.filter(navn_soegning__contains=soegefold(tekst))
    if aendret is not None:
        tilbud = tilbud.filter(aendret__gte=aendret)
    if driftsherre is not None:
        tilbud = tilbud.filter(driftsherre=driftsherre)
    if maerke is not None:
        tilbud = tilbud.filter(pk__in=Tilbud.maalgrupper.through.objects.filter(maalgruppe=maerke).values("tilbud"))
    return tilbud.order_by("navn_sortering", "pk")


def laes(tilbud: QuerySet[Tilbud], dag: date) -> list[AabentTilbud]:
    """The offers as they are told to the public. Seven statements."""
    raekker = list(
        tilbud.select_related("driftsherre", "beliggenhedskommune")
        .defer("beliggenhedskommune__graense")
        .prefetch_related(
            Prefetch("hjemler"),
            Prefetch("maalgrupper"),
            Prefetch("ydelser", Ydelse.objects.paa(dag).select_related("type").order_by("type__term_sortering")),
            Prefetch("tilsynsgodkendelser", Tilsynsgodkendelse.objects.paa(dag).select_related("hjemmel")),
            Prefetch("niveauer", Niveau.objects.paa(dag)),
        )
    )
    regioner = _regioner({t.beliggenhedskommune_id for t in raekker}, dag)
    return [_aabent(t, regioner.get(t.beliggenhedskommune_id, "")) for t in raekker]


def _regioner(kommuner: Collection[str], dag: date) -> Mapping[str, str]:
    medlemskaber = RegionMedlemskab.objects.paa(dag).filter(kommune__in=kommuner)
    return dict(medlemskaber.values_list("kommune", "region__organisation__navn"))


def _aabent(t: Tilbud, region: str) -> AabentTilbud:
    kommune = t.beliggenhedskommune
    return AabentTilbud(
        id=t.pk,
        navn=t.navn,
        beskrivelse=t.beskrivelse,
        driftsherre_id=t.driftsherre_id,
        driftsherre=t.driftsherre.navn,
        driftsherreart=t.driftsherre.get_art_display(),
        driftsherre_cvr=t.driftsherre.cvr,
        kommune=kommune.kortnavn,
        kommunekode=kommune.pk,
        region=region,
        adresse=t.adresse,
        laengdegrad=t.laengdegrad,
        breddegrad=t.breddegrad,
        beskyttet=t.beskyttet_adresse,
        hjemmeside=t.hjemmeside,
        email=t.kontakt_email,
        telefon=t.kontakt_telefon,
        alder_fra=t.alder_fra,
        alder_til=t.alder_til,
        selvhenvendelse=t.selvhenvendelse,
        lukket_fra=t.lukket_fra,
        demo=t.demo,
        aendret=t.aendret,
        maalgrupper=[m.term for m in t.maalgrupper.all()],
        godkendelser=list(_godkendelser(t.tilsynsgodkendelser.all())),
        koder=list(_koder(t)),
    )


def _godkendelser(godkendelser: Sequence[Tilsynsgodkendelse] | QuerySet[Tilsynsgodkendelse]) -> Iterator[str]:
    for g in sorted(godkendelser, key=lambda g: (g.hjemmel.raekkefoelge, g.hjemmel_id)):
        pladser = f": {g.pladser} pladser" if g.pladser else ""
        yield f"Godkendt af {g.socialtilsyn} efter {g.hjemmel.lov} {g.hjemmel.paragraf}{pladser}"


def _koder(t: Tilbud) -> Iterator[Kode]:
    for h in t.hjemler.all():
        yield Kode("hjemmel", h.pk, h.navn, f"{h.lov} {h.paragraf}")
    for m in t.maalgrupper.all():
        yield Kode("maalgruppe", str(m.pk), m.term, f"Fælles Faglige Begreber: {m.gren}", m.pk)
    for y in t.ydelser.all():
        yield Kode(
            "ydelse",
            str(y.type_id),
            y.type.term,
            f"Fælles Faglige Begreber. {y.get_leveringsform_display()}",
            y.type_id,
        )
    for niveau in t.niveauer.all():
        yield Kode("niveau", str(niveau.niveau), niveau.get_niveau_display(), niveau.pligt)
    for traek in t.fysiske_traek:
        yield Kode("fysisk", traek, FysiskTraek(traek).label, "Fysiske forhold")
    yield Kode(
        "kommune", t.beliggenhedskommune_id, t.beliggenhedskommune.kortnavn, "Kommunekode, som tilbuddet ligger i"
    )
