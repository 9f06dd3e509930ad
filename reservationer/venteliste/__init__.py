"""Waiting lists: who waits for a place at an offer, in which order and why, who was passed over, and for how long. Never a fulfilment of the duty to have places."""
