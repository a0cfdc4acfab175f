"""Slack <-> plain values."""
