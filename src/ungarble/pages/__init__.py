"""Pages for people: what the report of a batch and of an evaluation share."""
