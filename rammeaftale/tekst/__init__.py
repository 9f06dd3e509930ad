"""Writing an agreement: its parts and clauses, their versions and differences, and the terms they set."""
