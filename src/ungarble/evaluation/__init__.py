"""How well transcripts are cleaned, measured against what was said.

    pairs or dataset ─▶ cleaning ─▶ scoring, a document at a time ─▶ result ─▶ table, page, comparison

The result is one object in plain types, which ``--json`` prints; everything that is shown is made from it.
"""
