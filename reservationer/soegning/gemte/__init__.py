"""Saved searches: tried again and again, and told of once for each place that begins to fit."""
