"""What a budget's content must keep to, said by the form's fields: pure. The database refuses the same."""

from takster.budget.indhold import Budgetindhold
from takster.budget.poster import POSTER


def fejl_i(indhold: Budgetindhold) -> dict[str, list[str]]:
    """Field → what is wrong and what to do."""
    fejl: dict[str, list[str]] = {}
    if (indhold.aftalt_belaegning is None) != (not indhold.aftalt_grund):
        fejl["aftalt_grund"] = ["Afvigende belægning og hvem der har godkendt den, skrives begge eller ingen af dem."]
    for linje, beloeb in indhold.linjer.items():
        post = POSTER.get(linje.post)
        if post is None or (linje.ejendom and not post.pr_ejendom) or beloeb < 0:
            fejl.setdefault(f"linje_{linje.post}", []).append(
                "Beløbet skal høre til en af skemaets linjer og være uden minus."
            )
    return fejl
