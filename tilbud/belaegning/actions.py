"""The only way claims change. Who and why is the caller's business; here a place is taken or set free.

Locking (docs/samtidighed.md): everything that makes a place *less* free locks the place row first, once, and ends expired
holds under that lock; freeing needs no lock. The exclusion constraint stands behind all of it.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, TypedDict
from uuid import UUID

from django.db import DatabaseError, transaction
from django.db.models import Exists, OuterRef

from faelles.dokument.tal import dage_i_ord
from faelles.fejl import IkkeFundet, Konflikt, brudt_regel, som_konflikt
from faelles.haendelser import publicer
from faelles.tid import Periode, nu
from tilbud.belaegning.models import Optagelse, Optagelsesart, Pladslukning
from tilbud.belaegning.queries import for_mange, merplads_uden_tilladelse
from tilbud.belaegning.querysets import er_ledig
from tilbud.belaegning.vaern import MERPLADS
from tilbud.belaegning.vaern import NAVN as LOFT
from tilbud.models import Plads
from tilbud.models.register import alle_ugedage
from tilbud.querysets import PladsQuerySet

if TYPE_CHECKING:  # only mypy needs it, and it is not there at run time
    from django_stubs_ext import WithAnnotations

OPTAGET, LUKKET, IKKE_GODKENDT = "pladsen_er_optaget", "plads_midlertidigt_lukket", "ikke_godkendt"
IKKE_AABEN = "plads_ikke_aaben"


class _Stand(TypedDict):
    """Of a place: whether holds on it have run out and nobody has ended them yet."""

    har_udloebne: bool


def tag_plads(
    *,
    plads_id: UUID,
    periode: Periode,
    art: Optagelsesart,
    egne: bool,
    beboer: bool,
    udloeber: datetime | None = None,
    ugedage: Collection[int] = (),
    hidtil: Optagelse | None = None,
) -> Optagelse:
    """Claim a place for a period, on some weekdays (1 is Monday) or, with none named, on all the place has.

    `egne`: whether it is for one of the operator's own citizens; `beboer`: for one who lives in the offer. `hidtil`: the claim, as it was, that was cut short just now for
    this one to take over from; in the same offer that takes no more than before, and is allowed though too many are taken. Raises IkkeFundet when there is no such place, Konflikt
    `plads_forbeholdt_egne` or `plads_forbeholdt_beboere` when it is kept for them and this is not one, `plads_ikke_aaben` when it or its offer is not open on
    all the days, `ikke_godkendt` when more places would be taken than socialtilsyn has approved and permissions allow, or it is a merplads without a permission, and
    Konflikt with the database's own code when somebody else was first or is at it now.
    """
    try:
        with transaction.atomic():
            plads = Plads.objects.select_for_update(no_key=True).filter(pk=plads_id).first()
            if plads is None:
                raise IkkeFundet("plads_ikke_fundet", "Pladsen findes ikke.")
            _kraev_for(plads, egne=egne, beboer=beboer)
            if _kraev_mulig(plads, periode, ugedage, hidtil).har_udloebne:
                Optagelse.objects.filter(plads=plads).udloebne(nu()).update(aktiv=False)
            optagelse = Optagelse.objects.create(
                plads=plads,
                periode=periode.som_range,
                ugedage=sorted(set(ugedage)) or plads.ugedage,
                art=art,
                udloeber=udloeber,
            )
            publicer("plads.optaget", "plads", plads.id)
    except DatabaseError as fejl:
        if brudt_regel(fejl) == LOFT:
            raise _ikke_godkendt(plads_id, periode, ugedage, hidtil) from fejl
        if brudt_regel(fejl) == MERPLADS:  # the permission was cut short after it was looked at
            raise _uden_tilladelse(periode) from fejl
        konflikt = som_konflikt(fejl)
        if konflikt is None:
            raise
        raise _lukket(plads_id, periode) or konflikt from fejl
    return optagelse


def _kraev_for(plads: Plads, *, egne: bool, beboer: bool) -> None:
    """Raise the Konflikt that says for whom the place is kept, when that is not this citizen."""
    if plads.forbeholdt_egne and not egne:
        raise Konflikt(
            "plads_forbeholdt_egne", "Pladsen er forbeholdt driftsherrens egne borgere. Vælg en anden plads."
        )
    if plads.forbeholdt_beboere and not beboer:
        raise Konflikt(
            "plads_forbeholdt_beboere",
            "Dagpladsen er forbeholdt beboerne i botilbuddet, og I har ikke et ophold der med den sagsreference. "
            "Vælg en anden plads, eller spørg tilbuddet, hvis borgeren bor der.",
        )


def _kraev_mulig(
    plads: Plads, periode: Periode, ugedage: Collection[int], hidtil: Optagelse | None
) -> "WithAnnotations[Plads, _Stand]":
    """The locked place as it stands now. Raises the Konflikt that says why nobody can have it then."""
    udloebne = Optagelse.objects.filter(plads=OuterRef("pk")).udloebne(nu())
    aabne = Plads.objects.aabne_i_hele(periode).i_aabne_tilbud(periode)
    aaben = aabne.annotate(har_udloebne=Exists(udloebne)).filter(pk=plads.pk).first()
    if aaben is None or not set(ugedage) <= set(plads.ugedage):
        raise Konflikt(
            IKKE_AABEN,
            "Pladsen er ikke åben i hele perioden på ugedagene. Vælg en anden periode eller plads.",
        )
    if dage := merplads_uden_tilladelse(plads, periode, ugedage, nu(), hidtil):
        raise _uden_tilladelse(dage)
    return aaben


def _uden_tilladelse(dage: Periode) -> Konflikt:
    return Konflikt(
        IKKE_GODKENDT,
        f"Pladsen er en merplads, og afdelingen har ingen tilladelse til den {dage_i_ord(dage)}. "
        "Vælg en anden periode eller plads, eller spørg driftsherren.",
    )


def _ikke_godkendt(plads_id: UUID, periode: Periode, ugedage: Collection[int], hidtil: Optagelse | None) -> Konflikt:
    """The refusal of a claim beyond what is approved, with the days and the numbers."""
    brud = for_mange(plads_id, periode, ugedage, nu(), hidtil)
    if brud is None:
        return Konflikt(IKKE_GODKENDT, "Tilbuddet har ikke flere godkendte pladser i perioden. Vælg en anden periode.")
    mere = f" og {brud.ekstra} ved tilladelse til merpladser" if brud.ekstra else ""
    return Konflikt(
        IKKE_GODKENDT,
        f"Tilbuddet er godkendt til {brud.godkendte} pladser{mere} {dage_i_ord(brud.periode)}, og med denne ville "
        f"{brud.antal} være taget. Vælg en anden periode, eller spørg driftsherren.",
    )


def _lukket(plads_id: UUID, periode: Periode) -> Konflikt | None:
    """The better word for a refusal when it is a temporary closure that stands in the way."""
    i_vejen = Optagelse.objects.gaelder(nu()).i_perioden(periode).filter(plads=plads_id, lukning__isnull=False)
    fundet = i_vejen.select_related("lukning").order_by("-periode").first()
    if fundet is None or fundet.lukning is None:
        return None
    dage, grund = dage_i_ord(Periode.af_range(fundet.periode)), fundet.lukning.get_grund_display().lower()
    return Konflikt(
        LUKKET,
        f"Pladsen er midlertidigt lukket {dage}: {grund}. Vælg en anden periode eller plads.",
    )


def luk_pladser(lukning: Pladslukning, pladser: Iterable[Plads]) -> None:
    """Claim places for a closure on all weekdays, in the caller's transaction, which has locked them (or made them just now).

    The days outside a place's own are claimed too, so that it stays closed when it is opened for longer.
    """
    lukkede = list(pladser)
    Optagelse.objects.filter(plads__in=lukkede).udloebne(nu()).update(aktiv=False)
    Optagelse.objects.bulk_create(
        Optagelse(
            plads=plads,
            periode=lukning.periode,
            ugedage=alle_ugedage(),
            art=Optagelsesart.LUKKET,
            lukning=lukning,
        )
        for plads in lukkede
    )
    for plads in lukkede:
        publicer("plads.optaget", "plads", plads.id)


def luk_ny_plads(plads: Plads, dag: date) -> None:
    """A place made while its department is, or is to be, closed is closed as well; called under the offer's lock."""
    for lukning in Pladslukning.objects.fra(dag).filter(afdeling=plads.afdeling_id, plads=None):
        luk_pladser(lukning, [plads])


