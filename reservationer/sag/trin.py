"""Where one is on the way from a need to what is sent (screen 5)."""

NUMMER_TJEK = 3


def trin(soegning: str) -> list[tuple[str, str]]:
    """Each step and the way back to it; what comes after has none. The receipt is a page of its own, outside the steps."""
    return [("Behov", soegning), ("Tilbud", f"{soegning}#resultat-titel"), ("Tjek", ""), ("Send", "")]
