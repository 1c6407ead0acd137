"""Language detection by bucket, ours beside the peers that are installed: python benchmarks/language.py DATA

Peers: langdetect, lingua, py3langid, pycld2 (`pip install lingua-language-detector py3langid pycld2`); those missing
are left out. Rows: the half of the development set that nothing was tuned on (`--half all` for everything), and the
headlines in language_headlines.tsv, written for this project, also in capitals and without accents. Accuracy is the
macro average over languages, labels strict, also where a peer does not know the language.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import time
import unicodedata
from collections import defaultdict
from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Mapping
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]
Detector = Callable[[str], tuple[str, float]]
SAME = {"zh-cn": "zh", "zh-tw": "zh", "zh-Hant": "zh", "nb": "no", "nn": "no", "iw": "he", "zxx": "und", "un": "und"}


def ours() -> Detector:
    """tamis-language."""
    from tamis_language import detect

    return detect


def langdetect() -> Detector:
    """langdetect as it comes; what it raises on counts as `und`."""
    import langdetect
    from langdetect.lang_detect_exception import LangDetectException

    def detect(text: str) -> tuple[str, float]:
        try:
            best = langdetect.detect_langs(text)[0]
        except (LangDetectException, IndexError):
            return "und", 1.0
        return best.lang, best.prob

    return detect


def lingua() -> Detector:
    """lingua with all its languages."""
    detector = import_module("lingua").LanguageDetectorBuilder.from_all_languages().build()

    def detect(text: str) -> tuple[str, float]:
        values = detector.compute_language_confidence_values(text.encode("utf-8", "replace").decode())
        if not values or values[0].value == 0:
            return "und", 1.0
        return values[0].language.iso_code_639_1.name.lower(), values[0].value

    return detect


def py3langid() -> Detector:
    """py3langid with normalised probabilities."""
    module = import_module("py3langid.langid")
    identifier = module.LanguageIdentifier.from_model_file(module.MODEL_FILE, norm_probs=True)

    def detect(text: str) -> tuple[str, float]:
        language, score = identifier.classify(text.encode("utf-8", "replace").decode())
        return language, float(score)

    return detect


def pycld2() -> Detector:
    """CLD2; it gives no probability of its own, so its percentage stands for one."""
    cld2 = import_module("pycld2")

    def detect(text: str) -> tuple[str, float]:
        clean = "".join(c if c.isprintable() or c == "\n" else " " for c in text)
        try:
            _, _, found = cld2.detect(clean.encode("utf-8", "replace"), bestEffort=True)
        except cld2.error:
            return "und", 1.0
        return found[0][1], found[0][2] / 100

    return detect


def loaded() -> dict[str, Detector]:
    """Return the detectors that are installed, each warmed up."""
    found: dict[str, Detector] = {}
    for make in (ours, langdetect, lingua, py3langid, pycld2):
        try:
            detector = make()
        except ImportError:
            print(f"{make.__name__}: not installed")
            continue
        detector("The quick brown fox jumps over the lazy dog.")
        found[make.__name__] = detector
    return found


def rows_of(data: Path, half: str) -> list[Row]:
    """Return the rows of one half of the development set, by the md5 of their ids."""
    with gzip.open(data / "language" / "langid_dev.jsonl.gz", "rt") as lines:
        rows = [json.loads(line) for line in lines]
    wanted = {"even": {0}, "odd": {1}, "all": {0, 1}}[half]
    return [row for row in rows if int(hashlib.md5(row["id"].encode()).hexdigest(), 16) % 2 in wanted]


def headlines(core: Collection[str]) -> list[Row]:
    """Return our own headlines as rows: as they are, in capitals, and where that changes them without accents."""
    rows: list[Row] = []
    for line in Path(__file__).with_name("language_headlines.tsv").read_text("utf-8").splitlines():
        language, text = line.split("\t")
        letters = unicodedata.normalize("NFD", text)
        forms = {"headline": text, "headcaps": text.upper()}
        if re.search("[A-Za-z]", text):
            forms["headplain"] = "".join(letter for letter in letters if not unicodedata.combining(letter))
        tier = "core" if language in core else "ext"
        rows += [
            {"bucket": bucket, "lang": language, "tier": tier, "text": form}
            for bucket, form in forms.items()
            if bucket == "headline" or form != text
        ]
    return rows


def calibration(pairs: Sequence[tuple[float, bool]]) -> float:
    """Return the expected calibration error over ten bins."""
    bins: dict[int, list[float]] = defaultdict(list)
    for score, right in pairs:
        bins[min(int(score * 10), 9)].append(score - right)
    return sum(abs(sum(errors)) for errors in bins.values()) / len(pairs) if pairs else 0.0


def report(rows: Sequence[Row], detectors: Mapping[str, Detector]) -> None:
    """Print accuracy by bucket and tier, `und` where there is a language and where there is none, and calibration."""
    answers = {
        name: [(SAME.get(label, label), score) for label, score in map(detector, (row["text"] for row in rows))]
        for name, detector in detectors.items()
    }
    print(f"{'':26s}" + "".join(f"{name:>12s}" for name in detectors))
    groups = sorted(
        {(row["bucket"], row["tier"]) for row in rows if row["tier"] != "none" and row["bucket"] != "mixed"}
    )
    for bucket, tier in groups:
        places = [place for place, row in enumerate(rows) if (row["bucket"], row["tier"]) == (bucket, tier)]
        cells = []
        for name in detectors:
            right: dict[str, list[bool]] = defaultdict(list)
            for place in places:
                right[rows[place]["lang"]].append(answers[name][place][0] == rows[place]["lang"])
            cells.append(100 * sum(sum(hits) / len(hits) for hits in right.values()) / len(right))
        print(f"{bucket:10s} {tier:5s} {len(places):5d}    " + "".join(f"{cell:12.2f}" for cell in cells))
    none = [place for place, row in enumerate(rows) if row["tier"] == "none"]
    some = [place for place, row in enumerate(rows) if row["tier"] != "none" and row["bucket"] != "mixed"]
    for title, places in (("no language: und, %", none), ("a language: und, %", some)):
        cells = [100 * sum(answers[n][place][0].startswith("und") for place in places) / len(places) for n in detectors]
        print(f"{title:26s}" + "".join(f"{cell:12.2f}" for cell in cells))
    for bucket in ("word", "pair", "headline", "sentence", "paragraph", "doc"):
        places = [place for place in some if rows[place]["bucket"] == bucket]
        pairs = {n: [(answers[n][p][1], answers[n][p][0] == rows[p]["lang"]) for p in places] for n in detectors}
        print(f"calibration {bucket:14s}" + "".join(f"{calibration(pairs[n]):12.4f}" for n in detectors))


def cost(rows: Sequence[Row], detectors: Mapping[str, Detector]) -> None:
    """Print the processor time of a document of 2 KB and of a sentence, each in turn, the best of six rounds."""
    for bucket, size in (("doc", 60), ("sentence", 300)):
        texts = [row["text"] for row in rows if row["bucket"] == bucket and row["tier"] == "core"][:size]
        best = dict.fromkeys(detectors, float("inf"))
        for _ in range(6):
            for name, detector in detectors.items():
                begun = time.process_time()
                for text in texts:
                    detector(text)
                best[name] = min(best[name], (time.process_time() - begun) / len(texts) * 1e6)
        print(f"microseconds a {bucket:11s}" + "".join(f"{best[name]:12.0f}" for name in detectors))
        print(f"{'  times ours':26s}" + "".join(f"{best[name] / best['ours']:12.1f}" for name in detectors))


def mixed(rows: Sequence[Row]) -> None:
    """Print the share of letters that our stretches put in the right language, by kind of document, and the time."""
    from tamis_language import detect
    from tamis_language.spans import stretches

    right: dict[str, int] = defaultdict(int)
    letters: dict[str, int] = defaultdict(int)
    took, count = 0.0, 0
    for row in (row for row in rows if row["bucket"] == "mixed"):
        text, main = row["text"], detect(row["text"])[0]
        begun = time.process_time()
        found = stretches(text, main)
        took, count = took + time.process_time() - begun, count + 1
        told, gold = [main] * len(text), [row["lang"]] * len(text)
        for start, end, language in found:
            told[start:end] = [language] * (end - start)
        for start, end, language in row["spans"]:
            gold[start:end] = [language] * (end - start)
        for letter, one, other in zip(text, told, gold, strict=True):
            if letter.isalpha():
                for kind in (row["kind"], "all"):
                    letters[kind] += 1
                    right[kind] += one == other
    print("letters in the right language, %: ", {kind: round(100 * right[kind] / letters[kind], 2) for kind in letters})
    print(f"spans: {took / count * 1000:.2f} ms a document, over the label")


def main() -> None:
    """Print everything."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path, nargs="?", default=Path("../shared/data"))
    parser.add_argument("--half", choices=("odd", "even", "all"), default="odd")
    arguments = parser.parse_args()
    rows = rows_of(arguments.data, arguments.half)
    rows += headlines({row["lang"] for row in rows if row["tier"] == "core"})
    detectors = loaded()
    report(rows, detectors)
    cost(rows, detectors)
    mixed(rows)


if __name__ == "__main__":
    main()
