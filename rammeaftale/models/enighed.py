"""The veto as a rule of the database: no agreement is adopted without every party of that day, whatever path is used.

Checked when the transaction commits (deferred), so that an agreement and its approvals can be written in any order. What is
asked stands in the function `rammeaftale_kraev_enighed` of migration 0004_livscyklus.
"""

import pgtrigger


def enighed(navn: str, aftale: str, betingelse: pgtrigger.Q | None = None) -> pgtrigger.Trigger:
    """Trigger for `Meta.triggers`: when a row of this table is written, its agreement (SQL on NEW) must still have the parties' consent."""
    return pgtrigger.Trigger(
        name=navn,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update,
        timing=pgtrigger.Deferred,
        condition=betingelse,
        func=f"PERFORM rammeaftale_kraev_enighed({aftale}); RETURN NULL;",
    )
