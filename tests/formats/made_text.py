"""Text transcripts and Word documents of every layout that ungarble reads, odd but legal, made by Hypothesis."""

import html

from hypothesis import strategies as st
from made_captions import Clock, encoded, stamp, words
from make_docx import BOLD, document, packed, paragraph, parts, run

SPEAKERS = ["Bill Roggio", "Jane Doe", "Dr. Amina de Vries (host)", "MS. O'NEIL", "Speaker 3", "Zoë"]


@st.composite
def line(draw):
    """A line of words that begins with a letter, so that it cannot be taken for a time."""
    return " ".join(["so", *draw(words())])


@st.composite
def turns(draw, least=2):
    """Speakers who come back, with times in milliseconds and lines of words."""
    clock, voices = Clock(draw), draw(st.lists(st.sampled_from(SPEAKERS), min_size=2, max_size=3, unique=True))
    count = draw(st.integers(least, 4))
    made = []
    for number in range(2 * count):
        start, end = clock.next()
        made.append((voices[number % len(voices)], start, end, draw(st.lists(line(), min_size=1, max_size=3))))
    return made


def short(ms):
    return stamp(ms, hours=None if ms < 3_600_000 else "d", digits=0)


@st.composite
def otter(draw):
    parts = [draw(st.sampled_from(["", "A talk\nMon, Mar 4, 2024\n\nSUMMARY KEYWORDS\nroads, lorries\n\n"]))]
    for name, start, _, lines in draw(turns(4)):
        space = draw(st.sampled_from(["", "  ", " \t"]))
        parts.append(f"{name}  {short(start)}{space}\n" + "\n".join(lines) + "\n\n" + draw(st.sampled_from(["", "\n"])))
    parts.append(draw(st.sampled_from(["", "Transcribed by https://otter.ai", "Transcribed by https://otter.ai\n\n"])))
    return draw(encoded("".join(parts)))


LABELLED = [
    "{name}: {text}",
    "{name}:\n{text}",
    "**{name}:** {text}",
    "**{name}**: {text}",
    "[{name}]: {text}",
    "[{time}] {name}: {text}",
    "{time} {name}: {text}",
    "{time}\t{name}:\t{text}",
    "{name} ({time}): {text}",
    "{name} [{time}]\n{text}",
    "{name} ({time}):\n{text}",
    "**{name}** [{time}]: {text}",
    "{name}: ({time}) {text}",
    ">> {name}: {text}",
    "[{time} - {end}] {name}: {text}",
    "[{time}] {text}",
]


@st.composite
def labelled(draw):
    form, apart = draw(st.sampled_from(LABELLED)), draw(st.sampled_from(["\n", "\n\n", "\n\n\n"]))
    hours, wrap = draw(st.sampled_from(["02d", "d"])), draw(st.sampled_from(["\n", "\n    "]))
    made = [
        form.format(
            name=name,
            time=stamp(start, hours=hours, digits=0),
            end=stamp(end, hours=hours, digits=0),
            text=wrap.join(lines if apart != "\n" else lines[:1]),
        )
        for name, start, end, lines in draw(turns())
    ]
    preface = draw(st.sampled_from(["", "", "A talk of long ago\n\n"])) if apart != "\n" else ""
    return draw(encoded(preface + apart.join(made) + draw(st.sampled_from(["", "\n", "\n\n"]))))


@st.composite
def whisper_console(draw):
    form, decimals = draw(
        st.sampled_from([("[{} --> {}]  {}", "."), ("[{} --> {}] {}", ","), ("[{}s -> {}s] {}", None)])
    )
    hours, label = draw(st.sampled_from([None, "02d"])), draw(st.sampled_from(["", "", "SPEAKER_00: ", ">> "]))
    made = [draw(st.sampled_from(["", "Detecting language: English\n", "\nmain: processing\n\n"]))]
    for _, start, end, lines in draw(turns()):
        times = [stamp(at, decimals, hours) if decimals else f"{at / 1000:.2f}" for at in (start, end)]
        made.append(form.format(*times, label + lines[0]) + "\n")
    return draw(encoded("".join(made)))


@st.composite
def youtube_paste(draw):
    apart, made = draw(st.sampled_from(["\n", " "])), []
    for number, (_, start, _, lines) in enumerate(draw(turns())):
        mark = draw(st.sampled_from(["", "", "", ">> "]))
        made.append(f"{short(start * 3 + number * 2000)}{apart}{mark}{lines[0]}\n")
    return draw(encoded("".join(made)))


@st.composite
def runs(draw, text):
    """A line cut into runs at any place."""
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=4)))
    pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    between = st.sampled_from(
        [""] * 4 + ["<w:proofErr w:type='spellStart'/>", "<w:bookmarkStart w:id='1'/>", "<!-- x -->"]
    )
    return "".join(run(html.escape(piece), draw(st.sampled_from(["", BOLD]))) + draw(between) for piece in pieces)


BREAK = "<w:r><w:br/></w:r>"


@st.composite
def docx(draw):
    form = draw(st.sampled_from(["plain", "teams", "old", "label"]))
    made = []
    for name, start, end, lines in draw(turns()):
        said = [draw(runs(one)) for one in lines]
        head = {
            "plain": [],
            "teams": [run(name, BOLD) + run(f"   {short(start)}")],
            "old": [run(f"{stamp(start, hours='d')} --&gt; {stamp(end, hours='d')}"), run(name)],
            "label": [],
        }[form]
        if form == "label":
            said[0] = run(f"{name}: ", BOLD) + said[0]
        apart = draw(st.sampled_from([BREAK, None])) if form != "plain" else None
        made += [paragraph(BREAK.join([*head, *said]))] if apart else [paragraph(row) for row in (*head, *said)]
    stored = draw(st.sampled_from([(), ("word/document.xml",)]))
    xml = document("".join(made))
    content = draw(st.sampled_from([xml.encode(), b"\xef\xbb\xbf" + xml.encode()]))
    return packed(
        parts(content),
        stored,
        stream=draw(st.booleans()),
        zip64=draw(st.booleans()),
        comment=draw(st.binary(max_size=9)),
    )


MADE = {
    "otter": otter(),
    "labelled": labelled(),
    "whisper-console": whisper_console(),
    "youtube-paste": youtube_paste(),
    "docx": docx(),
}
