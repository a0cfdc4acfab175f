"""Ties -> deals -> relationships -> changes; pure functions."""
