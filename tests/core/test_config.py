"""Pipelines in YAML: what they say."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from tamis import config
from tamis.errors import PipelineErrors
from tamis.host import Host
from tamis.pipeline import Group
from tamis.pipeline import Use
from tamis.when import When

FULL = """\
read: {from: "scraped/*.jsonl", text: body, id: url, title: headline}
write: {to: clean.jsonl, rejects: rejects.jsonl, failed: failed.jsonl}
options: {max_document: 2 MB, timeout_per_document: 5}
steps:
  - use: language
    with: {keep: [en, fr, no], sample: 20}
  - when: language == "en"
    steps:
      - use: topics
        id: house
        on_error: keep
        with:
          threshold: {energy: 0.4}
      - use: tone
        with: {model: small}
        when: topics
  - drop: {if: not topics}
"""


def test_a_pipeline_says_what_is_read_written_and_done(load):
    made = load(FULL)
    assert made.read.from_ == ("scraped/*.jsonl",)
    assert (made.read.text, made.read.id, made.read.title) == ("body", "url", "headline")
    assert (made.write.to, made.write.rejects, made.write.failed) == ("clean.jsonl", "rejects.jsonl", "failed.jsonl")
    assert (made.options.max_document, made.options.timeout_per_document) == (2_000_000, 5.0)
    language, group, drop = made.steps
    assert language.step.keep == ("en", "fr", "no")
    assert isinstance(group, Group)
    assert group.when == When('language == "en"')
    house, tone = group.steps
    assert (house.id, house.use, house.on_error) == ("house", "topics", "keep")
    assert house.step.threshold == {"energy": 0.4}
    assert tone.when == When("topics")
    assert drop.step.if_ == When("not topics")


def test_a_step_may_be_its_name_its_name_with_settings_or_written_out(load, host):
    [name] = load("steps: [language]").steps
    [short] = load("steps:\n- language: {}").steps
    [bare] = load("steps:\n- language:").steps
    [long] = load("steps:\n- use: language").steps
    assert name == short == bare == long == Use(host.steps["language"](), "language", None, "quarantine", "language")


def test_only_true_and_false_are_booleans(load):
    [use] = load("steps: [{language: {keep: [en, no, yes, on, off, y, n, 2026-01-31, '007'], spans: true}}]").steps
    assert use.step.keep == ("en", "no", "yes", "on", "off", "y", "n", "2026-01-31", "007")


@pytest.mark.parametrize(("written", "read"), [("010", 10), ("0o10", 8), ("0x10", 16), ("+5", 5)])
def test_numbers_are_those_of_yaml_1_2(load, written, read):
    [use] = load(f"steps: [{{language: {{sample: {written}}}}}]").steps
    assert use.step.sample == read


def test_nothing_is_a_value_too(load):
    made = load("options: {timeout_per_document: null}\nread:\nsteps: [language, {topics: {weights: ~}}]")
    assert made.options.timeout_per_document is None


def test_a_pipeline_without_steps_only_reads_and_writes(load):
    assert load("steps: []").steps == ()


def test_an_alias_stands_for_what_it_names(load):
    made = load("steps:\n- language: &short {sample: 5}\n- use: language\n  id: again\n  with: *short")
    assert [use.step.sample for use in made.steps] == [5, 5]


def test_a_file_may_start_with_a_byte_order_mark_and_end_its_lines_as_windows_does(tmp_path, host):
    path = tmp_path / "x.yaml"
    path.write_bytes(b"\xef\xbb\xbfsteps:\r\n- language\r\n")
    assert config.load(path, host).source == (path,)


def test_environment_variables_are_put_in_and_typed_as_yaml(load):
    text = """
read: {from: "${FOLDER}/*.jsonl", text: "${TEXT:-body}"}
steps:
- use: language
  with:
    sample: ${SAMPLE}
    keep: ["${SAMPLE}", $${SAMPLE}, "${EMPTY:-no}"]
