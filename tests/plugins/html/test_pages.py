"""Whole pages: the engine, then the step `boilerplate`, leave the article and nothing else."""

from __future__ import annotations

import pytest

import tamis
from tamis_html import extract

TITLE = "The lock keepers of Port-Louis come back"
BODY = [
    "The citadel has two lock keepers again. They took up their work on Monday, nine years after the last one left, "
    "and the first barge went through before noon with forty tonnes of gravel for the new quay.",
    "“A lock is a promise,” says the mayor, who had written to every school of navigation on the coast. Of the sixty "
    "who answered, eleven came to see the place, and four stayed until the rain had stopped.",
    "The pumps are from 1961 and will be replaced next year. Until then the gates are turned by hand, which takes "
    "twenty minutes at high water, and the boats that cannot wait go round by the sea.",
]


def page(before: str, between: str, after: str) -> bytes:
    first, second, third = (f"<p>{text}</p>" for text in BODY)
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>{TITLE} - The Harbour Post</title></head><body>"
        "<header><nav><ul><li><a href='/'>Home</a></li><li><a href='/sport'>Sport</a></li></ul></nav></header>"
        f"<main><article><h1>{TITLE}</h1>{before}{first}{second}{between}{third}{after}</article></main>"
        "<aside><h2>Most read</h2><ul><li><a href='/a'>A bakery in Elgin rises again</a></li></ul></aside>"
        "<footer><p>© 2031 The Harbour Post. All rights reserved.</p></footer></body></html>"
    ).encode()


FURNITURE = {
    "nothing": ("", "", ""),
    "a figure": ("<figure><img src='x.jpg'><figcaption>The lock. Photo: Ann Aske/AFP</figcaption></figure>", "", ""),
    "an insert": ("", "<p><strong>Read also:</strong> <a href='/b'>The last ferry to Horta</a></p>", ""),
    "an advertisement": ("", "<p>Article continues after this ad</p>", ""),
    "a prompt": ("", "<p>Sign up for our daily newsletter.</p>", ""),
    "a paywall": ("", "", "<p>You have 42% of this article left to read. The rest is for subscribers.</p>"),
    "shares": ("<p>Copy link</p><p>Share on Facebook</p>", "", "<p>Follow us on Instagram and X.</p>"),
    "a consent": ("", "<p>This content cannot be displayed because you have not accepted cookies.</p>", ""),
    "tags": ("", "", "<p>Tags: ports, Brittany, locks</p>"),
}


@pytest.mark.parametrize("name", FURNITURE)
def test_only_the_article_is_left_of_a_page(name: str) -> None:
    found = extract(page(*FURNITURE[name]))
    pipeline = tamis.loads("steps: [{use: boilerplate, with: {title: cut}}]")
    doc = pipeline(tamis.Document(found.text, meta=found.meta))
    assert doc.text.split() == " ".join(BODY).split()
