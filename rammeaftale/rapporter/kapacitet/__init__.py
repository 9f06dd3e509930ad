"""The report "Kapacitet og belægning" (report-contents § R5): places, occupied days, and who buys of whom."""
