"""Captions of every layout that ungarble reads, odd but legal, made by Hypothesis: ``MADE[format]`` gives the bytes."""

import html

from hypothesis import strategies as st

WORDS = """
the the and and in badaksha hillman Kunduz panshir valley they said Tuesday, today. quiet? “so” it's don’t café Zürich,
mid-week 1,000 $20 50% U.S. a.m. 北京 ♪ — … back/front 🚌 Ünal ﬁne K. 10:30 R&D 5<6 note: (softly) uh - no no
"""
SAID = st.sampled_from(WORDS.split())
CHARACTERS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="<>&;[]{}()\\:-–—‐")
ODD = st.text(CHARACTERS, min_size=1, max_size=6)
WORD = st.one_of(*[SAID] * 9, ODD.map(lambda text: "".join(text.split())).filter(bool))
NAMES = st.sampled_from(["Bill Roggio", "Jane Doe", "Amina", "SPEAKER_00", "MAN", "Zoë O'Hara"])
SPACES = st.sampled_from([" "] * 9 + ["  "])


class Clock:
    """Gives times in milliseconds that go up."""

    def __init__(self, draw):
        self.draw, self.now = draw, 0

    def next(self, longest=4000):
        start = self.now + self.draw(st.sampled_from([0, 0, 20, 900]))
        self.now = start + self.draw(st.sampled_from([300, 1237, longest]))
        return start, self.now


def stamp(ms, point=".", hours="02d", digits=3):
    minutes, rest = divmod(ms, 60_000)
    head = "" if hours is None else f"{minutes // 60:{hours}}:"
    tail = f"{point}{rest % 1000:03d}"[: digits + 1] if digits else ""
    return f"{head}{minutes % 60:02d}:{rest // 1000:02d}{tail}"


def escaped(text):
    return html.escape(text, quote=False)


@st.composite
def words(draw, most=7):
    """Some words, at least one of them with letters."""
    found = draw(st.lists(WORD, max_size=most))
    found.insert(draw(st.integers(0, len(found))), draw(st.sampled_from(["badaksha", "herat", "mazar", "sharif"])))
    return found


@st.composite
def row(draw, escape=escaped):
    """A row of a caption, with tags and spaces here and there."""
    parts = []
    for word in draw(words()):
        text = escape(word)
        kind = draw(st.integers(0, 30))
        if kind == 0:
            text = f"<i>{text}</i>"
        elif kind == 1 and len(text) > 3 and "&" not in text:
            text = f"{text[:2]}<b>{text[2:]}</b>"
        elif kind == 2:
            text = f"<c.loud>{text}</c>"
        elif kind == 3 and escape is escaped:
            text = f"&lrm;{text}"
        parts += [text, draw(SPACES)]
    edge = draw(st.sampled_from([""] * 9 + [" "]))
    return edge + "".join(parts[:-1]) + edge


@st.composite
def rows(draw, escape=escaped):
    return draw(st.lists(row(escape), max_size=3))


@st.composite
def encoded(draw, text):
    """A text as some program writes it: its line ends, its encoding."""
    ends = draw(st.sampled_from(["\n", "\n", "\r\n", "\r\n", "\r"]))
    codec = draw(st.sampled_from(["utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16"]))
    return text.replace("\n", ends).encode(codec)


def bare(text):
    return text


@st.composite
def srt(draw):
    clock, point = Clock(draw), draw(st.sampled_from(",."))
    numbered, named = draw(st.booleans()), draw(st.booleans())
    between = draw(st.sampled_from(["\n", "\n", "\n\n", "\n  \n", ""])) if numbered else "\n"
    number, parts = draw(st.integers(0, 9)), []
    for said in draw(st.lists(rows(bare), min_size=1, max_size=8)):
        start, end = clock.next()
        number += draw(st.sampled_from([1, 1, 1, 1, 5]))
        arrow = draw(st.sampled_from([" --> ", " --> ", "-->", "  -->  "]))
        place = draw(st.sampled_from(["", "", "", "  X1:117 X2:619 Y1:042 Y2:428", " "]))
        head = f"{number}\n" if numbered else ""
        if named and said and draw(st.integers(0, 3)):
            said[0] = f"{draw(NAMES)}: {said[0]}"
        text = "".join(f"{one}\n" for one in said)
        times = f"{stamp(start, point)}{arrow}{stamp(end, point)}{place}"
        parts.append(f"{head}{times}\n{text}{between if said else chr(10)}")
    return draw(encoded("".join(parts)))


