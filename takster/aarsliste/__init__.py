"""The takst list of a year: every published takst, beside last year's."""
