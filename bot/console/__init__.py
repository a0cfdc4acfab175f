"""The local stand-in for a Slack workspace that the demo uses."""
