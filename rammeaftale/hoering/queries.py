"""Reading hearings: the draft as it was sent, who has answered, and what was said about each clause."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Max, Prefetch, Q, QuerySet

from faelles.aktoer import Aktoer, Rettighed
from faelles.fejl import IkkeFundet
from faelles.sprog import sortnoegle
from kommuner.personer.noegle import fingeraftryk
from rammeaftale.hoering.regler import (
    HOERINGSSTAND_NAVN,
    Filadgang,
    Hoeringsrest,
    Hoeringsstand,
    Linkfakta,
    Linkstand,
    linkstand,
    stand,
)
from rammeaftale.hoering.soegning import Gennemsoegning
from rammeaftale.models import (
    Hoering,
    Hoeringsbehandling,
    Hoeringsbemaerkning,
    Hoeringsfil,
    Hoeringsfilvurdering,
    Hoeringslink,
    Hoeringsmodtager,
    Hoeringssvar,
    Rammeaftale,
    Version,
)
from rammeaftale.tekst.gaeldende import afloeses
from rammeaftale.tekst.queries import Klausultekst, klausuler


def synlig_hoering(aktoer: Aktoer, hoering_id: UUID) -> Hoering:
    """A hearing the actor may see. Raises IkkeFundet."""
    fundne = Hoering.objects.synlige_for(aktoer).select_related("version__aftale__kkr", "version__aftale__hovedaftale")
    hoering = fundne.filter(pk=hoering_id).first()
    if hoering is None:
        raise IkkeFundet("hoering_ikke_fundet", "Høringen findes ikke.")
    return hoering


def maa_skrive(aktoer: Aktoer, hoering: Hoering) -> bool:
    """Whether the actor is the secretariat that holds the hearing."""
    return aktoer.maa(Rettighed.HOERINGER_SKRIV) and hoering.version.aftale.kkr.sekretariat_id == aktoer.organisation_id


def egen_hoering(aktoer: Aktoer, hoering_id: UUID) -> Hoering:
    """A hearing the actor's secretariat holds. Raises IkkeFundet."""
    hoering = synlig_hoering(aktoer, hoering_id)
    if not maa_skrive(aktoer, hoering):
        raise IkkeFundet("hoering_ikke_fundet", "Høringen findes ikke.")
    return hoering


def egen_modtager(aktoer: Aktoer, modtager_id: UUID) -> Hoeringsmodtager:
    """A recipient of such a hearing. Raises IkkeFundet."""
    fundet = Hoeringsmodtager.objects.filter(pk=modtager_id).first()
    if fundet is None or not Hoering.objects.synlige_for(aktoer).filter(pk=fundet.hoering_id).exists():
        raise IkkeFundet("modtager_ikke_fundet", "Høringsparten findes ikke.")
    fundet.hoering = synlig_hoering(aktoer, fundet.hoering_id)
    if not maa_skrive(aktoer, fundet.hoering):
        raise IkkeFundet("modtager_ikke_fundet", "Høringsparten findes ikke.")
    return fundet


def egen_bemaerkning(aktoer: Aktoer, bemaerkning_id: UUID) -> Hoeringsbemaerkning:
    """A remark in an answer to such a hearing. Raises IkkeFundet."""
    synlige = Hoering.objects.synlige_for(aktoer).order_by().values("pk")
    fundet = (
        Hoeringsbemaerkning.objects.select_related(
            "udgave",
            "svar__link__modtager__hoering__version__aftale__kkr",
            "svar__link__modtager__hoering__version__aftale__hovedaftale",
        )
        .filter(pk=bemaerkning_id, svar__link__modtager__hoering__in=synlige)
        .first()
    )
    if fundet is None or not maa_skrive(aktoer, fundet.svar.link.modtager.hoering):
        raise IkkeFundet("bemaerkning_ikke_fundet", "Bemærkningen findes ikke.")
    return fundet


def synlig_bemaerkning(aktoer: Aktoer, bemaerkning_id: UUID, hoering_id: UUID) -> Hoeringsbemaerkning:
    """A remark in an answer to this hearing, which the actor may see: in an answer that is replaced, the secretariat's alone. Raises
    IkkeFundet.
    """
    synlige = Hoering.objects.synlige_for(aktoer).order_by().filter(pk=hoering_id).values("pk")
    fundne = Hoeringsbemaerkning.objects.select_related("svar__link__modtager__hoering__version__aftale__kkr")
    fundet = fundne.filter(pk=bemaerkning_id, svar__link__modtager__hoering__in=synlige).first()
    if fundet is None or not (maa_skrive(aktoer, fundet.svar.link.modtager.hoering) or gaelder(fundet.svar)):
        raise IkkeFundet("bemaerkning_ikke_fundet", "Bemærkningen findes ikke.")
    return fundet


