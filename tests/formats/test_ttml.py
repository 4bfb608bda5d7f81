"""TTML and YouTube's timed text: what is said and when, which bytes change, and what is malformed."""

import pytest
from by_hand import corrected, mark, read, segments, words
from hypothesis import given
from hypothesis import strategies as st

from ungarble import formats
from ungarble.errors import UngarbleError
from ungarble.formats import BrokenFormatError
from ungarble.rendering import Rendering

TT = '<tt xmlns:ttp="x" ttp:frameRate="25" ttp:tickRate="1000"><body><div>{}</div></body></tt>'
P = TT.format('<p begin="1s" end="2s">{}</p>')


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("we   left", "we   left"),
        ("we\n    left", "we left"),
        ("we<br/>left", "we\nleft"),
        ("we <span>le</span>ft", "we left"),
        ("<span>we</span><span>left</span>", "weleft"),
        ("it&#39;s &lt;b&gt; &amp; &quot;c&quot;", 'it\'s <b> & "c"'),
        ("<![CDATA[we & you]]> left", "we & you left"),
        ("we <!-- not --> left", "we left"),
        ("<metadata><x>no</x></metadata>we left", "we left"),
        ('<span tts:ruby="base">we</span><span tts:ruby="text">wee</span> left', "we left"),
        ("&gt;&gt; we left", "we left"),
        ("", ""),
    ],
)
def test_what_is_said(text, said):
    assert segments(P.replace("{}", text)) == [(1.0, 2.0, None, said)]


@pytest.mark.parametrize(
    ("text", "change", "after"),
    [
        ("in mazar e<br/>sharif now", words("mazar e\nsharif", "Mazar-e-Sharif"), "in Mazar-e-Sharif<br/>now"),
        ("in\n   mazar e\n   sharif now", words("mazar e sharif", "Mazar e Sharif"), "in\n   Mazar e\n   Sharif now"),
        ("a<span> b</span> c", words("b", ""), "a<span></span> c"),
        ("it&#39;s at and t", words("at and t", "AT&T"), "it&#39;s AT&amp;T"),
        ("<![CDATA[at and t]]>", words("at and t", "AT&T"), "<![CDATA[AT&T]]>"),
        ("we left", mark("left", "?"), "we left?"),
    ],
)
def test_what_changes(text, change, after):
    assert corrected(P.replace("{}", text), change) == P.replace("{}", after)


@pytest.mark.parametrize(
    ("times", "read_as"),
    [
        ('begin="00:00:01.500" end="00:01:00"', (1.5, 60.0)),
        ('begin="1.5s" dur="1500ms"', (1.5, 3.0)),
        ('begin="0.5m" end="0.01h"', (30.0, 36.0)),
        ('begin="50f" end="2500t"', (2.0, 2.5)),
        ("begin='00:00:01:05' end = '00:00:02:00'", (1.2, 2.0)),
        ('xml:id="a" tt:begin="1s" end="2s"', (1.0, 2.0)),
        ('begin="soon" end="2s"', (None, 2.0)),
        ('begin="3s" end="2s"', (3.0, None)),
        ('begin="3s"', (3.0, None)),
        ("", (None, None)),
    ],
)
def test_times(times, read_as):
    file = TT.format(f"<p {times}>we left</p>")
    assert segments(file)[0][:2] == read_as
    assert bool(read(file).warnings) == ("soon" in times or ("3s" in times and "2s" in times))


def test_times_count_from_those_around_them():
    file = TT.format('<div begin="10s"><p begin="1s" end="5s">a <span begin="1s" end="2s">b</span> c</p></div>')
    assert segments(file) == [(11.0, 15.0, None, "a b c")]
    text = read(file).document.text
    timings = [(text[one.at : one.until], one.start, one.end) for one in read(file).document.timings]
    assert timings == [("a", 11.0, 12.0), ("b", 12.0, 13.0), ("c", 13.0, 15.0)]


AGENTS = (
    '<tt xmlns:ttm="m"><head><ttm:agent xml:id="a"><ttm:name type="full"> Bill Roger </ttm:name></ttm:agent>'
    '<ttm:agent xml:id="b"><ttm:name>Doe &amp; Co</ttm:name></ttm:agent></head><body><div ttm:agent="a">'
    '<p begin="1s" end="2s">we left</p><p begin="2s" end="3s" ttm:agent="b">we did</p>'
    '<p begin="3s" end="4s"><span>did we?</span> <span ttm:agent="b">yes</span></p><p ttm:agent="x">so</p>'
    "</div></body></tt>"
)


