"""Mistakes in pipelines: each is refused at its place, in a sentence that holds the cure."""

import pytest

import tamis
from tamis import config
from tamis.errors import PipelineErrors
from tamis.formats.jsonl import JsonlFormat
from tamis.host import Host


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("steps: [languag]", "1:9: no step 'languag' is installed - did you mean 'language'?"),
        ("stepz: [language]", "1:1: a pipeline has no key 'stepz' - did you mean 'steps'?"),
        (
            "read: {options: {delimeter: x}}\nsteps: [language]",
            "1:18: a format has no option 'delimeter'",
        ),
        (
            "read: {options: {delimiter: '||'}}\nsteps: [language]",
            "1:29: read.options.delimiter: should be one character, found '||'",
        ),
        ("steps:\n- use: language\n  wiht: {}", "3:3: a step has no key 'wiht' - did you mean 'with'?"),
        ("steps:\n- language: {kep: [en]}", "2:14: step 'language' has no setting 'kep' - did you mean 'keep'?"),
        ("steps:\n- language: {keep: en}", "2:20: language.keep: should be a list, found 'en': write [en]"),
        ("steps:\n- language: {keep: [1]}", "2:21: language.keep.0: should be a text, found 1: put it in quotes"),
        ("steps:\n- language: {spans: maybe}", "2:21: language.spans: should be true or false, found 'maybe'"),
        ("steps:\n- language: {sample: few}", "2:22: language.sample: should be a whole number, found 'few'"),
        ("steps:\n- language: {sample: 0}", "2:22: language.sample: should be greater than 0"),
        ("steps:\n- language: {sample: [3]}", "2:22: language.sample: should be a whole number"),
        ("steps:\n- language: {sample: }", "2:21: language.sample: should be a whole number, found nothing"),
        ("steps: [{language: {sample: .inf}}]", "1:29: language: should be a finite number, found '.inf'"),
        ("steps: [language, {topics: {threshold: 3}}]", "1:40: topics.threshold: should be less than or equal to 1"),
        (
            "steps: [language, {topics: {places: {titel: 1}}}]",
            "1:38: `topics.places` has no key 'titel' - did you mean 'title'?",
        ),
        ("steps: [language, {topics: {mode: []}}]", "1:35: topics.mode: should be one of strict, loose"),
        ("steps: [language, {topics: {mode: x}}]", "1:35: topics.mode: should be one of strict, loose, found 'x'"),
        ("steps: [language, {topics: {sure: [1]}}]", "1:20: topics: TypeError: a validator that fails by itself"),
        ("steps:\n- use: language\n  keep: [en]", "3:3: 'keep' is a setting of step 'language': put it under `with:`"),
        ("steps: [{tone: {}}]", "1:10: tone: the setting 'model' is missing"),
        ("steps: [{use: tone, with: {modle: x}}]", "1:28: step 'tone' has no setting 'modle' - did you mean 'model'?"),
        ("steps: [{drop: {if_: x}}]", "1:17: step 'drop' has no setting 'if_' - did you mean 'if'?"),
        ("steps: [{drop: {if: a = 1}}]", "1:23: drop.if: write `==` to compare"),
        ("steps: [{}]", "1:9: an empty step: name one with `use`"),
        ("steps: [~]", "1:9: an empty step: name one after the '-'"),
        ("steps: [[a]]", "1:9: a step is a name or a mapping with `use`, found a list"),
        ("steps: {a: 1}", "1:8: steps: should be a list, found a mapping; each step starts with '- '"),
        ("steps:", "1:7: steps: should be a list, found nothing; each step starts with '- '"),
        ("steps: [{use: [a]}]", "1:15: use: should be the name of a step, found a list"),
        ("steps: [{use: }]", "1:10: use: should be the name of a step, found nothing"),
        ("steps: [{use: language, with: 3}]", "1:31: with: should be a mapping of settings, found 3"),
        ("steps: [{use: language, on_error: kep}]", "1:35: on_error has no value 'kep' - did you mean 'keep'?"),
        ("steps: [{use: language, on_error: x}]", "1:35: on_error has no value 'x': it is quarantine, keep, fail"),
        (
            "steps: [{use: language, id: read}]",
            "1:29: 'read' is a section of every pipeline: give the step another `id`",
        ),
        ("steps: [{use: language, id: a b}]", "1:29: id: should be letters, digits, '_' and '-', found 'a b'"),
        ("steps: [{language: 3}]", "1:20: language: should be a mapping of settings, found 3"),
        ("steps: [{id: x}]", "1:14: no step has the id 'x', and `use` is missing: it names the step"),
        ("steps: [{when: text}]", "1:9: `use` is missing: it names the step"),
        ("steps: [{language: {}, when: text}]", "1:10: write `use: language`, with its settings under `with:`"),
        (
            "steps:\n- language:\n  spans: true",
            "3:3: 'spans' is a setting of step 'language': indent it deeper than that",
        ),
        (
            "steps:\n- use: language\n  id: a\n  use: topics\n  id: b",
            "4:3: key 'use' is given twice, first in line 2: is a '- '",
        ),
        ("steps: [{when: text, foo: 1}]", "1:22: a step has no key 'foo': it has id, on_error, use, when, with"),
        ("steps: [{use: language, foo: 1}]", "1:25: a step has no key 'foo': it has id, on_error, use, when, with"),
        (
            "steps: [{use: language, steps: []}]",
            "1:25: a group has only `when`, `steps`, a step no `steps`: is a '- ' missing before 'steps'?",
        ),
        ("steps: [{when: text, steps: [], foo: 1}]", "1:33: a group has no key 'foo': it has steps, when"),
        ("read: 3\nsteps: []", "1:7: read: should be a mapping, found 3"),
        ("read: {fron: x}\nsteps: []", "1:8: `read` has no setting 'fron' - did you mean 'from'?"),
        ("read: {encoding: latin-99}\nsteps: []", "1:18: read.encoding: there is no text encoding 'latin-99'"),
        ("read: {encoding: base64}\nsteps: []", "1:18: read.encoding: there is no text encoding 'base64'"),
        ("read: {format: jsnl}\nsteps: []", "1:16: read.format: no format 'jsnl' is installed - did you mean 'jsonl'?"),
        ("read: {from: a.jsnl}\nsteps: []", "1:14: read.from: no format reads files '.jsnl' - did you mean '.jsonl'?"),
        ("write: {to: a.xyz}\nsteps: []", "1:13: write.to: no format writes files '.xyz': known are "),
        ("write: {to: a.csv}\nsteps: []", "1:13: write.to: no format writes files '.csv': known are .jsonl,"),
        (
            "write: {failed: a.table}\nsteps: []",
            "1:17: write.failed: no format writes files '.table': known are .jsonl, .jsonl.gz, .ndjson, .ndjson.gz",
        ),
        (
            "write: {rejects: a.jsonl, failed: ./a.jsonl}\nsteps: []",
            "1:35: write.failed: is the same file as write.rejects",
        ),
        ("options: {max_document: 4 XB}\nsteps: []", "1:25: options.max_document: should be a number of bytes or a"),
        ("plugins: x.py\nsteps: []", "1:10: plugins: should be a list of files, found 'x.py'"),
        ("plugins: [[x]]\nsteps: []", "1:11: plugins: should be a file, found a list"),
        ("read: {}", "1:1: `steps` is missing"),
        ("[a]", "1:1: a pipeline is a mapping with `steps`, found a list"),
        ("", "1:1: the file is empty: a pipeline has `steps`"),
        ("# only this", "1:1: the file is empty: a pipeline has `steps`"),
    ],
)
def test_a_mistake_is_said_once_at_its_place(mistakes, text, mistake):
    [found] = mistakes(text)
    assert found.startswith(mistake)


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("when: langauge", "5:9: no step before this gives the label 'langauge' - did you mean 'language'?"),
        ("when: language == en", "5:21: no step before this gives the label 'en'; a text is written in quotes: \"en\""),
        ("when: tone", "5:9: no step before this gives the label 'tone': put 'tone' before it"),
        ("when: house", "5:9: no step before this gives the label 'house'; a text is written in quotes"),
        ("when: topics", "5:9: the label 'topics' is given only later, by step 'topics': put that step before this"),
        ("when: topic", "5:9: no step before this gives the label 'topic'; 'topics' is given only later, by step"),
        ('when: "language = 1"', "5:19: when: write `==` to compare"),
        ("when: flase", "5:9: no step before this gives the label 'flase' - did you mean 'false'?"),
        ("when: mta.country", "5:9: when: a label has `.score` and `.scores`, no '.country' - did you mean 'meta'?"),
        ("when: >-\n    language and\n    langauge", "7:5: no step before this gives the label 'langauge'"),
        ("when: language and\n    langauge", "6:5: no step before this gives the label 'langauge'"),
        ("when: |\n    not langauge", "6:9: no step before this gives the label 'langauge'"),
        ("when: [language]", "5:9: when: should be an expression, found a list"),
        ("when:", "5:3: when: should be an expression, found nothing"),
        ("when: ''", "5:10: when: the expression is empty"),
        ("with: {if: langauge}", "5:14: no step before this gives the label 'langauge' - did you mean 'language'?"),
        ("when: ${A:-langauge}", "5:9: no step before this gives the label 'langauge' - did you mean 'language'?"),
    ],
)
def test_a_mistake_in_an_expression_is_said_at_its_column(mistakes, text, mistake):
    use = "drop" if text.startswith("with") else "language"
    found = mistakes(f"steps:\n- language\n- use: {use}\n  id: other\n  {text}\n- topics\n")
    assert len(found) == 1
    assert found[0].startswith(mistake)


