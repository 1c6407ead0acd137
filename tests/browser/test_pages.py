"""The pages in a real browser: nothing runs, nothing is requested, everything is reached by keyboard."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

import tamis
from tamis import Document
from tamis import Label
from tamis import Mark
from tamis.records import to_line
from tamis.records import to_record
from tamis.report import diff_page
from tamis.report import document_page
from tamis.report import run_page
from tamis.report.compare import Change
from tamis.testing import load_seeds

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
SEEDS = Path(__file__).parents[2] / "seeds"
EVIL = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"

if CHROMIUM is None and not os.environ.get("CI"):
    pytest.skip("needs Debian's chromium", allow_module_level=True)


def hostile_document():
    doc = Document(f"Read also: more news. {EVIL} The gas talks in Oslo ended. \u202e\x00", id=EVIL)
    doc = doc.apply("boilerplate", [doc.cut((0, 22), "read_also", 0.9), Label("title", EVIL)])
    marks = [
        Mark((0, 8), f"topic:{EVIL}", EVIL, 0.5, {"suggestion": EVIL}),
        Mark((2, 30), "sentiment:sentence", score=-0.5),
    ]
    return doc.apply("topics", [*marks, Label("topics", ["energy"], 0.9, {"energy": 0.9, EVIL: 0.1})])


@pytest.fixture(scope="module")
def browser():
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
            ],
        )
        yield opened
        opened.close()


@pytest.fixture
def visit(browser, tmp_path):
    """Open a page from a file; return it and the list of all that it requested besides itself."""
    contexts = []

    def visit(text, **options):
        path = tmp_path / "page.html"
        path.write_text(text, encoding="utf-8", errors="replace")
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        requested, said = [], []
        page.on("request", lambda request: requested.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.goto(path.as_uri())
        return page, requested[1:], said

    yield visit
    for context in contexts:
        context.close()


def run_text(tmp_path, number=50):
    clean = tmp_path / "clean.jsonl"
    clean.write_bytes(b"".join(to_line(to_record(hostile_document())) for _ in range(number)))
    failed = tmp_path / "failed.jsonl"
    failed.write_bytes(to_line({"id": EVIL, "source": EVIL, "step": EVIL, "error": EVIL, "raw": EVIL}))
    return run_page(clean, None, failed)


def diff_text():
    lines = (f"topics: [] -> {EVIL}", f"- {EVIL}: read_also 0:9 {EVIL}", "+ b: ad 0:9 x", f"only in {EVIL}")
    return diff_page([Change(EVIL, lines)] * 3, EVIL, EVIL)


def seed_text():
    [seed] = [seed for seed in load_seeds(SEEDS) if seed.name == "01-bouillante-geothermal"]
    return document_page(tamis.default()(seed.doc))


@pytest.fixture(params=["document", "seed", "run", "diff"])
def text(request, tmp_path):
    makers = {"seed": seed_text, "diff": diff_text, "run": lambda: run_text(tmp_path)}
    return makers.get(request.param, lambda: document_page(hostile_document()))()


def test_no_script_runs_nothing_is_requested_and_no_policy_is_broken(visit, text):
    page, requested, said = visit(text)
    assert "owned" not in page.title().split("–")[-1]
    assert page.evaluate("document.querySelectorAll('script, img').length") == 0
    assert requested == []
    assert said == []


def test_a_tooltip_opens_by_keyboard(visit):
    page, _, _ = visit(document_page(hostile_document()))
    found = page.locator(".raw .found").first
    tip = found.locator(".tip")
    assert not tip.is_visible()
    found.focus()
    assert tip.is_visible()
    assert "read_also" in tip.inner_text()


def test_a_step_can_be_switched_off_by_keyboard_and_its_cut_is_there_again(visit):
    page, _, _ = visit(document_page(hostile_document()))
    clean = page.locator(".clean")
    assert "Read also" not in clean.inner_text()
    page.get_by_label("boilerplate").focus()
    page.keyboard.press("Space")
    assert "Read also" in clean.inner_text()


def test_a_step_that_marks_can_be_switched_off_and_its_underline_goes(visit):
    page, _, _ = visit(document_page(hostile_document()))
    colour = "getComputedStyle(document.querySelector('.raw .mark')).textDecorationColor"
    assert page.evaluate(colour) != "rgba(0, 0, 0, 0)"
    page.get_by_label("topics").uncheck()
    assert page.evaluate(colour) == "rgba(0, 0, 0, 0)"


def test_a_document_of_a_run_opens_by_keyboard_and_its_switches_are_its_own(visit, tmp_path):
    page, _, _ = visit(run_text(tmp_path))
    first, second = page.locator("details.doc").nth(0), page.locator("details.doc").nth(1)
    for each in (first, second):
        each.locator("summary").focus()
        page.keyboard.press("Enter")
    struck = "node => getComputedStyle(node).textDecorationLine"
    first.get_by_label("boilerplate").uncheck()
    assert first.locator(".raw .cut").evaluate(struck) == "none"
    assert second.locator(".raw .cut").evaluate(struck) == "line-through"


def test_a_notebook_keeps_the_style_of_a_document_to_the_document(visit):
    page, _, _ = visit(f"<p class='cut'>mine</p>{hostile_document()._repr_html_()}")
    struck = "node => getComputedStyle(node).textDecorationLine"
    assert page.locator("p.cut").evaluate(struck) == "none"
    assert page.locator(".raw .cut").evaluate(struck) == "line-through"


@pytest.mark.parametrize("width", [360, 1280])
def test_a_tooltip_stays_on_the_page(visit, width):
    page, _, _ = visit(document_page(hostile_document()), viewport={"width": width, "height": 740})
    for found in page.locator(".raw .found").all():
        found.focus()
        box = found.locator(".tip").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width


def test_a_page_is_readable_on_a_phone(visit, text):
    page, _, _ = visit(text, viewport={"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_page_is_dark_where_the_reader_wants_it_dark(visit, text):
    page, _, _ = visit(text, color_scheme="dark")
    red, *_ = page.evaluate("getComputedStyle(document.body).backgroundColor").removeprefix("rgb(").split(",")
    assert int(red) < 60


@pytest.fixture(scope="module")
def axe(tmp_path_factory):
    """The source of axe-core, the checker of accessibility, from npm."""
    folder = tmp_path_factory.mktemp("axe")
    subprocess.run(["npm", "install", "--silent", "--prefix", folder, "axe-core@4"], check=True)
    return (folder / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_checker_of_accessibility_finds_nothing(visit, text, axe, scheme):
    page, _, _ = visit(text, color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    page.evaluate(axe)
    result = page.evaluate("async () => (await axe.run()).violations.map(v => [v.id, v.nodes.map(n => n.html)])")
    assert result == []


def test_a_page_of_many_documents_stays_small_and_opens(visit, tmp_path):
    text = run_text(tmp_path, number=20_000)
    assert len(text) < 5_000_000
    page, _, _ = visit(text)
    assert "20,001" in page.title()
