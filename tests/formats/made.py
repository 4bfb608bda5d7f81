"""Files of every format, made by Hypothesis: ``MADE[format]`` gives the bytes. A format's own module adds its row."""

from importlib import import_module
from pathlib import Path

MADE = {}
for _path in sorted(Path(__file__).parent.glob("made_*.py")):
    MADE |= getattr(import_module(_path.stem), "MADE", {})
