"""The sentences of the report "Styringsdel", computed from the snapshot: pure."""

from rammeaftale.rapporter.styringsdel.data import Styringsdelbillede


def mangler(billede: Styringsdelbillede) -> str:
    """How many terms the agreement sets, and which it lacks."""
    uden = [linje.navn for linje in billede.vilkaar if not linje.er_sat]
    i_alt = len(billede.vilkaar)
    if not uden:
        return f"Aftalen fastsætter alle {i_alt} vilkår, platformen regner med."
    return f"Aftalen fastsætter {i_alt - len(uden)} af {i_alt} vilkår, platformen regner med. Ikke fastsat: {', '.join(uden)}."
