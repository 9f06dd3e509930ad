"""What the register says of an offer, over REST."""
