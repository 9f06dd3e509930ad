"""What is compared: departments by id, however they stand to the need."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Concat, JSONObject

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.fejl import IkkeFundet
from faelles.tid import KOEBENHAVN
from reservationer.soegning.models import Fritvalgsproeve
from reservationer.soegning.profil import Behovsprofil
from reservationer.soegning.queries import vurder
from reservationer.soegning.rangering import Resultat
from reservationer.soegning.sammenlign.fritvalgsraekker import Fritvalg, Proevet
from reservationer.soegning.sammenlign.indhold import Sammenligning
from reservationer.soegning.sammenlign.tabel import Sammenlignet, sammenlign
from tilbud.fejlmeldinger.queries import fejltal
from tilbud.fejlmeldinger.tillid import Fejltal
from tilbud.models import (
    Hjemmel,
    Leveringsform,
    Maalgruppe,
    Niveau,
    Tilbud,
    Tilsynsgodkendelse,
    Tilsynsrapport,
    Tilsynsvurdering,
    Ydelse,
)


def sammenligning(
    aktoer: Aktoer, profil: Behovsprofil, afdelinger: Sequence[UUID], grupper: Mapping[UUID, str], *, nu: datetime
) -> Sammenligning:
    """The departments side by side in the order given, each once. `grupper` names target groups; those asked for are shown.

    Raises IkkeFundet when one of the departments is not there.
    """
    valgte = sammenlignede(aktoer, profil, afdelinger, nu=nu)
    spurgte = {kode: grupper[kode] for kode in profil.vaegte}
    frit_valg = profil.hjemmel in {None, Fritvalgsproeve.HJEMMEL} and _maa_se_proever(aktoer)
    return sammenlign(profil.periode.fra, valgte, spurgte, frit_valg=frit_valg)


def sammenlignede(
    aktoer: Aktoer, profil: Behovsprofil, afdelinger: Sequence[UUID], *, nu: datetime
) -> list[Sammenlignet]:
    """What is known of each. One statement beside those of `vurder`, however many. Raises IkkeFundet as `sammenligning`."""
    fundne = {fundet.fakta.noegle: fundet for fundet in vurder(aktoer, profil, afdelinger, nu=nu)}
    if set(fundne) != set(afdelinger):
        raise IkkeFundet("afdeling_ikke_fundet", "En af afdelingerne findes ikke.")
    tilbud = {et.fakta.tilbud_id for et in fundne.values()}
    kendte = {en.pk: en for en in _kendte(aktoer, tilbud, profil.periode.fra, nu)}
    return [
        _sammenlignet(fundet, kendte[fundet.fakta.tilbud_id])
        for fundet in (fundne[afdeling] for afdeling in dict.fromkeys(afdelinger))
    ]


def _maa_se_proever(aktoer: Aktoer) -> bool:
    return aktoer.funktion is Funktion.MYNDIGHED and aktoer.maa(Rettighed.RESERVATIONER_LAES)


def _kendte(aktoer: Aktoer, tilbud: Collection[UUID], dag: date, nu: datetime) -> "QuerySet[Tilbud, Any]":
    """The offers with what the table says of them, in one statement."""
    denne = OuterRef("pk")
    godkendelser = Tilsynsgodkendelse.objects.paa(dag).filter(tilbud=denne).order_by().values("tilbud")
    rapporter = Tilsynsrapport.objects.filter(tilbud=denne, dato__lte=dag)
    ydelser = Ydelse.objects.paa(dag).filter(tilbud=denne).order_by("type__term_sortering", "leveringsform")
    fejl = fejltal(tilbud, nu.astimezone(KOEBENHAVN).date()).filter(tilbud=denne)
    return Tilbud.objects.filter(pk__in=tilbud).annotate(
        hjemmelnavne=ArraySubquery(
            Hjemmel.objects.filter(tilbud=denne).values(alt=Concat("paragraf", Value(" "), "navn"))
        ),
        gruppenavne=ArraySubquery(Maalgruppe.objects.filter(tilbud=denne).values("term")),
        godkendte=Subquery(godkendelser.annotate(antal=Sum("pladser")).values("antal")),
        rapport=Subquery(rapporter.values(alt=JSONObject(vurdering="vurdering", dato="dato"))[:1]),
        leverer=ArraySubquery(ydelser.values(alt=JSONObject(type="type__term", form="leveringsform"))),
        paa_niveau=Subquery(Niveau.objects.paa(dag).filter(tilbud=denne).values("niveau")[:1]),
        efter_108=ArraySubquery(
            Tilbud.hjemler.through.objects.filter(tilbud=denne, hjemmel=Fritvalgsproeve.HJEMMEL).values("hjemmel_id")
        ),
        fejltal=Subquery(fejl.values(alt=JSONObject(aabne="aabne", overskredne="overskredne"))),
        proevet=Subquery(_seneste_proeve(aktoer, tilbud)),
    )


def _seneste_proeve(aktoer: Aktoer, tilbud: Collection[UUID]) -> "QuerySet[Fritvalgsproeve, Any]":
    """The municipality's latest check of an offer against another of these. Amounts as text: JSON would make them floats."""
    proever = Fritvalgsproeve.objects.synlige_for(aktoer).filter(oensket=OuterRef("pk"), visiteret__in=tilbud)
    return proever.values(
        alt=JSONObject(
            visiteret_id="visiteret_id",
            dato="dato",
            forhandlet_pris=Cast("forhandlet_pris", CharField()),
            visiteret_udgift=Cast("visiteret_udgift", CharField()),
            hoejeste_pris=KT("beregning__hoejestePris"),
            forskel_procent=KT("beregning__forskelProcent"),
            graense_procent=KT("beregning__inddata__graenseProcent"),
            tilladt="tilladt",
        )
    )[:1]


def _sammenlignet(fundet: Resultat, kendt: Any) -> Sammenlignet:
    """`kendt`: an offer of `_kendte`, whose annotations no type knows."""
    rapport = kendt.rapport
    former, niveauer = dict(Leveringsform.choices), dict(Niveau.NAVNE)
    return Sammenlignet(
        resultat=replace(fundet, fejl=Fejltal(**kendt.fejltal)) if kendt.fejltal else fundet,
        tilbud=kendt,
        hjemler=tuple(kendt.hjemmelnavne),
        maalgrupper=tuple(kendt.gruppenavne),
        ydelser=tuple(f"{ydelse['type']} ({former[ydelse['form']].lower()})" for ydelse in kendt.leverer),
        godkendte_pladser=kendt.godkendte or 0,
        niveau=niveauer.get(kendt.paa_niveau, ""),
        tilsyn=(Tilsynsvurdering(rapport["vurdering"]).label, date.fromisoformat(rapport["dato"])) if rapport else None,
        frit_valg=Fritvalg(kendt.pk, kendt.navn, bool(kendt.efter_108), _proevet(kendt.proevet)),
    )


def _proevet(gemt: Mapping[str, Any] | None) -> Proevet | None:
    if gemt is None:
        return None
    return Proevet(
        visiteret_id=UUID(gemt["visiteret_id"]),
        dato=date.fromisoformat(gemt["dato"]),
        tilladt=gemt["tilladt"],
        **{
            navn: Decimal(gemt[navn])
            for navn in (
                *("forhandlet_pris", "visiteret_udgift", "hoejeste_pris"),
                *("forskel_procent", "graense_procent"),
            )
        },
    )
