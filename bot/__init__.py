"""The product's own thinking: no Slack client and no SQL, but for the edges."""
