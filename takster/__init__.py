"""Takster: how they are computed, what holds on a day, and prices others have published."""
