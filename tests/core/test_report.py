"""The pages: everything escaped, nothing requested, every stretch explained."""

import gzip
import json
import re
from collections import Counter
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from tamis import Document
from tamis import Edit
from tamis import Label
from tamis import Mark
from tamis.document import Failure
from tamis.records import to_record
from tamis.report import diff_page
from tamis.report import document_page
from tamis.report import run_page
from tamis.report.charts import bars
from tamis.report.charts import count
from tamis.report.compare import Change
from tamis.report.labels import labels
from tamis.report.seen import Sample
from tamis.report.seen import Seen
from tamis.report.stretches import stretches

EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)>"


class Page(HTMLParser):
    """The tags, attributes and text of a page."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.words = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.words.append(data)


def document():
    doc = Document(f"Read also: more. The colour of {EVIL} news.", id=EVIL, meta={"url": "https://example.org/a"})
    doc = doc.apply("boilerplate", [doc.cut((0, 17), "read_also", 0.93), Label("title", EVIL)])
    at = doc.text.index("colour")
    doc = doc.apply("mt", [Edit((at, at + 6), "color", EVIL), Mark((0, 12), EVIL, EVIL, 0.5, {"suggestion": EVIL})])
    return doc.apply("topics", [Label("topics", ["energy"], scores={"energy": 0.9, EVIL: 0.5}), Label("odd", {"a": 1})])


def test_markup_in_a_document_stays_text():
    page = Page(document_page(document()))
    assert "script" not in page.tags
    assert "img" not in page.tags
    assert any("alert(1)" in words for words in page.words)


def test_a_page_requests_nothing_and_forbids_scripts():
    text = document_page(document())
    page = Page(text)
    assert not {"script", "link", "iframe", "object", "form"} & set(page.tags)
    assert not {"src", "href", "style", "onclick", "onerror"} & {name for name, _ in page.attributes}
    [policy] = [value for name, value in page.attributes if name == "content" and "src" in value]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")


def test_every_finding_says_step_kind_reason_score_and_suggestion():
    words = " ".join(Page(document_page(document())).words)
    for part in ("boilerplate", "read_also", "0.93", "0.50", "replaced by “color”", "better:"):
        assert part in words


def test_every_cutting_step_has_a_switch():
    assert re.findall(r'class="switch-s\d"', document_page(document())) == ['class="switch-s0"', 'class="switch-s1"']


@pytest.mark.parametrize(
    "doc",
    [
        Document(""),
        Document("text").failed(Failure("b", EVIL)),
        Document("\ud800 \x00 \u202e"),
        Document("x" * 300_000).apply("a", [Edit((250_000, 260_000), "", "far"), Edit((0, 5), "", "near")]),
    ],
    ids=["empty", "failed", "nasty", "long"],
)
def test_every_document_has_a_page(doc):
    document_page(doc).encode()


def test_a_notebook_shows_a_document():
    fragment = document()._repr_html_()
    assert "<script" not in fragment
    assert "read_also" in fragment


def test_what_was_found_is_read_without_a_style_sheet():
    fragment = document()._repr_html_()
    assert re.findall(r"<(del|ins|mark) class=\"found", fragment) == ["del", "mark", "ins", "del", "mark"]
    assert fragment.count('role="tooltip" hidden') == fragment.count('role="tooltip"') > 0


def test_a_notebook_shows_the_plain_form_where_pages_cannot_be_made(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert document()._repr_html_() is None


@st.composite
def found_documents(draw):
    doc = Document(draw(st.text("abc ", max_size=15)))
    for step in "xyz":
        ends = sorted(draw(st.lists(st.integers(0, len(doc.text)), max_size=4)))
        spans = list(zip(ends[::2], ends[1::2], strict=False))
        edits = [Edit(span, draw(st.sampled_from(["", "", "X"])), "r") for span in spans]
        edits = [edit for edit in edits if edit.text or edit.span[0] < edit.span[1]]
        doc = doc.apply(step, [*edits, *(Mark(span, "m") for span in spans)])
    return doc


@given(found_documents())
@settings(max_examples=300, deadline=None)
def test_the_stretches_are_all_of_raw_and_what_is_not_cut_is_the_text(doc):
    parts = stretches(doc)
    assert "".join(part.text for part in parts) == doc.raw
    assert "".join(part.inserted or ("" if part.cut_by else part.text) for part in parts) == doc.text


@pytest.mark.parametrize(
    ("label", "value", "score"),
    [
        (Label("machine_translated", True, 0.8), "yes", "probability 0.80"),
        (Label("machine_translated", None, 0.4), "no answer", "probability 0.40"),
        (Label("sentiment", "negative", -0.5), "negative", "tone -0.50"),
        (Label("topics", ["a", "b"], 0.9), "a, b", "score 0.90"),
        (Label("topics", []), "none", ""),
        (Label("percent_left", 42.5), "42.5", ""),
        (Label("sentiment_targets", [{"target": "Oslo", "value": "positive", "span": [0, 4]}]), "Oslo: positive", ""),
        (Label("odd", {"b": [1]}), '{"b": [1]}', ""),
    ],
)
def test_a_label_is_written_in_words_with_what_its_score_means(label, value, score):
    [shown] = labels(Document("x").apply("s", [label, Label("title", "above all")]))
    assert (shown.value, shown.score) == (value, score)


def test_a_run_counts_yes_no_and_no_answer(tmp_path):
    values = [True, False, False, None, ["x", 3], 7]
    records = [to_record(Document("x").apply("s", [Label("machine_translated", value)])) for value in values]
    text = run_page(write(tmp_path / "a.jsonl", records), None, None)
    rows = re.findall(r'<th scope="row">([^<]*)</th>.*?<td class="number">(\d+)</td>', text)
    assert rows[:4] == [("no", "2"), ("no answer", "1"), ("x", "1"), ("yes", "1")]


@pytest.mark.parametrize(
    ("record", "source"),
    [
        ({"meta": {"url": "https://example.org/a"}}, "example.org"),
        ({"id": "http://[bad"}, "http:"),
        ({"id": "pages/one.txt"}, "pages"),
        ({"id": "7", "meta": 3}, "no source known"),
    ],
)
def test_a_document_is_from_its_host_or_its_folder(record, source):
    seen = Seen()
    seen.count({"text": "x", **record})
    assert [row.name for row in seen.sources] == [source]


def test_bars_are_ranked_and_the_rest_is_summed_up():
    rows = bars([(str(i), float(i)) for i in range(30)])
    assert [row.name for row in rows[:2]] == ["29", "28"]
    assert (rows[-1].name, rows[-1].value, rows[-1].width) == ("19 others", "171", 100)


def write(path, records):
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return path


def test_the_page_of_a_run_counts_what_was_found(tmp_path):
    clean = write(tmp_path / "a.jsonl", [to_record(document())] * 3)
    rejects = write(tmp_path / "b.jsonl", [to_record(document()) | {"trail": [{"step": "s", "drop": EVIL}]}])
    failed = write(tmp_path / "c.jsonl", [{"id": None, "source": "x:1", "step": "mt", "error": EVIL, "raw": EVIL}])
    log = {"steps": {"mt": {"documents": 4, "findings": 8, "failed": 1, "seconds": 0.1, "p50": 0.001, "p99": 0.002}}}
    page = Page(run_page(clean, rejects, failed, log))
    words = " ".join(page.words)
    assert "5 read = 3 clean + 1 rejects + 1 failed" in " ".join(words.split())
    assert not {"script", "img"} & set(page.tags)
    for part in ("energy", "read_also", "example.org", "2.000"):
        assert part in words


def test_the_page_of_a_comparison_counts_changes_by_what_they_are():
    lines = ("topics: [] -> ['energy']", '- b: read_also 0:3 "x"', "+ c: marked odd 0:3", '+ d: dropped "x"')
    others = (
        'failure "b: boom" -> null',
        "text differs from 1: 2 -> 3 code points",
        "differs in meta",
        f"only in {EVIL}",
    )
    changes = [Change(EVIL, (*lines, *others))] * 2
    page = Page(diff_page(changes, "a.jsonl", "b.jsonl"))
    words = " ".join(page.words)
    assert not {"script", "img"} & set(page.tags)
    for part in ("2 documents differ", "no longer cut: read_also", "marked now: c", "dropped now: d", "['energy']"):
        assert part in words
    sorts = {"label topics", "failure", "text", "scores, meta and the like", "in one output only"}
    assert sorts <= {word.strip() for word in page.words}


def test_the_page_of_a_run_reads_packed_output(tmp_path):
    clean = tmp_path / "a.jsonl.gz"
    clean.write_bytes(gzip.compress(write(tmp_path / "a.jsonl", [to_record(document())] * 3).read_bytes()))
    assert "3 documents" in run_page(clean, None, None)


def test_the_page_of_a_run_of_nothing_is_a_page(tmp_path):
    assert "No document was read." in run_page(tmp_path / "none", None, None)


def test_documents_without_labels_have_a_page(tmp_path):
    clean = write(tmp_path / "a.jsonl", [to_record(Document("The news.", id="1"))])
    page = run_page(clean, None, None)
    assert "The news." in page
    assert "What they are" not in page


def test_labels_of_unknown_plugins_are_plotted_where_their_values_come_again(tmp_path):
    docs = [
        Document("x", id=str(i)).apply(
            "odd", [Label("mood", "ab"[i % 2]), Label("code", f"{i}!"), Label("o", {"k": i})]
        )
        for i in range(6)
    ]
    page = run_page(write(tmp_path / "a.jsonl", [to_record(doc) for doc in docs]), None, None)
    captions = re.findall(r"<caption>(\w+)", page)
    assert captions == ["mood", "characters"]


def test_a_sample_is_even_and_does_not_grow():
    sample = Sample(5)
    for i in range(1000):
        sample.add(i)
    kept = list(sample)
    assert len(kept) == len(sample) == 5
    assert kept[0] == 0
    assert kept[-1] >= 500


def test_what_is_counted_does_not_grow_without_end():
    counter = Counter()
    for i in range(20_000):
        count(counter, str(i))
    assert len(counter) <= 5_001
    assert counter["others"] == 15_000


def test_a_page_stays_small_where_a_plugin_is_talkative(tmp_path):
    marks = [Mark((i, i + 5), "m" * 10_000, "r" * 10_000, data={"suggestion": "s" * 10_000}) for i in range(600)]
    doc = Document("x" * 3000).apply("s", [*marks, Label("l" * 10_000, "v" * 10_000)])
    clean = write(tmp_path / "a.jsonl", [to_record(doc)] * 2)
    assert len(run_page(clean, None, None)) < 5_000_000


def test_records_of_unknown_make_are_counted_on_the_page(tmp_path):
    clean = tmp_path / "a.jsonl"
    clean.write_text(
        '{"id": 1}\n[]\nnot json\n' + "[" * 100_000 + '\n{"text": "x", "labels": {"a": 3}, "trail": [7]}\n'
    )
    assert "lines of the output are no record" in run_page(clean, None, None)


def test_the_size_of_a_page_does_not_grow_with_the_run(tmp_path):
    records = [to_record(Document("text " * 20, id=str(i), meta={"url": f"https://h{i}.org"})) for i in range(2000)]
    large = len(run_page(write(tmp_path / "a.jsonl", records), None, None))
    small = len(run_page(write(tmp_path / "b.jsonl", records[:200]), None, None))
    assert large < small * 1.1
