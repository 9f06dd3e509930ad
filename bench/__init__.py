"""Measurements of the whole platform over real servers: `make bench`. What is measured and why: docs/maaling.md."""
