"""What the `seams` command does: each module one group of commands."""
