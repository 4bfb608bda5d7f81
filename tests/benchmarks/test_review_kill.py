"""A review that is killed loses nothing: a small part of the benchmark."""

import os
import sys

import pytest

if os.name != "nt":
    import review_kill


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there is no pty")
def test_killed_and_resumed():
    assert review_kill.main(["--kills", "4", "--seed", "3"]) == 0
