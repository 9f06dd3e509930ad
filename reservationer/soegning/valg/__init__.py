"""Choose one of the offers that were compared, and keep the reason with the comparison as a note (screen 4, »Vælg og begrund«)."""
