"""Preloaded by a test of children."""

WORD = "yes"
