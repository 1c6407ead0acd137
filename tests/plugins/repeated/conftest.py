"""Thirty pages of three hosts, each with its own furniture around ten articles."""

import json
import random

import pytest

from tamis import Document

SUBJECTS = ["The council", "The harbour master", "A school board", "The rail union", "A panel of judges"]
VERBS = ["approved", "postponed", "questioned", "published", "withdrew", "defended"]
THINGS = [
    "the plan for the new bridge",
    "a report on drinking water",
    "its budget for the winter",
    "the night timetable",
]
PLACES = [
    "in Portreath",
    "in the old town",
    "after a long night",
    "against the advice of its lawyers",
    "without a vote",
]

HEADS = {
    "courier.example": "HOME\nWORLD\nSPORT\nWEATHER\n",
    "www.tribune.example": "The Tribune: independent since 1911\n",
    "bote.example": "Startseite\nPolitik\nKultur\n",
}
FEET = {
    "courier.example": "Sign up for our morning briefing, each weekday at {n} in your inbox\n© The Portreath Courier\n",
    "www.tribune.example": "The Tribune is owned by its readers, and you can become one of them for a pound a month.\n",
    "bote.example": "Lesen Sie weiter mit Bote Plus\nImpressum\nDatenschutz\n",
}
GLUED = "Stay with us for more on this developing story as it happens."


def article(seed):
    """Return four paragraphs that no other seed has."""
    dice = random.Random(seed)
    sentences = [
        " ".join(map(dice.choice, (SUBJECTS, VERBS, THINGS, PLACES))) + f", item {seed}{letter} says."
        for letter in "abcdefgh"
    ]
    return [" ".join(sentences[i : i + 2]) for i in range(0, 8, 2)]


def make_pages():
    pages = []
    for host in HEADS:
        for number in range(10):
            body = article(f"{host[:2]}{'qrstuvwxyz'[number]}")
            if host.startswith("www"):
                body[1] += f" {GLUED}"
            text = HEADS[host] + "\n".join(body) + "\n" + FEET[host].format(n=number)
            pages.append(Document(text, f"{host}-{number}", {"url": f"https://{host}/news/{number}"}))
    return pages


@pytest.fixture
def pages():
    return make_pages()


@pytest.fixture
def write(tmp_path):
    def write(docs, name):
        path = tmp_path / name
        lines = [json.dumps({"id": doc.id, "text": doc.text, **doc.meta}) + "\n" for doc in docs]
        path.write_text("".join(lines), encoding="utf-8")
        return str(path)

    return write
