"""Article -> companies and ties."""
