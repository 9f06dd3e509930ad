"""Use cases of an import: a dry run by one person, sent for approval, and decided by another."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q

from faelles import job
from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.cpr import uden_cpr
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.haendelser import publicer
from faelles.ids import uuid7
from faelles.regneark.fil import er_csv, laes_fil
from faelles.regneark.indlaesning import Raekke, indlaes
from faelles.scope import saet_database_aktoer
from faelles.tid import idag, nu
from kommuner.models import Organisation
from tilbud.models import EGNE, Importkilde, Importtilstand, Plads, Registerimport, Tilbud
from tilbud.registerimport.blokark import LUKNINGER
from tilbud.registerimport.indhold import aendringer_i, fingeraftryk, pak, raekker_i
from tilbud.registerimport.job import JOBTYPE
from tilbud.registerimport.proeve import indhold_af, kraev_raekker, proev, proevet
from tilbud.registerimport.queries import rammer, skema_paa
from tilbud.registerimport.sammenligning import Aendring, Sammenligning
from tilbud.registerimport.skema import PLADSER
from tilbud.registerimport.skriv import skriv

FLEST_NAEVNTE = 5  # differences told in a refusal; the rest is a number


def proev_fil(*, aktoer: Aktoer, fil: bytes, filnavn: str) -> Registerimport:
    """Read a file and keep its dry run as the actor's draft, in place of the one before; nothing in the register changes.

    Raises UgyldigtInput `fil_ulaeselig` for a file that cannot be taken at all, or that holds no rows.
    """
    _kraev(aktoer)
    with transaction.atomic():
        saet_database_aktoer(aktoer)
        indlaest = kraev_raekker(indlaes(laes_fil(fil, filnavn), skema_paa(idag()).ark))
        felter = proevet(aktoer, indlaest)
        _slip_kladden(aktoer)
        return Registerimport.objects.create(
            organisation_id=aktoer.organisation_id,
            bestilt_af=aktoer.identitet,
            bestilt_rolle=aktoer.rolle_navn,
            **felter,
        )


def bestil_laesning(*, aktoer: Aktoer, fil: bytes, filnavn: str) -> Registerimport:
    """Have a large file read by a job, which makes the actor's draft of it; in place of the one before."""
    _kraev(aktoer)
    with transaction.atomic():
        saet_database_aktoer(aktoer)
        _slip_kladden(aktoer)
        import_id = uuid7()
        tilbud = None if aktoer.tilbud is None else sorted(map(str, aktoer.tilbud))
        parametre = {"import_id": str(import_id), "tilbud": tilbud}
        indhold = pak({}, [])
        return Registerimport.objects.create(
            id=import_id,
            organisation_id=aktoer.organisation_id,
            tilstand=Importtilstand.LAESES,
            job=job.bestil(type_=JOBTYPE, parametre=parametre, aktoer=aktoer),
            fil=fil,
            er_csv=er_csv(filnavn),
            indhold=indhold,
            sha256=fingeraftryk(indhold),
            bestilt_af=aktoer.identitet,
            bestilt_rolle=aktoer.rolle_navn,
        )


def annuller_laesning(*, aktoer: Aktoer, import_id: UUID) -> None:
    """Stop the reading of the actor's file and let the file go. Raises IkkeFundet, or Konflikt when it has ended already."""
    _kraev(aktoer)
    with transaction.atomic():
        egen = Registerimport.objects.synlige_for(aktoer).defer("indhold", "fil").filter(pk=import_id).first()
        if egen is None:
            raise IkkeFundet("import_ikke_fundet", "Importen findes ikke.")
        if egen.job_id is None:
            raise Konflikt("import_afgjort", "Der er ingen fil, der læses.")
        job.annuller(job_id=egen.job_id, aktoer=aktoer)
        Registerimport.objects.synlige_for(aktoer).filter(pk=import_id).update(fil=None)


def _slip_kladden(aktoer: Aktoer) -> None:
    """Delete what the actor has read before, and stop the reading of it. A file sent twice at once gives one draft."""
    laas_driftsherren(aktoer)
    egne = Registerimport.objects.synlige_for(aktoer).filter(tilstand__in=EGNE, bestilt_af=aktoer.identitet)
    for job_id in egne.filter(job__afsluttet__isnull=True, job__isnull=False).values_list("job_id", flat=True):
        with suppress(Konflikt):  # it has just ended: then its draft is deleted with the others
            job.annuller(job_id=job_id, aktoer=aktoer)
    egne.delete()


def _kraev(aktoer: Aktoer) -> None:
    aktoer.kraev(Rettighed.TILBUD_SKRIV, Funktion.DRIFTSHERRE)


def laas_driftsherren(aktoer: Aktoer) -> None:
    """One at a time per operator, before anything is read that the changes are compared with."""
    Organisation.objects.select_for_update(no_key=True).get(pk=aktoer.organisation_id)


