"""The report page as HTML: its structure, its numbers, and that nothing in a transcript is anything but text."""

import hashlib
import re
from base64 import b64encode
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from example_report import correction, example, file, many, report

from ungarble.batch.page import page
from ungarble.batch.page_files import CONTEXT, OPENED
from ungarble.pages.frame import part

VOID = {"input", "meta", "br"}
HOSTILE = (
    "</noscript></script><script>alert(1)</script><li data-kind=\"fixes\" a='b'>&amp; {} ${x} $x "
    "\u202egnorw \x1b[31m \x00 \u2066 \ud800"
)
UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class Read(HTMLParser):
    """Every element that was read: its tag, attributes and text; raises where one is closed that is not open."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, dict, list[str]]] = []
        self.elements: list[tuple[str, dict, list[str]]] = []
        self.feed(html)
        self.close()
        assert not self.open, self.open[-1][:2]

    def handle_starttag(self, tag, attrs):
        assert len(attrs) == len(dict(attrs)), attrs
        element = (tag, dict(attrs), [])
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        for _, _, text in self.open:
            text.append(data)

    def texts(self, tag: str, **attributes: str) -> list[str]:
        """Texts of all elements with this tag and these attributes (``class_`` is class, ``data_kind`` data-kind)."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return ["".join(text) for one, had, text in self.elements if one == tag and wanted.items() <= had.items()]

    def tags(self) -> Counter:
        return Counter((tag, had.get("class")) for tag, had, _ in self.elements)


def with_file(*corrections, **other) -> str:
    return page(report([file("a/b.txt", "changed", corrections=corrections, words=9, **other)]))


@pytest.fixture(scope="module")
def read() -> Read:
    return Read(page(example()))


def test_totals(read):
    totals = example()["totals"]
    figures = dict(zip(read.texts("dt"), read.texts("dd"), strict=True))
    assert figures["Files"] == "10"
    assert figures["Fixes"] == str(totals["fixes"]) != "0"
    assert figures["Suggestions"] == str(totals["suggestions"]) != "0"
    assert figures["Words"] == f"{totals['words']:,}"
    assert f"{totals['fixes']} fixes in 6 of 10 files" in read.texts("header")[0]
    assert "1 file failed" in read.texts("header")[0]
    assert read.texts("time") == ["22 November 2026, 14:05 UTC"]


def test_every_correction_is_there_with_all_that_is_known_of_it(read):
    rows = [row for one in example()["files"] for row in one["corrections"]]
    assert Counter(text for text in read.texts("p", class_="why")) == Counter(
        f"{row['corrector']} {row['confidence']:.2f} · {row['reason']}" for row in rows
    )
    fixes = [row for row in rows if row["applied"]]
    assert len(read.texts("li", data_kind="fixes")) == len(fixes)
    assert len(read.texts("li", data_kind="suggestions")) == len(rows) - len(fixes)
    assert Counter(read.texts("del")) == Counter(row["heard"] for row in fixes if row["heard"])
    assert "line 1 0:03 Tom Adeyemi" in read.texts("p", class_="where")


def test_a_fix_in_its_context(read):
    fix = next(text for text in read.texts("p", class_="text") if "Darren past" in text)
    assert fix == (
        "… yarn on the night of the ninth of November. The defendant, Darren past Darren Pask, "
        "had been drinking at a public house called the Dolphin …"
    )


def test_a_suggestion_is_not_shown_as_done():
    read = Read(
        with_file(correction("obadily", "Obaid Ali", confidence=0.4, applied=False, alternatives=["Obaidullah"]))
    )
    assert read.texts("p", class_="text") == [
        "They drove from Kabul to obadily → Obaid Ali or Obaidullah? province on Monday."
    ]
    assert read.texts("h4") == ["Suggestions, not made"]
    assert read.texts("del") == read.texts("ins") == []


def test_words_that_are_put_in_or_taken_out():
    read = Read(
        with_file(correction("", "unquote"), correction("the the", ""), correction("  ", " "), correction("\u00a0", ""))
    )
    assert read.texts("ins") == ["unquote", "␣"]
    assert read.texts("del") == ["the the", "␣␣", "⍽"]


def test_context_that_was_cut_ends_with_a_whole_word():
    before, after = "xandria " + "a" * (CONTEXT - 9) + " ", " and then" + "b" * (CONTEXT - 9)
    (text,) = Read(with_file(correction("x", "y", before=before, after=after, column=4))).texts("p", class_="text")
    assert text == f"… {'a' * (CONTEXT - 9)} x y and …"


def test_line_ends_beside_a_change_are_spaces():
    read = Read(with_file(correction("x", "y", before="one\r\n", after="\ntwo", column=1)))
    assert read.texts("p", class_="text") == ["one x y two"]


def test_failures_and_skipped_files_have_their_reasons(read):
    assert "parliament/2026-11-18.srt line 14: the cue ends before it begins" in read.texts("section", id="failed")[0]
    skipped = read.texts("section", id="skipped")[0]
    assert "radio/jingle.mp3 not a text: a byte 0" in skipped
    assert "radio/.notes.txt hidden" in skipped
    assert "court/order.txt" in read.texts("section", id="untouched")[0]


def test_warnings_stand_with_their_file(read):
    assert read.texts("p", class_="warning") == ["Warning: cue 7 ends before it begins; left as it is"]


def test_names_with_every_form():
    names = [{"name": "Kabul", "count": 1204, "files": 30, "heard_as": {"cobble": 4, "Cable": 1200}}]
    (table,) = Read(page(report([]) | {"names": names})).texts("section", id="names")
    assert "Kabul1,20430Cable ×\u00a01,200, cobble ×\u00a04" in table


