"""Publication: rows of the takst in place of those that hold on the same days. Called under the offer's lock."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from faelles.fejl import Konflikt
from faelles.haendelser import publicer
from faelles.tid import Periode, nu
from takster.models import Takst, Takstberegning
from vilkaar.kilde import kilde_i_ord
from vilkaar.noegler import Noegle
from vilkaar.queries import GaeldendeVilkaar

JA = "ja"


def udgiv(beregning: Takstberegning, vilkaar: GaeldendeVilkaar, *, bekraeftet_af: UUID | None = None) -> list[Takst]:
    """A takst for every department and legal basis the calculation is for; `bekraeftet_af` is the final set that gives the same.

    What held on its days before stops being what we say, and what is left of it before and after goes on as rows of their own.
    Raises Konflikt `tilbud_uden_dele` when there is nothing to put a price on, `takst_findes` when something is published
    already and no reason is given, `midtaarsaendring_ikke_aftalt` when the agreement has no changes inside the year.
    """
    dele = list(_dele(beregning))
    if not dele:
        raise Konflikt(
            "tilbud_uden_dele",
            "Tilbuddet har ingen afdelinger eller hjemler, en takst kan gælde for. Ret registret først.",
        )
    gamle = list(
        Takst.objects.gaeldende()
        .select_for_update(no_key=True)
        .filter(afdeling__in={del_["afdeling_id"] for del_ in dele}, hjemmel__in={del_["hjemmel_id"] for del_ in dele})
        .filter(periode__overlap=beregning.periode)
        .order_by("pk")
    )
    gamle = [gammel for gammel in gamle if {"afdeling_id": gammel.afdeling_id, "hjemmel_id": gammel.hjemmel_id} in dele]
    _kraev_maa_aendres(beregning, gamle, vilkaar)
    oejeblik = nu()
    erstattede = {(gammel.afdeling_id, gammel.hjemmel_id): _ophoer(gammel, beregning, oejeblik) for gammel in gamle}
    nye = []
    for del_ in dele:
        erstatter = erstattede.get((del_["afdeling_id"], del_["hjemmel_id"]))
        ny = Takst.objects.create(
            **del_,
            beloeb=beregning.beloeb,
            enhed=beregning.enhed,
            periode=beregning.periode,
            belaegningsprocent=beregning.belaegningsprocent,
            beregning=beregning.beregning,
            delt_paa=len(dele),
            vilkaarssaet_id=beregning.vilkaarssaet_id,
            bekraeftet_id=bekraeftet_af,
            takstberegning=beregning,
            erstatter=erstatter,
            oprettet=oejeblik,
        )
        publicer("takst.aendret" if erstatter else "takst.offentliggjort", "takst", ny.id)
        nye.append(ny)
    return nye


def _dele(beregning: Takstberegning) -> Iterator[dict[str, Any]]:
    afdelinger = (
        [beregning.afdeling_id]
        if beregning.afdeling_id
        else list(beregning.tilbud.afdelinger.values_list("pk", flat=True))
    )
    hjemler = (
        [beregning.hjemmel_id] if beregning.hjemmel_id else list(beregning.tilbud.hjemler.values_list("pk", flat=True))
    )
    for afdeling_id in afdelinger:
        for hjemmel_id in hjemler:
            yield {"afdeling_id": afdeling_id, "hjemmel_id": hjemmel_id}


def _kraev_maa_aendres(beregning: Takstberegning, gamle: Sequence[Takst], vilkaar: GaeldendeVilkaar) -> None:
    if not gamle:
        return
    if not beregning.begrundelse:
        foerste = Periode.af_range(gamle[0].periode)
        raise Konflikt(
            "takst_findes",
            f"Der er allerede offentliggjort en takst fra {foerste.fra:%d.%m.%Y} i perioden. Skal den ændres, så beregn igen med dato og begrundelse.",
        )
    inde_i_aaret = any(Periode.af_range(gammel.periode).fra < beregning.periode.lower for gammel in gamle)
    if inde_i_aaret and vilkaar.ord(Noegle.MIDTAARSAENDRING) != JA:
        raise Konflikt(
            "midtaarsaendring_ikke_aftalt",
            f"{kilde_i_ord(vilkaar, Noegle.MIDTAARSAENDRING)}, tillader ikke, at taksten ændres inde i året. Ret taksten fra den dag, den gamle begyndte, eller vent til næste år.",
        )


def _ophoer(gammel: Takst, beregning: Takstberegning, oejeblik: datetime) -> Takst:
    """End a takst as what we say, and let the days of it that the new one does not take go on unchanged."""
    gammel.ophoert = oejeblik
    gammel.save(update_fields=["ophoert"])
    hele, ny = Periode.af_range(gammel.periode), Periode.af_range(beregning.periode)
    rester = []
    if hele.fra < ny.fra:
        rester.append(Periode(hele.fra, ny.fra))
    if ny.til is not None and (hele.til is None or ny.til < hele.til):
        rester.append(Periode(ny.til, hele.til))
    for rest in rester:
        Takst.objects.create(
            afdeling_id=gammel.afdeling_id,
            hjemmel_id=gammel.hjemmel_id,
            beloeb=gammel.beloeb,
            enhed=gammel.enhed,
            periode=rest.som_range,
            belaegningsprocent=gammel.belaegningsprocent,
            beregning=gammel.beregning,
            delt_paa=gammel.delt_paa,
            vilkaarssaet_id=gammel.vilkaarssaet_id,
            bekraeftet_id=gammel.bekraeftet_id,
            takstberegning_id=gammel.takstberegning_id,
            erstatter=gammel,
            oprettet=oejeblik,
        )
    return gammel
