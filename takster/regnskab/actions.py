"""Use cases of accounts: begun, written in, thrown away; closed when the year is over, and opened again.

Closing and opening hold the offer's lock, as publication does: of accounts that are adjusted for in a published takst nobody can change a figure.
"""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from faelles.aktoer import Aktoer
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.haendelser import publicer
from faelles.scope import saet_database_aktoer
from faelles.tid import idag, nu
from takster.budget.actions import kraev, kraev_del, kraev_kladde, ret_linjer
from takster.budget.indhold import Linje
from takster.budget.queries import eget_tilbud
from takster.models import Regnskab, Regnskabslinje
from takster.models.regnskab import OPGJORT
from takster.regnskab import queries
from takster.regnskab.indhold import Regnskabsindhold
from takster.regnskab.opgoerelse import Aaret, opgoer
from takster.regnskab.til_takst import har_taget_op
from takster.tilstande import Beregningstilstand
from tilbud.models import Tilbud
from vilkaar.laas import hold_vilkaar
from vilkaar.queries import GaeldendeVilkaar

# Where a calculation must be before accounts it rests on can no longer change.
I_BRUG = (Beregningstilstand.INDSENDT, Beregningstilstand.GODKENDT, Beregningstilstand.OFFENTLIGGJORT)


def opret(
    *, aktoer: Aktoer, tilbud_id: UUID, aar: int, afdeling_id: UUID | None = None, hjemmel: str | None = None
) -> Regnskab:
    """Begin a year's accounts of the whole offer, or of one department or legal basis.

    Raises IkkeFundet, UgyldigtInput for a part the offer does not have, Konflikt `regnskab_findes` or `tilbud_lukket`.
    """
    kraev_kladde(aktoer)
    with transaction.atomic():
        saet_database_aktoer(aktoer)
        tilbud = eget_tilbud(aktoer, tilbud_id)
        kraev_del(tilbud, afdeling_id, hjemmel, kode="ugyldigt_regnskab")
        if tilbud.lukket_fra is not None and tilbud.lukket_fra <= date(aar, 1, 1):
            raise Konflikt(
                "tilbud_lukket", f"Tilbuddet er lukket fra {tilbud.lukket_fra:%d.%m.%Y}. Vælg et tidligere år."
            )
        try:
            with transaction.atomic():
                return Regnskab.objects.create(
                    driftsherre_id=tilbud.driftsherre_id,
                    tilbud=tilbud,
                    aar=aar,
                    afdeling_id=afdeling_id,
                    hjemmel_id=hjemmel,
                    oprettet_af=aktoer.identitet,
                )
        except IntegrityError as fejl:
            if "regnskab_et_pr_aar_og_del" not in str(fejl):
                raise
            raise Konflikt(
                "regnskab_findes", f"Der er allerede et regnskab for {tilbud} i {aar}. Ret det i stedet."
            ) from fejl


def gem(*, aktoer: Aktoer, regnskab_id: UUID, indhold: Regnskabsindhold) -> Regnskab:
    """Write the whole content in place of what stood there. Raises IkkeFundet, Konflikt `regnskab_afsluttet`, and UgyldigtInput with every faulty field."""
    kraev_kladde(aktoer)
    with transaction.atomic():
        saet_database_aktoer(aktoer)
        regnskab = _laast(aktoer, regnskab_id)
        _kraev_kladde(regnskab)
        if fejl := indhold.fejl():
            raise UgyldigtInput("ugyldigt_regnskab", "Regnskabet kan ikke gemmes, før felterne er rettet.", fejl)
        for felt in queries.FELTER:
            setattr(regnskab, felt, getattr(indhold, felt))
        regnskab.aendret = nu()
        regnskab.save(update_fields=["aendret", *queries.FELTER])
        sine = Regnskabslinje.objects.synlige_for(aktoer).filter(regnskab=regnskab)
        gamle = {Linje(linje.post, linje.ejendom): linje for linje in sine}
        Regnskabslinje.objects.bulk_create(
            Regnskabslinje(regnskab=regnskab, post=linje.post, ejendom=linje.ejendom, beloeb=beloeb)
            for linje, beloeb in ret_linjer(gamle, indhold.linjer).items()
        )
        return regnskab


def slet(*, aktoer: Aktoer, regnskab_id: UUID) -> None:
    """Throw a draft away. Raises IkkeFundet or Konflikt `regnskab_afsluttet`."""
    kraev(aktoer)
    with transaction.atomic():
        saet_database_aktoer(aktoer)
        regnskab = _laast(aktoer, regnskab_id)
        _kraev_kladde(regnskab)
        Regnskabslinje.objects.synlige_for(aktoer).filter(regnskab=regnskab).delete()
        Regnskab.objects.synlige_for(aktoer).filter(pk=regnskab.pk).delete()


