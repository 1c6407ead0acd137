"""What is no YAML, or more of it than a pipeline needs, is refused at the line where it went wrong."""

import pytest


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("steps:\n- use: language\n  id mt\n  on_error: keep", "3:3: no colon here: is one missing after 'id'?"),
        ("steps:\n- use: language\n  id mt", "3:3: no colon here: is one missing after 'id'?"),
        ("steps:\n- language:\n    keep [en]\n    spans: true", "3:5: no colon here: is one missing after 'keep'?"),
        ("steps:\n- language:\n    keep [en]\n\n    # x\n    spans: true", "3:5: no colon here"),
        ("steps:\n- use: language\n  with:\n    keep [en]", "4:5: with: should be a mapping of settings, found 'keep"),
        (
            "steps:\n- language:\n    spans true",
            "3:5: language: should be a mapping of settings, found 'spans true': is a",
        ),
        ("steps:\n- use: language\n  with {keep: [en]}", "3:3: no colon here: is one missing after 'with'?"),
        ("steps:\n- use: language\n  with {spans: true,\n    keep: [en]}", "3:3: no colon here"),
        ("steps:\n- use language", "2:3: no colon here: is one missing after 'use'?"),
        ("steps: [{use language}]", "1:10: no colon here: is one missing after 'use'?"),
        ("steps:\n- when text\n  steps: [language]", "2:1: no colon here: is one missing after 'when'?"),
        (
            "read:\n  from x.jsonl\nsteps: []",
            "2:3: read: should be a mapping, found 'from x.jsonl': is a colon missing",
        ),
        ("read {text: a, id: b}\nsteps: []", "1:1: no colon here: is one missing after 'read'?"),
        ("read {text: a}\nsteps: []", "1:1: no colon here: is one missing after 'read'?"),
        ("read: {\n  text body,\n  id: x\n}\nsteps: []", "2:3: no colon here: is one missing after 'text'?"),
        ("steps: []\nsteps: [language]", "2:1: key 'steps' is given twice, first in line 1"),
        ("steps: [language\nread: {}", "1:8: this '[' is never closed: is ']' missing at the end of its line?"),
        ("steps: [language", "1:8: this '[' is never closed"),
        ("steps: [{language: {\n  keep: [en]\n  spans: true}}]", "3:3: ',' or '}' should stand before this"),
        ("steps: []\nread: {id: 'x}\n", "2:12: this quote is never closed"),
        ("steps:\n\t- language", "2:1: a tab cannot indent YAML: use spaces"),
        ("steps: [@x]", "1:9: no value starts with '@': quote it"),
        (
            "steps:\n- use: language\n  on error: keep\n  note that\n  id: x",
            "4:3: no colon here: is one missing after 'note'?",
        ),
        (
            "read: {\n  text: body,\n  id url\n  title: head\n}\nsteps: []",
            "3:3: no colon here: is one missing after 'id'?",
        ),
        ("# nothing\n- a\nb: 1", "3:1: this does not belong to what stands above: is a '- ' missing or too much"),
        ("steps: []\nread: a: b", "2:8: a second ': ' in one value: quote the value"),
        ("steps: []\nread: a\n  id: b", "3:5: a key cannot stand here: it is indented by 2, line 2 by 0"),
        (
            "steps:\n  - language\n - topics",
            "3:2: this does not belong to what stands above: it is indented by 1, line 2 by 2",
        ),
        (
            "  read: {}\nsteps: []",
            "2:1: this does not belong to what stands above: it is indented by 0, line 1 by 2",
        ),
        (
            "steps:\n- language\nread:\n  id: x\n  - text",
            "5:3: this does not belong to what stands above: is a '- ' missing",
        ),
        (
            "steps:\n- topics:\n    threshold:\n      energy:0.5\n      trade: 0.4",
            "4:7: a space is missing after 'energy:'",
        ),
        ("steps:\n- use:language\n  id: x", "2:1: a space is missing after 'use:'"),
        ("steps:\n  -use: language\n   id: x", "2:3: a space is missing after '-'"),
        ("steps:\n  language\n  - use: topics", "2:3: neither '- ' nor ':' here: is one missing?"),
        ('steps:\n- use: language\n  when: "x" in text', "3:13: the value ended at its closing quote"),
        ("steps: [{language: {sample: ${N}}}]", '1:20: quote "${...}" where it stands inside { } or [ ]'),
        ("steps: []\n---\nsteps: []", "2:1: a second document starts here: one pipeline a file"),
        ("steps: !!python/object/apply:os.system ['true']", "1:8: tags such as 'tag:yaml.org,2002:python"),
        ("steps: !own [language]", "1:8: tags such as '!own' are refused: quote a value that starts with '!'"),
        ("steps: [*x]", "1:9: the alias '*x' names nothing: no '&' with this name before it"),
        ("steps: &x [*x]", "1:12: the alias '*x' stands inside what it names"),
        ("read: &x {}\nsteps: &x []", "2:8: the anchor '&x' is given twice"),
        ("steps: []\n<<: {read: {}}", "2:1: '<<' does not merge in YAML 1.2: use `extends`, or an alias"),
        ("? [a]\n: 1\n", "1:3: a key should be a word, found a list or a mapping"),
        ('steps: ["\\UFFFFFFFF"]', "1:12: an escape stands for no character"),
        ('steps: ["\\ud800"]', "1:9: half of a surrogate pair is no character"),
        ("steps: [\x00]", "1:9: the character U+0000 is not allowed in YAML: write it as an escape"),
        ("steps: ]", "1:8: this is no YAML: expected the node content, but found ']'"),
        ('read: {from: "${NOT_SET}"}\nsteps: []', "1:15: the environment variable 'NOT_SET' is not set: set it, or"),
        ('read: {from: "a ${1}"}\nsteps: []', "1:17: '${1}' should be ${NAME} or ${NAME:-default}"),
        ("steps:\n- language:\n    sample: ${NOT_SET}", "3:13: the environment variable 'NOT_SET' is not set"),
    ],
)
def test_what_is_no_yaml_is_said_at_the_line_where_it_went_wrong(mistakes, text, mistake):
    [found] = mistakes(text)
    assert found.startswith(mistake)


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{new}: &{new} [{','.join(['*' + old] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("[" * 200_000, "1:42: nested deeper than 40"),
        ("{a: " * 50_000, "1:165: nested deeper than 40"),
        ("- " * 100_000, "1:81: nested deeper than 40"),
        (BOMB, "4:26: over 5,000 values, aliases written out"),
        ("- a\n" * 6000, "5000:3: over 5,000 values"),
        (f"a: {'x' * 250_000}", "1:1: the file has over 250,000 characters"),
    ],
)
def test_bombs_are_refused_at_their_place(mistakes, text, mistake):
    [found] = mistakes(text)
    assert found.startswith(mistake)
