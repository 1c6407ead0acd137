"""Short lines and sentences that no rule names, known by what stands around them and how they are worded."""

from __future__ import annotations

import pytest

import tamis
from tamis_boilerplate import Boilerplate

FIRST = "The council met on Monday evening and heard the engineers of the harbour for more than two hours."
SECOND = "Work on the quay will begin in May and last for longer than the ministry in the capital had hoped."


def left(*lines: str) -> list[str]:
    doc = tamis.Document("\n".join(lines))
    return doc.apply("boilerplate", Boilerplate().find(doc)).text.strip().split("\n")


def test_a_line_worded_as_a_page_s_own_goes_and_the_mark_names_its_words() -> None:
    text = f"{FIRST}\nOur website stores data in your browser.\n{SECOND}"
    marks = [found for found in Boilerplate().find(tamis.Document(text)) if isinstance(found, tamis.Mark)]
    assert [(mark.name, mark.reason.partition(": ")[2]) for mark in marks] == [("rule:page.worded", "your, our")]


@pytest.mark.parametrize(
    "title", ["Train before you drain", "Story that goes back", "Please do not feed", "How to read"]
)
def test_an_intertitle_stays_however_it_is_worded(title: str) -> None:
    assert left(FIRST, title, SECOND) == [FIRST, title, SECOND]


def test_an_intertitle_behind_an_insert_stays() -> None:
    assert left(FIRST, "Read also: The last ferry to Horta", "A fine of selfies", SECOND) == [
        FIRST,
        "A fine of selfies",
        SECOND,
    ]


def test_short_lines_before_a_notice_go_with_it() -> None:
    assert left(FIRST, "Remind me in an hour", "Sign up for our newsletter", SECOND) == [FIRST, SECOND]


def test_a_headline_after_the_last_paragraph_goes() -> None:
    assert left(FIRST, SECOND, "A bakery in Elgin rises again") == [FIRST, SECOND]


def test_a_label_that_comes_again_and_again_goes() -> None:
    posts = [line for number in range(3) for line in ("Live desk", f"{FIRST[:-1]}, for the {number}th time.")]
    assert left(SECOND, *posts) == [SECOND, *posts[1::2]]


def test_numbered_links_behind_a_heading_in_one_line_go() -> None:
    last = "The ministry expects that the work will begin in spring and last for two years."
    doc = tamis.Document(f"{FIRST} Trending Stories 1. Gold hits a record high 2. Rain stops play in Kandy {last}")
    assert doc.apply("boilerplate", Boilerplate().find(doc)).text == f"{FIRST} {last}"


def test_a_short_paragraph_behind_a_list_of_links_is_none_of_them() -> None:
    assert left(FIRST, "More on this topic", "Why the ferry matters", "Work begins in May.") == [
        FIRST,
        "Work begins in May.",
    ]


def test_links_with_bullets_behind_a_heading_in_one_line_go() -> None:
    last = "The ministry expects that the work will begin in spring and last for two years."
    doc = tamis.Document(f"{FIRST} More stories: • Rain stops play in the north • Gold hits a record high {last}")
    assert doc.apply("boilerplate", Boilerplate().find(doc)).text == f"{FIRST} {last}"


def on_one_line(*pieces: str) -> str:
    doc = tamis.Document(" ".join(pieces))
    return doc.apply("boilerplate", Boilerplate().find(doc)).text.rstrip()


@pytest.mark.parametrize(
    "button", ["Sign up for our morning briefing", "Jeden Morgen die besten Geschichten im Postfach"]
)
def test_a_button_glued_to_a_sentence_goes_without_it(button: str) -> None:
    assert on_one_line(SECOND, button, FIRST, SECOND) == " ".join((SECOND, FIRST, SECOND))


@pytest.mark.parametrize("opening", ["Readers of The Harbour Post", "The newsletter that The Harbour Post sends"])
def test_a_name_inside_a_sentence_ends_no_button(opening: str) -> None:
    sentence = f"{opening} gave four thousand pounds for the lifeboat."
    assert on_one_line(FIRST, sentence, SECOND) == " ".join((FIRST, sentence, SECOND))


