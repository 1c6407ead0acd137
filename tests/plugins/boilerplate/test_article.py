"""A whole article with every kind of residue, in all the ways in which it comes."""

from __future__ import annotations

import pytest

import tamis
from tamis_boilerplate import Boilerplate

TITLE = "In Port-Louis, the citadel waits for its new lock keepers"
CAPTION = "The old lock keeper, Yann Le Bihan, and his daughter, on the quay of Port-Louis, Brittany, March 3, 2031."
CREDIT = "ODILE KERVADEC / AFP"
LEDE = (
    "In Port-Louis, the citadel has become a habit. With the first tide of spring, the gates opened on Monday, March 3."
)
FIRST = "“A lock is a promise,” says the mayor. Nobody has kept it for nine years, and 40% of the pumps have rusted."
INSERT = "Read also | Article reserved for our subscribers Brittany builds a workshop for the tidal turbine Read later"
SECOND = "Since the winter of 2022 the town has looked for two keepers, and it has found one of them in Lorient."
COUNTER = "You have 42.14% of this article left to read. The rest is reserved for subscribers."
TAIL = "Source link\n\nRelated posts\n\n“The sea takes back what it lent”\n\nIn Ostend, a market hall against the wind"
BODY = f"{LEDE} {FIRST} {SECOND}"


def page(caption: str = f"{CAPTION} {CREDIT}", insert: str = INSERT, counter: str = COUNTER) -> str:
    return f"{TITLE}\n\n\n{caption} {LEDE} {FIRST} {insert} {SECOND} {counter}\n\n\n{TAIL}"


def run(text: str, **settings: object) -> tamis.Document:
    doc = tamis.Document(text)
    return doc.apply("boilerplate", Boilerplate(**settings).find(doc))  # type: ignore[arg-type]


def flat(text: str) -> str:
    return " ".join(text.split())


def value(doc: tamis.Document, name: str) -> object:
    return doc.labels[name].value if name in doc.labels else None


def test_only_the_title_and_the_article_are_left() -> None:
    assert flat(run(page()).text) == f"{TITLE} {BODY}"


def test_the_facts_are_labelled_before_they_are_cut() -> None:
    doc = run(page())
    assert (value(doc, "truncated"), value(doc, "percent_left")) == (True, 42.14)
    assert (value(doc, "agency"), value(doc, "photographer")) == ("AFP", "ODILE KERVADEC")
    assert value(doc, "title") == TITLE


@pytest.mark.parametrize(
    ("counter", "left"),
    [
        ("You still have 7.5% of this article to read. The suite is reserved for subscribers.", 7.5),
        ("There remains 61% of the text to read.", 61),
        ("22.6% of the article is still hidden from you. Already a subscriber? Log in.", 22.6),
        ("You have read 46% of this article; 54% remains.", 54),
        ("Il vous reste 72,46 % de cet article à lire. La suite est réservée aux abonnés.", 72.46),
        ("Te queda un 35% de este artículo por leer. El resto es para suscriptores.", 35),
        ("Ti resta da leggere il 80% di questo articolo.", 80),
    ],
)
def test_counters_in_any_wording(counter: str, left: float) -> None:
    doc = run(page(counter=counter))
    assert flat(doc.text) == f"{TITLE} {BODY}"
    assert value(doc, "percent_left") == left


@pytest.mark.parametrize(
    "credit",
    ["JEAN ROUX / REUTERS", "© Jean Roux/AFP via Getty Images", "Photo: Jean Roux / EPA", "(Jean Roux/AP)"],
)
def test_credits_in_any_form(credit: str) -> None:
    assert flat(run(page(caption=f"{CAPTION} {credit}")).text) == f"{TITLE} {BODY}"


@pytest.mark.parametrize(
    "insert",
    [
        "Lire aussi | Article réservé à nos abonnés La Bretagne veut devenir un atelier Lire plus tard",
        "READ MORE: The workshop of the tidal turbine",
        "Lesen Sie auch: Warum die Schleuse klemmt",
        "",
    ],
)
def test_inserts_in_any_form(insert: str) -> None:
    assert flat(run(page(insert=insert)).text) == f"{TITLE} {BODY}"


def test_the_same_with_carriage_returns() -> None:
    assert flat(run(page().replace("\n", "\r\n")).text) == f"{TITLE} {BODY}"


def test_the_same_on_one_line() -> None:
    assert flat(run(flat(page())).text) == f"{TITLE} {BODY}"


def test_offsets_hold_behind_astral_characters() -> None:
    doc = run("\U0001f6a2" + page().replace("keepers", "\U0001d4d0keepers"))
    cuts = [
        doc.raw[finding.span[0] : finding.span[1]].strip()
        for _, finding in doc.trail
        if isinstance(finding, tamis.Edit)
    ]
    assert CREDIT in cuts
    assert CAPTION in cuts


def test_the_title_goes_where_it_is_wanted_so() -> None:
    doc = run(page(), title="cut")
    assert flat(doc.text) == BODY
    assert value(doc, "title") == TITLE


@pytest.mark.parametrize("line", [f"Harbour {TITLE}", f"{TITLE} By Mina Flett"])
def test_a_kicker_before_the_title_and_a_name_behind_it_go_with_it(line: str) -> None:
    doc = tamis.Document(f"{line}\n{LEDE}\n{SECOND}", meta={"title": TITLE})
    assert doc.apply("boilerplate", Boilerplate(title="cut").find(doc)).text == f"{LEDE}\n{SECOND}"


def test_the_title_known_to_the_reader_is_found_in_the_text() -> None:
    doc = tamis.Document(f"Home\n{TITLE}\n{LEDE}\n{SECOND}", meta={"title": TITLE})
    doc = doc.apply("boilerplate", Boilerplate(title="cut").find(doc))
    assert TITLE not in doc.text
