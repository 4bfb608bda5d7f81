"""A small part of the crash test: killed a few times, a batch loses nothing. See ``batch_crash.py``."""

import os
import sys

import batch_crash
import pytest


@pytest.mark.slow
@pytest.mark.parametrize("in_place", [False, True])
def test_nothing_is_lost(tmp_path, in_place):
    if sys.platform == "win32":
        pytest.skip("needs SIGKILL")
    found = batch_crash.crash(files=60, kills=5, seed=os.getpid(), in_place=in_place, folder=tmp_path)
    assert found["files"] == 60
