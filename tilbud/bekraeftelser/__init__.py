"""Confirmations: that the places of a department are right, said by its operator, and the reminders that they are due."""
