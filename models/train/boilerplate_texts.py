"""Texts to learn from, made of news and of what pages set into it, and where each piece of the page stands.

Sentences of news come from the data and from `boilerplate_prose/`, pieces of pages from `boilerplate_pieces/` and from
segments that people marked, and texts written whole from `boilerplate_contexts/`. Everything is drawn with one
generator, so the same data gives the same texts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Final
from typing import NamedTuple
from zlib import crc32

from boilerplate_segments import BREAK
from boilerplate_segments import rows

from tamis.text import Segments
from tamis_boilerplate.rules import packs
from tamis_boilerplate.rules import read_pack

HERE: Final = Path(__file__).parent
#: How much of the texts is in each language; of the others so much each.
SHARES: Final = {"en": 6.0, "de": 4.0, "fr": 2.5, "es": 1.2, "it": 1.2, "pt": 1.2, "nl": 1.0, "pl": 1.0, "sv": 0.8}
OTHER: Final = 0.4
#: Written articles and the few German ones of WMT21 count so often.
PROSE, SOURCES = 4, 6
#: Kinds that are not pieces by themselves.
_ARTICLE: Final = ("content", "headline", "intertitle")
_MARKED: Final = re.compile(r"⟦(\w+\|.*?)⟧")

Span = tuple[int, int]
#: A part of a text: whether it is a piece of the page, whether it goes on in the line, its characters.
Part = tuple[bool, bool, str]
Pieces = Mapping[str, Mapping[str, Sequence[str]]]


class News(NamedTuple):
    """An article: its title, or nothing, and its sentences."""

    title: str | None
    sentences: Sequence[str]


def pieces(data: Path, misses: Path) -> dict[str, dict[str, list[str]]]:
    """Return the pieces by language and kind, those of articles as `content`.

    They are those written for this model, the examples of the rules, the hard negatives of the file *misses*, and
    segments of the folder *data* that people marked.
    """
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for path in sorted((HERE / "boilerplate_pieces").glob("*.tsv")):
        for line in path.read_text("utf-8").splitlines():
            kind, _, text = line.partition("\t")
            found["en" if path.stem == "content" else path.stem][kind].append(text.strip())
    for pack in packs():
        for rule in read_pack(pack).get("rule", ()):
            language = pack if pack in found else "en"
            for kind, examples in (("content", rule.get("no")), (rule["kind"], rule.get("yes"))):
                if examples:
                    found[language][kind] += examples
    for line in misses.read_text("utf-8").splitlines():
        language, _, text = line.partition("|")
        found[language.strip() if language.strip() in found else "en"]["content"].append(text.strip())
    for row in rows(data / "boilerplate" / "residue" / "segments_dev.jsonl.gz"):
        text = str(row["text"]).strip()
        if len(text.split()) > 1 and "\n" not in text:
            found[_language(text)]["content" if row["label"] == "keep" else "page"].append(text)
    return found


def _language(text: str) -> str:
    """Return the language whose function words *text* has most, German where it has none."""
    words = set(text.lower().split())
    counts = {pack: len(words & set(read_pack(pack)["words"]["function"].split())) for pack in ("de", "en", "fr", "es")}
    return max(counts, key=lambda pack: counts[pack])


def news(data: Path) -> dict[str, list[News]]:
    """Return articles by language, from the folder *data* and from what was written."""
    found: dict[str, list[News]] = defaultdict(list)
    sources: set[str] = set()
    for row in rows(data / "translation" / "wmt21_train.jsonl.gz"):
        if row["label"] != "mt" or crc32(f"{row['doc']}{row.get('system')}".encode()) % 6 == 0:
            found["en"].append(News(None, [segment.strip() for segment in row["segments"]]))
        if row["source_segments"] and row["source_lang"] in ("de", "cs", "ru") and row["doc"] not in sources:
            sources.add(row["doc"])
            article = News(None, [segment.strip() for segment in row["source_segments"]])
            found[row["source_lang"]] += [article] * (SOURCES if row["source_lang"] == "de" else 1)
    for row in rows(data / "translation" / "ht_vs_mt_de_en_docs.jsonl.gz"):
        if row["label"] != "mt":
            found["en"].append(News(None, sentences(row["text"])))
    for row in rows(data / "topics" / "wikinews_none.jsonl.gz"):
        found["en"] += [News(row["title"], sentences(row["text"]))] * 3
    for index, row in enumerate(rows(data / "topics" / "weak_pool.jsonl.gz")):
        if index % 6 == 0:
            title = row["heading"] if row["category"] != "Uncategorized" else None
            found["en"].append(News(title, sentences(row["text"])))
    for name in ("newsmtsc_target_train", "newsmtsc_target_dev"):
        texts = sorted({str(row["text"]).strip() for row in rows(data / "sentiment" / f"{name}.jsonl.gz")})
        Random(3).shuffle(texts)
        found["en"] += [News(None, texts[at : at + 8]) for at in range(0, len(texts), 8)]
    single: dict[str, list[str]] = defaultdict(list)
    for row in rows(data / "language" / "langid_dev.jsonl.gz"):
        if row["bucket"] in ("sentence", "paragraph"):
            single[row["lang"]].append(row["text"].strip())
    for language, texts in single.items():
        Random(4).shuffle(texts)
        found[language] += [News(None, texts[at : at + 6]) for at in range(0, len(texts), 6)]
    for path in sorted((HERE / "boilerplate_prose").glob("*.tsv")):
        for line in path.read_text("utf-8").splitlines():
            title, *paragraphs = (part.strip() for part in line.split("\t"))
            article = News(title, [sentence for text in paragraphs for sentence in sentences(text)])
            found[path.stem] += [article] * PROSE
    return found


def sentences(text: str) -> list[str]:
    """Return the sentences of *text*."""
    parts = (text[start:end].strip() for start, end in Segments(text).sentences)
    return [part for part in parts if part]


def contexts() -> Iterator[tuple[str, list[Span]]]:
    """Yield the texts written whole, with the spans of their pieces."""
    for path in sorted((HERE / "boilerplate_contexts").glob("*.tsv")):
        for line in path.read_text("utf-8").splitlines():
            text, spans = "", []
            for index, part in enumerate(_MARKED.split(line)):
                if index % 2:
                    part = part.partition("|")[2]
                    spans.append((len(text), len(text) + len(part)))
                text += part
            yield text, spans


def composed(count: int, written: Pieces, articles: Mapping[str, Sequence[News]]) -> Iterator[tuple[str, list[Span]]]:
    """Yield *count* texts of news with pieces set in, and the spans of these, in order."""
    draw = Random(7)
    languages = [language for language in written if language in articles]
    shares = [SHARES.get(language, OTHER) for language in languages]
    for _ in range(count):
        language = draw.choices(languages, shares)[0]
        yield Composer(draw, written[language]).text(draw.choice(articles[language]))


class Composer:
    """Sets pieces into an article, as lines of their own or in one line with it."""

    def __init__(self, draw: Random, written: Mapping[str, Sequence[str]]) -> None:
        self.draw = draw
        self.written = written
        self.kinds = [kind for kind in written if kind not in _ARTICLE]
        self.datelines = (HERE / "boilerplate_datelines.txt").read_text("utf-8").splitlines()

    def text(self, article: News) -> tuple[str, list[Span]]:
        """Return a part of *article* with pieces set in, and their spans."""
        draw = self.draw
        lines = draw.random() < 0.35
        units = self._article(article, lines)
        for _ in range(draw.choice((0, 0, 1, 1, 1, 2, 2, 3)) if self.kinds else 0):
            group = self._group()
            if draw.random() < (0.25 if lines else 0.08):
                self._set_inside(units, group)
            else:
                units.insert(draw.randint(0, len(units)), group)
        where = draw.random()
        if self.kinds and where < 0.06:
            units.insert(0, self._any(draw.randint(4, 12)))
        elif self.kinds and where > 0.9:
            units.append(self._any(draw.randint(4, 12)))
        text, spans = self._joined(units, lines)
        return self._window(text, spans) if draw.random() < 0.15 else (text, spans)

    def _window(self, text: str, spans: Sequence[Span]) -> tuple[str, list[Span]]:
        """Return *text* without its first and last words, as a quotation has it, and the spans in the rest."""
        draw = self.draw
        gaps = [match.end() for match in re.finditer(" ", text)]
        if len(gaps) < 12:
            return text, list(spans)
        start = gaps[draw.randrange(len(gaps) // 4)]
        end = gaps[-1 - draw.randrange(len(gaps) // 4)] - 1
        inside = [(max(left, start) - start, min(right, end) - start) for left, right in spans]
        return text[start:end], [span for span in inside if span[0] < span[1]]

    def _article(self, article: News, lines: bool) -> list[list[Part]]:
        draw, content = self.draw, self.written.get("content", ())
        chosen = list(article.sentences)
        size = draw.randint(2, 7)
        if draw.random() < 0.1:
            chosen[0] = f"{draw.choice(self.datelines)} {chosen[0]}"
        first = 0 if draw.random() < 0.4 or len(chosen) < size else draw.randrange(len(chosen) - size + 1)
        units: list[list[Part]] = []
        for sentence in filter(None, chosen[first : first + size]):
            if lines and units and draw.random() < 0.3:
                units[-1] = [(False, False, f"{units[-1][0][2]} {sentence}")]
            else:
                units.append([(False, False, sentence)])
        if content and draw.random() < 0.65:
            for _ in range(draw.randint(1, 3)):
                units.insert(draw.randint(0, len(units)), [(False, False, draw.choice(content))])
        titles = self.written.get("intertitle", ())
        if titles and draw.random() < (0.35 if lines else 0.1):
            for _ in range(draw.randint(1, 2)):
                units.insert(draw.randint(0, len(units)), [(False, False, draw.choice(titles))])
        heads = self.written.get("headline", ())
        if draw.random() < 0.3 and (article.title or heads):
            own = article.title and (not heads or draw.random() < 0.7)
            units.insert(0, [(False, False, article.title if own and article.title else draw.choice(heads))])
        return units

    def _group(self) -> list[Part]:
        """Return pieces that stand together: a caption and its credit, a label and headlines, some of any kind."""
        draw, written = self.draw, self.written
        kind = draw.random()
        found: list[str] = []
        if kind < 0.22 and written.get("caption") and written.get("photo_credit"):
            which = draw.random()
            if which < 0.75:
                found.append(draw.choice(written["caption"]))
            if which > 0.4:
                found.append(draw.choice(written["photo_credit"]))
            if len(found) == 2 and draw.random() < 0.2:
                found.reverse()
        elif kind < 0.42 and written.get("related"):
            label, colon, head = draw.choice(written["related"]).partition(":")
            # A label may have lost its headline, which was a link.
            found.append(label + colon if colon and draw.random() < 0.12 else label + colon + head)
            if draw.random() < 0.3:
                found += self._headlines(draw.randint(1, 3))
        else:
            pieces = self._any(draw.choice((1, 1, 1, 2, 2, 3, 4)))
            more = self._headlines(draw.randint(2, 4)) if draw.random() < 0.12 else []
            return [*pieces, *((True, False, head) for head in more)]
        return [(True, False, piece) for piece in found]

    def _any(self, count: int) -> list[Part]:
        kinds = (self.draw.choice(self.kinds) for _ in range(count))
        return [(True, False, self.draw.choice(self.written[kind])) for kind in kinds]

    def _headlines(self, count: int) -> list[str]:
        heads = self.written.get("headline", ())
        return [self.draw.choice(heads) for _ in range(count)] if heads else []

    def _set_inside(self, units: list[list[Part]], group: list[Part]) -> None:
        """Set *group* into the line of one of *units*: between its sentences, or inside one."""
        draw = self.draw
        chosen = draw.randrange(len(units))
        if len(units[chosen]) != 1 or units[chosen][0][0]:
            units.insert(chosen, group)
            return
        text = units[chosen][0][2]
        parts = sentences(text)
        if len(parts) > 1 and draw.random() < 0.7:
            part = parts[draw.randrange(len(parts))]
            cut = text.find(part) + len(part)
        else:
            words = text.split(" ")
            if len(words) < 6:
                units.insert(chosen, group)
                return
            cut = len(" ".join(words[: draw.randint(2, len(words) - 2)]))
        rest = text[cut:].strip()
        glued: list[Part] = [(own, True, piece) for own, _, piece in group]
        units[chosen] = [(False, False, text[:cut].strip()), *glued, *([(False, True, rest)] if rest else [])]

    def _joined(self, units: Sequence[Sequence[Part]], lines: bool) -> tuple[str, list[Span]]:
        text, spans = "", []
        stuck = self.draw.random() < 0.05
        for own, goes_on, part in (part for unit in units for part in unit):
            apart = lines and not goes_on
            for index, line in enumerate(part.split(f" {BREAK} ") if apart else [part.replace(f" {BREAK} ", " ")]):
                if text and (index or not (stuck and own and self.draw.random() < 0.3)):
                    text += "\n" if apart else " "
                if own:
                    spans.append((len(text), len(text) + len(line)))
                text += line
        return text, spans
