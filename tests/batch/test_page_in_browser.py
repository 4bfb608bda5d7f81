"""The report page in headless Chromium: filters, addresses, themes, keyboard; and no network is asked for anything."""

import base64
import time

import pytest
from chromium import chromium, program
from example_report import correction, example, file, many, report

from ungarble.batch.page import page

pytestmark = pytest.mark.skipif(program() is None, reason="needs Chromium: apt-get install chromium")

SHOWN = "document.getElementById('shown').textContent"
VISIBLE = "[...document.querySelectorAll('li[data-kind]')].filter((item) => item.checkVisibility())"
ENTER, SPACE = ("Enter", 13), (" ", 32)


@pytest.fixture(scope="module")
def tab(tmp_path_factory):
    with chromium(tmp_path_factory.mktemp("profile")) as tab:
        yield tab


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(page(example()), encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def calm(tab):
    """Whatever a test does in the browser: nothing is complained of, and nothing but files is asked for."""
    yield
    assert tab.complaints() == []
    assert [url for url in tab.requests() if not url.startswith("file:")] == []


def rows() -> list[dict]:
    return [row | {"path": one["path"]} for one in example()["files"] for row in one["corrections"]]


def line(chosen: list[dict]) -> str:
    """What the page says when it shows these corrections."""
    fixes = sum(row["applied"] for row in chosen)
    files = len({row["path"] for row in chosen})
    return (
        f"Shown: {fixes} {'fix' if fixes == 1 else 'fixes'} and {len(chosen) - fixes} suggestions in {files} "
        f"{'file' if files == 1 else 'files'}"
    )


def test_it_opens_and_asks_for_nothing(tab, path):
    tab.open(path)
    assert tab.value(SHOWN) == line(rows())
    assert tab.requests() == [path.as_uri()]
    assert tab.value("document.getElementById('filters').checkVisibility()")


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("#kind=fixes", lambda row: row["applied"]),
        ("#kind=suggestions&stage=casing", lambda row: not row["applied"] and row["corrector"] == "casing"),
        ("#stage=names,spacing", lambda row: row["corrector"] in ("names", "spacing")),
        ("#min=0.97", lambda row: row["confidence"] >= 0.97),
        ("#stage=names&min=0.9&q=darren+past", lambda row: row["heard"] == "Darren past"),
        ("#q=D%C3%81RREN%20PAST%E2%80%9D%20sounds", lambda row: "“Darren past” sounds" in row["reason"]),
        ("#q=court/2026", lambda row: row["path"].startswith("court/")),
        ("#q=nothing+has+this", lambda _: False),
    ],
)
def test_the_address_holds_the_filter(tab, path, address, wanted):
    tab.open(path, address)
    chosen = [row for row in rows() if wanted(row)]
    assert tab.value(SHOWN) == line(chosen)
    if len(chosen) <= 200:
        assert tab.value(f"{VISIBLE}.length") == len(chosen)
        assert tab.value("document.querySelectorAll('details.file:not([hidden])').length") == len(
            {row["path"] for row in chosen}
        )


def test_typing_filters_and_writes_the_address(tab, path):
    tab.open(path)
    tab.value("document.querySelector('[name=q]').focus()")
    tab.call("Input.insertText", text="Darren past")
    tab.wait(lambda: "q=Darren+past" in tab.value("location.hash"))
    assert tab.value(f"{VISIBLE}.map((item) => item.querySelector('del')?.textContent)[0]") == "Darren past"
    tab.value("document.querySelector('[type=reset]').click()")
    tab.wait(lambda: tab.value(SHOWN) == line(rows()))
    assert tab.value("location.hash") == ""


def test_the_slider_and_the_boxes_count_live(tab, path):
    tab.open(path)
    tab.value("form.min.value = 0.9; form.min.dispatchEvent(new Event('input', {bubbles: true}))")
    sure = [row for row in rows() if row["confidence"] >= 0.9]
    tab.wait(lambda: tab.value(SHOWN) == line(sure))
    assert tab.value("form.querySelector('output').textContent") == "0.90"
    names = sum(row["corrector"] == "names" for row in sure)
    assert tab.value("form.querySelector('[value=names]').parentElement.textContent").split() == ["names", str(names)]
    tab.value("form.querySelector('[value=names]').click()")
    tab.wait(lambda: tab.value("location.hash") == "#stage=names&min=0.9")
    assert tab.value(SHOWN) == line([row for row in sure if row["corrector"] == "names"])
    casing = sum(row["corrector"] == "casing" for row in sure)
    assert tab.value("form.querySelector('[value=casing]').parentElement.textContent").split() == [
        "casing",
        str(casing),
    ]


def test_a_name_leads_to_its_corrections(tab, path):
    tab.open(path)
    tab.value("[...document.querySelectorAll('#names a')].find((link) => link.textContent === 'Darren Pask').click()")
    tab.wait(lambda: tab.value("location.hash") == "#q=Darren+Pask")
    tab.wait(lambda: tab.value("form.q.value") == "Darren Pask")
    assert tab.value(f"{VISIBLE}[0].querySelector('ins').textContent") == "Darren Pask"


