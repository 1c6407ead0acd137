"""What the markup tells: captions, cards and embeds go, intertitles, lists and the paragraphs of old pages stay."""

from __future__ import annotations

from tamis_html import extract

FIRST = (
    "The harbour board voted on Monday to dredge the northern basin before the spring tides, at a cost of two million, "
    "and to ask the ministry for half of it before the end of the year."
)
SECOND = (
    "Work is to begin when the ice has left the river. Until then the larger ships will wait in the roads, as they "
    "have done every winter since the last dredger was sold, and the pilots will be paid for waiting."
)
THIRD = (
    "The pilots welcomed the vote and asked who would pay for the buoys, three of which have been drifting since the "
    "storm of November. The chairman said that the question would be answered in the spring."
)


def article(*parts: str) -> str:
    page = (
        f"<html><head><title>Basin to be dredged</title></head><body><main><article>{''.join(parts)}</article></main>"
    )
    return extract(f"{page}<footer><p>All rights reserved.</p></footer></body></html>".encode()).text


def paragraph(text: str) -> str:
    return f"<p>{text}</p>"


def lines(text: str) -> list[str]:
    return [line.removeprefix("- ") for line in text.split("\n")]


def test_captions_go_whatever_element_holds_them() -> None:
    credit = '<span class="credit">Ann Aske</span>'
    caption = f'<div><img src="a.jpg"><span class="img-caption">Ships at anchor</span>{credit}</div>'
    figure = "<figure><img src='b.jpg'><figcaption>The old dredger</figcaption></figure>"
    assert lines(article(paragraph(FIRST), caption, paragraph(SECOND), figure)) == [FIRST, SECOND]


def test_cards_of_other_stories_go() -> None:
    card = (
        '<div><a href="/{0}">Ferry to the islands strikes a {0} again</a><p>Nobody was hurt in the accident.</p></div>'
    )
    cards = f"<div><h2>Show more</h2>{card.format('rock')}{card.format('reef')}</div>"
    assert lines(article(paragraph(FIRST), paragraph(SECOND), paragraph(THIRD), cards)) == [FIRST, SECOND, THIRD]


def test_embedded_posts_go() -> None:
    post = '<blockquote class="twitter-tweet"><p>The basin! At last!</p>Harbour (@harbour)</blockquote>'
    assert lines(article(paragraph(FIRST), post, paragraph(SECOND), paragraph(THIRD))) == [FIRST, SECOND, THIRD]


def test_an_intertitle_and_a_list_between_paragraphs_stay() -> None:
    items = ["Ships of more than nine metres wait in the roads.", "Pilots come aboard at the northern buoy."]
    listed = "<h3>What changes</h3><ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
    text = article(paragraph(FIRST), paragraph(SECOND), listed, paragraph(THIRD))
    assert lines(text) == [FIRST, SECOND, "What changes", *items, THIRD]


def test_a_list_of_links_between_paragraphs_does_not_come_back() -> None:
    links = (
        "<ul>"
        + "".join(f'<li><a href="/{n}">The harbour in the year nineteen {n}</a></li>' for n in range(4))
        + "</ul>"
    )
    assert lines(article(paragraph(FIRST), paragraph(SECOND), links, paragraph(THIRD))) == [FIRST, SECOND, THIRD]


def test_paragraphs_of_a_page_laid_out_by_a_table_are_lines() -> None:
    table = f"<table><tr><td>Menu</td><td>{FIRST}<br><br>{SECOND}<br><br>{THIRD}</td></tr></table>"
    assert lines(article(table))[-3:] == [FIRST, SECOND, THIRD]


def test_a_kicker_inside_the_headline_is_not_glued_to_it() -> None:
    head = "<h1><span>Harbour</span><span>Basin to be dredged before the spring tides</span></h1>"
    page = f"<html><body><article>{head}<p>{FIRST}</p><p>{FIRST}</p></article></body></html>"
    assert "HarbourBasin" not in extract(page.encode()).text