def test_the_same_words_treated_differently(read):
    (text,) = read.texts("section", id="differently")
    assert "rose peter houseRosepeter Housecourt/2026-11-17.txt ×\u00a03left as it isfootball/2026-11-17.txtmed" in text


@pytest.mark.parametrize("count", [OPENED, OPENED + 1])
def test_few_corrections_stand_open(count):
    files = [had for _, had, _ in Read(with_file(*[correction()] * count)).elements if had.get("class") == "file"]
    assert ("open" in files[0]) is (count == OPENED)


def test_a_batch_that_found_nothing():
    read = Read(page(report([])))
    assert "No file has corrections." in read.texts("section", id="files")[0]
    assert {
        name for name in ("failed", "names", "differently", "untouched", "skipped") if read.texts("section", id=name)
    } == set()


def test_a_time_that_is_none_is_shown_as_it_is():
    assert "yesterday" in Read(page(report([]) | {"created": "yesterday"})).texts("header")[0]


def test_structure(read):
    ids = [had["id"] for _, had, _ in read.elements if "id" in had]
    assert len(ids) == len(set(ids))
    assert {had["href"] for tag, had, _ in read.elements if tag == "a"} <= {f"#{one}" for one in ids}
    assert {had["aria-labelledby"] for _, had, _ in read.elements if "aria-labelledby" in had} <= set(ids)
    tags = [tag for tag, _, _ in read.elements]
    assert [tags.count(tag) for tag in ("main", "header", "nav", "footer", "h1", "title", "script")] == [1] * 7
    levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
    assert all(level <= before + 1 for before, level in pairwise(levels))
    assert tags.count("details") == tags.count("summary")
    assert not [had for _, had, _ in read.elements if "style" in had or any(name.startswith("on") for name in had)]


def hostile(value, key=""):
    """The same report, every text in it hostile, but for what the batch itself chose."""
    if isinstance(value, dict):
        keep = key in ("stages", "settings", "versions", "heard_as")
        return {(HOSTILE if keep else name): hostile(one, name) for name, one in value.items()} | (
            {"hash": "x"} if key == "settings" else {}
        )
    if isinstance(value, list):
        return [hostile(one, key) for one in value]
    return HOSTILE if isinstance(value, str) and key != "status" else value


def test_nothing_in_a_transcript_is_anything_but_text():
    kept = report(
        [file("a.txt", "changed", "why", [correction(speaker="x", time=1.0), correction(applied=False)], 5, ["w"])]
    )
    kept["names"] = [{"name": "Kabul", "count": 1, "files": 1, "heard_as": {"cobble": 1}}]
    kept["treated_differently"] = [{"heard": "x", "ways": [{"written": "y", "files": [{"path": "p", "count": 1}]}]}]
    for files in (
        kept["files"],
        [file("b.txt", "failed", "why"), file("c.txt", "skipped", "why"), file("d.txt", "unchanged", warnings="w")],
    ):
        calm = kept | {"files": files}
        html = page(hostile(calm))
        read, expected = Read(html), Read(page(calm | {"created": "x"}))
        more = read.tags() - expected.tags()
        assert not more, more
        assert not UNSAFE.search(html)
        html.encode()
    assert "\\u202egnorw ␛[31m ␀ \\u2066 \\ud800" in "".join(read.texts("body"))


def test_only_its_own_script_and_style_may_run(read):
    html = page(example())
    (policy,) = [had["content"] for _, had, _ in read.elements if had.get("http-equiv") == "Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        (text,) = re.findall(f"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        assert f"{tag}-src 'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" in policy


def test_nothing_is_loaded_from_anywhere(read):
    loading = ("src", "srcset", "action", "background", "poster", "data", "xlink:href")
    assert not [had for _, had, _ in read.elements if any(name in had for name in loading)]
    assert not [
        tag
        for tag, _, _ in read.elements
        if tag in ("link", "img", "iframe", "object", "embed", "base", "form[action]")
    ]
    of_page = {"pages": ("page.css", "frame.html"), "batch": ("page.js", "filters.html"), "evaluation": ("page.css",)}
    for package, names in of_page.items():
        for name in names:
            text = part(package, name)
            assert not re.search(r"//[a-z]|url\(|@import|fetch|XMLHttp|\beval\b|import\(", text), name


def test_the_script_counts_as_few_what_the_page_does():
    script = part("batch", "page.js")
    assert f"const OPENED = {OPENED};" in script


def themes() -> list[dict[str, str]]:
    css = part("pages", "page.css")
    light, *dark = re.findall(r":root[^{},]*\{([^{}]*--paper: #\w{6}[^{}]*)\}", css)
    colors = [dict(re.findall(r"--([\w-]+): (#\w{6});", part)) for part in (light, *dark)]
    assert colors[1] == colors[2], "dark by choice and dark by preference are the same"
    return colors[:2]


@pytest.mark.parametrize("colors", themes(), ids=["light", "dark"])
def test_contrast(colors):
    pairs = [(ink, ground) for ink in ("ink", "quiet", "link", "removed", "doubt") for ground in ("paper", "sheet")]
    pairs += [(ink, f"{ink}-back") for ink in ("removed", "added", "doubt")]
    assert min(contrast(colors[ink], colors[ground]) for ink, ground in pairs) >= 4.5


def contrast(ink: str, ground: str) -> float:
    """As WCAG 2.2 defines it: (L1 + 0.05) / (L2 + 0.05), L the relative luminance."""
    light, dark = sorted((luminance(ink), luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(color: str) -> float:
    parts = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_a_correction_takes_little_room():
    size = len(page(many(100, 20)).encode()) - len(page(many(1, 1)).encode())
    assert size / 2000 < 550
