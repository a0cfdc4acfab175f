"""What the handlers, the jobs and the shell ask for."""