"""
    made = load(text.replace("$${SAMPLE}", '"$${SAMPLE}"'), env={"FOLDER": "in", "SAMPLE": "7", "EMPTY": ""})
    assert (made.read.from_, made.read.text) == (("in/*.jsonl",), "body")
    assert made.steps[0].step.sample == 7
    assert made.steps[0].step.keep == ("7", "${SAMPLE}", "no")


def test_the_environment_of_the_process_counts_where_no_other_is_given(host, monkeypatch):
    monkeypatch.setenv("TAMIS_TEST_SAMPLE", "9")
    [use] = config.loads("steps: [{language: {sample: '${TAMIS_TEST_SAMPLE}'}}]", host).steps
    assert use.step.sample == 9


def test_a_set_overrides_a_setting_of_a_step_or_a_section(load):
    sets = [
        "house.threshold.energy=0.9",
        "house.mode=loose",
        "language.keep=[de]",
        "house.when=len(text) > 5",
        "tone.on_error=fail",
        "read.from=[a.jsonl, b.jsonl]",
        "write.to=",
        "options.max_document=1kB",
    ]
    made = load(FULL, sets=sets)
    house, tone = made.steps[1].steps
    assert (house.step.threshold, house.step.mode, house.when) == ({"energy": 0.9}, "loose", When("len(text) > 5"))
    assert tone.on_error == "fail"
    assert made.steps[0].step.keep == ("de",)
    assert (made.read.from_, made.write.to, made.options.max_document) == (("a.jsonl", "b.jsonl"), None, 1000)


def test_a_set_makes_the_section_or_mapping_it_needs(load):
    made = load("steps: [language, topics]", sets=["read.text=body", "topics.weights.title=2"])
    assert made.read.text == "body"
    assert made.steps[1].step.weights.title == 2.0


def test_a_set_changes_one_step_where_two_share_an_alias(load):
    text = "steps:\n- use: language\n  with: &one {sample: 5}\n- use: language\n  id: two\n  with: *one"
    assert [use.step.sample for use in load(text, sets=["two.sample=6"]).steps] == [5, 6]


@pytest.mark.parametrize(
    ("written", "size"), [("4 MB", 4_000_000), ("4MiB", 4 * 2**20), ("500k", 500_000), ("1GB", 10**9), ("'7'", 7)]
)
def test_a_size_is_bytes_or_has_a_unit(load, written, size):
    assert load(f"options: {{max_document: {written}}}\nsteps: []").options.max_document == size


def test_the_fingerprint_is_that_of_what_is_done_not_of_where_it_goes(load):
    one = load(FULL).fingerprint
    assert load(FULL, sets=["read.from=other.jsonl", "write.to=there.jsonl"]).fingerprint == one
    assert load(f"# a comment\n{FULL}").fingerprint == one
    for change in (
        "read.text=other",
        "house.threshold=0.1",
        "tone.when=language",
        "options.max_document=5",
        "house.on_error=fail",
    ):
        assert load(FULL, sets=[change]).fingerprint != one


def test_the_fingerprint_does_not_depend_on_the_order_of_a_set(load):
    one = load("steps: [language, {topics: {kinds: [a, b, c]}}]")
    two = load("steps: [language, {topics: {kinds: [c, b, a]}}]")
    assert one.fingerprint == two.fingerprint


LOCAL = '''
import tamis

class Shout(tamis.Step):
    """Cut capitals."""
    longest: int = 3

@tamis.hookimpl
def tamis_steps():
    return {"shout": Shout}
'''


def test_a_local_plugin_is_loaded_beside_the_file_that_names_it_where_allowed(tmp_path):
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "shout.py").write_text(LOCAL)
    (tmp_path / "own" / "base.yaml").write_text("plugins: [./shout.py]\nsteps: [shout]")
    path = tmp_path / "x.yaml"
    path.write_text("extends: own/base.yaml\n")
    made = config.load(path, Host(installed=False), allow_local_plugins=True)
    assert [use.id for use in made.steps] == ["shout"]
    assert made.plugins == (tmp_path / "own" / "shout.py",)
    before = made.fingerprint
    (tmp_path / "own" / "shout.py").write_text(LOCAL + "# changed")
    assert made.fingerprint != before


def test_a_local_plugin_serves_all_pipelines_of_one_host(tmp_path):
    (tmp_path / "shout.py").write_text(LOCAL)
    path = tmp_path / "x.yaml"
    path.write_text("plugins: [shout.py, ./shout.py]\nsteps: [shout]")
    host = Host(installed=False)
    one, two = (config.load(path, host, allow_local_plugins=True) for _ in range(2))
    assert one.steps == two.steps


def test_a_local_plugin_is_not_run_where_it_is_not_allowed(tmp_path):
    (tmp_path / "own.py").write_text("raise SystemExit('it ran')")
    path = tmp_path / "x.yaml"
    path.write_text("plugins: [own.py]\nsteps: [own]")
    with pytest.raises(PipelineErrors, match=r"x\.yaml:1:11: .*--allow-local-plugins") as caught:
        config.load(path, Host(installed=False))
    assert len(caught.value.mistakes) == 1


def test_a_broken_local_plugin_is_a_mistake_at_its_place(tmp_path):
    (tmp_path / "own.py").write_text("import nothing_of_this_name")
    path = tmp_path / "x.yaml"
    path.write_text("plugins: [own.py, other.py]\nsteps: [shout]")
    with pytest.raises(PipelineErrors) as caught:
        config.load(path, Host(installed=False), allow_local_plugins=True)
    broken, missing = caught.value.mistakes
    assert "nothing_of_this_name" in broken.message
    assert (missing.column, missing.line) == (19, 1)


SCALARS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters="\ufeff\ufffe\uffff$"), max_size=20
)


@settings(max_examples=100, deadline=None)
@given(keep=st.lists(SCALARS, max_size=4), spans=st.booleans(), sample=st.integers(1, 10**6))
def test_settings_come_back_as_they_were_written(load, keep, spans, sample):
    quoted = ", ".join("'" + each.replace("'", "''") + "'" for each in keep)
    [use] = load(f"steps:\n- language: {{keep: [{quoted}], spans: {str(spans).lower()}, sample: {sample}}}\n").steps
    assert (use.step.keep, use.step.spans, use.step.sample) == (tuple(keep), spans, sample)


WORDS = (
    "steps:|- use: language|  with:|    keep: [en]|when: |language|- |{|}|[|]|: |\n|'|  |read: {from: x}|&a |*a|!t |#|>"
)
PIECES = st.sampled_from([*WORDS.split("|"), "|", "\t", "${X", '"', "\\U00110000", "é", "\x85", "<<: "])


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60) | st.lists(PIECES, max_size=25).map("".join))
def test_any_text_is_a_pipeline_or_has_mistakes_inside_of_it(host, text):
    try:
        config.loads(text, host, env={})
    except PipelineErrors as errors:
        found = errors.mistakes
    else:
        return
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert found
    for mistake in found:
        assert 1 <= mistake.line <= len(lines)
        assert 1 <= mistake.column <= len(lines[mistake.line - 1]) + 1
        assert len(mistake.message) < 300


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=40))
def test_any_bytes_are_a_pipeline_or_have_mistakes(tmp_path_factory, host, data):
    path = Path(tmp_path_factory.getbasetemp()) / "any.yaml"
    path.write_bytes(data)
    with pytest.raises(PipelineErrors):
        config.load(path, host, env={})