def test_the_rest_of_a_line_that_a_label_begins_goes_with_it_if_no_end_mark_ends_it() -> None:
    assert left(FIRST, "Play video Two men on the quay at dawn. Ada Lisle", SECOND) == [FIRST, SECOND]
    assert left(FIRST, f"Play video {SECOND}", FIRST) == [FIRST, SECOND, FIRST]


def test_a_long_headline_between_paragraphs_goes() -> None:
    assert left(FIRST, "Ferry in Elgin gone: thieves leave a sandwich and a note", SECOND) == [FIRST, SECOND]


def test_a_long_sentence_that_lost_its_full_stop_stays() -> None:
    sentence = f"{SECOND[:-1]} and the mayor of the town had told the council in the spring"
    assert left(FIRST, sentence, FIRST) == [FIRST, sentence, FIRST]


def test_a_caption_behind_its_label_goes_up_to_the_next_sentence() -> None:
    caption = "View photos A barge is towed into the harbour of Elgin in March"
    assert on_one_line(SECOND, caption, FIRST, SECOND) == " ".join((SECOND, FIRST, SECOND))


def test_a_headline_ends_before_the_whole_name_that_follows_it() -> None:
    insert = "Read more: Two seals found dead on the northern beach"
    sentence = "Prison Governor Ada Lisle said the animals had been in the water for days."
    assert on_one_line(FIRST, insert, sentence) == f"{FIRST} {sentence}"


def test_a_report_stays_though_a_rule_fits_its_beginning() -> None:
    sentence = "Download the app, scan the code, and the boat unlocks: that is the pitch, and it raised a million."
    assert on_one_line(FIRST, sentence, SECOND) == " ".join((FIRST, sentence, SECOND))


@pytest.mark.parametrize(
    "caption",
    [
        "Two barges wait at the old quay, last week. / MARLENE OTIENO",
        "Two barges still wait at the old quay. The dredger comes in May. © Marlene Otieno",
        "The dredger at work Ada Lisle / Harbour News Agency",
    ],
)
def test_a_caption_that_a_name_signs_at_the_end_of_its_line_goes(caption: str) -> None:
    assert left(FIRST, caption, SECOND) == [FIRST, SECOND]


def test_a_credit_in_brackets_goes_from_the_midst_of_a_sentence() -> None:
    assert on_one_line(FIRST, "The old quay (Photo: Marlene Otieno) has sunk by four centimetres.", SECOND) == (
        f"{FIRST} The old quay has sunk by four centimetres. {SECOND}"
    )
    sentence = "The old quay (photographed by many since the storm) has sunk by four centimetres."
    assert on_one_line(FIRST, sentence, SECOND) == f"{FIRST} {sentence} {SECOND}"


@pytest.mark.parametrize(
    "caption",
    [
        "A woman walks past the closed ferry office in Elgin on Tuesday.",
        "Ein Lotse steht auf dem Steg vor dem alten Zollhaus in Husum.",
    ],
)
def test_a_sentence_before_a_credit_goes_where_it_says_what_is_to_be_seen(caption: str) -> None:
    assert on_one_line(SECOND, caption, "(Foto: Marlene Otieno)", FIRST) == f"{SECOND} {FIRST}"


def test_a_sentence_before_a_credit_stays_where_it_reports() -> None:
    report = "The council has spent four million on the quay since the storm of 2022."
    assert on_one_line(SECOND, report, "(Foto: Marlene Otieno)", FIRST) == f"{SECOND} {report} {FIRST}"


def test_an_agency_before_a_sentence_goes_alone() -> None:
    assert on_one_line(SECOND, "Reuters", FIRST) == f"{SECOND} {FIRST}"
    sentence = "Reuters asked the council of the harbour town for a comment."
    assert on_one_line(SECOND, sentence, FIRST) == f"{SECOND} {sentence} {FIRST}"


def test_a_piece_glued_to_an_end_mark_goes_without_the_sentence_before_it() -> None:
    text = f"{FIRST[:-1]} in Elgin.Get our free newsletter in your inbox every morning {SECOND}"
    assert on_one_line(text).startswith(f"{FIRST[:-1]} in Elgin.")
    assert "newsletter" not in on_one_line(text)


