"""Collects the snapshot of the report "Udviklingsdel". Everything is read once, inside the caller's one transaction."""

from collections.abc import Iterable
from datetime import date, datetime

from faelles.sprog import sortnoegle
from faelles.tid import KOEBENHAVN
from kommuner.models import Kommune
from rammeaftale.aarshjul.queries import hjul
from rammeaftale.fokus import queries as fokus
from rammeaftale.fokus.regler import Ophav
from rammeaftale.models import Delart, Organ, Rammeaftale, Version
from rammeaftale.organer import queries as organer
from rammeaftale.organer.regler import Organart
from rammeaftale.rapporter.aftalen import om_aftalen, om_vilkaarene
from rammeaftale.rapporter.aftaleteksten import samling as aftaleteksten
from rammeaftale.rapporter.aftaleteksten.data import Klausul
from rammeaftale.rapporter.rammeaftalen import behov, niveauer
from rammeaftale.rapporter.rammeaftalen.omraadet import Omraade, kommuner_i, omraade
from rammeaftale.rapporter.udviklingsdel import data
from rammeaftale.rapporter.udviklingsdel.tendenser import hjemmelnavn, tendenser
from rammeaftale.udmeldinger import queries as udmeldinger
from tilbud.models import Hjemmel, Tilbud
from vilkaar.noegler import Noegle
from vilkaar.queries import gaeldende

# The kinds of special education among the legal bases: at school, in day treatment, and for adults.
UNDERVISNING = ("FSL-20-3", "DBH", "LSV")
BESKYTTET = "Adressen er beskyttet"
STORT = 100  # places: the size above which the development strategies tell of an offer by name (report-contents § R3)


def saml(version: Version, oejeblik: datetime) -> data.Udviklingsdelbillede:
    """Read everything the report needs. Raises Konflikt when the KKR has no terms on the data date, or a term is missing."""
    dag = oejeblik.astimezone(KOEBENHAVN).date()
    aftale = version.aftale
    vilkaar = gaeldende(aftale.kkr_id, dag)
    kommuner = kommuner_i(aftale.kkr, dag)
    her = omraade([kommune.kommunekode for kommune in kommuner], dag)
    fundne = tendenser(her, dag, vilkaar.heltal(Noegle.DISKRETION_GRAENSE))
    return data.Udviklingsdelbillede(
        datatidspunkt=oejeblik,
        datadag=dag,
        aftale=om_aftalen(version, dag),
        vilkaar=om_vilkaarene(vilkaar),
        klausuler=_klausuler(version, dag),
        kommuner=len(kommuner),
        perioder=fundne.perioder,
        aabne_pladser=fundne.aabne_pladser,
        belaegning_i_alt=fundne.i_alt,
        maalgrupper=fundne.maalgrupper,
        tilbudstyper=fundne.tilbudstyper,
        niveauer=niveauer.niveauer(her, dag),
        flytninger=niveauer.flytninger(her, dag),
        behov=behov.saml(aftale.kkr_id, dag),
        undervisning=undervisning(her),
        store_tilbud=store_tilbud(her, kommuner),
        grupper=grupper(aftale, dag),
        frister=frister(aftale, dag),
        temaer=temaer(aftale, dag),
        fokus=fokusomraader(aftale, dag),
    )


def _klausuler(version: Version, dag: date) -> tuple[Klausul, ...]:
    """Those of the development part, in their order."""
    dele = aftaleteksten.tekst(version, dag).dele
    return tuple(klausul for del_ in dele if del_.art == Delart.UDVIKLINGSDEL for klausul in del_.klausuler)


def undervisning(her: Omraade) -> tuple[data.Undervisning, ...]:
    """Special education in the order of the law, also what nobody in the area offers."""
    hjemler = Hjemmel.objects.filter(kode__in=UNDERVISNING).order_by("raekkefoelge", "kode")
    par = Tilbud.hjemler.through.objects.filter(tilbud__in=her.aabne, hjemmel__in=UNDERVISNING)
    tilbud = [(hjemmel, nr) for hjemmel, nr in par.values_list("hjemmel_id", "tilbud_id")]
    fundne = []
    for hjemmel in hjemler:
        numre = [nr for kode, nr in tilbud if kode == hjemmel.kode]
        navn = hjemmelnavn(hjemmel.kode, hjemmel.paragraf, hjemmel.navn)
        fundne.append(data.Undervisning(navn, len(numre), her.pladser_i(numre).i_alt))
    return tuple(fundne)


