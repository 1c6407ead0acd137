"""The same text has the same answer, to the bit, whatever was seen before and wherever it is asked."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from tamis_language import LanguageDetector
from tamis_language import detect

TEXTS = ["Le ministre a parlé.", "The minister spoke.", "Министр говорил.", "politik", "kultura", ""]
COLD_THREADS = """
from concurrent.futures import ThreadPoolExecutor
from tamis_language import detect
with ThreadPoolExecutor(8) as pool:
    print([(language, score.hex()) for language, score in pool.map(detect, {texts!r} * 8)][-{count}:])
"""


def answers(text: str) -> tuple[str, str, str]:
    """Return the language and its probability to the bit, and langdetect's own probabilities to the bit."""
    from tamis_language.sampled import probabilities

    language, score = detect(text)
    return language, score.hex(), str({name: value.hex() for name, value in probabilities(text).items()})


def printed(code: str, **environment: str) -> str:
    """Return what *code* prints in a fresh process."""
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ, **environment}
    )
    return run.stdout.strip()


def test_the_answer_does_not_depend_on_what_was_seen_before() -> None:
    forward = [detect(text) for text in TEXTS]
    backward = [detect(text) for text in reversed(TEXTS)]
    assert forward == backward[::-1]


@pytest.mark.parametrize("seed", ["0", "1"])
def test_eight_cold_threads_give_the_answers_of_one_under_any_hash_seed(seed: str) -> None:
    expected = [(language, score.hex()) for language, score in map(detect, TEXTS)]
    assert printed(COLD_THREADS.format(texts=TEXTS, count=len(TEXTS)), PYTHONHASHSEED=seed) == repr(expected)


def test_one_detector_serves_many_threads() -> None:
    detector = LanguageDetector()
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(detector.detect, TEXTS * 20)) == [detector.detect(text) for text in TEXTS] * 20


def test_spawned_processes_give_the_same_answers() -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        assert list(pool.map(answers, TEXTS)) == [answers(text) for text in TEXTS]


def test_loky_gives_the_same_answers() -> None:
    joblib = pytest.importorskip("joblib")
    found = joblib.Parallel(n_jobs=2, backend="loky")(joblib.delayed(answers)(text) for text in TEXTS)
    assert found == [answers(text) for text in TEXTS]


def test_the_order_of_the_profiles_on_disk_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    from tamis_language import sampled

    expected = [answers(text) for text in TEXTS]
    listed = Path.iterdir
    monkeypatch.setattr(Path, "iterdir", lambda folder: sorted(listed(folder), reverse=True))
    monkeypatch.setattr(sampled, "_factory", None)
    assert [answers(text) for text in TEXTS] == expected


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
    assert printed(code) == "[]"
