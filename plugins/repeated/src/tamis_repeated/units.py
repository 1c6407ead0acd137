"""What is counted and looked up: lines and sentences in a normal form, and the source that a page is of."""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import Final
from urllib.parse import urlsplit

from tamis import Document

#: The longest unit that is kept, in code points; a longer line counts by its sentences.
LONGEST: Final = 1_000
#: How many words a line has at least that reads as prose, where it ends as a sentence does.
PROSE_WORDS: Final = 12

_NUMBER: Final = re.compile(r"\d[\d.,:]*")
_ENDS: Final = tuple('.!?…。！？"”’»)')


def normal(text: str) -> str:
    """Return *text* as it is compared: lower case, one space between words, every number 0.

    >>> normal("  Updated  4 May 2021, 12:30")
    'updated 0 may 0 0'
    """
    return _NUMBER.sub("0", " ".join(text.split()).casefold())


def is_prose(unit: str) -> bool:
    """Return whether *unit*, in normal form, may be a paragraph of an article: long, and ended as a sentence is."""
    return unit.endswith(_ENDS) and unit.count(" ") >= PROSE_WORDS - 1


def units(doc: Document) -> set[str]:
    """Return the lines and sentences of *doc* in normal form, each once."""
    text = doc.text
    found = {normal(text[start:end]) for start, end in doc.paragraphs if end - start <= LONGEST}
    found.update(normal(text[start:end]) for start, end in doc.sentences if end - start <= LONGEST)
    found.discard("")
    return found


def is_key(key: str) -> bool:
    """Return whether *key* can say what a source is: `host`, `all` or `meta.FIELD`."""
    return key in ("host", "all") or (key.startswith("meta.") and len(key) > len("meta."))


def source_of(doc: Document, key: str) -> str:
    """Return the source that *doc* is of: by *key* the host of its url, `all`, or the value of `meta.FIELD`.

    A document without one is of the source "".
    """
    if key == "all":
        return "all"
    if key.startswith("meta."):
        value = doc.meta.get(key.removeprefix("meta."))
        return "" if value is None else str(value)[:200]
    return host(url_of(doc))


def url_of(doc: Document) -> str:
    """Return `url` of the meta of *doc*, else its id where that is a web address, else ""."""
    url = doc.meta.get("url")
    if isinstance(url, str) and url:
        return url
    return doc.id if doc.id.startswith(("http://", "https://")) else ""


def host(url: str) -> str:
    """Return the host of *url* in lower case, without `www.`; "" where there is none.

    >>> host("https://www.Example.org:443/news?id=1")
    'example.org'
    """
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")[:200]
    except ValueError:
        return ""


def page_of(doc: Document) -> int:
    """Return a number for the page that *doc* is of, so that a page read five times counts once: by url, else text."""
    url = url_of(doc).partition("#")[0].rstrip("/")
    return int.from_bytes(digest(url or " ".join(doc.text.split()))[:8], "big")


def digest(text: str) -> bytes:
    """Return 16 bytes that stand for *text*, the same in every process."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
