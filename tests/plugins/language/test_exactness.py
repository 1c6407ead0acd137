"""The same text has the same answer, to the bit, whatever was seen before and wherever it is asked."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from tamis_language import LanguageDetector
from tamis_language import detect

TEXTS = ["Le ministre a parlé.", "The minister spoke.", "Министр говорил.", "politik", "kultura", ""]
SCRIPT = """
import sys
from concurrent.futures import ThreadPoolExecutor
from tamis_language import detect
texts = {texts!r}
with ThreadPoolExecutor(8) as pool:
    print([(language, score.hex()) for language, score in pool.map(detect, texts * 8)][-{count}:])
"""


def printed(code: str, **environment: str) -> str:
    """Return what *code* prints in a fresh process."""
    command = [sys.executable, "-c", code]
    run = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, **environment})
    return run.stdout.strip()


def test_the_answer_does_not_depend_on_what_was_seen_before() -> None:
    forward = [detect(text) for text in TEXTS]
    backward = [detect(text) for text in reversed(TEXTS)]
    assert forward == backward[::-1]


def test_eight_cold_threads_give_the_answers_of_one() -> None:
    expected = [(language, score.hex()) for language, score in map(detect, TEXTS)]
    for seed in ("0", "1"):
        code = SCRIPT.format(texts=TEXTS, count=len(TEXTS))
        run = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        assert run.stdout.strip() == repr(expected)


def test_one_detector_serves_many_threads() -> None:
    detector = LanguageDetector()
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(detector.detect, TEXTS * 20)) == [detector.detect(text) for text in TEXTS] * 20


def test_words_weigh_the_same_together_and_alone() -> None:
    from tamis_language.model import blocks

    block = blocks()["Latn"]
    words = ["le", "ministre", "a", "parlé"]
    together, _ = block.score(words)
    alone = [block.score([word])[0] for word in words]
    assert together == [sum(column) for column in zip(*alone, strict=True)]
    assert block.score_each(words).tolist() == alone


def test_importing_the_plugin_imports_neither_numpy_nor_langdetect() -> None:
    code = "import sys, tamis_language; print(sorted({'numpy', 'langdetect'} & set(sys.modules)))"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )
