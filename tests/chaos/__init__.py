"""Seams under kills: `make chaos` and `make chaos-short`. No part of the test suite."""
