"""Tests of reservationer.venteliste."""
