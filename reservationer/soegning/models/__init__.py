"""What a municipality keeps of its searches: needs nobody could meet (`behov`), and searches that go on (`gemte`)."""

from reservationer.soegning.models.behov import Aldersgruppe, UdaekketBehov
from reservationer.soegning.models.gemte import GemtSoegning, Soegefund

__all__ = ["Aldersgruppe", "GemtSoegning", "Soegefund", "UdaekketBehov"]
