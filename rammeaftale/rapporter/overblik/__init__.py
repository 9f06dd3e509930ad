"""The overview of an agreement: the key figures of its newest reports over time."""
