"""The mails people choose: how each wants to be told, and what waits for her in the morning."""