def store_tilbud(her: Omraade, kommuner: Iterable[Kommune]) -> tuple[data.StortTilbud, ...]:
    """Offers with more than `STORT` places open on the data date, by name; where one lies whose address is protected, is not said."""
    store = {nr: pladser.i_alt for nr, pladser in her.pladser.items() if pladser.i_alt > STORT}
    navne = {kommune.kommunekode: kommune.kortnavn for kommune in kommuner}
    fundne = Tilbud.objects.filter(pk__in=store).order_by("navn_sortering", "id")
    return tuple(
        data.StortTilbud(navn, BESKYTTET if beskyttet else navne[her.kommune[nr]], store[nr])
        for nr, navn, beskyttet in fundne.values_list("id", "navn", "beskyttet_adresse")
    )


def grupper(aftale: Rammeaftale, dag: date) -> tuple[data.Gruppe, ...]:
    """The KKR's working groups of the day, in Danish order."""
    nu = Organ.objects.filter(kkr=aftale.kkr_id, art=Organart.ARBEJDSGRUPPE, periode__contains=dag)
    return tuple(
        data.Gruppe(en.organ.navn, en.organ.opgave, en.sammensaetning)
        for en in organer.vis(organer.med_medlemmer(nu), dag)
    )


def frister(aftale: Rammeaftale, dag: date) -> tuple[data.Frist, ...]:
    """The agreement's yearly wheel from the data date on."""
    return tuple(
        data.Frist(punkt.frist, punkt.opgave, punkt.hvem) for punkt in hjul(aftale, dag).punkter if punkt.frist >= dag
    )


def temaer(aftale: Rammeaftale, dag: date) -> tuple[data.Tema, ...]:
    """The central calls the agreement's municipalities answer, the latest first; those that were a mistake are left out."""
    alle = aftale.udmeldinger.filter(annulleret=None, modtaget__lte=dag)
    return tuple(
        data.Tema(
            titel=en.udmelding.titel,
            maalgruppe=en.udmelding.maalgruppe.term if en.udmelding.maalgruppe else "",
            modtaget=en.udmelding.modtaget,
            frist=en.runde.frist,
            stand=en.navn,
            svaret=en.svaret,
            parter=en.parter,
        )
        for en in udmeldinger.vis(aftale, alle, dag)
    )


def fokusomraader(aftale: Rammeaftale, dag: date) -> tuple[data.Fokusstatus, ...]:
    """The agreement's focus areas by number, with the work on them and where its milestones stand on the day."""
    alle = fokus.med_indhold(aftale.fokusomraader.order_by("nummer", "id"))
    return tuple(_fokus(visning) for visning in fokus.vis(alle, dag))


def _fokus(visning: fokus.Omraadevisning) -> data.Fokusstatus:
    omraadet = visning.omraade
    return data.Fokusstatus(
        nummer=omraadet.nummer,
        navn=omraadet.navn,
        beskrivelse=omraadet.beskrivelse,
        sat_af=omraadet.get_ophav_display(),
        ministertema=omraadet.ophav == Ophav.MINISTERTEMA,
        fremdrift=visning.fremdrift.tekst,
        indsatser=tuple(
            data.Indsatsstatus(
                navn=en.indsats.navn,
                beskrivelse=en.indsats.beskrivelse,
                milepaele=tuple(
                    data.Milepaelsstatus(m.milepael.navn, m.milepael.frist, m.milepael.ansvarlig.navn, m.navn)
                    for m in sorted(en.milepaele, key=lambda m: (m.milepael.frist, sortnoegle(m.milepael.navn)))
                ),
            )
            for en in visning.indsatser
        ),
    )
