"""ungarble: clean garbled speech-to-text transcripts, and show every fix."""

__version__ = "0.1.0"
