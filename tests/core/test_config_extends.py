"""Pipelines that extend others: what merges, what replaces, and where mistakes are put."""

import pytest

from tamis import config
from tamis.errors import PipelineErrors
from tamis.pipeline import Group


@pytest.fixture
def merge(tmp_path, host):
    """Return the configuration of *over*, which extends *base*."""

    def load(base, over, **options):
        (tmp_path / "base.yaml").write_text(base)
        path = tmp_path / "over.yaml"
        path.write_text(f"extends: base.yaml\n{over}")
        return config.load(path, host, env={}, **options)

    return load


def ids(steps):
    return [ids(each.steps) if isinstance(each, Group) else each.id for each in steps]


def test_what_is_not_said_again_stays(merge):
    made = merge("read: {from: a.jsonl}\nsteps: [language]", "")
    assert (made.read.from_, ids(made.steps)) == (("a.jsonl",), ["language"])
    assert [path.name for path in made.source] == ["over.yaml", "base.yaml"]


def test_mappings_merge_and_everything_else_replaces(merge):
    made = merge("read: {from: [a.jsonl, b.jsonl], text: body}\nsteps: []", "read: {from: [c.jsonl], id: url}")
    assert (made.read.from_, made.read.text, made.read.id) == (("c.jsonl",), "body", "url")


def test_steps_merge_by_id_in_their_place_and_new_ones_go_to_the_end(merge):
    made = merge(
        "steps:\n- language: {keep: [en], sample: 5}\n- topics",
        "steps:\n- tone: {model: small}\n- use: language\n  with: {keep: [de]}\n  on_error: fail",
    )
    language, _, _ = made.steps
    assert ids(made.steps) == ["language", "topics", "tone"]
    assert (language.step.keep, language.step.sample, language.on_error) == (("de",), 5, "fail")


def test_a_step_is_changed_by_its_id_alone_also_inside_a_group(merge):
    made = merge(
        "steps:\n- language\n- when: language\n  steps:\n  - use: topics\n    id: house\n    with: {threshold: {a: 1}}",
        "steps:\n- id: house\n  with: {threshold: {b: 3}}\n  when: text",
    )
    assert ids(made.steps) == ["language", ["house"]]
    house = made.steps[1].steps[0]
    assert (house.use, house.step.threshold, str(house.when)) == ("topics", {"a": 1.0, "b": 3.0}, "text")


def test_another_use_under_the_same_id_starts_with_its_own_settings(merge):
    made = merge("steps: [{use: topics, id: it, with: {mode: loose}}]", "steps: [{use: language, id: it}]")
    assert (made.steps[0].use, made.steps[0].step.keep) == ("language", ())


def test_the_name_alone_leaves_a_step_as_it_is(merge):
    made = merge("steps: [{language: {sample: 7}}]", "steps: [language]")
    assert (ids(made.steps), made.steps[0].step.sample) == (["language"], 7)


def test_a_set_comes_last(merge):
    made = merge("steps: [{language: {sample: 1}}]", "steps: [{language: {sample: 2}}]", sets=["language.sample=3"])
    assert made.steps[0].step.sample == 3


def test_a_file_extended_may_extend_another_beside_itself(tmp_path, host):
    (tmp_path / "house").mkdir()
    (tmp_path / "house" / "root.yaml").write_text("steps: [language]")
    (tmp_path / "house" / "base.yaml").write_text("extends: root.yaml\nread: {text: body}")
    (tmp_path / "x.yaml").write_text("extends: house/base.yaml")
    made = config.load(tmp_path / "x.yaml", host)
    assert (ids(made.steps), made.read.text) == (["language"], "body")


def test_a_text_looks_for_what_it_extends_in_its_base(tmp_path, host):
    (tmp_path / "base.yaml").write_text("steps: [language]")
    assert ids(config.loads("extends: base.yaml", host, base=tmp_path).steps) == ["language"]


def said(caught):
    return [
        f"{each.file.rpartition('/')[2]}:{each.line}:{each.column}: {each.message}" for each in caught.value.mistakes
    ]


@pytest.mark.parametrize(
    ("base", "over", "mistake"),
    [
        ("steps: [language]", "steps: [{id: langauge}]", "over.yaml:2:14: no step has the id 'langauge' - did you"),
        ("steps: [{language: {smaple: 1}}]", "", "base.yaml:1:21: step 'language' has no setting 'smaple'"),
        ("steps: [language]", "steps: [{language: {sample: x}}]", "over.yaml:2:29: language.sample: should be"),
        ("steps: [language", "steps: [topics]", "base.yaml:1:8: this '[' is never closed"),
        ("steps: [{language: {sample: x}}]", "steps: [{language: {keep: [en]}}]", "base.yaml:1:29: language.sample"),
        ("steps: [language]", "steps: [topics, language, language]", "over.yaml:2:27: the id 'language' is used twice"),
        ("", "steps: []", "base.yaml:1:1: the file is empty"),
        ("extends: over.yaml", "", "base.yaml:1:10: extends goes in a circle: over.yaml > base.yaml > over.yaml"),
        ("extends: base.yaml", "", "base.yaml:1:10: extends goes in a circle: base.yaml > base.yaml"),
        ("extends: bsae.yaml", "", "base.yaml:1:10: cannot read 'bsae.yaml': No such file or directory - did you mean"),
        ("extends: [base.yaml]", "", "base.yaml:1:10: extends: should be the name of one file, found a list"),
        ("extends: ${NOT_SET}", "", "base.yaml:1:10: the environment variable 'NOT_SET' is not set"),
        ('extends: "a\\0b"', "", "base.yaml:1:10: cannot read 'a\\x00b': embedded null byte"),
    ],
)
def test_a_mistake_is_said_in_the_file_that_holds_it(merge, base, over, mistake):
    with pytest.raises(PipelineErrors) as caught:
        merge(base, over)
    [found] = said(caught)
    assert found.startswith(mistake)


def test_a_step_of_the_base_inside_a_group_is_refused_with_the_way_to_change_it(merge):
    with pytest.raises(PipelineErrors) as caught:
        merge("steps: [language, {when: text, steps: [topics]}]", "steps: [{when: text, steps: [topics]}]")
    [found] = said(caught)
    assert found.startswith("over.yaml:2:30: the id 'topics' is used twice, first in ")
    assert found.endswith("base.yaml: to change that step, name it outside of a group")


def test_files_extend_one_another_within_a_bound(tmp_path, host):
    for number in range(300):
        (tmp_path / f"{number}.yaml").write_text(f"extends: {number + 1}.yaml")
    with pytest.raises(PipelineErrors, match="over 20 files extend one another"):
        config.load(tmp_path / "0.yaml", host)


def test_mistakes_of_the_extending_file_come_first(merge):
    with pytest.raises(PipelineErrors) as caught:
        merge("steps: [zebra]", "raed: {}")
    assert [found.partition(": ")[0] for found in said(caught)] == ["over.yaml:2:1", "base.yaml:1:9"]
