"""An offer of a place stands open only while its enquiry is accepted: two triggers, for the rule goes across two tables."""

import pgtrigger


def _fejler(navn: str, brudt: str, foerst: str = "") -> str:
    """The body of a trigger that fails as the check it is."""
    return f"""
        {foerst}
        IF {brudt} THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = '{navn}',
                MESSAGE = '{navn}: an offer of a place is open only while its enquiry is accepted';
        END IF;
        RETURN NEW;
    """


HENVENDELSE_SLUTTER = pgtrigger.Trigger(
    name="henvendelse_slutter_med_sit_pladstilbud",
    when=pgtrigger.Before,
    operation=pgtrigger.UpdateOf("tilstand"),  # type: ignore[no-untyped-call]  # the library's
    func=_fejler(
        "henvendelse_slutter_med_sit_pladstilbud",
        "NEW.tilstand <> 'accepteret' AND EXISTS"
        " (SELECT 1 FROM sag_pladstilbud p WHERE p.henvendelse_id = NEW.id AND p.tilstand = 'tilbudt')",
    ),
)
# The enquiry's row is held, so that it does not end meanwhile.
PLADSTILBUD_AABENT = pgtrigger.Trigger(
    name="pladstilbud_aabent_efter_et_ja",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("tilstand", "henvendelse_id"),  # type: ignore[no-untyped-call]  # as above
    condition=pgtrigger.Q(new__tilstand="tilbudt"),
    declare=[("svaret", "text")],
    func=_fejler(
        "pladstilbud_aabent_efter_et_ja",
        "svaret IS DISTINCT FROM 'accepteret'",
        foerst="SELECT tilstand INTO svaret FROM sag_henvendelse WHERE id = NEW.henvendelse_id FOR SHARE;",
    ),
)
