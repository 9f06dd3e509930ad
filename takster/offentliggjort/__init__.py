"""Offers and prices others have published, over REST."""