def aabn_igen(lukning: Pladslukning, dage: Periode | None) -> None:
    """Give the places of a closure free after its days as they are now; None: there are none any more."""
    optagelser = list(lukning.optagelser.select_for_update(no_key=True).filter(aktiv=True).order_by("pk"))
    nye = {"aktiv": False} if dage is None else {"periode": dage.som_range}
    Optagelse.objects.filter(pk__in=[optagelse.pk for optagelse in optagelser]).update(**nye)
    for optagelse in optagelser:
        publicer("plads.frigivet", "plads", optagelse.plads_id)


def tag_en_plads(
    *,
    afdeling_id: UUID,
    periode: Periode,
    art: Optagelsesart,
    egne: bool,
    beboer: bool,
    udloeber: datetime | None = None,
    ugedage: Collection[int] = (),
) -> Optagelse:
    """Claim any place of the department that is free on all the days; places nobody else is at come first.

    One that is too many is left for the others, which may be merpladser with a permission, or for fewer weekdays. Raises
    Konflikt `ingen_ledig_plads` when there is none, and as `tag_plads`.
    """
    proevet: list[UUID] = []
    for_mange: Konflikt | None = None
    with transaction.atomic():
        while True:
            ledige = ledige_pladser(afdeling_id, periode, ugedage, egne=egne, beboer=beboer).exclude(pk__in=proevet)
            plads = ledige.select_for_update(no_key=True, skip_locked=True).first() or ledige.first()
            if plads is None:
                raise for_mange or Konflikt(
                    "ingen_ledig_plads", "Afdelingen har ingen plads, der er ledig i hele perioden."
                )
            try:
                return tag_plads(
                    plads_id=plads.pk,
                    periode=periode,
                    art=art,
                    egne=egne,
                    beboer=beboer,
                    udloeber=udloeber,
                    ugedage=ugedage,
                )
            except Konflikt as fejl:
                if fejl.kode not in {OPTAGET, LUKKET, IKKE_GODKENDT}:
                    raise
                for_mange = fejl if fejl.kode == IKKE_GODKENDT else for_mange
            proevet.append(plads.pk)


