"""Reports the platform orders by itself: which, how often, and what came of the last time."""
