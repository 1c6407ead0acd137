"""Model files hold plain values only, and reading one never builds a class or runs code."""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
import pickle
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import pytest

from tamis.errors import ModelError
from tamis.learn import load
from tamis.learn import pack
from tamis.learn import save
from tamis.learn import unpack

STATE: dict[str, Any] = {"a": [1, -2.5, None, True, "ü", 2**80], "b": {"c": b"\x00\xff", "d": []}, "e": ""}


class Evil:
    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Any, ...]:
        return os.system, (f"touch {self.mark}",)


@pytest.mark.parametrize("compress", [0, 6])
def test_a_state_survives_the_file(tmp_path: Path, compress: int) -> None:
    save(tmp_path / "m.joblib", STATE, compress=compress)
    assert load(tmp_path / "m.joblib") == STATE


def test_joblib_itself_reads_the_file(tmp_path: Path) -> None:
    save(tmp_path / "m.joblib", STATE)
    assert joblib.load(tmp_path / "m.joblib") == STATE


def test_the_same_state_gives_the_same_bytes(tmp_path: Path) -> None:
    one, two = "x" * 3, "".join(["x", "xx"])
    save(tmp_path / "1", {"a": [one, one]})
    save(tmp_path / "2", {"a": [one, two]})
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()


@pytest.mark.parametrize("array", [np.arange(6, dtype=np.float32).reshape(2, 3), np.array([], np.int64), np.eye(2)])
def test_an_array_survives_packing(array: Any) -> None:
    back = unpack(pack(array))
    assert back.dtype == array.dtype
    assert np.array_equal(back, array)


def test_an_array_of_objects_is_refused() -> None:
    with pytest.raises(ModelError, match="cannot be saved"):
        pack(np.array([object()]))


@pytest.mark.parametrize(
    "packed",
    [
        {"dtype": "<f4", "shape": [3], "bytes": b"\x00" * 8},
        {"dtype": "O", "shape": [1], "bytes": b"\x00" * 8},
        {"dtype": "<f4", "shape": "3", "bytes": b""},
        {},
    ],
)
def test_an_array_that_does_not_fit_is_refused(packed: dict[str, Any]) -> None:
    with pytest.raises(ModelError):
        unpack(packed)


@pytest.mark.parametrize("value", [np.float64(1), (1, 2), {1: 2}, {"a", "b"}, object(), {"deep": [[object()]]}])
def test_what_is_not_plain_cannot_be_saved(tmp_path: Path, value: object) -> None:
    with pytest.raises(ModelError, match=r"state\.x"):
        save(tmp_path / "m", {"x": value})


@pytest.mark.parametrize("protocol", range(6))
@pytest.mark.parametrize("pack_it", [bytes, zlib.compress, gzip.compress, bz2.compress, lzma.compress])
def test_a_pickle_that_runs_code_is_refused_and_does_not_run(
    tmp_path: Path, protocol: int, pack_it: Callable[[bytes], bytes]
) -> None:
    data = pack_it(pickle.dumps({"a": Evil(tmp_path / "ran")}, protocol))
    with pytest.raises(ModelError):
        load(data)
    assert not (tmp_path / "ran").exists()


def test_a_class_of_ours_is_refused_too(tmp_path: Path) -> None:
    joblib.dump({"path": tmp_path, "array": np.eye(2)}, tmp_path / "m")
    with pytest.raises(ModelError, match="more than hold plain values"):
        load(tmp_path / "m")


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(ModelError, match="unpacks to more than"):
        load(zlib.compress(pickle.dumps({"a": b"\x00" * 3_000_000})), max_bytes=1_000_000)


def test_a_memo_index_beyond_the_memo_is_refused() -> None:
    with pytest.raises(ModelError, match="memo"):
        load(b"\x80\x04}r\xff\xff\xff\x7f.")


@pytest.mark.parametrize("data", [b"", b"x", b"\x78\x9c", b"\x80\x04.", pickle.dumps([1]), pickle.dumps({"a": 1})[:-3]])
def test_a_torn_or_foreign_file_is_refused(data: bytes) -> None:
    with pytest.raises(ModelError):
        load(data)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"gone\.joblib cannot be read"):
        load(tmp_path / "gone.joblib")
