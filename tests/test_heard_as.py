"""Listed mishearings: applied where the form is nobody's word or name, else only with the context."""

import pytest

from ungarble import clean

GAZETTEER = """\
name\tkind\talso\theard_as\tcontext
Bill Roggio\tperson\tRoggio\trogger|kirk\tjournal
James Kirk\tperson\tKirk\t\t
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Then rogger said so.", "Then Bill Roggio said so."),
        ("Yes, Kirk left early.", "Yes, Kirk left early."),
        ("The journal kirk wrote for is closed.", "The journal Bill Roggio wrote for is closed."),
    ],
)
def test_a_listed_mishearing(tmp_path, text, expected):
    (tmp_path / "names.tsv").write_text(GAZETTEER, encoding="utf-8")
    assert clean(text, gazetteers=[tmp_path / "names.tsv"], packs=()).text == expected
