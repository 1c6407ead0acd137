"""Rule packs: how they are written, found and refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tamis import Document
from tamis import Mark
from tamis.errors import ConfigError
from tamis.text import words
from tamis_translation import Translation
from tamis_translation.lexicon import prepare
from tamis_translation.origins import hints_of
from tamis_translation.packs import load

PACK = """
format = 1
language = "pt"
name = "Portuguese"
names = '''
! Putin = Pútine | unless: river
'''
endings = '''
! chuk = txuk
'''
[words]
old = "old ancient"
[rules]
idiom = '''
! {swallow} [ frogs/toads ] | put up with anything | engolir sapos
! take the @old horse | (nothing)
! & {catch} snake hand | touch a sore point | apanhar a cobra
'''
untranslated = '''
~ puxar | pull | puxar
'''
lexis = '''
~ push | pull | puxar
'''
[hints]
"1.5" = "Lisbon Porto"
"""


@pytest.fixture
def pack(tmp_path: Path) -> str:
    path = tmp_path / "pt.toml"
    path.write_text(PACK, encoding="utf-8")
    return str(path)


def marks(text: str, pack: str) -> list[tuple[str, str]]:
    step = Translation(packs=(pack,))
    english = "It is said that the minister was at the door of the house and that he had to go in. "
    text = english + text
    return [(one.name, text[slice(*one.span)]) for one in step.find(Document(text)) if isinstance(one, Mark)]


def test_a_pack_of_the_user_is_used_beside_the_built_in_ones(pack: str) -> None:
    assert marks("He swallowed toads again.", pack) == [("idiom", "toads")]


def test_a_pack_names_foreign_spellings(pack: str) -> None:
    assert marks("Then Pútine left.", pack) == [("name-form", "Pútine")]


def test_a_counter_word_takes_a_name_back(pack: str) -> None:
    assert marks("The river Pútine rose.", pack) == []


def test_a_pack_knows_endings_of_names(pack: str) -> None:
    assert marks("Mr Kravtxuk left.", pack) == [("name-form", "Kravtxuk")]


def test_a_list_of_words_stands_for_each_of_them(pack: str) -> None:
    assert marks("They take the ancient horse.", pack) == [("idiom", "take the ancient horse")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He caught the snake by hand.", "caught the snake by hand"),
        ("By hand the snake was caught.", "hand the snake was caught"),
        ("A hand and a snake. He caught it.", None),
        ("He caught a long and very old and rather tired snake in one hand.", None),
    ],
)
def test_a_bag_finds_its_words_in_any_order_and_close_together(pack: str, text: str, found: str | None) -> None:
    assert dict(marks(text, pack)).get("idiom") == found


def test_names_in_cyrillic_give_foreign_spellings(tmp_path: Path) -> None:
    path = tmp_path / "pt.toml"
    path.write_text("romanisation = 'п=p у=u т=t и=ih н=n'\n" + PACK, encoding="utf-8")
    text = "They say that Putihn was at the door of the house and that he swallowed toads in it."
    found = [one for one in Translation(packs=(str(path),)).find(Document(text)) if isinstance(one, Mark)]
    assert {one.name: one.data for one in found}["name-form"] == {"suggestion": "Putin"}


def test_weak_rules_need_company(pack: str) -> None:
    assert marks("Please push.", pack) == []


def test_weak_rules_show_beside_firm_ones(pack: str) -> None:
    found = marks("He swallowed toads. Pútine swallowed frogs. They take the old horse. Please puxar.", pack)
    assert ("untranslated", "puxar") in found


def test_weak_rules_about_wording_are_never_shown(pack: str) -> None:
    found = marks("He swallowed toads. Pútine swallowed frogs. They take the old horse. Please push.", pack)
    assert "lexis" not in dict(found)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("format = 1", "format = 9", "format should be 1"),
        ("[hints]", "[hint]", "did you mean 'hints'"),
        ("idiom =", "idoim =", "did you mean 'idiom'"),
        ("@old", "@odl", "did you mean 'old'"),
        ("Putin =", "Putin", "a name is written"),
        ("! take the @old horse", "! * *3", "one word that must be there"),
        ('"1.5"', '"much"', "keyed by a number"),
        ('language = "pt"', "language = 7", "should be a code"),
        ("! & {catch} snake hand", "! & snake", "a bag holds two words or more"),
        ("format = 1", "format = ", "pt.toml"),
    ],
)
def test_a_mistake_in_a_pack_is_named_with_its_file(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = tmp_path / "pt.toml"
    path.write_text(PACK.replace(old, new), encoding="utf-8")
    with pytest.raises(ConfigError, match=message) as error:
        load(None, (str(path),))
    assert "pt.toml" in str(error.value)


def test_a_pack_that_is_not_there_is_an_error() -> None:
    with pytest.raises(ConfigError, match="nowhere"):
        load(None, ("nowhere.toml",))


def test_an_unknown_source_is_an_error_with_a_suggestion() -> None:
    with pytest.raises(ConfigError, match="no pack 'frr' - did you mean 'fr'"):
        load(("frr",))


def test_the_built_in_packs_have_seven_languages() -> None:
    assert set(load().languages) == {"de", "es", "fr", "it", "ja", "ru", "zh"}


def test_every_built_in_pattern_compiles() -> None:
    rules = load().rules.rules
    assert all(rule.pattern for rule in rules)
    assert len(rules) > 3000


def test_endings_of_names_hint_at_a_language(tmp_path: Path) -> None:
    pack = tmp_path / "pt.toml"
    pack.write_text('format = 1\nlanguage = "pt"\n[hints]\n"0.5" = "*inho Lisbon"\n', encoding="utf-8")
    text = prepare("Then Ronaldinho left Lisbon.", *words("Then Ronaldinho left Lisbon."))
    assert hints_of(text, load((), (str(pack),))) == {"pt": 1.0}
