"""What a municipality keeps of its searches: needs nobody could meet (`behov`), searches that go on (`gemte`), checks of
free choice (`fritvalg`), and choices among offers that were compared (`valg`).
"""

from reservationer.soegning.models.behov import Aldersgruppe, UdaekketBehov
from reservationer.soegning.models.fritvalg import Fritvalgsnotat, Fritvalgsproeve
from reservationer.soegning.models.gemte import GemtSoegning, Soegefund
from reservationer.soegning.models.valg import Tilbudsvalg, Valgnotat

__all__ = [
    "Aldersgruppe",
    "Fritvalgsnotat",
    "Fritvalgsproeve",
    "GemtSoegning",
    "Soegefund",
    "Tilbudsvalg",
    "UdaekketBehov",
    "Valgnotat",
]
