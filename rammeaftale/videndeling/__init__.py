"""The duty to pass knowledge on that follows of an offer's level: who owes it to whom, and what has been done."""
