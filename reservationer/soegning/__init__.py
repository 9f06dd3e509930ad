"""From a need to the free places that meet it, with reasons."""
