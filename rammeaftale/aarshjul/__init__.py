"""The yearly wheel: what an agreement needs done by when, by whom, and who has done it (rules-rammeaftale § 3)."""
