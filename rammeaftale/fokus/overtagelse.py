"""Carrying focus areas on from the previous agreement: what is still open there, as it is to begin here. Written by `actions.overtag`."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from rammeaftale.aarshjul.regler import aar_senere
from rammeaftale.fokus.queries import Indsatsvisning, Omraadevisning, med_indhold, mulige_ansvarlige, vis
from rammeaftale.fokus.regler import AFSLUTTEDE
from rammeaftale.models import Fokusomraade, Indsats, Klausul, Milepael, Part, Rammeaftale


def kan_overtages(aftale: Rammeaftale, dag: date) -> list[Omraadevisning]:
    """The previous agreement's areas with work that is not over on the day, but those that are carried on already."""
    if aftale.forrige_id is None:
        return []
    allerede = Fokusomraade.objects.filter(aftale=aftale.pk, fortsaetter__isnull=False).values("fortsaetter")
    gamle = Fokusomraade.objects.filter(aftale=aftale.forrige_id).exclude(pk__in=allerede)
    return [visning for visning in vis(med_indhold(gamle), dag) if any(er_aaben(i) for i in visning.indsatser)]


def er_aaben(indsats: Indsatsvisning) -> bool:
    """Whether there is something left of it: a milestone neither reached nor given up, or none set yet."""
    return not indsats.milepaele or any(m.stand not in AFSLUTTEDE for m in indsats.milepaele)


def kopier(
    gamle: Iterable[Omraadevisning], aftale: Rammeaftale, fra_nummer: int, sekretariat: UUID
) -> list[Fokusomraade]:
    """The areas with their open work in the agreement, marked to be looked through. Nothing is reported of any milestone yet.

    A deadline moves as many years as the agreement's period does. Who is no party any more is followed by its successor, or else by
    the secretariat.
    """
    klausuler = dict(
        Klausul.objects.filter(dokumentdel__aftale=aftale.pk, forgaenger__isnull=False).values_list("forgaenger", "pk")
    )
    parter = set(mulige_ansvarlige(aftale).values_list("pk", flat=True))
    efterfoelgere = dict(Part.objects.filter(aftale=aftale.forrige_id).values_list("organisation", "efterfoelger"))
    return [
        _kopier(visning, aftale, nummer, klausuler, _Ansvarlige(parter, efterfoelgere, sekretariat))
        for nummer, visning in enumerate(gamle, fra_nummer)
    ]


class _Ansvarlige:
    """Who has a milestone in the new agreement."""

    def __init__(self, parter: set[UUID], efterfoelgere: Mapping[UUID, UUID | None], sekretariat: UUID) -> None:
        self._parter, self._efterfoelgere, self._sekretariat = parter, efterfoelgere, sekretariat

    def nu(self, hidtil: UUID) -> UUID:
        """The same, its successor, or the secretariat."""
        efter = self._efterfoelgere.get(hidtil)
        return next((hvem for hvem in (hidtil, efter) if hvem in self._parter), self._sekretariat)


def _kopier(
    visning: Omraadevisning,
    aftale: Rammeaftale,
    nummer: int,
    klausuler: Mapping[UUID | None, UUID],
    ansvarlige: _Ansvarlige,
) -> Fokusomraade:
    gammelt = visning.omraade
    aar = aftale.aftaleperiode.fra.year - gammelt.aftale.aftaleperiode.fra.year
    nyt = Fokusomraade.objects.create(
        aftale=aftale, nummer=nummer, navn=gammelt.navn, beskrivelse=gammelt.beskrivelse, ophav=gammelt.ophav,
        klausul_id=klausuler.get(gammelt.klausul_id), fortsaetter=gammelt, gennemgaa=True,
    )  # fmt: skip
    for aaben in (i for i in visning.indsatser if er_aaben(i)):
        indsats = Indsats.objects.create(
            fokusomraade=nyt, navn=aaben.indsats.navn, beskrivelse=aaben.indsats.beskrivelse
        )
        Milepael.objects.bulk_create(
            Milepael(
                indsats=indsats, navn=m.milepael.navn, frist=aar_senere(m.milepael.frist, aar),
                ansvarlig_id=ansvarlige.nu(m.milepael.ansvarlig_id), paamind_dage=m.milepael.paamind_dage,
            )
            for m in aaben.milepaele
            if m.stand not in AFSLUTTEDE
        )  # fmt: skip
    return nyt