def ledige_pladser(
    afdeling_id: UUID, periode: Periode, ugedage: Collection[int] = (), *, egne: bool, beboer: bool
) -> PladsQuerySet[Plads]:
    """Places of the department that are open and unclaimed on all the days, in the order of their names.

    Those kept for the operator's own citizens are there for them (`egne`) only, and those for the residents for these (`beboer`).
    """
    dage = sorted(ugedage)
    aabne = Plads.objects.aabne_i_hele(periode).i_aabne_tilbud(periode).filter(afdeling=afdeling_id)
    if not egne:
        aabne = aabne.filter(forbeholdt_egne=False)
    if not beboer:
        aabne = aabne.filter(forbeholdt_beboere=False)
    if dage:
        aabne = aabne.filter(ugedage__contains=dage)
    return aabne.filter(er_ledig(Optagelse.objects.all(), periode, nu(), dage or None)).order_by(
        "betegnelse_sortering", "pk"
    )


def forlaeng_hold(*, optagelse_id: UUID, udloeber: datetime) -> None:
    """Let a hold that still counts run out later. Raises Konflikt `hold_udloebet` when it has run out or been given up."""
    with transaction.atomic():
        hold = Optagelse.objects.select_for_update(no_key=True).gaelder(nu()).filter(pk=optagelse_id).first()
        if hold is None or hold.udloeber is None:
            raise _udloebet()
        hold.udloeber = udloeber
        hold.save(update_fields=["udloeber"])


def afslut_optagelse(*, optagelse_id: UUID, sidste_dag: date) -> None:
    """Let a claim end with this day; the days after are free at once. One that had not begun by then is given up altogether."""
    with transaction.atomic():
        optagelse = Optagelse.objects.select_for_update(no_key=True).get(pk=optagelse_id)
        _afkort(optagelse, sidste_dag + timedelta(days=1))


def _afkort(optagelse: Optagelse, til: date) -> None:
    periode = Periode.af_range(optagelse.periode)
    if not optagelse.aktiv or (periode.til is not None and periode.til <= til):
        return
    if til <= periode.fra:
        optagelse.aktiv = False
    else:
        optagelse.periode = Periode(periode.fra, til).som_range
    optagelse.save(update_fields=["periode", "aktiv"])
    publicer("plads.frigivet", "plads", optagelse.plads_id)