def gaelder(svar: Hoeringssvar) -> bool:
    """Whether it is the answer of its recipient that counts."""
    alle = Hoeringssvar.objects.filter(link__modtager=svar.link.modtager_id)
    return alle.order_by("afgivet", "id").last() == svar


def forrige_hoering(aktoer: Aktoer, aftale: Rammeaftale) -> Hoering | None:
    """The last hearing the actor's secretariat has sent of the agreement, else of the one it amends, else of the one it begins from."""
    sendte = Hoering.objects.filter(version__aftale__kkr__sekretariat=aktoer.organisation_id, sendt__isnull=False)
    fundne = (
        sendte.filter(version__aftale=pk).order_by("sendt", "id").last()
        for pk in (aftale.pk, aftale.hovedaftale_id, aftale.forrige_id)
        if pk
    )
    return next((hoering for hoering in fundne if hoering), None)


def seneste_behandling(bemaerkning: Hoeringsbemaerkning) -> Hoeringsbehandling | None:
    """What was last done with a remark."""
    return bemaerkning.behandlinger.select_related("version").last()


def mulige_versioner(hoering: Hoering) -> QuerySet[Version]:
    """The versions a remark can be worked into: the one that was heard, and those after it."""
    return Version.objects.filter(aftale=hoering.version.aftale_id, nummer__gte=hoering.version.nummer).order_by(
        "nummer"
    )


def udkast(hoering: Hoering) -> list[Klausultekst]:
    """The clauses the hearing is about: as they were when it was sent, as they are now while it is a draft. Two statements."""
    return klausuler(hoering.version, som_den_var=hoering.sendt)


def rest(aftale: Rammeaftale) -> Hoeringsrest:
    """What is left of the agreement's hearings, whatever version they are about: of each recipient, the answer that counts. Two statements."""
    aabne = Hoering.objects.filter(version__aftale=aftale, sendt__isnull=False, afsluttet=None).count()
    svar = Hoeringssvar.objects.filter(link__modtager__hoering__version__aftale=aftale)
    gaeldende = svar.order_by("link__modtager_id", "-afgivet", "-id").distinct("link__modtager_id").values("pk")
    ubehandlede = Hoeringsbemaerkning.objects.filter(svar__in=gaeldende, behandlinger=None).count()
    return Hoeringsrest(aabne, ubehandlede)


# --- Links ---------------------------------------------------------------------------------------------------------------------


def find_link(noegle: str) -> Hoeringslink | None:
    """The link of a key that has been mailed or is being; the same statement whether there is one or not."""
    links = Hoeringslink.objects.filter(noegle_hash=fingeraftryk(noegle), noteret__isnull=False)
    return links.select_related("modtager__hoering__version__aftale__kkr__sekretariat").first()


def linkets_stand(link: Hoeringslink, dag: date) -> Linkstand:
    """What the link is good for on the day."""
    hoering = link.modtager.hoering
    besvaret = Hoeringssvar.objects.filter(link__modtager=link.modtager_id).aggregate(sidst=Max("afgivet"))["sidst"]
    return linkstand(Linkfakta(link.bestilt, link.trukket, besvaret, hoering.frist, hoering.afsluttet), dag)


def kvittering(link: Hoeringslink) -> Hoeringssvar | None:
    """What the link's recipient has answered, as it counts."""
    svar = Hoeringssvar.objects.filter(link__modtager=link.modtager_id).order_by("afgivet", "id").last()
    return _med_bemaerkninger([svar])[0] if svar else None


def ubesvarede(hoering: Hoering) -> QuerySet[Hoeringsmodtager]:
    """Those who can be written to about an answer they owe: somebody whose links have all been withdrawn is not."""
    uden_svar = hoering.modtagere.exclude(links__svar__isnull=False)
    return uden_svar.filter(links__trukket=None, links__sendt__isnull=False).distinct()


