"""An offer delivered without places has none that is or will be open: two triggers, for the rule goes across two tables."""

import pgtrigger


def _fejler(navn: str, brudt: str) -> str:
    """The body of a trigger that fails as the check it is."""
    return f"""
        IF {brudt} THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = '{navn}',
                MESSAGE = '{navn}: an offer delivered without places has no open place';
        END IF;
        RETURN NEW;
    """


def _aaben(plads: str) -> str:
    """Whether a place's last day, if it has one, is today or later: the rule of the dry run (`registerimport.udenbrud`)."""
    return f"coalesce(upper({plads}.periode) > (now() AT TIME ZONE 'Europe/Copenhagen')::date, true)"


# Places it had may stand with a last day that has been; one that stood before the rule hinders no other change.
HAR_INGEN = pgtrigger.Trigger(
    name="tilbud_uden_pladser_har_ingen",
    when=pgtrigger.Before,
    operation=pgtrigger.UpdateOf("uden_pladser"),  # type: ignore[no-untyped-call]  # the library's
    func=_fejler(
        "tilbud_uden_pladser_har_ingen",
        "NEW.uden_pladser AND NOT OLD.uden_pladser AND EXISTS (SELECT 1 FROM tilbud_plads p"  # noqa: S608 - no value of a user
        f" JOIN tilbud_afdeling a ON a.id = p.afdeling_id WHERE a.tilbud_id = NEW.id AND {_aaben('p')})",
    ),
)
# The offer is shared with other places, but not with a change of it: neither sees the other's in time.
IKKE_I_TILBUD_UDEN = pgtrigger.Trigger(
    name="plads_ikke_i_tilbud_uden_pladser",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("periode", "afdeling_id"),  # type: ignore[no-untyped-call]  # the library's
    func=_fejler(
        "plads_ikke_i_tilbud_uden_pladser",
        "(TG_OP = 'INSERT' OR (NEW.periode, NEW.afdeling_id) IS DISTINCT FROM (OLD.periode, OLD.afdeling_id)"  # noqa: S608 - as above
        f" AND {_aaben('NEW')}) AND (SELECT t.uden_pladser FROM tilbud_tilbud t"
        " JOIN tilbud_afdeling a ON a.tilbud_id = t.id WHERE a.id = NEW.afdeling_id FOR SHARE OF t)",
    ),
)