def flyt_optagelse(
    *, optagelse_id: UUID, plads_id: UUID, periode: Periode, egne: bool, ugedage: Collection[int] = ()
) -> Optagelse:
    """End a claim the day before the period and claim another place, or the same one for longer, from its first day.

    On the weekdays that are named, else on those it had.

    One who has the place already keeps it, though it has been kept for the operator's own since; who lives there, the operator
    who moves them knows. Within an offer a move takes no
    more than before, also where too many are taken already; days beyond the old claim's are new. Raises Konflikt `hul_i_opholdet` when the claim ends before the period begins, and as `tag_plads`.
    """
    with transaction.atomic():
        optagelse = Optagelse.objects.select_related("plads").get(pk=optagelse_id)
        list(Plads.objects.select_for_update(no_key=True).filter(pk__in={plads_id, optagelse.plads_id}).order_by("pk"))
        optagelse = Optagelse.objects.select_for_update(no_key=True).get(pk=optagelse_id)
        foer = Optagelse.objects.select_related("plads__afdeling").get(pk=optagelse_id)
        hidtil = Periode.af_range(optagelse.periode)
        if not optagelse.aktiv or not hidtil.fra < periode.fra <= (hidtil.til or periode.fra):
            raise Konflikt(
                "hul_i_opholdet",
                f"Opholdets nuværende plads er taget {'fra ' + format(hidtil.fra, '%d.%m.%Y')}"
                f"{' til og med ' + format(hidtil.sidste_dag, '%d.%m.%Y') if hidtil.sidste_dag else ''}. Flytningen skal "
                "ske efter den første dag og senest dagen efter den sidste.",
            )
        _afkort(optagelse, periode.fra)
        return tag_plads(
            plads_id=plads_id,
            periode=periode,
            art=Optagelsesart.OPHOLD,
            egne=egne or plads_id == optagelse.plads_id,
            beboer=True,
            ugedage=ugedage or optagelse.ugedage,
            hidtil=foer,
        )


def fastgoer_hold(*, optagelse_id: UUID) -> Optagelse:
    """Let a hold that still counts run out no more: reserved, and not yet occupied. Raises Konflikt `hold_udloebet` when it has run out or been given up."""
    with transaction.atomic():
        optagelse = Optagelse.objects.select_for_update(no_key=True).gaelder(nu()).filter(pk=optagelse_id).first()
        if optagelse is None or optagelse.udloeber is None:
            raise _udloebet()
        optagelse.udloeber = None
        optagelse.save(update_fields=["udloeber"])
        return optagelse


def begynd_ophold(*, optagelse_id: UUID, fra: date) -> Optagelse:
    """Let a confirmed hold be a stay from the day on (rules-reservation § 3 nr. 7). Returns the stay's claim.

    The days of the hold before it stay reserved, by the hold itself. Nothing is taken and nothing freed by it, but the place
    is locked: the days are nobody's between the two writes.
    """
    with transaction.atomic():
        list(Plads.objects.select_for_update(no_key=True).filter(optagelser=optagelse_id))
        hold = Optagelse.objects.select_for_update(no_key=True).get(pk=optagelse_id)
        periode = Periode.af_range(hold.periode)
        if fra <= periode.fra:
            hold.art = Optagelsesart.OPHOLD
            hold.save(update_fields=["art"])
            return hold
        hold.periode = Periode(periode.fra, fra).som_range
        hold.save(update_fields=["periode"])
        return Optagelse.objects.create(
            plads_id=hold.plads_id,
            periode=Periode(fra, periode.til).som_range,
            ugedage=hold.ugedage,
            art=Optagelsesart.OPHOLD,
        )


def frigiv(*, optagelse_id: UUID) -> None:
    """Give the place free; a claim that is not active is left as it is."""
    with transaction.atomic():
        optagelse = Optagelse.objects.select_for_update(no_key=True).get(pk=optagelse_id)
        if optagelse.aktiv:
            optagelse.aktiv = False
            optagelse.save(update_fields=["aktiv"])
            publicer("plads.frigivet", "plads", optagelse.plads_id)


def _udloebet() -> Konflikt:
    return Konflikt("hold_udloebet", "Reservationen er udløbet, og pladsen er fri igen. Kommunen skal reservere på ny.")
