"""The accounts of an offer for a year: what the ledger says was sold, what it cost, and what of the result enters a later takst."""
