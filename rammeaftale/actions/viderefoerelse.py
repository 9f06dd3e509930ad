"""Which of the parties' steps on a version count for those sent after it, when one is sent and when a step is registered only later."""

from collections.abc import Collection
from uuid import UUID

from faelles.aktoer import Aktoer
from rammeaftale.livscyklus import (
    GODKENDENDE,
    Aendringsart,
    Genstartsgrund,
    Partsstatus,
    genstart,
    raekkefoelgefejl,
)
from rammeaftale.models import Genstart, Godkendelse, Version
from rammeaftale.queries import Partsstand, seneste_trin


def viderefoer(
    aktoer: Aktoer,
    stande: Collection[Partsstand],
    version: Version,
    aendring: Aendringsart,
    beroerte: Collection[UUID],
) -> None:
    """Carry the approvals that count for the new version too, and keep why the others do not."""
    for stand in stande:
        beroert = stand.part.id in beroerte
        grund = genstart(stand.status, aendring, beroert=beroert)
        if grund is not None:
            Genstart.objects.create(version=version, part=stand.part, grund=grund, beroert=beroert)
        elif stand.seneste is not None:
            _gentag(aktoer, version, stand.seneste)


def lad_virke_senere(aktoer: Aktoer, trin: Godkendelse) -> None:
    """Let a step on a version have the effect on those sent after it that it would have had, had it been known when they were.

    Nothing that is registered is taken back: an approval that counts stands on the later version too, one that does not after all is
    corrected there, and why the party must decide again is said anew. What the party itself has decided on a later version stands.
    """
    senere = trin.version.aftale.versioner.filter(sendt__isnull=False, nummer__gt=trin.version.nummer)
    for version in senere.order_by("nummer"):
        dets = _virk(aktoer, trin, version)
        if dets is None:
            return
        trin = dets


def _virk(aktoer: Aktoer, trin: Godkendelse, version: Version) -> Godkendelse | None:
    """The party's step on the version that follows, when this one changes where it stands there."""
    staar = seneste_trin(version, trin.part)
    if staar and _eget(staar, version):
        return None
    sidste = Genstart.objects.filter(version=version, part=trin.part).order_by("-id").first()
    # Of a party nothing was kept of, it is not known whether the change touches it; one carried over was not touched.
    beroert = sidste.beroert if sidste else staar is None
    grund = genstart(Partsstatus(trin.status), Aendringsart(version.aendring), beroert=beroert)
    if grund and _siges_ikke(grund, sidste, staar):
        Genstart.objects.create(version=version, part=trin.part, grund=grund, beroert=beroert)
    if grund and staar is None:
        return None
    return _gentag(aktoer, version, trin, i_stedet_for=staar)


def _eget(trin: Godkendelse, version: Version) -> bool:
    """Whether the party took the step on the version itself: not carried over, and not a correction of one that was."""
    return trin.viderefoert_fra_id is None and version.sendt is not None and trin.dato >= version.sendt


def _siges_ikke(grund: Genstartsgrund, sidste: Genstart | None, staar: Godkendelse | None) -> bool:
    return sidste is None or sidste.grund != grund or (staar is not None and staar.status in GODKENDENDE)


def _gentag(
    aktoer: Aktoer, version: Version, gammel: Godkendelse, *, i_stedet_for: Godkendelse | None = None
) -> Godkendelse:
    """The step once more, on a later version; it corrects the one it cannot simply follow there (`i_stedet_for`)."""
    retter = i_stedet_for is not None and bool(
        raekkefoelgefejl(Partsstatus(gammel.status), gammel.dato, Partsstatus(i_stedet_for.status), i_stedet_for.dato)
    )
    return Godkendelse.objects.create(
        version=version,
        part=gammel.part,
        status=gammel.status,
        dato=gammel.dato,
        organ=gammel.organ,
        referat_url=gammel.referat_url,
        bemaerkning=gammel.bemaerkning,
        viderefoert_fra=gammel,
        retter=retter,
        registreret_af_id=aktoer.organisation_id,
        identitet=aktoer.identitet,
    )
