"""Use cases of a waiting list: say its rule, write a need on it, leave it, note what else was offered. Nobody is ever put anywhere by the clock."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.cpr import cpr_fejl
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.haendelser import publicer
from faelles.scope import saet_database_aktoer
from faelles.tid import KOEBENHAVN, idag, nu
from reservationer.sag.forespoergsler.actions import send_forespoergsel
from reservationer.sag.forespoergsler.behov import Behov
from reservationer.sag.models import Beslutning, Henvendelse
from reservationer.sag.overgange import Grund, Tilstand, Udfald
from reservationer.venteliste.begreber import AFMELDINGSGRUNDE, Afslutning, Alternativsvar, Regel
from reservationer.venteliste.models import Alternativ, Venteliste, Ventelistepost
from tilbud.models import Afdeling, Tilbud
from vilkaar.noegler import Noegle
from vilkaar.queries import gaeldende_i_kommune


def fastsaet_regel(*, aktoer: Aktoer, tilbud_id: UUID, regel: Regel) -> Venteliste:
    """Say by which rule the offer gives its places to those who wait; before that nobody can wait for it. Raises IkkeFundet."""
    aktoer.kraev(Rettighed.RESERVATIONER_SKRIV, Funktion.DRIFTSHERRE)
    with transaction.atomic():
        saet_database_aktoer(aktoer)
        egne = Tilbud.objects.filter(pk=tilbud_id, driftsherre=aktoer.organisation_id)
        if aktoer.tilbud is not None:
            egne = egne.filter(pk__in=aktoer.tilbud)
        tilbud = egne.select_for_update(no_key=True).first()
        if tilbud is None:
            raise IkkeFundet("tilbud_ikke_fundet", "Tilbuddet findes ikke.")
        liste, _ = Venteliste.objects.update_or_create(
            tilbud=tilbud, defaults={"regel": regel, "fastsat": nu(), "fastsat_af": aktoer.identitet}
        )
        publicer("venteliste.regel_fastsat", "venteliste", liste.pk)
        return liste


def skriv_op(*, aktoer: Aktoer, henvendelse_id: UUID, afdeling_id: UUID | None = None) -> Ventelistepost:
    """Let the need of an enquiry wait for its offer, or for one department of it: once, whatever enquiry it is in.

    Only one that awaits an answer or was declined for lack of a place. The municipality is told when it has waited longer than
    the term `venteliste_eskalering_dage`. Raises IkkeFundet, UgyldigtInput, and Konflikt when the offer has no rule, the need
    waits there already, or the enquiry is not one that can wait.
    """
    aktoer.kraev(Rettighed.RESERVATIONER_SKRIV, Funktion.MYNDIGHED)
    with transaction.atomic():
        henvendelse = _laast_henvendelse(aktoer, henvendelse_id)
        # held, so that two enquiries about the same need do not both see that it waits nowhere
        liste = Venteliste.objects.select_for_update(no_key=True).filter(tilbud=henvendelse.tilbud_id).first()
        if liste is None:
            raise Konflikt(
                "venteliste_uden_regel",
                f"{henvendelse.tilbud} har ikke fastsat, efter hvilken regel pladserne gives, så ingen kan skrives op.",
            )
        _kraev_kan_vente(aktoer, henvendelse)
        if afdeling_id is not None and not Afdeling.objects.filter(pk=afdeling_id, tilbud=liste.tilbud_id).exists():
            raise UgyldigtInput(
                "ugyldig_opskrivning",
                "Behovet er ikke skrevet op, før felterne er rettet.",
                {"afdeling": ["Vælg en af tilbuddets afdelinger."]},
            )
        vilkaar = gaeldende_i_kommune(henvendelse.tilbud.beliggenhedskommune_id, idag())
        post = Ventelistepost.objects.create(
            venteliste=liste,
            henvendelse=henvendelse,
            tilbud_id=henvendelse.tilbud_id,
            afdeling_id=afdeling_id,
            handlekommune_id=henvendelse.handlekommune_id,
            driftsherre_id=henvendelse.driftsherre_id,
            eskaleres=idag() + timedelta(days=vilkaar.heltal(Noegle.VENTELISTE_ESKALERING_DAGE)),
            vilkaarssaet_id=vilkaar.saet_id,
        )
        publicer("ventelistepost.skrevet_op", "ventelistepost", post.pk)
        return post


def spoerg_og_skriv_op(
    *,
    aktoer: Aktoer,
    behov: Behov,
    tilbud_id: UUID,
    sagsreference: str,
    afdeling_id: UUID | None = None,
    bemaerkning: str = "",
) -> Ventelistepost:
    """Ask the offer about the need, and let it wait there from now on. The offer answers the enquiry as any other. Raises as the two."""
    with transaction.atomic():
        forespoergsel = send_forespoergsel(
            aktoer=aktoer, behov=behov, tilbud=[tilbud_id], sagsreference=sagsreference, bemaerkning=bemaerkning
        )
        sendt = Henvendelse.objects.synlige_for(aktoer).get(forespoergsel=forespoergsel.pk)
        return skriv_op(aktoer=aktoer, henvendelse_id=sendt.pk, afdeling_id=afdeling_id)


def kan_vente(aktoer: Aktoer, henvendelse: Henvendelse) -> bool:
    """Whether the need of an enquiry can wait: it awaits an answer, or its last answer is that there is no place."""
    if henvendelse.tilstand == Tilstand.AFVENTER:
        return True
    if henvendelse.tilstand != Tilstand.AFVIST:
        return False
    om_den = Beslutning.objects.synlige_for(aktoer).filter(henvendelse=henvendelse.pk, udfald=Udfald.AFVIS)
    sidste = om_den.order_by("-tidspunkt", "-pk").first()
    return sidste is not None and sidste.grund == Grund.INGEN_PLADS


def _kraev_kan_vente(aktoer: Aktoer, henvendelse: Henvendelse) -> None:
    if not kan_vente(aktoer, henvendelse):
        raise Konflikt(
            "kan_ikke_vente",
            "Kun en forespørgsel, der afventer svar eller er afvist, fordi der ikke er plads, kan skrives på venteliste.",
        )
    samme = {
        "tilbud": henvendelse.tilbud_id,
        "henvendelse__forespoergsel__sagsreference": henvendelse.forespoergsel.sagsreference,
    }
    if Ventelistepost.objects.synlige_for(aktoer).venter().filter(**samme).exists():
        raise Konflikt("venter_allerede", "Behovet står allerede på tilbuddets venteliste.")


def _laast_henvendelse(aktoer: Aktoer, henvendelse_id: UUID) -> Henvendelse:
    synlige = Henvendelse.objects.synlige_for(aktoer).select_related("tilbud", "forespoergsel")
    henvendelse = synlige.select_for_update(no_key=True, of=("self",)).filter(pk=henvendelse_id).first()
    if henvendelse is None:
        raise IkkeFundet("henvendelse_ikke_fundet", "Forespørgslen findes ikke.")
    return henvendelse


def laast_post(aktoer: Aktoer, post_id: UUID) -> Ventelistepost:
    """The entry, which nobody else changes meanwhile. Raises IkkeFundet, and Konflikt when it no longer waits."""
    synlige = Ventelistepost.objects.synlige_for(aktoer)
    post = synlige.select_for_update(no_key=True, of=("self",)).filter(pk=post_id).first()
    if post is None:
        raise IkkeFundet("ventelistepost_ikke_fundet", "Der er ingen på ventelisten med det nummer.")
    if post.afsluttet is not None:
        raise Konflikt("venter_ikke_laengere", "Behovet venter ikke længere på tilbuddet.")
    return post


def afmeld(*, aktoer: Aktoer, post_id: UUID, grund: Afslutning, bemaerkning: str = "") -> Ventelistepost:
    """Let the need wait no longer. The enquiry stays as it is. Raises IkkeFundet, Konflikt and UgyldigtInput."""
    aktoer.kraev(Rettighed.RESERVATIONER_SKRIV, Funktion.MYNDIGHED)
    felter = cpr_fejl(bemaerkning=bemaerkning)
    if grund not in AFMELDINGSGRUNDE:
        felter["grund"] = ["Vælg en af grundene."]
    if grund is Afslutning.ANDET and not bemaerkning.strip():
        felter["bemaerkning"] = ["Beskriv grunden, når du vælger »Andet«."]
    if felter:
        raise UgyldigtInput("ugyldig_afmelding", "Behovet venter stadig, til felterne er rettet.", felter)
    with transaction.atomic():
        post = laast_post(aktoer, post_id)
        post.bemaerkning = bemaerkning.strip()
        afslut(post, grund)
        return post


def afslut(post: Ventelistepost, afslutning: Afslutning) -> None:
    """End the waiting of a locked entry. Called in a transaction."""
    post.afsluttet, post.afslutning = nu(), afslutning
    post.save(update_fields=["afsluttet", "afslutning", "bemaerkning"])
    publicer("ventelistepost.afsluttet", "ventelistepost", post.pk)


def noter_alternativ(
    *, aktoer: Aktoer, post_id: UUID, tilbud_id: UUID, dato: date, svar: Alternativsvar, bemaerkning: str = ""
) -> Alternativ:
    """Note another offer the citizen was offered while waiting, and the answer. Raises IkkeFundet, Konflikt and UgyldigtInput."""
    aktoer.kraev(Rettighed.RESERVATIONER_SKRIV, Funktion.MYNDIGHED)
    with transaction.atomic():
        post = laast_post(aktoer, post_id)
        felter = cpr_fejl(bemaerkning=bemaerkning)
        if tilbud_id == post.tilbud_id or not Tilbud.objects.filter(pk=tilbud_id).exists():
            felter["tilbud"] = ["Vælg et andet tilbud end det, der ventes på."]
        if not post.skrevet_op.astimezone(KOEBENHAVN).date() <= dato <= idag():
            felter["dato"] = ["Datoen skal ligge, mens behovet har ventet, og senest i dag."]
        if felter:
            raise UgyldigtInput("ugyldigt_alternativ", "Alternativet er ikke noteret, før felterne er rettet.", felter)
        alternativ = Alternativ.objects.create(
            post=post,
            tilbud_id=tilbud_id,
            dato=dato,
            svar=svar,
            bemaerkning=bemaerkning.strip(),
            organisation_id=aktoer.organisation_id,
            rolle_navn=aktoer.rolle_navn,
            identitet=aktoer.identitet,
        )
        publicer("ventelistepost.alternativ", "ventelistepost", post.pk)
        return alternativ