def test_all_mistakes_are_said_at_once_in_their_order(mistakes):
    text = """\
raed: {}
steps:
- langauge
- use: topics
  id: language
  with: {threshold: {a: b}, mode: loos, weights: {titel: 1, text: x}, kinds: [unheard]}
  when: topic
- topics
- use: topics
"""
    assert [found.partition(" ")[0] for found in mistakes(text)] == [
        "1:1:",
        "3:3:",
        "6:25:",
        "6:35:",
        "6:51:",
        "6:67:",
        "6:78:",
        "7:9:",
        "9:8:",
    ]


def test_an_unknown_step_that_is_like_none_may_give_any_label(mistakes):
    [found] = mistakes("steps:\n- zebra\n- use: topics\n  when: stripes")
    assert found == "2:3: no step 'zebra' is installed"


def test_a_misspelt_step_gives_what_the_right_one_gives(mistakes):
    assert len(mistakes("steps:\n- langauge\n- use: topics\n  when: language")) == 1


def test_a_need_that_no_step_before_gives_is_said_with_the_step_that_would(mistakes):
    [found] = mistakes("steps: [topics, language]")
    assert (
        found
        == "1:9: step 'topics' needs the label 'language', which no step before it gives: put 'language' before it"
    )


def test_an_id_is_used_once(mistakes):
    [found] = mistakes("steps:\n- language\n- when: language\n  steps:\n  - language\n")
    assert found == "5:5: the id 'language' is used twice, first in line 2: give each its own with `id:`"


