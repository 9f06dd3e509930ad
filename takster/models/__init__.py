"""Published takster (`takst`), the budgets they are computed from (`budget`), the calculations on their way (`beregning`), and
prices others have published (`offentlige`); reminders of the year's deadline (`frist`); what preliminary calculations give by the
final terms (`genberegning`); the accounts of a year (`regnskab`); prices beside the takst (`prisblad`) and costs shared by a key
(`finansiering`), both decided by two persons (`forloeb`);
documents about takster (`dokument`); a year computed again (`kontrol`).
"""

from takster.models.beregning import Scenarie, Takstberegning
from takster.models.budget import Budget, Budgetlinje
from takster.models.dokument import Takstdokument, Takstdokumentfil
from takster.models.finansiering import Finansiering
from takster.models.frist import Takstpaamindelse
from takster.models.genberegning import Genberegning
from takster.models.kontrol import Takstkontrol
from takster.models.offentlige import OffentliggjortPris
from takster.models.prisblad import Prisblad
from takster.models.regnskab import Regnskab, Regnskabslinje
from takster.models.takst import Takst, Takstenhed
from takster.prisarter import Bladtilstand, Finansieringsart, Prisart
from takster.tilstande import Beregningstilstand

__all__ = [
    "Beregningstilstand",
    "Bladtilstand",
    "Budget",
    "Budgetlinje",
    "Finansiering",
    "Finansieringsart",
    "Genberegning",
    "OffentliggjortPris",
    "Prisart",
    "Prisblad",
    "Regnskab",
    "Regnskabslinje",
    "Scenarie",
    "Takst",
    "Takstberegning",
    "Takstdokument",
    "Takstdokumentfil",
    "Takstenhed",
    "Takstkontrol",
    "Takstpaamindelse",
]
