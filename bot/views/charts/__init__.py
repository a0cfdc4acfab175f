"""Pictures: values -> PNG, and the words that say the same. Import where it is drawn: matplotlib is heavy."""
