"""How long citizens wait, step by step: for an answer, an offer of a place, a reservation, a home, and on a list."""