def test_the_line_itself_comes_with_the_mistake(load):
    with pytest.raises(PipelineErrors) as caught:
        load("steps:\n  - languag # here\n")
    assert caught.value.mistakes[0].source == "  - languag # here"
    assert str(caught.value).startswith("x.yaml:2:5: ")


@pytest.mark.parametrize(
    ("given", "mistake"),
    [
        ("language.sample=few", "1:17: language.sample: should be a whole number, found 'few'"),
        ("language.smaple=3", "1:10: step 'language' has no setting 'smaple' - did you mean 'sample'?"),
        ("langauge.sample=3", "1:1: no step has the id 'langauge' - did you mean 'language'?"),
        ("language.on_error=kep", "1:19: on_error has no value 'kep' - did you mean 'keep'?"),
        ("language.when=langauge", "1:15: no step before this gives the label 'langauge'"),
        ("language.keep=[a", "1:15: this '[' is never closed"),
        ("language.keep=[a, 1]", "1:19: language.keep.1: should be a text, found 1: put it in quotes"),
        ("read.form=x", "1:6: `read` has no setting 'form' - did you mean 'from'?"),
        ("language", "1:1: 'language' should be ID.KEY=VALUE, as in topics.threshold=0.5"),
        ("language=3", "1:1: 'language=3' should be ID.KEY=VALUE"),
        ("language" + ".a" * 2000 + "=3", "1:1: 'language.a.a.a.a.a"),
        ("language.=3", "1:1: 'language.=3' should be ID.KEY=VALUE"),
        ("language.sample=${NOT_SET}", "1:17: the environment variable 'NOT_SET' is not set"),
    ],
)
def test_a_mistake_in_a_set_is_said_at_its_column(mistakes, given, mistake):
    [found] = mistakes("steps: [language]", sets=[given])
    assert found.startswith(mistake)


