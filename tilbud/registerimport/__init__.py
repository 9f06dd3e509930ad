"""Offers, departments and places from a workbook or CSV: sheets, comparison with the register, and the second person's approval."""
