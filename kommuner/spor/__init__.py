"""The logs as an organisation's administrators see them: who has changed what, who has read what, for their own data only."""
