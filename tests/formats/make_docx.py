"""Makes the sample documents in ``files/docx``: small Word files as Teams, Word and other programs lay them out.

python tests/formats/make_docx.py
"""

import io
import zipfile
from pathlib import Path

FOLDER = Path(__file__).parent / "files" / "docx"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMESPACES = (
    f'xmlns:w="{WORD}" xmlns:r="{OFFICE}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
TIME = (2024, 3, 5, 10, 30, 0)


def document(body: str, namespaces: str = NAMESPACES) -> str:
    page = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
    return f"{HEAD}<w:document {namespaces}><w:body>{body}{page}</w:body></w:document>"


def types(part: str = "/word/document.xml", kind: str = MAIN) -> str:
    return (
        f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="{part}" ContentType="{kind}"/></Types>'
    )


def relations(part: str = "word/document.xml") -> str:
    return (
        f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="{part}"/></Relationships>'
    )


def parts(xml: str | bytes, part: str = "word/document.xml") -> dict[str, str | bytes]:
    return {
        "[Content_Types].xml": types("/" + part),
        "_rels/.rels": relations(part),
        part: xml,
        "word/styles.xml": f'{HEAD}<w:styles xmlns:w="{WORD}"><w:style w:styleId="a"/></w:styles>',
        "word/media/image1.png": b"\x89PNG\r\n\x1a\n" + bytes(range(64)),
    }


def packed(
    content: dict[str, str | bytes],
    stored: tuple[str, ...] = (),
    stream: bool = False,
    comment: bytes = b"",
    extra: bytes = b"",
    zip64: bool = False,
) -> bytes:
    """A zip file; ``stream``: sizes stand behind the parts, as when they are not known beforehand."""
    buffer = _Stream() if stream else io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, data in content.items():
            info = zipfile.ZipInfo(name, TIME)
            info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            info.extra = extra
            with file.open(info, "w", force_zip64=zip64) as part:
                part.write(data.encode() if isinstance(data, str) else data)
        file.comment = comment
    return buffer.getvalue()


class _Stream(io.BytesIO):
    """One that cannot go back."""

    def seekable(self) -> bool:
        return False

    def tell(self) -> int:
        raise OSError


def run(text: str, properties: str = "", more: str = "") -> str:
    props = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    space = ' xml:space="preserve"' if text != text.strip() else ""
    return f"<w:r>{props}<w:t{space}>{text}</w:t>{more}</w:r>"


def paragraph(*runs: str, properties: str = "") -> str:
    props = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f'<w:p w:rsidR="00A77B3E">{props}{"".join(runs)}</w:p>'


def said(*lines: str) -> str:
    """A paragraph of lines with breaks between."""
    return paragraph("<w:r><w:br/></w:r>".join(run(line) for line in lines))


BOLD = "<w:b/>"
LONG = [
    "fighting continues in badaksha and in hillman province, where the roads are shut since thursday",
    "right, and the panshir valley resistance said that they hold the upper valley and the passes to the north",
    "we will come back to that after the news, and then we will hear from our man in Kandahar about the dam",
    "thank you, it is a long story and I will try to keep it short for those of you who have heard it before",
]


def teams() -> bytes:
    names = ["Bill Roggio", "Jane Doe", "Bill Roggio", "O’Neil, Tariq (FDD)"]
    times = ["0:03", "0:11", "1:02", "1:01:40"]
    turns = [
        paragraph(
            run("", more="<w:drawing/>"),
            run(name, BOLD),
            run(f"   {time}", '<w:color w:val="616161"/>'),
            "<w:r><w:br/></w:r>",
            run(line),
        )
        for name, time, line in zip(names, times, LONG, strict=True)
    ]
    body = paragraph(run("Weekly call")) + paragraph(run("March 5, 2024, 10:00AM")) + "".join(turns)
    return packed(parts(document(body + paragraph(run("Jane Doe") + run(" stopped transcription")))))


def teams_old() -> bytes:
    times = [
        "0:0:5.100 --&gt; 0:0:8.250",
        "0:0:8.300 --&gt; 0:0:14.0",
        "0:0:15.0 --&gt; 0:1:2.40",
        "0:1:3.0 --&gt; 0:1:9.0",
    ]
    names = ["Bill Roggio", "Jane Doe", "Jane Doe", "Bill Roggio"]
    apart = "".join(said(time, name, line) for time, name, line in zip(times[:2], names, LONG, strict=False))
    rows = zip(times[2:], names[2:], LONG[2:], strict=True)
    return packed(parts(document(apart + "".join(paragraph(run(line)) for row in rows for line in row))))


def word_transcribe() -> bytes:
    link = '<w:hyperlink r:id="rId9"><w:r><w:t>call-2024-03-05.mp3</w:t></w:r></w:hyperlink>'
    heads = ["00:00:00 Speaker 1", "00:00:12 Speaker 2", "00:00:31 Speaker 1", "01:02:03 Speaker 2"]
    turns = [paragraph(run(head)) + paragraph(run(line)) for head, line in zip(heads, LONG, strict=True)]
    return packed(
        parts(document(paragraph(run("Audio file")) + paragraph(link) + paragraph(run("Transcript")) + "".join(turns)))
    )


def runs() -> bytes:
    """Words over several runs, and all that is no text among them."""
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText xml:space="preserve"> PAGEREF _Toc1 </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>7</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    deleted = '<w:del w:id="1" w:author="x"><w:r><w:delText>kunduz</w:delText></w:r></w:del>'
    moved = '<w:moveFrom w:id="3" w:author="x"><w:r><w:t>in takhar </w:t></w:r></w:moveFrom>'
    inserted = f'<w:ins w:id="2" w:author="x">{run(" today &amp; tonight", BOLD)}</w:ins>'
    link = f'<w:hyperlink r:id="rId9">{run("see https://example.com/reports?a=1&amp;b=2")}</w:hyperlink>'
    note = '<w:r><w:footnoteReference w:id="4"/></w:r><w:commentRangeStart w:id="5"/>'
    table = "".join(f"<w:tc>{paragraph(run(cell))}</w:tc>" for cell in ("province", "hillman", "the the valley"))
    body = [
        paragraph(
            run("Fighting continues in "),
            run("Bada", BOLD),
            '<w:proofErr w:type="spellStart"/>',
            run("ksha"),
            deleted,
            inserted,
            run("."),
        ),
        paragraph(
            run("They took Mazar "),
            run("e Sharif", BOLD),
            run(" and "),
            run("and", BOLD),
            run(" then"),
            note,
            run(" left"),
            moved,
            run(" it."),
        ),
        paragraph(
            run("Page "),
            field,
            run("\tof the report"),
            "<w:r><w:tab/><w:t>of the war</w:t><w:br/><w:t xml:space='preserve'>in hillman </w:t></w:r>",
            link,
        ),
        paragraph(
            "<w:r><w:t>Mazar</w:t><w:noBreakHyphen/><w:t>e</w:t><w:noBreakHyphen/><w:t>Sharif is calm, Kan</w:t>"
            "<w:softHyphen/><w:t>dahar is not.</w:t></w:r>"
        ),
        f"<w:tbl><w:tr>{table}</w:tr></w:tbl>",
        paragraph(properties="<w:tabs><w:tab w:val='left' w:pos='720'/></w:tabs><w:rPr><w:del w:id='6'/></w:rPr>"),
        "<w:p/>",
        paragraph(
            run("caf&#233; &lt;b&gt; &quot;quoted&quot; "),
            "<w:r><w:t/></w:r>",
            "<w:r><w:t> <!-- note > --> left <![CDATA[R&D <b>]]> done</w:t></w:r>",
        ),
        paragraph(
            "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>",
            run("is "),
            '<w:r><w:sym w:font="Wingdings" w:char="F04A"/></w:r>',
            run("small."),
        ),
    ]
    return packed(parts(document("".join(body))), extra=b"\xfe\xca\x04\x00abcd", comment=b"made by hand")


def control(properties: str, content: str) -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def text_box() -> bytes:
    box = paragraph(run("The panshir "), run("valley", BOLD)) + paragraph(run("is quiet."))
    shape = f"<w:drawing><wps:txbx><w:txbxContent>{box}</w:txbxContent></wps:txbx></w:drawing>"
    shown = f'<mc:Choice Requires="wps">{shape}</mc:Choice>'
    old = paragraph(run("The pan"), run("shir valley")) + paragraph(run("is quiet."))
    kept = f"<mc:Fallback><w:pict><v:textbox><w:txbxContent>{old}</w:txbxContent></v:textbox></w:pict></mc:Fallback>"
    other = kept.replace("quiet", "loud")
    body = paragraph(
        run("Fighting in "),
        f"<w:r><mc:AlternateContent>{shown}{kept}</mc:AlternateContent></w:r>",
        run("badaksha goes on."),
        f"<w:r><mc:AlternateContent>{shown.replace('panshir', 'kunar')}{other}</mc:AlternateContent></w:r>",
    )
    bound = control('<w:dataBinding w:xpath="/a"/>', paragraph(run("Title of it all")))
    free = control('<w:id w:val="1"/>', paragraph(run("in hillman province")))
    return packed(parts(document(bound + body + free)))


def stream() -> bytes:
    """The main part under another name, stored, its size behind it; the list of parts last."""
    content = parts(
        document(paragraph(run("fighting continues in badaksha province.")) + paragraph(run("It is calm elsewhere."))),
        "doc/main text.xml",
    )
    ordered = {name: content[name] for name in sorted(content, key=lambda name: name.startswith("["))}
    ordered["[Content_Types].xml"] = types("/doc/main text.xml")
    return packed(ordered, stored=("doc/main text.xml",), stream=True, comment=b"the end")


def zip64() -> bytes:
    return packed(parts(document(paragraph(run("The taliban took the the airport in kandahar.")))), zip64=True)


def utf16() -> bytes:
    xml = document(paragraph(run("Zürich und badaksha province.")) + paragraph(run("Ende"))).replace("UTF-8", "UTF-16")
    return packed(parts(b"\xff\xfe" + xml.encode("utf-16-le")))


def strict() -> bytes:
    """The other namespace, and prefixes as XML libraries make them."""
    xml = document(paragraph(run("Fighting in "), run("badaksha"), run(" province."))).replace(WORD, STRICT)
    return packed(
        parts(
            xml.replace("<w:", "<ns0:")
            .replace("</w:", "</ns0:")
            .replace("w:rsidR", "ns0:rsidR")
            .replace("xmlns:w=", "xmlns:ns0=")
        )
    )


def default_namespace() -> bytes:
    xml = (
        document(paragraph(run("Fighting in badaksha province.")), f'xmlns="{WORD}"')
        .replace("<w:", "<")
        .replace("</w:", "</")
    )
    return packed(parts(b"\xef\xbb\xbf" + xml.replace(" w:", " ").encode()))


def labels() -> bytes:
    names = ["Bill Roggio:", "Jane Doe:", "Bill Roggio:", "Jane Doe:"]
    turns = [
        paragraph(run(name[:4], BOLD), run(name[4:], BOLD), run(f" {line}."))
        for name, line in zip(names, LONG, strict=True)
    ]
    return packed(
        parts(document(paragraph(run("Interview, 5 March")) + "".join(turns) + paragraph(run("And that was that."))))
    )


def signed() -> bytes:
    content = parts(document(paragraph(run("fighting continues in badaksha province and elsewhere."))))
    return packed({**content, "_xmlsignatures/sig1.xml": f"{HEAD}<Signature/>"})


SAMPLES = {
    "teams": teams,
    "teams-old": teams_old,
    "word-transcribe": word_transcribe,
    "runs": runs,
    "text-box": text_box,
    "stream": stream,
    "zip64": zip64,
    "utf16": utf16,
    "strict": strict,
    "default-namespace": default_namespace,
    "labels": labels,
    "signed": signed,
}


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, make in SAMPLES.items():
        (FOLDER / f"{name}.docx").write_bytes(make())


if __name__ == "__main__":
    main()
