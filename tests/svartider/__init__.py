"""Tests of reservationer.svartider."""
