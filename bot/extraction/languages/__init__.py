"""What each language adds: lexicons as data."""
