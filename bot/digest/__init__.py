"""Changes -> digest: selection, ranking, schedule arithmetic; pure functions."""
