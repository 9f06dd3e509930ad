"""What a municipality keeps of its searches: needs nobody could meet (`behov`), searches that go on (`gemte`), and checks of
free choice (`fritvalg`).
"""

from reservationer.soegning.models.behov import Aldersgruppe, UdaekketBehov
from reservationer.soegning.models.fritvalg import Fritvalgsnotat, Fritvalgsproeve
from reservationer.soegning.models.gemte import GemtSoegning, Soegefund

__all__ = ["Aldersgruppe", "Fritvalgsnotat", "Fritvalgsproeve", "GemtSoegning", "Soegefund", "UdaekketBehov"]
