"""Tests of kommuner.breve."""
