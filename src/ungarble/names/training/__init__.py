"""How the weights of the names stage are learned; nothing here is imported when transcripts are cleaned."""