def test_agents_are_speakers():
    assert [row[2:] for row in segments(AGENTS)] == [
        ("Bill Roger", "we left"),
        ("Doe & Co", "we did"),
        ("Bill Roger", "did we?"),
        ("Doe & Co", "yes"),
        (None, "so"),
    ]
    source = read(AGENTS)
    written = formats.write(source, Rendering(source.document.text), {"Bill Roger": "Bill Roggio"}).decode()
    assert written == AGENTS.replace("Roger", "Roggio")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("<tt>\n<p>a</tt>", "line 2: this is not TTML: </tt> closes nothing, where </p> must come"),
        ("<tt>\n\n<p>a</p>", "line 1: this is not TTML: <tt> is never closed"),
        (
            "<tt><p>a < b</p></tt>",
            "line 1: this is not TTML: a tag that cannot be read begins here; a < in the text must be written &lt;",
        ),
        ("<tt>\n<p begin=1s>a</p></tt>", "line 2: this is not TTML: a tag that cannot be read"),
        ("<tt>\n<!-- a</tt>", "line 2: this is not TTML: <!-- is never closed"),
        ("<tt>\n<![CDATA[ a</tt>", "line 2: this is not TTML: <![CDATA[ is never closed"),
        ("<tt/>\n<tt/>", "line 2: this is not TTML: <tt> stands after the end of the document"),
        ("<tt/>\nword", "line 1: this is not TTML: text stands outside of the document"),
        ("</tt>", "line 1: this is not TTML: </tt> closes nothing"),
        ("<html></html>", "line 1: this is not TTML: its first tag is <html>, not <tt>"),
        ("<!-- -->", "line 1: this is not TTML: it has no tags"),
    ],
)
def test_malformed(text, problem):
    with pytest.raises(BrokenFormatError) as caught:
        read(text, "a.ttml", "ttml")
    assert str(caught.value).startswith(f"a.ttml, {problem}")


def test_the_content_tells():
    for path in (None, "a.txt", "a.xml", "a.srt"):
        assert read(P, path).document.format == "ttml"
        assert read('<?xml version="1.0"?>\n<!-- x --><a:tt></a:tt>', path).document.format == "ttml"
        assert read("<timedtext format='3'/>", path).document.format == "srv3"
        assert read("<?xml version='1.0'?><transcript></transcript>", path).document.format == "srv3"
    assert read("<b> is a tag\n").document.format == "txt"
    with pytest.raises(BrokenFormatError):
        read("<feed>x</feed>", "a.xml")


SRV3 = '<timedtext format="3"><body><p t="1000" d="2000" w="1">{}</p></body></timedtext>'


@pytest.mark.parametrize(
    ("text", "change", "after"),
    [
        ('<s ac="1">in</s><s t="5"> bad</s>', words("bad", "Badakhshan"), '<s ac="1">in</s><s t="5"> Badakhshan</s>'),
        ('<s>mazar</s><s t="5"> e</s><s t="9"> so</s>', words("mazar e", "Mazar-e"), '<s>Mazar-e</s><s t="9"> so</s>'),
        ('<s>the</s><s t="5"> the</s><s t="9"> so</s>', words("the", "", 1), '<s>the</s><s t="9"> so</s>'),
        ('<s>um</s><s t="5"> so</s>', words("um", ""), '<s t="5"> so</s>'),
        ("um", words("um", ""), ""),
        ('<s>&gt;&gt; um</s><s t="5"> so</s>', words("um", ""), '<s>&gt;&gt; </s><s t="5"> so</s>'),
        ("it&#39;s\nat and t", words("at and t", "AT&T"), "it&#39;s\nAT&amp;T"),
    ],
)
def test_srv3(text, change, after):
    assert corrected(SRV3.format(text), change) == SRV3.format(after)


def test_srv3_knows_when_and_how_surely():
    document = read(SRV3.format('<s ac="51">in</s><s t="500" ac="255"> kabul</s>')).document
    timings = [(document.text[one.at : one.until], one.start, one.end, one.confidence) for one in document.timings]
    assert timings == [("in", 1.0, 1.5, 0.2), ("kabul", 1.5, 3.0, 1.0)]


def test_what_only_moves_a_line_up_is_no_caption():
    file = SRV3.format("we left").replace("</body>", '<p t="3000" d="10" a="1">\n</p></body>')
    assert segments(file) == [(1.0, 3.0, None, "we left")]


def test_srv1_is_escaped_twice():
    file = '<transcript><text start="1.5" dur="2">it&amp;#39;s at and t</text><text start="4">so</text></transcript>'
    assert segments(file) == [(1.5, 3.5, None, "it's at and t"), (4.0, None, None, "so")]
    assert corrected(file, words("at and t", "AT&T")) == file.replace("at and t", "AT&amp;amp;T")


PARTS = """<tt>|</tt>|<p>|</p>|<p begin='1s'>|<br/>|<span begin='x' end='2s'>|</span>|<!--|-->|<![CDATA[|]]>|<s t='9'>
</s>|<timedtext>|<body>|<text t='1' d='x'>|</text>|&|&#0;|&gt;&gt; |<?x?>|<!DOCTYPE a [|]>|word"""


@given(
    st.lists(st.sampled_from(PARTS.replace("\n", "|").split("|")) | st.text(max_size=4), max_size=15),
    st.sampled_from(["ttml", "srv3"]),
)
def test_anything_is_read_or_refused(parts, name):
    data = ("<tt>" * (name == "ttml") + "".join(parts)).encode("utf-8", "surrogatepass")
    try:
        source = formats.read(data, "x", name)
    except UngarbleError as error:
        problem = str(error)
    else:
        problem = ""
        assert formats.write(source, Rendering(source.document.text)) == data
    assert "\n" not in problem
