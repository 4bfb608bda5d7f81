"""What a transcript is measured by: pure functions from texts to counts, and from counts to figures.

    reading ─▶ alignment ─▶ words, names, corrections ─▶ counts of a document ─▶ figures ─▶ intervals

Counts add up: those of a set are the sum of its documents', and every figure is made from counts alone.
"""
