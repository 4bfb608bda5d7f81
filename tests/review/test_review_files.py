"""Decisions files: what is written is read again, nothing that was answered is lost, and two files become one."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ungarble.files import FileError
from ungarble.review.decisions import OF_FORM, Decision, Verdict, latest
from ungarble.review.decisions_file import DecisionsFile, beside, key_of, read_rows
from ungarble.review.decisions_lines import COLUMNS, HEADER, DecisionsError, is_whole, rows_of, to_line, to_text
from ungarble.review.merging import merge

FIRST = Decision(Verdict.ACCEPT, "badaksha", "Badakhshan", "from what he said", "is all but lost", stage="names")
NO = Decision(Verdict.REJECT, "past", "Pask", "in the", "he had worked", stage="names")
FORM = Decision(Verdict.ALL, "obadily", "Obaid Ali", stage="names")
ODD = Decision(Verdict.TYPED, "a\tb\\n", "“\x1b[31m”\u202e\ud800\u2028\xa0", " #x", "\n\r", 2, 30, "names")


# --- lines


def test_a_line_is_what_people_can_read():
    assert to_line("talk.txt", FIRST) == (
        "talk.txt\taccept\tbadaksha\tBadakhshan\tfrom what he said\tis all but lost\t1/1\tnames\n"
    )
    assert to_line("talk.txt", FORM) == "talk.txt\tall\tobadily\tObaid Ali\t\t\t*\tnames\n"
    assert "\\xa0" in to_line("talk.txt", replace(NO, heard="the\xa0past"))
    assert "بدخشان" in to_line("talk.txt", replace(FIRST, wanted="بدخشان"))
    assert "नेपाल" in to_line("talk.txt", replace(FIRST, wanted="नेपाल"))


def test_nothing_in_a_line_can_act_on_a_terminal():
    line = to_line("talk\x1b.txt", ODD)
    assert not [c for c in line.replace("\t", "").rstrip("\n") if not c.isprintable()]


texts = st.text(max_size=12) | st.text(alphabet="ab \t\n\\#*\x1b\u202e\ud800x", max_size=12)


@st.composite
def decisions(draw) -> Decision:
    verdict = draw(st.sampled_from(list(Verdict)))
    heard = draw(texts.filter(str.strip))
    if verdict in OF_FORM:
        return Decision(verdict, heard, draw(texts), stage=draw(texts))
    of = draw(st.integers(1, 40))
    return Decision(verdict, heard, draw(texts), draw(texts), draw(texts), draw(st.integers(1, of)), of, draw(texts))


@given(st.lists(st.tuples(texts.filter(bool), decisions())))
@example([("talk.txt", ODD), ("#a", FORM), ("a", FORM.undone()), ("a", NO.undone())])
def test_what_is_written_is_read_again(rows):
    data = (HEADER + "".join(to_line(name, decision) for name, decision in rows)).encode()
    assert [(row.transcript, row.decision) for row in rows_of(Path("d"), data)] == rows
    assert [row.line for row in rows_of(Path("d"), data)] == list(range(3, 3 + len(rows)))


@given(st.lists(st.tuples(st.sampled_from("ab"), decisions()), max_size=6), st.data())
def test_a_file_cut_off_anywhere_has_lost_its_last_line_at_most(rows, data):
    whole = (HEADER + "".join(to_line(name, decision) for name, decision in rows)).encode()
    cut = whole[: data.draw(st.integers(0, len(whole)))]
    read = [(row.transcript, row.decision) for row in rows_of(Path("d"), cut)]
    complete = cut.count(b"\n") - 2
    assert read[: max(0, complete)] == rows[: max(0, complete)]
    assert len(read) <= max(0, complete) + 1


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (
            "talk.txt\tmaybe\tx\ty",
            "line 3: “maybe” is no decision; there are accept, typed, reject, all, never, undone",
        ),
        ("talk.txt\taccept", "line 3: 2 values for 8 columns"),
        ("\t".join("a" * 9), "line 3: 9 values for 8 columns"),
        ("\taccept\tx\ty", "line 3: the transcript is missing"),
        ("talk.txt\taccept\t \ty", "line 3: the words heard are missing"),
        ("talk.txt\taccept\tx\ty\t\t\t3/2", "line 3: “3/2” does not tell which of how many places; write 1/1"),
        ("talk.txt\taccept\tx\ty\t\t\t0/0", "line 3: “0/0” does not tell"),
        ("talk.txt\taccept\tx\ty\t\t\t*", "line 3: “accept” does not go with “*”: * is for all and never"),
        ("talk.txt\tall\tx\ty\t\t\t1/2", "line 3: “all” does not go with “1/2”"),
        ("talk.txt\taccept\tx\\q\ty", "line 3: “\\q” is no escape; a backslash is written twice"),
        ("<<<<<<< HEAD", "line 3: a mark of git's"),
    ],
)
def test_a_broken_line_is_one_clear_error(tmp_path, line, problem):
    (path := tmp_path / "d.tsv").write_text(f"{HEADER}{line}\n{to_line('a', FIRST)}", encoding="utf-8")
    with pytest.raises(DecisionsError, match="line 3") as error:
        read_rows(path)
    assert problem in str(error.value)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (
            b"name\tkind\nKabul\tcity\n",
            "line 1: no decisions file; the first line of one is “# ungarble decisions, ver",
        ),
        (b"Hello", "line 1: no decisions file"),
        (b"# ungarble decisions, version 2\nx\n", "line 1: version 2 is not known; a later ungarble wrote it"),
        (b"# ungarble decisions, version 1\ntranscript\n", "line 2: the columns are to be transcript, decision"),
        (HEADER.encode() + b"a\taccept\tb\xff\tc\n", "line 3: not UTF-8"),
    ],
)
def test_what_is_no_decisions_file(tmp_path, data, problem):
    (path := tmp_path / "d.tsv").write_bytes(data)
    with pytest.raises(DecisionsError) as error:
        DecisionsFile(path)
    assert f"{path}, {problem}" in str(error.value)
    assert path.read_bytes() == data


@pytest.mark.parametrize("data", [b"", HEADER.encode(), HEADER.encode()[:20], b"\xef\xbb\xbf" + HEADER.encode()])
def test_an_empty_file_has_no_decisions(tmp_path, data):
    (path := tmp_path / "d.tsv").write_bytes(data)
    (file := DecisionsFile(path)).append("talk.txt", [FIRST])
    file.close()
    assert [row.decision for row in read_rows(path)] == [FIRST]


def test_what_people_write_by_hand(tmp_path):
    lines = [
        "# ours",
        "",
        "talk.txt\tall\tbadaksha\tBadakhshan",
        "talk.txt\tnever\tpast",
        "talk.txt\taccept\tx\ty\ta\tb\r",
    ]
    (path := tmp_path / "d.tsv").write_text(HEADER.replace("\n", "\r\n") + "\n".join(lines[:3]) + "\n", newline="")
    assert [row.decision for row in read_rows(path)] == [Decision(Verdict.ALL, "badaksha", "Badakhshan")]
    path.write_text(HEADER + "\n".join([lines[2], lines[4], ""]), newline="")
    assert read_rows(path)[1].decision == Decision(Verdict.ACCEPT, "x", "y", "a", "b")
    path.write_text(HEADER + lines[3] + "\n")
    with pytest.raises(DecisionsError, match="3 values"):
        read_rows(path)


# --- files


def test_every_answer_is_on_the_disk(tmp_path):
    file = DecisionsFile(beside(tmp_path / "talk.txt"))
    assert file.path.name == "talk.txt.decisions.tsv"
    for number, decision in enumerate((FIRST, NO, FORM), start=1):
        file.append(tmp_path / "talk.txt", [decision])
        assert len(read_rows(file.path)) == number
    file.append(tmp_path / "talk.txt", [NO.undone()])
    again = DecisionsFile(file.path)
    assert again.rows == file.rows
    assert again.of(tmp_path / "talk.txt") == file.of(tmp_path / "talk.txt") == [FIRST, FORM]
    assert again.lines("talk.txt", [FORM]) == [5]
    file.close()


def test_killed_while_writing(tmp_path):
    script = f"""
