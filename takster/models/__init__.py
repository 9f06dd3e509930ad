"""Published takster (`takst`), the budgets they are computed from (`budget`), and prices others have published (`offentlige`)."""

from takster.models.budget import Budget, Budgetlinje
from takster.models.offentlige import OffentliggjortPris
from takster.models.takst import Takst, Takstenhed

__all__ = ["Budget", "Budgetlinje", "OffentliggjortPris", "Takst", "Takstenhed"]
