"""Needs nobody could meet: logged in codes by a municipality, counted for all with small counts left out."""