def bestil(*, aktoer: Aktoer, raekker: Mapping[str, Sequence[Raekke]], kilde: Importkilde) -> Registerimport:
    """Send changes that come from no file, as rows by sheet, for approval by a second person.

    Raises UgyldigtInput `ugyldig_aendring` with every rule they break, Konflikt `ingen_aendring` when they change nothing.
    """
    _kraev(aktoer)
    with transaction.atomic():
        saet_database_aktoer(aktoer)
        laas_driftsherren(aktoer)
        resultat = proev(aktoer, raekker)
        if resultat.fejl:
            brud = [f"{fejl.kolonne}: {fejl.regel} {fejl.rettelse}" for fejl in resultat.fejl]
            raise UgyldigtInput(
                "ugyldig_aendring", "Ændringerne kan ikke sendes til godkendelse.", {"beslutninger": brud}
            )
        if not resultat.aendringer:
            raise Konflikt("ingen_aendring", "Registret har allerede de værdier. Intet er sendt.")
        return gem_ventende(aktoer, raekker, resultat, kilde)


def gem_ventende(
    aktoer: Aktoer, raekker: Mapping[str, Sequence[Raekke]], resultat: Sammenligning, kilde: Importkilde
) -> Registerimport:
    """Keep a change set without faults until a second person decides; in the caller's transaction, with its checks made.

    The very same sent again by the same person or system, while it waits, is the one that waits: a nightly repetition asks once.
    """
    felter = indhold_af(resultat, pak(raekker, resultat.aendringer))
    ens = {"tilstand": Importtilstand.AFVENTER, "bestilt_af": aktoer.identitet, "sha256": felter["sha256"]}
    if (foer := Registerimport.objects.synlige_for(aktoer).filter(**ens).first()) is not None:
        return foer
    venter = Registerimport.objects.create(
        organisation_id=aktoer.organisation_id,
        kilde=kilde,
        tilstand=Importtilstand.AFVENTER,
        bestilt_af=aktoer.identitet,
        bestilt_rolle=aktoer.rolle_navn,
        **felter,
    )
    publicer("register.import_afventer", "registerimport", venter.id)
    return venter


def send(*, aktoer: Aktoer, import_id: UUID) -> Registerimport:
    """Send the actor's draft for approval by a second person. Raises IkkeFundet, or Konflikt when it has faults or nothing to do."""
    _kraev(aktoer)
    with transaction.atomic():
        registerimport = _laas(aktoer, import_id, Importtilstand.KLADDE)
        if not registerimport.kan_sendes:
            raise Konflikt(
                "import_kan_ikke_sendes", "Importen har fejl eller ændrer intet. Ret filen, og indlæs den igen."
            )
        registerimport.tilstand = Importtilstand.AFVENTER
        registerimport.bestilt = nu()
        registerimport.save(update_fields=["tilstand", "bestilt"])
        publicer("register.import_afventer", "registerimport", registerimport.id)
        return registerimport


def _laas(aktoer: Aktoer, import_id: UUID, tilstand: Importtilstand) -> Registerimport:
    """The import in the state, locked. Raises IkkeFundet when the actor may not see it, Konflikt in another state."""
    registerimport = (
        Registerimport.objects.synlige_for(aktoer).select_for_update(no_key=True).filter(pk=import_id).first()
    )
    if registerimport is None:
        raise IkkeFundet("import_ikke_fundet", "Importen findes ikke.")
    if registerimport.tilstand != tilstand:
        stand = registerimport.get_tilstand_display().lower()
        raise Konflikt("import_afgjort", f"Importen er allerede i en anden tilstand: {stand}.")
    return registerimport


def godkend(*, aktoer: Aktoer, import_id: UUID) -> Registerimport:
    """Carry out somebody else's import: all of it or nothing, against the register of this moment.

    Raises IkkeFundet, and Konflikt: `to_personer` for the orderer herself, `import_afgjort` when somebody was first,
    `register_aendret` with the differences when the register no longer gives the changes that were sent.
    """
    _kraev(aktoer)
    try:
        with transaction.atomic():
            laas_driftsherren(aktoer)
            registerimport = _laas(aktoer, import_id, Importtilstand.AFVENTER)
            _kraev_anden_person(aktoer, registerimport)
            laas_register(aendringer_i(registerimport.indhold))
            _kraev_uaendret(aktoer, registerimport)
            skriv(aendringer_i(registerimport.indhold), aktoer.organisation_id, nu())
            _afgoer(aktoer, registerimport, Importtilstand.GENNEMFOERT)
            publicer("register.importeret", "registerimport", registerimport.id)
            return registerimport
    except IntegrityError as fejl:
        raise Konflikt(
            "register_aendret",
            "Registret tillader ikke ændringerne længere. Intet er gemt; indlæs filen igen.",
        ) from fejl


def _kraev_anden_person(aktoer: Aktoer, registerimport: Registerimport) -> None:
    if registerimport.bestilt_af == aktoer.identitet:
        raise Konflikt("to_personer", "Du har selv sendt importen. En anden hos jer skal godkende eller afvise den.")