def afslut(*, aktoer: Aktoer, regnskab_id: UUID) -> Regnskab:
    """Freeze what the year gave: the ledger's døgn, the result, and what of it is adjusted by the terms of the year's first day.

    Raises IkkeFundet; UgyldigtInput with what lacks or the engine refuses; Konflikt `regnskab_afsluttet`, `aaret_er_ikke_slut`, `vilkaar_mangler`.
    """
    kraev(aktoer)
    with transaction.atomic():
        saet_database_aktoer(aktoer)
        regnskab = _laast(aktoer, regnskab_id)
        _kraev_kladde(regnskab)
        if idag().year <= regnskab.aar:
            raise Konflikt("aaret_er_ikke_slut", f"{regnskab.aar} er ikke slut. Regnskabet kan gøres op fra nytår.")
        hold_vilkaar(regnskab.tilbud.beliggenhedskommune_id)
        vilkaar = queries.vilkaar(regnskab)
        aaret = queries.aaret(regnskab, vilkaar)
        indhold = queries.indhold(aktoer, regnskab)
        opgjort(regnskab, indhold, aaret, vilkaar)
        regnskab.afsluttet = nu()
        regnskab.afsluttet_af, regnskab.afsluttet_rolle = aktoer.identitet, aktoer.rolle_navn
        return _gem_stand(regnskab, "regnskab.afsluttet")


def opgjort(regnskab: Regnskab, indhold: Regnskabsindhold, aaret: Aaret, vilkaar: GaeldendeVilkaar) -> None:
    """Put what the year gave into the accounts, without storing them. Raises as `opgoer`."""
    fundet = opgoer(indhold, aaret, vilkaar, regnskab.aar)
    regnskab.belagte_doegn = aaret.belagte_doegn
    regnskab.provenu = fundet.resultat.provenu
    regnskab.omkostninger = indhold.omkostninger
    regnskab.taerskelgrundlag = fundet.grundlag
    regnskab.resultat = fundet.resultat.resultat
    regnskab.beholdt = fundet.efterregulering.beholdt
    regnskab.efterregulering = fundet.efterregulering.beloeb
    regnskab.indgaar_aar = fundet.efterregulering.indgaar_aar
    regnskab.anvendes_senest = fundet.efterregulering.anvendes_senest
    regnskab.vilkaarssaet_id = vilkaar.saet_id
    regnskab.opgoerelse = fundet.som_json(aaret)


def genaabn(*, aktoer: Aktoer, regnskab_id: UUID) -> Regnskab:
    """Make it a draft again, to be corrected and closed anew.

    Raises IkkeFundet, Konflikt `regnskab_ikke_afsluttet`, or `regnskab_i_brug` when a calculation that is submitted or further rests on it.
    """
    kraev(aktoer)
    with transaction.atomic():
        saet_database_aktoer(aktoer)
        regnskab = _laast(aktoer, regnskab_id)
        if regnskab.afsluttet is None:
            raise Konflikt("regnskab_ikke_afsluttet", "Regnskabet er ikke afsluttet, så det kan rettes, som det er.")
        if i_brug := har_taget_op(aktoer, regnskab).filter(tilstand__in=I_BRUG).first():
            raise Konflikt(
                "regnskab_i_brug",
                f"Beregning {i_brug.nummer} af taksten for {i_brug.aar} er efterreguleret for regnskabet, så det kan ikke åbnes igen.",
            )
        for felt in (*OPGJORT, "anvendes_senest"):
            setattr(regnskab, felt, None)
        regnskab.afsluttet_af = regnskab.afsluttet_rolle = ""
        return _gem_stand(regnskab, "regnskab.genaabnet")


def _gem_stand(regnskab: Regnskab, haendelse: str) -> Regnskab:
    regnskab.save(update_fields=[*OPGJORT, "anvendes_senest", "afsluttet_af", "afsluttet_rolle"])
    publicer(haendelse, "regnskab", regnskab.id)
    return regnskab


def _laast(aktoer: Aktoer, regnskab_id: UUID) -> Regnskab:
    """The actor's own, locked with its offer."""
    regnskab = (
        Regnskab.objects.egne(aktoer)
        .select_for_update(no_key=True, of=("self",))
        .select_related("tilbud", "afdeling", "hjemmel")
        .filter(pk=regnskab_id)
        .first()
    )
    if regnskab is None:
        raise IkkeFundet("regnskab_ikke_fundet", "Regnskabet findes ikke.")
    Tilbud.objects.select_for_update(no_key=True).get(pk=regnskab.tilbud_id)
    return regnskab


def _kraev_kladde(regnskab: Regnskab) -> None:
    if regnskab.afsluttet is not None:
        raise Konflikt("regnskab_afsluttet", "Regnskabet er afsluttet. Åbn det igen, før det rettes.")