def test_the_line_of_a_set_is_its_number(load):
    with pytest.raises(PipelineErrors) as caught:
        load("steps: [language]", sets=["language.sample=3", "language.sample=few"])
    [mistake] = caught.value.mistakes
    assert (mistake.file, mistake.line, mistake.source) == ("--set", 2, "language.sample=few")


def test_a_file_that_is_missing_is_said_with_one_that_is_there(tmp_path, host):
    (tmp_path / "news.yaml").write_text("steps: []")
    with pytest.raises(PipelineErrors, match=r"nwes\.yaml:1:1: cannot read .* - did you mean 'news.yaml'\?"):
        config.load(tmp_path / "nwes.yaml", host)


@pytest.mark.parametrize("name", ["", "a\x00b", "gone/x.yaml"])
def test_a_path_that_cannot_be_opened_is_a_mistake(tmp_path, host, name):
    with pytest.raises(PipelineErrors, match="cannot read"):
        config.load(f"{tmp_path}/{name}", host)


def test_a_folder_is_no_pipeline(host, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(PipelineErrors, match=r"cannot read '\.': Is a directory"):
        config.load(".", host)


def test_a_file_that_is_not_utf8_is_refused_at_the_first_wrong_byte(tmp_path, host):
    path = tmp_path / "x.yaml"
    path.write_bytes("steps: []\n# caf\xe9".encode("latin-1"))
    with pytest.raises(PipelineErrors, match=r":2:6: this is not UTF-8"):
        config.load(path, host)


def test_a_flood_of_mistakes_is_cut(mistakes):
    assert len(mistakes("steps: []\n" * 500)) == 100


def test_what_failed_is_written_as_json_lines_whatever_else_can_be_written():
    class Pages(JsonlFormat):
        suffixes = (".pages",)

    class Plugin:
        @tamis.hookimpl
        def tamis_formats(self):
            return {"pages": Pages()}

    with pytest.raises(PipelineErrors) as raised:
        config.loads("write: {to: a.pages, failed: b.pages}\nsteps: [drop]", Host([Plugin()], installed=False))
    [mistake] = [each.message for each in raised.value.mistakes if "write" in each.message]
    assert mistake.startswith("write.failed: what failed is not written to files '.pages': known are .jsonl, ")


def test_a_suffix_of_two_parts_is_a_suffix():
    class Pages(JsonlFormat):
        suffixes = (".news.pages",)

    class Plugin:
        @tamis.hookimpl
        def tamis_formats(self):
            return {"pages": Pages()}

    host = Host([Plugin()], installed=False)
    made = config.loads("read: {from: a.news.pages}\nwrite: {to: b.news.pages}\nsteps: []", host)
    assert made.write.to == "b.news.pages"
