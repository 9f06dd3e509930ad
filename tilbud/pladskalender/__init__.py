"""Belægning: an operator's places by weeks, where a week is chosen and something done about it. Never who lives there."""