BLOCKS = st.sampled_from(["NOTE Confidence: 0.9", "NOTE\nof old\nrows", "STYLE\n::cue { color: red }", ""])
GUID = "1b2a3c4d-0000-4111-8222-1234567890ab"


@st.composite
def vtt_plain(draw):
    clock, hours = Clock(draw), draw(st.sampled_from(["02d", None, "d"]))
    voices, zoom = draw(st.booleans()), draw(st.booleans())
    parts = ["WEBVTT" + draw(st.sampled_from(["", " - a talk", "\tx", "\nKind: captions"]))]
    for number, said in enumerate(draw(st.lists(rows(), max_size=8))):
        if not draw(st.integers(0, 8)):
            parts.append(draw(BLOCKS))
        start, end = clock.next()
        head = draw(st.sampled_from(["", "", f"{number}\n", f"{GUID}/{number}-0\n", "a name\n"]))
        tail = draw(st.sampled_from(["", "", " align:start position:0%", " line:0  size:60%"]))
        if said and voices and draw(st.booleans()):
            said = [f"<v {escaped(draw(NAMES))}>{said[0]}", *said[1:]]
            said[-1] += draw(st.sampled_from(["", "</v>"]))
        elif said and zoom:
            said[0] = f"{draw(NAMES)}: {said[0]}"
        elif said and not draw(st.integers(0, 9)):
            said[0] = f"&gt;&gt; {said[0]}"
        times = f"{stamp(start, hours=hours)} --> {stamp(end, hours=hours)}{tail}"
        parts.append("\n".join([head + times, *said]))
    return draw(encoded("\n\n".join(parts) + draw(st.sampled_from(["", "\n", "\n\n\n"]))))


@st.composite
def rolling(draw):
    """Lines of words, as one after the other comes up in rolling captions; no two are alike."""
    return [[*said, f"n{number}"] for number, said in enumerate(draw(st.lists(words(4), min_size=5, max_size=9)))]


