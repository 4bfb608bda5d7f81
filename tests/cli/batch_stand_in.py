"""The command line with the stand-in stages, one of which can also be slow, broken or deadly: for tests of batches.

Words of a transcript say so: ``SLEEP`` (a minute), ``SLOW`` (a tenth of a second), ``DIE``, ``BUG``, ``HUNGRY``.
"""

import os
import sys
import time

import stand_in


def install(modules) -> None:
    """Put the stand-ins where the pipeline imports stages from."""
    stand_in.install(modules)
    stage = modules["ungarble.stages.spacing"]
    propose = stage.propose
    stage.propose = lambda draft, setting: (_act(draft.text), propose(draft, setting))[1]


def _act(text: str) -> None:
    if "SLEEP" in text:
        time.sleep(60)
    if "SLOW" in text:
        time.sleep(0.1)
    if "DIE" in text:
        os._exit(3)
    if "BUG" in text:
        raise IndexError("list index\nout of range")
    if "HUNGRY" in text:
        raise MemoryError


if __name__ == "__main__":
    install(sys.modules)
    from ungarble.cli import main

    main(prog_name="ungarble")
