"""The dictionaries are what their README says: sorted, whole, and without a word that would do harm."""

from collections import Counter, defaultdict
from pathlib import Path

import pytest

from ungarble import dictionaries
from ungarble.language.lexicon import Lexicon
from ungarble.language.ngram import log_probs
from ungarble.names import checks
from ungarble.names.gazetteer_file import COLUMNS, read_rows
from ungarble.names.index import ALSO, NAME, SPELLING, words_of

ROOT = dictionaries.folder()
ENGLISH = sorted((ROOT / "en").glob("*.tsv"))
GAZETTEERS = sorted((ROOT / "gazetteers").glob("*/*.tsv"))
PACKS = sorted(dictionaries.packs())

ORDINARY = 0.5
"""Times per million in lower case from which a word is one that people say."""

SAID_TOGETHER = -4.2
"""log10 probability from which one ordinary word follows another in ordinary speech ("word press", "pay pal")."""

FUNCTION_WORD = 1000.0
"""Times per million from which a word stands beside any other ("is K", "do ab")."""


def of_pack(pack: str):
    return [(path, row) for path in GAZETTEERS if path.parent.name == pack for row in read_rows(path)]


ROWS = {pack: of_pack(pack) for pack in PACKS}
ALLOWED = {row["word"]: row["reason"] for _, row in dictionaries.rows(dictionaries.english("allowed"))}


def forms(row):
    """Role and text of each form that does anything; one that reads like the name does nothing."""
    own = words_of(row.name)
    told = [(SPELLING, row.spellings), (ALSO, row.also)]
    return [(role, form) for role, several in told for form in several if words_of(form) != own]


@pytest.fixture(scope="module")
def lexicon():
    return Lexicon.load()


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", [*ENGLISH, *GAZETTEERS, ROOT / "packs.tsv"], ids=named)
def test_is_a_clean_table(path):
    data = path.read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf")
    text = data.decode("utf-8")
    assert text.endswith("\n")
    assert "\r" not in text
    header, *rows = [line.split("\t") for line in text.removesuffix("\n").split("\n")]
    assert len(set(header)) == len(header)
    assert {len(row) for row in rows} == {len(header)}
    assert not [cell for row in rows for cell in row if cell != " ".join(cell.split())]
    assert not [row for row in rows if not row[0]]
    assert not [row for row in rows for cell in row if "|" in cell.strip("|") and "" in cell.split("|")]


@pytest.mark.parametrize("path", ENGLISH, ids=named)
def test_english_is_sorted_without_doubles(path):
    keys = [next(iter(row.values())) for _, row in dictionaries.rows(path)]
    assert not [key for key, count in Counter(keys).items() if count > 1]
    if path.stem == "words":
        counts = [-int(row["count"]) for _, row in dictionaries.rows(path)]
        assert counts == sorted(counts)
    else:
        assert keys == sorted(keys)


def test_what_is_allowed_or_right_has_a_reason():
    assert not [word for word, reason in ALLOWED.items() if len(reason.split()) < 3]
    doubled = dictionaries.rows(dictionaries.english("doubled"))
    assert not [row["words"] for _, row in doubled if row["kind"] == "right" and not row["note"]]


def test_nothing_is_allowed_that_needs_no_allowance(lexicon):
    needed = {form for pack in PACKS for form, _, _ in everyday(pack, lexicon)}
    assert sorted(ALLOWED) == sorted(word for word in ALLOWED if word in needed)


def test_every_pack_is_described():
    described = [row["pack"] for _, row in dictionaries.rows(ROOT / "packs.tsv")]
    assert described == PACKS


@pytest.mark.parametrize("path", GAZETTEERS, ids=named)
def test_gazetteer_can_be_rebuilt_from_its_rows(path):
    rows = read_rows(path)
    assert [(row.name, row.kind) for row in rows] == sorted((row.name, row.kind) for row in rows)
    lines = ["\t".join(COLUMNS)]
    for row in rows:
        several = (row.spellings, row.also, row.heard_as, row.context)
        lines.append("\t".join([row.name, row.kind, *map("|".join, several), row.note]))
    assert "\n".join(lines) + "\n" == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("pack", PACKS)
def test_check_finds_nothing_but_everyday_names(pack, lexicon):
    entries, findings = checks.check(dictionaries.packs()[pack], lexicon)
    assert entries == len(ROWS[pack])
    problems = [finding.problem for finding in findings]
    assert not [problem for problem in problems if not problem.startswith("warning: ") and "“+” in it" not in problem]


@pytest.mark.parametrize("pack", PACKS)
def test_kinds_are_known_and_context_is_lower_case(pack):
    rows = [row for _, row in ROWS[pack]]
    assert not {row.kind for row in rows} - set(checks.kinds())
    assert not [row.name for row in rows if not row.kind]
    assert not [(row.name, word) for row in rows for word in row.context if word != word.lower()]


