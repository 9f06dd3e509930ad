"""Deterministic synthetic data for demonstration, tests and measurements. Everything it makes is marked demo.

Municipalities, regions, population, target groups and legal bases are the real ones (reference data); offers, places,
stays, takster, terms and decisions are invented. No figure here is a fact about any municipality.
"""
