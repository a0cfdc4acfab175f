"""Values -> Block Kit."""
