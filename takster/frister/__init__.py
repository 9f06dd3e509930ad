"""The year's deadline for takster: how far every offer is, and reminders to those behind."""
