"""Whom the changes of a stay concern."""


def parter_den_dag(ophold: str, begyndte: str = "NULL") -> str:
    """SQL for `foelges`: whom a change of a stay concerns, by the day it was made and the day what is changed begins (`begyndte`).

    They are its operator and the municipalities that were handlekommune or betalingskommune the day of the change, or will be
    when it begins; of these none whose responsibility ends before `begyndte`, as for the rows themselves (`sag_ansvar_til`).
    A municipality's time ends the day the decision to change it says, also when that is earlier than the day it is decided:
    what happened meanwhile then concerns those who were responsible after all (`faelles.spor.afgoer_igen`). What its own
    people did, it always sees.
    """
    return f"SELECT sag_parter({ophold}, (NEW.pgh_created_at AT TIME ZONE 'Europe/Copenhagen')::date, {begyndte})"


# Of a dated fact of a stay.
PERIODENS_PARTER = parter_den_dag("NEW.ophold_id", "lower(NEW.periode)")