# --- Lists and pages -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Hoeringslinje:
    """A hearing in a list: how many are asked, and how many have answered."""

    hoering: Hoering
    stand: Hoeringsstand
    modtagere: int
    besvaret: int
    overskredet: bool

    @property
    def standnavn(self) -> str:
        """The stand in words."""
        return HOERINGSSTAND_NAVN[self.stand]

    @property
    def variant(self) -> str:
        """The badge's colour."""
        if self.overskredet:
            return "warning"
        return {Hoeringsstand.KLADDE: "stille", Hoeringsstand.SENDT: "info"}.get(self.stand, "success")


def linjer(hoeringer: QuerySet[Hoering], dag: date) -> list[Hoeringslinje]:
    """Hearings with their counts, the latest first; one statement however many."""
    ider = hoeringer.order_by().values("pk")
    alle = (
        Hoering.objects.filter(pk__in=ider)
        .select_related("version__aftale__kkr")
        .annotate(
            antal_modtagere=Count("modtagere", distinct=True),
            antal_besvaret=Count("modtagere__links__svar__link__modtager", distinct=True),
        )
        .order_by("-oprettet", "-id")
    )
    return [_linje(hoering, dag) for hoering in alle]


def _linje(hoering: Hoering, dag: date) -> Hoeringslinje:
    hvor = stand(hoering.sendt, hoering.afsluttet)
    modtagere, besvaret = int(vars(hoering)["antal_modtagere"]), int(vars(hoering)["antal_besvaret"])
    return Hoeringslinje(hoering, hvor, modtagere, besvaret, hvor is Hoeringsstand.SENDT and dag > hoering.frist)


@dataclass(frozen=True, slots=True)
class Modtagervisning:
    """A recipient: the answer that counts, and the link it has now or is to have."""

    modtager: Hoeringsmodtager
    svar: Hoeringssvar | None
    link: Hoeringslink | None

    @property
    def fejlede(self) -> int:
        """How many times the link could not be mailed; none once it has been."""
        return self.link.forsoeg if self.link and not self.link.sendt else 0

    @property
    def tekst(self) -> str:
        """Where it stands, in words."""
        if self.svar is not None:
            return "Ingen bemærkninger" if self.svar.ingen_bemaerkninger else "Har svaret"
        if self.link is None:
            return "Intet link"
        if self.fejlede:
            return f"Kunne ikke sendes, prøvet {self.fejlede} gang{'' if self.fejlede == 1 else 'e'}"
        return "Har ikke svaret" if self.link.sendt else "Linket er på vej"


@dataclass(frozen=True, slots=True)
class Bemaerkningsvisning:
    """A remark that counts: whose it is, and what the secretariat has done with it last."""

    bemaerkning: Hoeringsbemaerkning
    modtager: Hoeringsmodtager

    @property
    def behandling(self) -> Hoeringsbehandling | None:
        """The one registered last."""
        alle = list(self.bemaerkning.behandlinger.all())
        return alle[-1] if alle else None


@dataclass(frozen=True, slots=True)
class Afsnit:
    """A clause of the draft, or, without one, the draft as a whole, with what was said about it.

    `afloeser` is the clause of the agreement an allonge's clause amends or repeals, as it stood when the hearing was sent.
    """

    klausul: Klausultekst | None
    bemaerkninger: Sequence[Bemaerkningsvisning]
    afloeser: Klausultekst | None = None

    @property
    def navn(self) -> str:
        """The clause as the draft calls it."""
        return self.klausul.navn if self.klausul else "Udkastet som helhed"


@dataclass(frozen=True, slots=True)
class Hoeringsvisning:
    """A hearing with everything its page and its note say."""

    hoering: Hoering
    stand: Hoeringsstand
    modtagere: Sequence[Modtagervisning]
    afsnit: Sequence[Afsnit]

    @property
    def standnavn(self) -> str:
        """The stand in words."""
        return HOERINGSSTAND_NAVN[self.stand]

    @property
    def svaret(self) -> int:
        """How many have answered."""
        return sum(m.svar is not None for m in self.modtagere)

    @property
    def mangler(self) -> list[Modtagervisning]:
        """Those who have not answered."""
        return [m for m in self.modtagere if m.svar is None]

    @property
    def uden_bemaerkninger(self) -> list[Modtagervisning]:
        """Those who have answered that they have nothing to remark."""
        return [m for m in self.modtagere if m.svar is not None and m.svar.ingen_bemaerkninger]

    @property
    def med_bemaerkninger(self) -> list[Afsnit]:
        """The clauses somebody has remarked on."""
        return [afsnit for afsnit in self.afsnit if afsnit.bemaerkninger]

    @property
    def venter(self) -> list[Hoeringsfil]:
        """The files the secretariat must look for CPR numbers in itself before the parties get them."""
        bemaerkninger = (b.bemaerkning for afsnit in self.afsnit for b in afsnit.bemaerkninger)
        return [fil for b in bemaerkninger for fil in b.filer.all() if fil.adgang is Filadgang.VENTER]

    @property
    def ubehandlede(self) -> int:
        """How many remarks the secretariat has not answered."""
        return sum(b.behandling is None for afsnit in self.afsnit for b in afsnit.bemaerkninger)


