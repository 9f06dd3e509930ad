"""Meetings of the bodies and what they decide: the steps of an agreement that are not the secretariat's own."""
