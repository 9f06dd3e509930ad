"""The whole life of places as a game, with a book of its own that foretells every answer."""
