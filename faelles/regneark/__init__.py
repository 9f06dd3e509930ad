"""Workbooks and CSV: templates people fill in, files read as hostile input, and tables taken out.

A floor says what its sheets look like (`kolonner.Ark`); here they become a template (`skabelon`), typed rows with every
fault named by row and column (`indlaesning`), and an export (`udtraek`).
"""
