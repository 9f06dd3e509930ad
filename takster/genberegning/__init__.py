"""What was computed with preliminary terms, computed again when they become final."""