def test_files_open_by_keyboard_and_stay_as_they_were_put(tab, path):
    tab.open(path)
    state = "[file.open, file.querySelectorAll('li').length > 0, file.querySelector('noscript') === null]"
    tab.value("file = document.querySelector('details.file'); file.firstElementChild.focus()")
    assert tab.value(state) == [False, False, False]
    tab.key(*ENTER)
    tab.wait(lambda: tab.value(state) == [True, True, True])
    tab.value("for (const stage of ['names', 'casing']) form.querySelector(`[value=${stage}]`).click()")
    tab.wait(lambda: "stage=names" in tab.value("location.hash"))
    assert tab.value("[file.open, document.querySelectorAll('details.file[open]').length]") == [True, 1]
    tab.value("file.firstElementChild.focus()")
    tab.key(*ENTER)
    tab.wait(lambda: tab.value("file.open") is False)


def test_all_open_and_close(tab, path):
    tab.open(path)
    tab.value("document.getElementById('open').click()")
    assert tab.value(f"{VISIBLE}.length") == len(rows())
    tab.value("document.getElementById('close').click()")
    assert tab.value(f"{VISIBLE}.length") == 0


def test_a_link_to_a_part_of_the_page_is_no_filter(tab, path):
    tab.open(path, "#names")
    assert tab.value(SHOWN) == line(rows())


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_themes(tab, path, dark):
    ground = "getComputedStyle(document.body).backgroundColor"
    light, night = "rgb(251, 250, 248)", "rgb(21, 23, 25)"
    tab.open(path, dark=dark)
    tab.value("localStorage.clear()")
    tab.open(path, dark=dark)
    assert tab.value(ground) == (night if dark else light)
    assert tab.value("document.getElementById('theme').textContent") == ("Light" if dark else "Dark")
    tab.value("document.getElementById('theme').click()")
    assert tab.value(ground) == (light if dark else night)
    tab.open(path, dark=dark)
    assert tab.value(ground) == (light if dark else night), "remembered"
    tab.value("localStorage.clear()")


@pytest.mark.parametrize("width", [320, 400, 1000, 1400])
def test_nothing_sticks_out(tab, path, width):
    tab.open(path, "#q=radio", width=width)
    assert tab.value("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_what_is_hostile_stays_text(tab, tmp_path):
    bad = "</noscript><script>document.title = 'taken'</script><img src=http://127.0.0.1:9/x onerror=alert(1)>"
    one = file(
        bad, "changed", bad, [correction(bad, bad, bad, before=bad, after=bad, reason=bad, speaker=bad)], 3, [bad]
    )
    path = tmp_path / "hostile.html"
    names = [{"name": bad, "count": 1, "files": 1, "heard_as": {bad: 1}}]
    path.write_text(page(report([one]) | {"names": names}), encoding="utf-8")
    tab.open(path)
    assert tab.value("document.title") == "ungarble: 1 fix in 1 file"
    assert tab.value("[document.scripts.length, document.images.length]") == [1, 0]
    assert tab.value("document.querySelector('ins').textContent") == bad
    tab.value("form.querySelector('[name=stage]').click(); document.querySelector('#names a').click()")
    tab.wait(lambda: tab.value("form.q.value") == bad)
    assert tab.value(SHOWN) == "Shown: 1 fix and 0 suggestions in 1 file"


def test_without_javascript_all_can_be_read(tab, path, tmp_path):
    tab.call("Emulation.setScriptExecutionDisabled", value=True)
    try:
        tab.open(path)
        tab.screenshot(tmp_path / "plain.png")
        tree = tab.call("DOM.getDocument", depth=-1)
    finally:
        tab.call("Emulation.setScriptExecutionDisabled", value=False)
    found = list(nodes(tree["root"]))
    assert sum(node["nodeName"] == "LI" and "data-kind" in node["attributes"] for node in found) == len(rows())
    (filters,) = (node for node in found if node["nodeName"] == "FORM")
    assert "hidden" in filters["attributes"]


def nodes(node):
    yield node
    for child in node.get("children", []):
        yield from nodes(child)


def test_it_prints(tab, path):
    tab.open(path, "#q=radio", dark=True)
    printed = base64.b64decode(tab.call("Page.printToPDF")["data"])
    assert printed.startswith(b"%PDF-")
    tab.call("Emulation.setEmulatedMedia", media="print")
    assert tab.value("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert not tab.value("form.checkVisibility()")
    tab.call("Emulation.setEmulatedMedia", media="")


@pytest.mark.slow
def test_forty_thousand_corrections_open_and_filter_quickly(tab, tmp_path):
    path = tmp_path / "large.html"
    start = time.perf_counter()
    path.write_text(page(many(2000, 20)), encoding="utf-8")
    built = time.perf_counter()
    tab.open(path)
    assert tab.value(SHOWN).endswith("in 2,000 files")
    opened = time.perf_counter()
    before = "const start = performance.now(); form.q.value = 'darren pask'"
    milliseconds = tab.value(f"(() => {{ {before}; filterNow(); return performance.now() - start; }})()")
    assert built - start < 6  # 0.6 s on two quiet cores
    assert opened - built < 10  # 0.9 s
    assert milliseconds < 2000  # 0.2 s for the first search, which reads all words; less for the next
