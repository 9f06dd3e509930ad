"""A year's published takster computed again from their stored inputs, and what differs."""
