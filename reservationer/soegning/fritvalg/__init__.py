"""The free choice of serviceloven § 108 stk. 2: may the citizen have the other offer, on price, and the note that says so."""
