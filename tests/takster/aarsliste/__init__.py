"""The takst list of a year."""
