"""Placement agreements: drafted from the case, accepted by both parties, a new version on each change (rules-reservation § 6)."""
