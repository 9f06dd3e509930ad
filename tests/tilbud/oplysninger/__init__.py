"""Tests of what the register says of an offer over REST."""
