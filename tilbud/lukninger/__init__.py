"""Temporary closures: that a place or a whole department is shut for a time, with a reason everybody may read."""