import sys
from pathlib import Path
from ungarble.review.decisions import Decision, Verdict
from ungarble.review.decisions_file import DecisionsFile
file = DecisionsFile(Path({str(tmp_path / "d.tsv")!r}))
for number in range(100000):
    file.append("talk.txt", [Decision(Verdict.ACCEPT, f"w{{number}}", "x")])
    print(number, flush=True)
"""
    child = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    with child:
        said = [child.stdout.readline() for _ in range(20)]
        child.kill()
        said += child.stdout.readlines()
    done = [int(line) for line in said if line.endswith("\n") and line.strip()]
    rows = read_rows(tmp_path / "d.tsv")
    assert len(rows) >= len(done) >= 20
    assert [row.decision.heard for row in rows] == [f"w{number}" for number in range(len(rows))]


def test_a_torn_last_line_is_taken_out_by_the_next(tmp_path):
    path = tmp_path / "d.tsv"
    torn = HEADER + to_line("a", FIRST) + to_line("a", NO)[:20]
    path.write_text(torn, encoding="utf-8")
    file = DecisionsFile(path)
    assert [row.decision for row in file.rows] == [FIRST]
    assert path.read_text(encoding="utf-8") == torn  # reading changes nothing
    file.append(tmp_path / "a", [FORM])
    file.close()
    assert [row.decision for row in read_rows(path)] == [FIRST, FORM]


def test_a_last_line_that_an_editor_left_without_its_end(tmp_path):
    path = tmp_path / "d.tsv"
    path.write_text((HEADER + to_line("a", FIRST)).rstrip("\n"), encoding="utf-8")
    assert is_whole(to_line("a", FIRST).rstrip("\n").encode())
    file = DecisionsFile(path)
    file.append(tmp_path / "a", [NO])
    file.close()
    assert [row.decision for row in read_rows(path)] == [FIRST, NO]


def test_a_file_that_git_put_in_its_place_is_added_to(tmp_path):
    path = tmp_path / "d.tsv"
    file = DecisionsFile(path)
    file.append(tmp_path / "a", [FIRST])
    other = tmp_path / "other"
    other.write_text(HEADER + to_line("a", NO), encoding="utf-8")
    if os.name == "nt":
        file.close()
    other.replace(path)
    file.append(tmp_path / "a", [FORM])
    assert [row.decision for row in read_rows(path)] == [NO, FORM]
    file.close()


def test_tidy_sorts_and_drops_what_was_replaced(tmp_path):
    path = tmp_path / "d.tsv"
    file = DecisionsFile(path)
    file.append(tmp_path / "b", [FORM, FIRST])
    file.append(tmp_path / "a", [NO, replace(NO, verdict=Verdict.TYPED), FORM, FORM.undone()])
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("transcript\tdecision", "transcript\tdecision", 1) + "# a remark\n", encoding="utf-8")
    file.tidy()
    assert path.read_text(encoding="utf-8") == HEADER + "# a remark\n" + to_line(
        "a", replace(NO, verdict=Verdict.TYPED)
    ) + to_line("b", FIRST) + to_line("b", FORM)
    before = path.stat().st_mtime_ns
    file.tidy()
    assert path.stat().st_mtime_ns == before
    file.append(tmp_path / "a", [NO])
    assert file.of(tmp_path / "a") == [NO]
    file.close()


def test_what_a_transcript_is_called(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert key_of("a/talk.txt", Path("d.tsv")) == "a/talk.txt"
    assert key_of(tmp_path / "a" / "talk.txt", Path("a/d.tsv")) == "talk.txt"
    assert key_of("talk.txt", Path("a/d.tsv")) == "../talk.txt"
    assert key_of("Gro\u0308nland.txt", Path("d.tsv")) == "Grönland.txt"


def test_decisions_are_those_of_the_transcript(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    file = DecisionsFile(Path("d.tsv"))
    file.append("a/talk.txt", [FIRST])
    assert file.meant_for("b/other.txt") == [FIRST] == file.meant_for(None)  # it is the only one
    assert file.of("b/other.txt") == []
    file.append("a/other.txt", [NO])
    assert file.meant_for("b/other.txt") == [NO]
    assert file.meant_for("b/third.txt") == file.meant_for(None) == []
    assert (file.name_of("a/other.txt"), file.name_of("b/third.txt")) == ("a/other.txt", "")
    assert file.transcripts == ["a/talk.txt", "a/other.txt"]
    file.close()


def test_where_nothing_can_be_written(tmp_path):
    with pytest.raises(FileError, match="there is no folder"):
        DecisionsFile(tmp_path / "none" / "d.tsv").append("a", [FIRST])
    with pytest.raises(FileError, match="it is a folder"):
        DecisionsFile(tmp_path)


# --- merging


def named(*rows: Decision) -> list[tuple[str, Decision]]:
    return [("talk.txt", row) for row in rows]


def test_merge_is_all_that_both_say():
    agreed, conflicts = merge({"a": named(FIRST, NO), "b": named(NO, FORM)})
    assert ([decision for _, decision in agreed], conflicts) == ([FIRST, FORM, NO], [])


def test_accepted_and_typed_alike_is_no_conflict():
    agreed, conflicts = merge({"a": named(replace(FIRST, verdict=Verdict.TYPED)), "b": named(FIRST)})
    assert (agreed, conflicts) == (named(FIRST), [])


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        (FIRST, replace(FIRST, wanted="Badghis"), "a: becomes “Badakhshan”; b: becomes “Badghis”"),
        (FIRST, replace(FIRST, verdict=Verdict.REJECT), "a: becomes “Badakhshan”; b: stays as it is"),
        (FIRST, replace(FIRST, verdict=Verdict.REJECT, wanted="Badghis"), "a: becomes “Badakhshan”; b: stays"),
        (FORM, Decision(Verdict.NEVER, "Obadily", "Obaid Ali"), "a: becomes “Obaid Ali”; b: stays as it is"),
        (FIRST, replace(FIRST, verdict=Verdict.TYPED, wanted=""), "a: becomes “Badakhshan”; b: is taken out"),
    ],
)
def test_conflicts_are_listed_and_not_guessed(one, other, told):
    agreed, (conflict,) = merge({"a": named(one, NO), "b": named(other)})
    assert agreed == named(NO)
    assert told in str(conflict)
    assert str(conflict).startswith(f"talk.txt: “{one.heard}”")


def test_what_is_no_conflict():
    monday = Decision(Verdict.ACCEPT, "monday", "Monday", "on", "he")
    no = Decision(Verdict.REJECT, "monday", "Mondale", "on", "he")
    elsewhere = replace(monday, verdict=Verdict.REJECT, before="by")
    agreed, conflicts = merge({"a": named(monday), "b": named(no, elsewhere)})
    assert (len(agreed), conflicts) == (3, [])
    assert merge({"a": [("x", monday)], "b": [("y", replace(monday, verdict=Verdict.REJECT))]})[1] == []


few = st.lists(
    st.builds(
        Decision,
        st.sampled_from([v for v in Verdict if v is not Verdict.UNDONE]),
        st.sampled_from(["a", "A", "b c"]),
        st.sampled_from(["A", "x", "b. C", ""]),
        st.sampled_from(["", "one", "One,"]),
        st.sampled_from(["", "two"]),
        stage=st.sampled_from(["", "names"]),
    ),
    max_size=6,
).map(lambda rows: [("t", row) for row in rows])


@given(few, few, few)
def test_merging_hangs_on_no_order(one, two, three):
    files = {"one": one, "two": two, "three": three}
    agreed, conflicts = merge(files)
    assert merge(dict(reversed(files.items()))) == (agreed, conflicts)
    assert to_text(agreed) == to_text(reversed(agreed))
    assert merge({"all": agreed}) == (agreed, [])
    if not conflicts and not three:
        assert merge({"a": merge({"one": one})[0], "two": two})[0] == agreed


@given(few)
def test_one_file_never_contradicts_itself(rows):
    agreed, conflicts = merge({"a": rows})
    assert conflicts == []
    assert {decision for _, decision in agreed} == set(latest(decision for _, decision in rows))


def test_columns():
    assert HEADER.splitlines()[1].split("\t") == list(COLUMNS)


def test_lines_of_the_same_decision_on_two_transcripts(tmp_path):
    file = DecisionsFile(tmp_path / "d.tsv")
    file.append(tmp_path / "a.txt", [FIRST])
    file.append(tmp_path / "b.txt", [NO, FIRST])
    file.close()
    for said in (file, DecisionsFile(file.path)):
        assert [said.lines(name, [FIRST]) for name in ("a.txt", "b.txt", "c.txt")] == [[3], [5], []]
