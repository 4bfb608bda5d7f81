"""The sentence model: what it reads, its network in numpy, its weights (``weights.bin``) and how it was trained."""
