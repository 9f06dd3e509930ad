"""Reading the offers anybody may see: those that are open. A page costs the same number of statements however long it is."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, F, Max, Model, OuterRef, Prefetch, Q, QuerySet, Subquery, When
from django.db.models.functions import Greatest

from faelles.sprog import soegefold
from faelles.tid import KOEBENHAVN, midnat_efter
from kommuner.models import Kommune, Organisationsart, RegionMedlemskab
from tilbud.aabnedata.hsds import AabentTilbud, Kode, offentligt_id, term_id
from tilbud.models import FysiskTraek, Hjemmel, Niveau, Tilbud, Tilsynsgodkendelse, Ydelse

# Operators whose own address says nothing of where an offer lies.
MYNDIGHEDER = (Organisationsart.KOMMUNE, Organisationsart.REGION)


def aabne(
    dag: date,
    *,
    tekst: str = "",
    aendret: datetime | None = None,
    driftsherre: UUID | None = None,
    maerke: UUID | None = None,
) -> QuerySet[Tilbud]:
    """Open offers in a fixed order: with the text in the name, changed at or after the instant (as the document says), run by, or marked with the term.

    By an operator that is no authority, its offers with a protected address are not found: nothing tells that it runs them.
    `skift` is the day on which a dated fact of the document last began or ended: that changes it too, though nobody writes.
    """
    tilbud = Tilbud.objects.aabne(dag).annotate(skift=_skift(dag))
    if tekst.strip():
        tilbud = tilbud.filter(navn_soegning__contains=soegefold(tekst))
    if aendret is not None:
        dag_fra = _foerste_dag_fra(aendret)
        beskyttet = Q(beskyttet_adresse=True, aendret__gte=midnat_efter(dag_fra - timedelta(days=2)))
        tilbud = tilbud.filter(Q(beskyttet_adresse=False, aendret__gte=aendret) | beskyttet | Q(skift__gte=dag_fra))
    if driftsherre is not None:
        tilbud = tilbud.filter(
            Q(beskyttet_adresse=False) | Q(driftsherre__art__in=MYNDIGHEDER), driftsherre=driftsherre
        )
    if maerke is not None:
        tilbud = tilbud.filter(_maerket(maerke, dag))
    return tilbud.order_by("navn_sortering", "pk")


def _skift(dag: date) -> Greatest:
    """The latest of the days, until this one, on which what is dated in the document began or ended."""

    def seneste(model: type[Model], led: str, ydre: str) -> Subquery:
        begyndt = model._default_manager.filter(**{led: OuterRef(ydre)}, periode__startswith__lte=dag)
        slut = Case(When(periode__endswith__lte=dag, then=F("periode__endswith")))
        pr_tilbud = begyndt.order_by().values(led).annotate(senest=Max(Greatest(F("periode__startswith"), slut)))
        return Subquery(pr_tilbud.values("senest"))

    return Greatest(
        seneste(Ydelse, "tilbud", "pk"),
        seneste(Tilsynsgodkendelse, "tilbud", "pk"),
        seneste(Niveau, "tilbud", "pk"),
        seneste(RegionMedlemskab, "kommune", "beliggenhedskommune"),
    )


def _foerste_dag_fra(oejeblik: datetime) -> date:
    """The first day that begins at the instant or after it."""
    i_gaar = oejeblik.astimezone(KOEBENHAVN).date() - timedelta(days=1)
    return i_gaar + timedelta(days=1 if midnat_efter(i_gaar) >= oejeblik else 2)


def _maerket(maerke: UUID, dag: date) -> Q:
    """Offers whose document is marked with the term, of whichever of the lists; nobody when it is on none."""
    grupper = Tilbud.maalgrupper.through.objects.filter(maalgruppe=maerke)
    ydelser = Ydelse.objects.paa(dag).filter(type=maerke)
    af_ffb = Q(pk__in=grupper.values("tilbud")) | Q(pk__in=ydelser.values("tilbud"))
    lister: dict[str, tuple[Collection[Any], Callable[[Any], Q]]] = {
        "hjemmel": (
            Hjemmel.objects.values_list("pk", flat=True),
            lambda kode: Q(pk__in=Tilbud.hjemler.through.objects.filter(hjemmel=kode).values("tilbud")),
        ),
        "niveau": (
            dict(Niveau.NAVNE),
            lambda kode: Q(pk__in=Niveau.objects.paa(dag).filter(niveau=kode).values("tilbud")),
        ),
        "fysisk": (FysiskTraek.values, lambda kode: Q(fysiske_traek__contains=[kode])),
        "kommune": (Kommune.objects.values_list("pk", flat=True), lambda kode: Q(beliggenhedskommune=kode)),
    }
    for liste, (koder, har) in lister.items():
        for kode in koder:
            if term_id(liste, str(kode)) == maerke:
                return har(kode)
    return af_ffb


def laes(tilbud: QuerySet[Any], dag: date) -> list[AabentTilbud]:
    """The offers (`aabne`) as they are told to the public. Seven statements."""
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


def _aabent(t: Any, region: str) -> AabentTilbud:
    kommune = t.beliggenhedskommune
    return AabentTilbud(
        id=offentligt_id(t.pk, beskyttet=t.beskyttet_adresse),
        navn=t.navn,
        beskrivelse=t.beskrivelse,
        driftsherre_id=t.driftsherre_id,
        driftsherre=t.driftsherre.navn,
        driftsherreart=t.driftsherre.get_art_display(),
        driftsherre_er_myndighed=t.driftsherre.art in MYNDIGHEDER,
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
        aendret=_aendret(t),
        maalgrupper=[m.term for m in t.maalgrupper.all()],
        godkendelser=list(_godkendelser(t.tilsynsgodkendelser.all())),
        koder=list(_koder(t)),
    )


def _aendret(t: Any) -> datetime:
    """When the document was changed. With a protected address the end of that day, never before the change: nobody who asks for what is
    changed since the last time misses it.
    """
    aendret: datetime = midnat_efter(t.aendret.astimezone(KOEBENHAVN).date()) if t.beskyttet_adresse else t.aendret
    return max(aendret, midnat_efter(t.skift - timedelta(days=1))) if t.skift else aendret


def med_offentligt_id(tilbud: QuerySet[Tilbud], fundet: UUID) -> QuerySet[Tilbud]:
    """The one of the offers the id is the public one of; two statements."""
    beskyttede = tilbud.filter(beskyttet_adresse=True).order_by().values_list("pk", flat=True)
    egne = [pk for pk in beskyttede if offentligt_id(pk, beskyttet=True) == fundet]
    return tilbud.filter(Q(pk__in=egne) | Q(pk=fundet, beskyttet_adresse=False))


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