def laas_register(aendringer: Sequence[Aendring]) -> None:
    """Lock the offers, and the places whose days may change, in one order; claims take the same lock of a place.

    An offer that closes, or is to, has all its places locked, and so has a department that closes for a time: nobody takes one of
    them meanwhile.
    """
    beroerte = Tilbud.objects.select_for_update(no_key=True).filter(pk__in=rammer(aendringer)[0]).order_by("pk")
    list(beroerte.values_list("pk", flat=True))
    pladser = [a.id for a in aendringer if a.ark == PLADSER and not a.ny]
    lukker = [a.id for a in aendringer if "lukket_fra" in a.felter and not a.ny]
    lukkes = [a.over for a in aendringer if a.ark == LUKNINGER]
    beroerte_pladser = Q(pk__in=pladser) | Q(afdeling__tilbud__in=lukker) | Q(afdeling__in=lukkes)
    laaste = Plads.objects.select_for_update(no_key=True, of=("self",)).filter(beroerte_pladser).order_by("pk")
    list(laaste.values_list("pk", flat=True))


def hindringer(aktoer: Aktoer, registerimport: Registerimport) -> list[str]:
    """Why the stored rows no longer give the stored changes over the register of this moment; empty while they do."""
    nu_ = proev(aktoer, raekker_i(registerimport.indhold))
    brud = [f"{f.ark} række {f.raekke}, {f.kolonne}: {f.regel}" for f in nu_.fejl]
    return brud or _forskelle(registerimport, nu_)


def _kraev_uaendret(aktoer: Aktoer, registerimport: Registerimport) -> None:
    if fingeraftryk(registerimport.indhold) != registerimport.sha256:
        raise Konflikt("register_aendret", "Importens indhold passer ikke til dets fingeraftryk. Indlæs filen igen.")
    if forskelle := hindringer(aktoer, registerimport):
        rest = len(forskelle) - FLEST_NAEVNTE
        mere = f" Og {rest} til." if rest > 0 else ""
        raise Konflikt(
            "register_aendret",
            "Registret er ændret, siden importen blev sendt. Intet er gemt; indlæs filen igen. "
            + "; ".join(forskelle[:FLEST_NAEVNTE])
            + f".{mere}",
        )


def _forskelle(registerimport: Registerimport, nu_: Sammenligning) -> list[str]:
    foer = {(a.ark, a.raekke): a for a in aendringer_i(registerimport.indhold)}
    efter = {(a.ark, a.raekke): a for a in nu_.aendringer}
    return [
        f"{ark} række {raekke}"
        for ark, raekke in sorted({*foer, *efter})
        if foer.get((ark, raekke)) != efter.get((ark, raekke))
    ]


def _afgoer(aktoer: Aktoer, registerimport: Registerimport, tilstand: Importtilstand, grund: str = "") -> None:
    registerimport.tilstand, registerimport.grund, registerimport.afgjort = tilstand, grund, nu()
    registerimport.afgjort_af, registerimport.afgjort_rolle = aktoer.identitet, aktoer.rolle_navn
    registerimport.save(update_fields=["tilstand", "grund", "afgjort", "afgjort_af", "afgjort_rolle"])


def afvis(*, aktoer: Aktoer, import_id: UUID, grund: str) -> Registerimport:
    """Decline somebody else's import. Raises IkkeFundet, Konflikt, and UgyldigtInput without a reason."""
    _kraev(aktoer)
    grund = grund.strip()
    beskeder = [] if grund else ["Skriv, hvorfor importen afvises."]
    try:
        uden_cpr(grund)
    except ValidationError as fejl:
        beskeder = list(fejl.messages)
    if beskeder:
        raise UgyldigtInput("ugyldig_afvisning", "Importen kan ikke afvises endnu.", {"grund": beskeder})
    with transaction.atomic():
        registerimport = _laas(aktoer, import_id, Importtilstand.AFVENTER)
        _kraev_anden_person(aktoer, registerimport)
        _afgoer(aktoer, registerimport, Importtilstand.AFVIST, grund)
        publicer("register.import_afvist", "registerimport", registerimport.id)
        return registerimport


def traek(*, aktoer: Aktoer, import_id: UUID) -> Registerimport:
    """Withdraw one's own import that waits. Raises IkkeFundet, or Konflikt when it is somebody else's or decided."""
    _kraev(aktoer)
    with transaction.atomic():
        registerimport = _laas(aktoer, import_id, Importtilstand.AFVENTER)
        if registerimport.bestilt_af != aktoer.identitet:
            raise Konflikt("kun_bestilleren", "Kun den, der har sendt importen, kan trække den tilbage.")
        _afgoer(aktoer, registerimport, Importtilstand.TRUKKET)
        publicer("register.import_trukket", "registerimport", registerimport.id)
        return registerimport
