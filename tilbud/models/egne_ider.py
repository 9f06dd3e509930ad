"""The operator's own ids: one row of a table each, so that a file can be read again and again."""

import pgtrigger
from django.db import models

# From a new row to its operator: what an own id is unique within.
_TIL_DRIFTSHERRE = {
    "tilbud": "tilbud_tilbud t WHERE t.id = {0}.tilbud_id",
    "afdeling": "tilbud_tilbud t JOIN tilbud_afdeling a ON a.tilbud_id = t.id WHERE a.id = {0}.afdeling_id",
}


def eget_id_unikt(model: str, over: str) -> pgtrigger.Trigger:
    """The operator's own id, where there is one, leads to one row of the table, whatever that row belongs to (`over`): a file can be
    read again, and a row that has got another place in it is seen to be the same.

    A trigger, because the operator stands with the offer; the operator's row is locked, so that of two at once one is refused.
    """
    navn, tabel = f"{model}_ekstern_id_unikt_hos_driftsherren", f"tilbud_{model}"
    return pgtrigger.Trigger(
        name="ekstern_id_unikt_hos_driftsherren",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("ekstern_id", f"{over}_id"),  # type: ignore[no-untyped-call]  # the library's
        condition=pgtrigger.Condition("NEW.ekstern_id <> ''"),
        func=f"""
            PERFORM 1 FROM kommuner_organisation o
                WHERE o.id = (SELECT t.driftsherre_id FROM {_TIL_DRIFTSHERRE[over].format("NEW")}) FOR NO KEY UPDATE;
            IF EXISTS (
                SELECT 1 FROM {tabel} r WHERE r.ekstern_id = NEW.ekstern_id AND r.id <> NEW.id
                    AND (SELECT t.driftsherre_id FROM {_TIL_DRIFTSHERRE[over].format("r")})
                        = (SELECT t.driftsherre_id FROM {_TIL_DRIFTSHERRE[over].format("NEW")})
            ) THEN
                RAISE EXCEPTION USING ERRCODE = 'unique_violation', CONSTRAINT = '{navn}',
                    MESSAGE = '{navn}: another row of the operator has the id';
            END IF;
            RETURN NEW;
        """,  # noqa: S608 - every part is a constant of ours
    )


def eget_id_indeks(model: str) -> models.Index:
    """What the trigger above asks."""
    return models.Index(fields=["ekstern_id"], name=f"{model}_eget_id", condition=~models.Q(ekstern_id=""))
