"""Golden documents and whole runs, as authors of plugins use them."""

import pytest

from tamis import Label
from tamis import Mark
from tamis.errors import InputError
from tamis.testing import compare
from tamis.testing import load_seeds

TEXT = "The mayor spoke. Read also: Other news\nShe spoke again. Read also: Other news\n"
GOLD = """
language: en
topics: [energy]
cuts:
  - {kind: read_also, text: "Read also: Other news"}
  - {kind: read_also, text: "Read also: Other news"}
artefacts:
  - {kind: calque, text: "spoke again"}
keep: ["She spoke again."]
"""


@pytest.fixture
def seed(tmp_path):
    (tmp_path / "one.txt").write_bytes(TEXT.encode())
    (tmp_path / "one.yaml").write_text(GOLD)
    return load_seeds(tmp_path)[0]


def _as_gold_says(seed):
    doc = seed.doc.apply(
        "translation", [Mark((43, 54), "calque"), Label("language", "en"), Label("topics", ["energy"])]
    )
    return doc.apply("boilerplate", [doc.cut(cut.span, cut.kind) for cut in seed.cuts])


def test_a_text_that_comes_twice_is_found_twice(seed):
    assert [cut.span for cut in seed.cuts] == [(17, 38), (56, 77)]


def test_a_document_that_is_as_the_gold_says_differs_in_nothing(seed):
    assert compare(_as_gold_says(seed), seed) == []


def test_an_untouched_document_misses_all_of_the_gold(seed):
    assert compare(seed.doc, seed) == [
        "language: None instead of 'en'",
        "topics: None instead of ['energy']",
        "cuts: read_also: left in: 'Read also: Other news'",
        "cuts: read_also: left in: 'Read also: Other news'",
        "artefacts: calque: not marked: 'spoke again'",
    ]


def test_a_cut_of_the_article_is_said_and_so_is_what_was_to_be_kept(seed):
    doc = seed.doc.apply("x", [seed.doc.cut((39, 77), "read_also"), seed.doc.cut((17, 38), "read_also")])
    assert compare(doc, seed, ["cuts", "keep"]) == [
        "cuts: read_also: cut, but of the article: 'She spoke again.'",
        "keep: not whole: 'She spoke again.'",
    ]


def test_a_cut_of_another_kind_is_said(seed):
    doc = seed.doc.apply("x", [seed.doc.cut(cut.span, "share") for cut in seed.cuts])
    assert compare(doc, seed, ["cuts"])[0] == "cuts: share instead of read_also: 'Read also: Other news'"


def test_the_order_of_a_list_does_not_count(tmp_path):
    (tmp_path / "one.txt").write_text("x")
    (tmp_path / "one.yaml").write_text("topics: [energy, trade]")
    [seed] = load_seeds(tmp_path)
    assert compare(seed.doc.apply("x", [Label("topics", ["trade", "energy"])]), seed) == []


def test_held_out_documents_can_be_left_out(tmp_path):
    for name, gold in {"one": "held_out: true", "two": "language: en"}.items():
        (tmp_path / f"{name}.txt").write_text("x")
        (tmp_path / f"{name}.yaml").write_text(gold)
    assert [seed.name for seed in load_seeds(tmp_path, held_out=False)] == ["two"]


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "no golden documents"),
        ({"one.txt": "x"}, "no gold beside it, expected one.yaml"),
        ({"one.txt": "x", "one.yaml": "langage: en"}, "did you mean 'language'"),
    ],
)
def test_a_folder_that_is_not_golden_is_refused(tmp_path, files, message):
    for name, content in files.items():
        (tmp_path / name).write_text(content)
    with pytest.raises(InputError, match=message):
        load_seeds(tmp_path)


def test_a_gold_text_that_is_not_there_is_refused(tmp_path):
    (tmp_path / "one.txt").write_text("x")
    (tmp_path / "one.yaml").write_text("cuts: [{kind: share, text: y}]")
    [seed] = load_seeds(tmp_path)
    with pytest.raises(InputError, match="'y' is not in the text"):
        compare(seed.doc, seed)


def test_newlines_of_a_golden_document_stay_as_they_are(tmp_path):
    (tmp_path / "one.txt").write_bytes(b"a\r\nb\rc\n")
    (tmp_path / "one.yaml").write_text("language: und")
    assert load_seeds(tmp_path)[0].doc.raw == "a\r\nb\rc\n"


def test_the_seeds_of_the_project_are_golden(request):
    for seed in load_seeds(request.config.rootpath / "seeds"):
        assert [cut.text for cut in seed.cuts] == [cut["text"] for cut in seed.gold.get("cuts", ())]
        assert [one.text for one in seed.artefacts] == [one["text"] for one in seed.gold.get("artefacts", ())]


STEPS = """
import tamis

class Ends(tamis.Step):
    \"\"\"Cut a last line.\"\"\"

    def find(self, doc):
        if "fail" in doc.text:
            raise ValueError("asked to")
        if doc.text.endswith("End."):
            yield doc.cut((len(doc.text) - 4, len(doc.text)), "end")

@tamis.hookimpl
def tamis_steps():
    return {"ends": Ends}
"""
PIPELINE = "plugins: [./ends.py]\nsteps: [ends, drop: {if: 'len(text) < 3'}]\n"


def test_the_fixture_pipeline_makes_a_pipeline_of_yaml(pipeline):
    assert pipeline("steps: [drop: {if: 'len(text) < 3'}]")("No").dropped == "len(text) < 3"


def test_the_fixture_pipeline_takes_the_path_of_a_file(pipeline, tmp_path):
    (tmp_path / "ends.py").write_text(STEPS)
    (tmp_path / "p.yaml").write_text(PIPELINE)
    assert pipeline(tmp_path / "p.yaml", allow_local_plugins=True)("News. End.").text == "News. "


def test_the_fixture_run_pipeline_says_where_each_document_ended(run_pipeline, tmp_path):
    (tmp_path / "ends.py").write_text(STEPS)
    outcome = run_pipeline(PIPELINE, ["News. End.", "fail", "No"], "--allow-local-plugins")
    assert (outcome.exit_code, outcome.texts) == (1, ["News. "]), outcome.printed
    assert [record["id"] for record in outcome.failed + outcome.rejects] == ["text 1", "text 2"]


def test_the_fixture_run_pipeline_takes_files_by_name(run_pipeline):
    outcome = run_pipeline("steps: [drop: {if: 'len(text) < 3'}]", {"a/one.txt": "One.", "two.txt": b"Two."})
    assert sorted(outcome.texts) == ["One.", "Two."], outcome.printed


def test_a_run_that_is_wrong_says_so_and_raises_nothing(run_pipeline):
    outcome = run_pipeline("steps: [drop: {iff: 'truncated'}]", ["One."])
    assert (outcome.exit_code, outcome.clean) == (2, [])
    assert "iff" in outcome.printed
