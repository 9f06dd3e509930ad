"""Changes an operator makes on a page: harmless ones at once, the others when a second person has approved them (registerimport)."""
