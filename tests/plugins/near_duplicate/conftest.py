"""Thirty pages of three hosts: wire copy under several mastheads, and articles of each paper's own."""

import json

import pytest

from tamis import Document

WIRE = [
    "The transport ministry will reopen the coastal railway on the first of May, nine years after storms washed away "
    "two bridges and left a dozen villages with a bus that runs four times a day.",
    "Engineers finished the last of the bridges in November, the ministry said, and test trains have crossed it every "
    "night since the new year without any of the faults that held up the work in the north.",
    "“People here stopped believing in dates,” said Ines Valle, who runs the kiosk in the old station. “Then last week "
    "I saw a train, empty and lit from end to end, and I telephoned my mother.”",
    "The repair cost 214 million crowns, nearly twice the first estimate. A commission of parliament is still looking "
    "into how the contracts were given, and expects to report before the summer.",
    "Freight will follow in the autumn. The port hopes that a third of its containers will then leave by rail, which "
    "would take some two hundred lorries a day off the road along the cliffs.",
    "Tickets go on sale on Monday. For the first month they will cost one crown, whatever the distance.",
]
SAME_EVENT = [
    "After nine years of buses the coast gets its railway back: from the first of May trains will again run between "
    "the port and the villages under the cliffs, the government announced on Thursday.",
    "Residents along the line greeted the news with some doubt. Four earlier dates came and went, and in two of the "
    "villages the platforms have yet to be rebuilt.",
    "“I will believe it when I am sitting in it,” said Tomas Reyl, a retired signalman, who has kept a log of every "
    "promise made since the storms. It has thirty-one entries.",
    "The bill has nearly doubled, to 214 million crowns, and members of parliament want to know why. The minister "
    "blamed the price of steel and a winter that closed the building site for seven weeks.",
    "Shippers are more hopeful. The harbour company has ordered two cranes to load containers onto wagons, and says "
    "that the first freight trains will leave in October.",
]
MASTHEADS = ["Gazette", "Courier", "Herald", "Post", "Echo", "Mirror", "Star", "Times", "Observer", "Argus"]
SUBJECTS = ["The orchestra", "A farm near the border", "The swimming club", "A retired judge", "The city library"]
DEEDS = [
    "has found a buyer",
    "will move next year",
    "is looking for volunteers",
    "won a prize abroad",
    "asks for quiet",
]


def own_article(host, number):
    """Return an article that no other host and number have."""
    lines = []
    for i in range(6):
        seed = f"{host[:3]}{'abcdefghij'[number]}{'klmnop'[i]}"
        subject, deed = SUBJECTS[(number + i) % 5], DEEDS[(number * 2 + i) % 5]
        lines.append(f"{subject} {deed}, {seed} says, and {seed[::-1]} of the {host} ward adds {seed * 2} to the list.")
    return lines


def made_of(name, body, host, number):
    url = f"https://{host}/{number}"
    return Document(
        "\n\n".join(body), name, {"url": url, "date": f"2024-03-{10 + number}"}, f"pages/{host}.jsonl:{number}"
    )


def wire_copies():
    """Return the wire copy under ten mastheads: other title and byline, one paragraph cut, one added at times."""
    copies = []
    for i, masthead in enumerate(MASTHEADS):
        body = [paragraph for j, paragraph in enumerate(WIRE) if j != i % len(WIRE)]
        if i % 3 == 0:
            body.insert(
                2, f"Our reporter in the north saw two of the trains on Wednesday evening, the {masthead} adds."
            )
        head = [
            f"{masthead}: {['Trains return', 'A line reopens', 'Back on track'][i % 3]} to the coast",
            f"By staff of the {masthead}",
        ]
        copies.append(made_of(f"wire-{i}", head + body, ["one.example", "two.example", "three.example"][i % 3], i))
    return copies


def make_pages():
    pages = wire_copies()
    for host in ("one.example", "two.example", "three.example"):
        pages += [made_of(f"{host}-{n}", own_article(host, n), host, 20 + n) for n in range(6)]
    pages.append(made_of("same-event", ["Coast railway to return in May", *SAME_EVENT], "one.example", 40))
    pages.append(made_of("short", ["Fog at the port"], "two.example", 40))
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
