"""Documents about takster as PDF: the evidence pack of a published one, and the takst list of a year."""