@st.composite
def vtt_youtube(draw):
    clock, parts, before = Clock(draw), ["WEBVTT\nKind: captions\nLanguage: en"], " "
    for said in draw(rolling()):
        start, end = clock.next()
        clock.now = end + 10
        timed = escaped(said[0])
        for number, word in enumerate(said[1:], 1):
            at = stamp(start + (end - start) * number // len(said))
            timed += draw(st.sampled_from([f"<{at}><c> {escaped(word)}</c>"] * 4 + [f" {escaped(word)}"]))
        text = escaped(" ".join(said))
        parts.append(f"{stamp(start)} --> {stamp(end)} align:start position:0%\n{before}\n{timed}")
        parts.append(f"{stamp(end)} --> {stamp(end + 10)} align:start position:0%\n{text}\n ")
        before = text
    return draw(encoded("\n\n".join(parts) + "\n"))


@st.composite
def srt_rolling(draw):
    clock, parts, shown = Clock(draw), [], []
    most, held = draw(st.integers(1, 3)), draw(st.booleans())
    for said in draw(rolling()):
        start, end = clock.next()
        shown = [*shown[-most:], " ".join(said)]
        parts.append("\n".join([str(len(parts) + 1), f"{stamp(start, ',')} --> {stamp(end, ',')}", *shown, ""]))
        clock.now = end
        if held:
            clock.now = end + 10
            shown = shown[-most:]
            times = f"{stamp(end, ',')} --> {stamp(end + 10, ',')}"
            parts.append("\n".join([str(len(parts) + 1), times, *shown, " ", ""]))
    return draw(encoded("\n".join(parts)))


@st.composite
def sbv(draw):
    clock, parts = Clock(draw), []
    for said in draw(st.lists(rows(bare), min_size=1, max_size=8)):
        start, end = clock.next()
        if said and not draw(st.integers(0, 5)):
            said[0] = f">> {said[0]}"
        parts.append("\n".join([f"{stamp(start, hours='d')},{stamp(end, hours='d')}", *said, ""]))
    return draw(encoded("\n".join(parts)))


def _ttml_time(draw, ms):
    written = [stamp(ms), f"{ms}ms", f"{ms / 1000}s", f"{ms * 10}t", stamp(ms, digits=0) + f":{ms % 1000 // 40:02d}"]
    return draw(st.sampled_from(written))


@st.composite
def ttml_row(draw):
    parts = []
    for word in draw(words()):
        text = escaped(word)
        kind = draw(st.integers(0, 20))
        if kind == 0:
            text = f'<{{p}}span tts:color="red">{text}</{{p}}span>'
        elif kind == 1:
            text = f"<![CDATA[{word}]]>"
        elif kind == 2:
            text = f"{text}<!-- no > word -->"
        elif kind == 3:
            text = "".join(f"&#{ord(c)};" if c.isalnum() else escaped(c) for c in word)
        parts += [text, draw(st.sampled_from([" "] * 5 + ["\n      "]))]
    return "".join(parts[:-1])


@st.composite
def ttml(draw):
    clock, prefix, parts = Clock(draw), draw(st.sampled_from(["", "", "tt:"])), []
    for said in draw(st.lists(st.lists(ttml_row(), max_size=3), max_size=8)):
        start, end = clock.next()
        agent = draw(st.sampled_from(["", "", ' ttm:agent="a1"', ' ttm:agent="a2"', ' ttm:agent="none"']))
        text = draw(st.sampled_from(["<{p}br/>", "<{p}br />\n", "<{p}br></{p}br>"])).join(said)
        times = draw(st.sampled_from(['begin="{0}" end="{1}"', "end='{1}' begin='{0}'"]))
        times = times.format(_ttml_time(draw, start), _ttml_time(draw, end))
        parts.append(f"<{{p}}p {times}{agent}>{text}</{{p}}p>" + draw(st.sampled_from(["", "\n", "\n    "])))
    agents = "".join(
        f'<ttm:agent xml:id="{ident}"><ttm:name type="full">{name}</ttm:name></ttm:agent>'
        for ident, name in [("a1", "Amina"), ("a2", "A &amp; B")]
    )
    head = draw(st.sampled_from(["", '<?xml version="1.0" encoding="utf-8"?>\n', "<!-- made -->\n<!DOCTYPE tt>\n"]))
    space = ' xmlns:tt="http://www.w3.org/ns/ttml"' if prefix else ' xmlns="http://www.w3.org/ns/ttml"'
    rates = ' ttp:frameRate="25" ttp:tickRate="10000"'
    text = (
        f"{head}<{{p}}tt{space}{rates} xml:lang='en'>\n<{{p}}head><{{p}}metadata>{agents}</{{p}}metadata></{{p}}head>\n"
        f"<{{p}}body><{{p}}div>\n{''.join(parts)}</{{p}}div></{{p}}body></{{p}}tt>\n"
    )
    return draw(encoded(text.replace("{p}", prefix)))


@st.composite
def srv3(draw):
    clock, parts = Clock(draw), []
    for said in draw(st.lists(words(), max_size=8)):
        start, end = clock.next()
        timed, text = draw(st.booleans()), escaped(" ".join(said))
        if timed:
            text = ""
            for number, word in enumerate(said):
                at = f' t="{number * 120}"' if number else ""
                sure = draw(st.sampled_from(["", ' ac="190"', ' ac="255"', ' ac="0"']))
                text += f"<s{at}{sure}>{' ' if number else ''}{escaped(word)}</s>"
        elif draw(st.booleans()):
            text = text.replace(" ", "\n", 1)
        parts.append(f'<p t="{start}" d="{end - start}" w="1">{text}</p>\n')
        if draw(st.booleans()):
            parts.append(f'<p t="{end}" d="900" w="1" a="1">\n</p>\n')
    head = '<?xml version="1.0" encoding="utf-8" ?><timedtext format="3">\n<head>\n<ws id="0"/>\n</head>\n<body>\n'
    return draw(encoded(f"{head}{''.join(parts)}</body>\n</timedtext>\n"))


@st.composite
def srv1(draw):
    clock, parts = Clock(draw), []
    for said in draw(st.lists(words(), max_size=8)):
        start, end = clock.next()
        text = escaped(escaped(" ".join(said)).replace("'", "&#39;"))
        parts.append(f'<text start="{start / 1000}" dur="{(end - start) / 1000}">{text}</text>')
    head = '<?xml version="1.0" encoding="utf-8" ?><transcript>'
    return draw(encoded(f"{head}{''.join(parts)}</transcript>"))


MADE = {
    "vtt": st.one_of(vtt_plain(), vtt_youtube()),
    "srt": st.one_of(srt(), srt(), srt_rolling()),
    "sbv": sbv(),
    "ttml": ttml(),
    "srv3": st.one_of(srv3(), srv3(), srv1()),
}
"""Files by the name of the format that they are told to be."""