def ikke_gennemsoegte(bemaerkninger: Iterable[Hoeringsbemaerkning]) -> list[Hoeringsfil]:
    """The files with text nobody but a person can look for CPR numbers in; from remarks read with their files."""
    filer = (fil for bemaerkning in bemaerkninger for fil in bemaerkning.filer.all())
    return [fil for fil in filer if fil.gennemsoegt != Gennemsoegning.HELT]


def vis(hoering: Hoering, indtil: datetime | None = None) -> Hoeringsvisning:
    """The hearing with its recipients in Danish order, and remarks; nine statements however many of them, and of an allonge those of the agreement.

    With `indtil`, one that is sent: who had been asked at that instant, what they had answered, and what had been done with it.
    """
    links = Hoeringslink.objects.select_related("svar").order_by("bestilt", "id")
    spurgte = hoering.modtagere.prefetch_related(Prefetch("links", queryset=links.filter(_til(indtil, "bestilt"))))
    sorterede = sorted(spurgte, key=lambda m: sortnoegle(m.navn))
    modtagere = [_vis_modtager(m, indtil) for m in sorterede if indtil is None or m.links.all()]
    svar = _med_bemaerkninger([m.svar for m in modtagere if m.svar], indtil)
    modtager_af = {m.svar.pk: m.modtager for m in modtagere if m.svar}
    om: dict[UUID | None, list[Bemaerkningsvisning]] = {}
    for et in svar:
        for bemaerkning in et.bemaerkninger.all():
            om.setdefault(bemaerkning.udgave_id, []).append(Bemaerkningsvisning(bemaerkning, modtager_af[et.pk]))
    afsnit = [Afsnit(None, om.get(None, []))]
    tekster = udkast(hoering)
    nu = afloeses(hoering.version, tekster, hoering.sendt)
    afsnit += [Afsnit(tekst, om.get(tekst.udgave.pk, []), nu.get(tekst.id)) for tekst in tekster]
    afsluttet = hoering.afsluttet if indtil is None or (hoering.afsluttet and hoering.afsluttet <= indtil) else None
    return Hoeringsvisning(hoering, stand(hoering.sendt, afsluttet), modtagere, afsnit)


def _til(indtil: datetime | None, felt: str) -> Q:
    return Q() if indtil is None else Q(**{f"{felt}__lte": indtil})


def _vis_modtager(modtager: Hoeringsmodtager, indtil: datetime | None) -> Modtagervisning:
    links = list(modtager.links.all())
    svar = [link.svar for link in links if hasattr(link, "svar") and (indtil is None or link.svar.afgivet <= indtil)]
    gyldige = [link for link in links if link.trukket is None]
    return Modtagervisning(
        modtager, max(svar, key=lambda s: (s.afgivet, s.pk), default=None), gyldige[-1] if gyldige else None
    )


def _med_bemaerkninger(svar: Iterable[Hoeringssvar], indtil: datetime | None = None) -> list[Hoeringssvar]:
    """The answers in their order, with remarks, files and what was done with them; five statements."""
    orden = [et.pk for et in svar]
    behandlinger = Hoeringsbehandling.objects.select_related("version", "registreret_af")
    bemaerkninger = Hoeringsbemaerkning.objects.select_related("udgave").prefetch_related(
        "filer",
        Prefetch("filer__vurderinger", queryset=Hoeringsfilvurdering.objects.select_related("registreret_af")),
        Prefetch("behandlinger", queryset=behandlinger.filter(_til(indtil, "registreret"))),
    )
    fundne = Hoeringssvar.objects.filter(pk__in=orden).prefetch_related(
        Prefetch("bemaerkninger", queryset=bemaerkninger.order_by("udgave__nummer", "id"))
    )
    ved_id = {et.pk: et for et in fundne}
    return [ved_id[pk] for pk in orden]