@pytest.mark.parametrize("pack", PACKS)
def test_no_mishearings_are_built_in(pack):
    assert not [row.name for _, row in ROWS[pack] if row.heard_as]


@pytest.mark.parametrize("pack", PACKS)
def test_no_form_is_claimed_by_two_names_of_a_kind(pack):
    names = {(words_of(row.name), row.kind): row.name for _, row in ROWS[pack]}
    assert len(names) == len(ROWS[pack])
    claims = defaultdict(set)
    for _, row in ROWS[pack]:
        for _, form in forms(row):
            claims[words_of(form), row.kind].add(row.name)
            assert names.get((words_of(form), row.kind), row.name) == row.name
    assert not {form: claimed for form, claimed in claims.items() if len(claimed) > 1}


@pytest.mark.parametrize("pack", PACKS)
def test_no_everyday_word_is_a_form(pack, lexicon):
    assert not [found for found in everyday(pack, lexicon) if found[0] not in ALLOWED]


def everyday(pack: str, lexicon: Lexicon):
    """Forms that people also say when they do not mean the name, with the role and the entry."""
    for _, row in ROWS[pack]:
        for role, form in forms(row):
            words = words_of(form)
            if len(words) == 1:
                said = checks.is_everyday(form, lexicon)
                known = role == SPELLING and words[0] in lexicon and letters(form) != letters(row.name)
                if said or known:
                    yield form, role, row.name
            elif role == SPELLING and is_ordinary_speech(words, lexicon):
                yield form, role, row.name


def letters(text: str) -> str:
    return "".join(words_of(text)).replace("'", "")


def is_ordinary_speech(words: tuple[str, ...], lexicon: Lexicon) -> bool:
    """Whether words that may be anybody's stand together as anybody may say them."""
    rates = [lexicon.lower_per_million(word) for word in words]
    if min(rates) < ORDINARY:
        return False
    following = log_probs(words, frozenset([0]))[1:]
    numbered = len(words) == 2 and len(words[1]) == 1  # system D, engine X: one of a row
    return numbered or max(rates) >= FUNCTION_WORD or sum(following) / len(following) >= SAID_TOGETHER


def test_what_one_pack_rewrites_is_right_in_no_other():
    right = defaultdict(list)
    for pack, rows in ROWS.items():
        for _, row in rows:
            for role, form in [(NAME, row.name), *forms(row)]:
                if role != SPELLING:
                    right[words_of(form)].append((pack, row.name))
    rewritten = [
        (pack, form, row.name, right[words_of(form)])
        for pack, rows in ROWS.items()
        for _, row in rows
        for role, form in forms(row)
        if role == SPELLING and words_of(form) in right
    ]
    assert not rewritten


def test_a_spelling_becomes_the_same_name_in_every_pack():
    becomes = defaultdict(set)
    for rows in ROWS.values():
        for _, row in rows:
            for role, form in forms(row):
                if role == SPELLING:
                    becomes[words_of(form)].add(row.name)
    assert not {form: names for form, names in becomes.items() if len(names) > 1}


def count(pack: str, *kinds: str) -> int:
    return len({row.name for _, row in ROWS[pack] if row.kind in kinds})


def test_provinces_of_afghanistan():
    provinces = {row.name for _, row in ROWS["afghanistan"] if row.kind == "province"}
    assert provinces == set(
        """Badakhshan|Badghis|Baghlan|Balkh|Bamyan|Daykundi|Farah|Faryab|Ghazni|Ghor|Helmand|Herat|Jawzjan|Kabul|Kandahar
        Kapisa|Khost|Kunar|Kunduz|Laghman|Logar|Nangarhar|Nimroz|Nuristan|Paktia|Paktika|Panjshir|Parwan|Samangan|Sar-e-Pul
        Takhar|Uruzgan|Wardak|Zabul""".replace("\n        ", "|").split("|")
    )
    assert len(provinces) == 34


@pytest.mark.parametrize(
    ("pack", "kinds", "least"),
    [
        ("afghanistan", ["district"], 400),
        ("afghanistan", ["city"], 100),
        ("afghanistan", ["person"], 200),
        ("afghanistan", ["organisation", "media", "company"], 100),
        ("software", checks.kinds(), 300),
        ("world", ["country"], 193),
        ("world", ["nationality"], 190),
        ("world", ["city"], 1000),
        ("world", ["person"], 1000),
        ("world", ["organisation", "company", "media"], 1000),
        ("world", ["month"], 12),
        ("world", ["weekday"], 7),
        ("world", ["continent"], 6),
    ],
)
def test_there_are_enough_names(pack, kinds, least):
    assert count(pack, *kinds) >= least
