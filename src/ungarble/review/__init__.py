"""What a person decides about suggestions: remembered by their words, kept in files, applied, and learned from."""
