"""What holds for all tests: properties are tried on the same examples in every run.

So a change is judged by itself, not by luck. ``UNGARBLE_EXPLORE=1`` tries others, to find what no example shows yet.
"""

import os

from hypothesis import settings

settings.register_profile("same", derandomize=True)
settings.register_profile("others")
settings.load_profile("others" if os.environ.get("UNGARBLE_EXPLORE") else "same")