@pytest.mark.parametrize(
    "line",
    [
        "Önerilen haber: Liman vinçlerini bekliyor",
        "Citește și: Portul își așteaptă macaralele",
        "Lue myös: Satama odottaa",
    ],
)
def test_links_go_in_languages_with_few_rules(line: str) -> None:
    assert left(FIRST, line, SECOND) == [FIRST, SECOND]


def test_a_headline_in_capitals_goes_wherever_it_stands() -> None:
    insert = "ELGIN MAN HELD AFTER THE THEFT OF A FERRY"
    assert on_one_line(FIRST, insert, SECOND) == f"{FIRST} {SECOND}"
    assert on_one_line("The council met,", insert, "and heard the engineers for two hours.", SECOND) == (
        f"The council met, and heard the engineers for two hours. {SECOND}"
    )


@pytest.mark.parametrize("part", ["“SAVE THE OLD FERRY OF ELGIN NOW”", "NATO, the EU and the UN", "the HMS Elgin"])
def test_capitals_inside_quotations_and_names_stay(part: str) -> None:
    sentence = f"On the quay {part} could be read in white letters."
    assert on_one_line(FIRST, sentence, SECOND) == f"{FIRST} {sentence} {SECOND}"


def test_a_short_piece_behind_the_last_sentence_of_one_line_goes() -> None:
    assert on_one_line(FIRST, SECOND, "More headlines from the region") == f"{FIRST} {SECOND}"
    broken = "The mayor of the harbour town in the"
    assert on_one_line(FIRST, SECOND, broken) == f"{FIRST} {SECOND} {broken}"


def test_a_label_in_capitals_makes_a_link_of_a_short_line() -> None:
    assert left(FIRST, "FOR MEMBERS: Ten quays you should see", SECOND) == [FIRST, SECOND]
    assert left(FIRST, "Ten quays and a ferry", SECOND) == [FIRST, "Ten quays and a ferry", SECOND]


@pytest.mark.parametrize(
    "credit",
    ["Two men wait at the quay. (Marlene Otieno/EPR)", "Two barges at the quay. / MARLENE OTIENO"],
)
def test_a_caption_that_a_name_signs_goes_inside_a_paragraph_too(credit: str) -> None:
    assert on_one_line(SECOND, credit, FIRST) == f"{SECOND} {FIRST}"


def test_a_picture_s_label_begins_the_caption_that_a_credit_ends() -> None:
    caption = "Photo: The two were found below the northern cliff. (Supplied: Harbour Rescue)"
    assert on_one_line(SECOND, caption, FIRST) == f"{SECOND} {FIRST}"


def test_the_rest_of_a_line_goes_that_is_a_page_s_own_as_a_whole() -> None:
    assert left(FIRST, "Our Friday letter: all about the lifeboats, every week. Subscribe here.", SECOND) == [
        FIRST,
        SECOND,
    ]
    mixed = f"Subscribe here. {FIRST}"
    assert left(SECOND, mixed, SECOND)[1].endswith(FIRST)


@pytest.mark.parametrize(
    "sentence",
    [
        "Every month I require a subscription.",
        "The Independent Commission Against Corruption met in Elgin for two hours.",
        "ELGIN (EPR Online) – On Monday the council heard the engineers of the harbour.",
        "Some readers of the pages kept by Red Hat employees met in the harbour.",
    ],
)
def test_what_a_sentence_holds_that_goes_on_is_no_button(sentence: str) -> None:
    assert on_one_line(FIRST, sentence, SECOND) == f"{FIRST} {sentence} {SECOND}"


def test_what_is_quoted_over_several_sentences_stays() -> None:
    quoted = "“Nobody came to us. Our stories are free for you every week. We heard it too late.”"
    assert on_one_line(FIRST, quoted, SECOND) == f"{FIRST} {quoted} {SECOND}"


def test_a_credit_that_fell_into_a_sentence_goes_alone() -> None:
    begun, rest = "Der Zug entgleiste am Dienstag kurz nach", "Göschenen und blieb auf der Seite liegen."
    assert on_one_line(FIRST, begun, "Foto: Reto Klar", rest) == f"{FIRST} {begun} {rest}"
    caption = "Kerzen und Blumen vor dem alten Laden in der Weserstraße"
    sentence = "Die Betreiberin hatte jeden gekannt, sagen die Nachbarn."
    assert on_one_line(FIRST, caption, "Foto: Reto Klar", sentence) == f"{FIRST} {sentence}"


