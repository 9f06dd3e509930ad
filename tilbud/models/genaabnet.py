"""A place that comes into the register again was not there when its department was last confirmed: two triggers say when it came."""

import pgtrigger

_I_DAG = "(now() AT TIME ZONE 'Europe/Copenhagen')::date"


def _aaben(plads: str) -> str:
    return f"coalesce(upper({plads}.periode) > {_I_DAG}, true)"


def _noter(afdelinger: str, genaabnet: str) -> str:
    """The body of a trigger that notes the instant for the departments. The clock's, not the transaction's: a confirmation that had the lock first is older."""
    return f"""
        IF {genaabnet} THEN
            UPDATE tilbud_afdeling SET pladser_tilfoejet = clock_timestamp() WHERE {afdelinger};
        END IF;
        RETURN NULL;
    """  # noqa: S608 - no value of a user


# A last day moved while the place is there brings no place: it has been confirmed with the others.
PLADS_GENAABNET = pgtrigger.Trigger(
    name="plads_genaabnet_er_ubekraeftet",
    when=pgtrigger.After,
    operation=pgtrigger.UpdateOf("periode"),  # type: ignore[no-untyped-call]  # the library's
    func=_noter("id = NEW.afdeling_id", f"NOT {_aaben('OLD')} AND {_aaben('NEW')}"),
)
# Every place of an offer that had closed comes again with it.
TILBUD_GENAABNET = pgtrigger.Trigger(
    name="tilbud_genaabnet_er_ubekraeftet",
    when=pgtrigger.After,
    operation=pgtrigger.UpdateOf("lukket_fra"),  # type: ignore[no-untyped-call]  # the library's
    func=_noter(
        "tilbud_id = NEW.id AND EXISTS"  # noqa: S608 - as above
        f" (SELECT 1 FROM tilbud_plads p WHERE p.afdeling_id = tilbud_afdeling.id AND {_aaben('p')})",
        f"OLD.lukket_fra <= {_I_DAG} AND coalesce(NEW.lukket_fra > {_I_DAG}, true)",
    ),
)
