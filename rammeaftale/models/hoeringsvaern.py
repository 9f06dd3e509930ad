"""What the database keeps from hearings whoever writes: an answer comes while it can be given, and is of nobody but who gave it,
and what has been sent stays.

The rules of `hoering.regler.linkstand`, and that an agreement that is adopted or has lapsed hears nobody any more.
"""

from collections.abc import Sequence
from functools import reduce
from operator import or_

import pgtrigger
from pgtrigger import F, Q

from rammeaftale.livscyklus import Aftaletilstand

_AABEN = (
    " JOIN rammeaftale_hoering h ON h.id = m.hoering_id AND h.sendt IS NOT NULL AND h.afsluttet IS NULL"
    " JOIN rammeaftale_version v ON v.id = h.version_id JOIN rammeaftale_rammeaftale r ON r.id = v.aftale_id"
    f" AND r.tilstand NOT IN ('{Aftaletilstand.VEDTAGET.value}', '{Aftaletilstand.BORTFALDET.value}')"
)
_GYLDIGT = (
    " JOIN rammeaftale_hoeringslink l ON l.id = s.link_id AND l.noteret IS NOT NULL AND l.trukket IS NULL"
    f" JOIN rammeaftale_hoeringsmodtager m ON m.id = l.modtager_id{_AABEN}"
)
_INDEN_FRISTEN = "({} AT TIME ZONE 'Europe/Copenhagen')::date <= h.frist"
_NYERE_SVAR = (
    "SELECT FROM rammeaftale_hoeringssvar a JOIN rammeaftale_hoeringslink n ON n.id = a.link_id"
    " WHERE n.modtager_id = m.id AND n.id <> l.id AND a.afgivet >= l.bestilt"
)


def _kun_i_aaben_hoering(navn: str, fra: str, hvor: str) -> pgtrigger.Trigger:
    """Nothing is put in but what is of the one row `fra … hvor` finds."""
    return pgtrigger.Trigger(
        name=navn,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func=(
            f"IF NOT EXISTS (SELECT FROM {fra} WHERE {hvor}) THEN"
            " RAISE EXCEPTION 'Høringen, dens aftale eller linket er ikke åbent'"
            f" USING ERRCODE = 'check_violation', CONSTRAINT = '{navn}'; END IF; RETURN NEW;"
        ),
    )


LINK = _kun_i_aaben_hoering(
    "hoeringslink_kun_i_aaben_hoering",
    f"rammeaftale_hoeringsmodtager m{_AABEN}",
    f"m.id = NEW.modtager_id AND {_INDEN_FRISTEN.format('NEW.bestilt')}",
)
SVAR = _kun_i_aaben_hoering(
    "hoeringssvar_kun_med_aabent_link",
    f"(SELECT NEW.link_id) AS s (link_id){_GYLDIGT}",
    f"{_INDEN_FRISTEN.format('NEW.afgivet')} AND NOT EXISTS ({_NYERE_SVAR})",
)
BEMAERKNING = _kun_i_aaben_hoering(
    "hoeringsbemaerkning_kun_i_aaben_hoering", f"rammeaftale_hoeringssvar s{_GYLDIGT}", "s.id = NEW.svar_id"
)
FIL = _kun_i_aaben_hoering(
    "hoeringsfil_kun_i_aaben_hoering",
    f"rammeaftale_hoeringsbemaerkning b JOIN rammeaftale_hoeringssvar s ON s.id = b.svar_id{_GYLDIGT}",
    "b.id = NEW.bemaerkning_id",
)


KUN_KLADDE = pgtrigger.Trigger(
    name="hoering_kun_kladde_fjernes",
    when=pgtrigger.Before,
    operation=pgtrigger.Delete,
    condition=Q(old__sendt__isnull=False),
    func=(
        "RAISE EXCEPTION 'Kun en kladde til en høring kan fjernes'"
        " USING ERRCODE = 'check_violation', CONSTRAINT = 'hoering_kun_kladde_fjernes';"
    ),
)


def staar_fast(navn: str, *, naar: str = "", felter: Sequence[str] = ()) -> pgtrigger.Trigger:
    """These columns, or the whole row, are never changed; with `naar`, once that column has a value."""
    rettes = reduce(or_, (Q(**{f"old__{felt}__df": F(f"new__{felt}")}) for felt in felter)) if felter else Q()
    fast = Q(**{f"old__{naar}__isnull": False}) if naar else Q()
    return pgtrigger.Protect(name=navn, operation=pgtrigger.Update, condition=fast & rettes)
