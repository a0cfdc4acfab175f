"""The stand-in workspace as a page in a browser: `seams demo --web`."""