@pytest.mark.parametrize(
    "credit",
    [
        "Ada Lisle for The Harbour Post",
        "Ada Lisle, AP",
        "(AP Photo/Ada Lisle, File)",
        "Photograph: Ada Lisle for the Post",
        "Foto: Ada Lisle (Archiv)",
        "Symbolfoto: dpa",
        "(c) dpa",
    ],
)
def test_a_line_that_only_names_who_took_a_picture_goes(credit: str) -> None:
    assert left(FIRST, credit, SECOND) == [FIRST, SECOND]


def test_a_line_that_names_somebody_else_stays() -> None:
    for line in ("Ada Lisle for mayor", "A prize for The Harbour Post and its readers of many years."):
        assert left(FIRST, line, SECOND) == [FIRST, line, SECOND]


def test_a_credit_takes_no_noun_of_the_sentence_behind_it() -> None:
    before, behind = "Der Rat tagte am Montag und hörte alle.", "Die Arbeiten am Kai beginnen im Mai und dauern lange."
    assert on_one_line(before, "Foto: Ola Berg/TT", behind) == f"{before} {behind}"
    assert on_one_line(before, "Getty", behind) == f"{before} {behind}"


def test_an_item_of_a_list_that_goes_on_stays() -> None:
    lines = (FIRST, "- ring once: a crab;", "- ring ten times: a fish;", SECOND)
    assert left(*lines) == list(lines)


def test_an_insert_in_brackets_goes_as_far_as_its_bracket() -> None:
    assert left(f"{FIRST} (RELATED: Council Can’t Say Who Wrote The Bill) {SECOND}") == [f"{FIRST} {SECOND}"]


def test_a_headline_in_brackets_goes() -> None:
    assert left(FIRST, "[Inside the last days of a harbour that nobody wanted to close]", SECOND) == [FIRST, SECOND]


def test_a_sentence_in_brackets_stays() -> None:
    lines = (FIRST, "[The mayor had left the room by then.]", SECOND)
    assert left(*lines) == list(lines)


def test_a_last_line_in_brackets_goes() -> None:
    assert left(FIRST, SECOND, "(The text of this story was edited by our own desk.)") == [FIRST, SECOND]


def test_an_announcement_between_plus_signs_goes() -> None:
    assert left(FIRST, "+++ LIVE: All results of the harbour vote +++", SECOND) == [FIRST, SECOND]


@pytest.mark.parametrize(
    "line",
    [
        "Mina Flett / The Harbour Post",
        "The quay is seen from the air in April. | KYODO",
        "The quay that the residents have tended for years. Credit Mina Flett for The Harbour Post",
    ],
)
def test_a_caption_and_its_credit_at_the_end_of_a_line_go(line: str) -> None:
    assert left(FIRST, line, SECOND) == [FIRST, SECOND]


def test_the_sentence_behind_a_name_with_the_sign_of_copyright_stays() -> None:
    assert left(f"© photo_news. {FIRST}", SECOND) == [FIRST, SECOND]


def test_a_paragraph_that_ends_with_a_single_quotation_mark_is_no_caption() -> None:
    said = "The owner of the yard, who is 52, said to us: ‘He had about eight pounds’ worth of paint.’"
    assert left(FIRST, said, SECOND) == [FIRST, said, SECOND]


def test_a_headline_in_brackets_between_sentences_goes() -> None:
    assert left(f"{FIRST} [Inside the last days of a harbour] {SECOND}") == [f"{FIRST} {SECOND}"]


def test_words_in_brackets_inside_a_sentence_stay() -> None:
    line = (
        "The harbour board [which met three times in May] voted on Monday to dredge the basin (as it had said before)."
    )
    assert left(FIRST, line, SECOND) == [FIRST, line, SECOND]


def test_the_heading_of_an_entry_between_plus_signs_stays() -> None:
    lines = (FIRST, "+++ 10:15 Police clear the quay of cars +++", SECOND)
    assert left(*lines) == list(lines)
