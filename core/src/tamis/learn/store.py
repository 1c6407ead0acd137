"""Model files: joblib files of plain values only, read without building any class of the file's choosing.

A state is made of str, int, float, bool, None, bytes, list and dict (keys: str). Arrays go in as `pack(array)`.
`load` bounds what it unpacks, walks the opcodes before anything is built, and its unpickler knows no class at all.
"""

from __future__ import annotations

import bz2
import io
import lzma
import pickle
import pickletools
import sys
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any
from typing import Final
from typing import Protocol

from tamis.errors import ModelError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: The most bytes that a model may have once unpacked.
MAX_BYTES: Final = 256 * 2**20
_MAX_OPCODES: Final = 2_000_000
_OPCODES: Final = (
    " PROTO FRAME STOP MARK MEMOIZE BINPUT LONG_BINPUT BINGET LONG_BINGET NONE NEWTRUE NEWFALSE BININT BININT1 BININT2"
    " LONG1 BINFLOAT SHORT_BINUNICODE BINUNICODE BINUNICODE8 SHORT_BINBYTES BINBYTES BINBYTES8 EMPTY_LIST APPEND"
    " APPENDS EMPTY_DICT SETITEM SETITEMS "
)
_DTYPES: Final = frozenset(["|i1", "|u1", "<i2", "<u2", "<i4", "<u4", "<i8", "<u8", "<f2", "<f4", "<f8"])
_WARN: Final = "it is no tamis model, or was made to run code; do not open it by other means"


def save(path: str | Path, state: Mapping[str, Any], *, compress: int = 6) -> None:
    """Write *state* to the joblib file *path* (zlib level *compress*, 0 for none); the same state gives the same bytes.

    Raises ModelError where *state* holds anything but plain values.
    """
    import joblib

    joblib.dump(_plain(dict(state), "state"), path, compress=("zlib", compress) if compress else 0, protocol=4)


def load(source: str | Path | bytes, *, max_bytes: int = MAX_BYTES) -> dict[str, Any]:
    """Return the state in the model file *source* (a path, or the bytes of one); no class is ever built.

    Raises ModelError where it is missing, torn, larger than *max_bytes* unpacked, or holds more than plain values.
    """
    name = "the model" if isinstance(source, bytes) else str(source)
    try:
        data = source if isinstance(source, bytes) else Path(source).read_bytes()
    except OSError as error:
        raise ModelError(f"{name} cannot be read: {error.strerror or error}; likely cure: check the path") from error
    data = _unpacked(data, name, max_bytes)
    _inspect(data, name)
    try:
        state = _Plain(io.BytesIO(data)).load()
    except ModelError:
        raise
    except Exception as error:
        raise ModelError(
            f"{name} cannot be read: {error}; likely cure: the file is torn, copy or train it again"
        ) from error
    if not isinstance(state, dict):
        raise ModelError(f"{name} holds a {type(state).__name__}, a model is a dict")
    return state


class _Plain(pickle.Unpickler):
    """An unpickler whose allow-list is empty."""

    def find_class(self, module: str, name: str, /) -> Any:
        raise ModelError(f"the model asks for {module}.{name}: {_WARN}")

    def persistent_load(self, pid: Any, /) -> Any:
        raise ModelError(f"the model asks for an outside object ({pid!r:.40}): {_WARN}")


class _Decompressor(Protocol):
    @property
    def eof(self) -> bool: ...
    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


def _unpacked(data: bytes, name: str, limit: int) -> bytes:
    """Return *data*, decompressed where joblib compressed it, never more than *limit* bytes."""
    engine: _Decompressor
    if data[:1] == b"\x78":
        engine = zlib.decompressobj()
    elif data[:2] == b"\x1f\x8b":
        engine = zlib.decompressobj(zlib.MAX_WBITS | 16)
    elif data[:3] == b"BZh":
        engine = bz2.BZ2Decompressor()
    elif data[:6] == b"\xfd7zXZ\x00" or data[:1] == b"\x5d":
        engine = lzma.LZMADecompressor(memlimit=2 * limit)
    else:
        if len(data) > limit:
            raise ModelError(f"{name} has {len(data)} bytes, more than the {limit} that a model may have")
        return data
    try:
        unpacked = engine.decompress(data, limit + 1)
    except (OSError, EOFError, lzma.LZMAError, zlib.error) as error:
        raise ModelError(f"{name} is torn: {error}; likely cure: copy or train it again") from error
    if len(unpacked) > limit:
        raise ModelError(f"{name} unpacks to more than the {limit} bytes that a model may have: {_WARN}")
    if not engine.eof:
        raise ModelError(f"{name} is torn: it ends too early; likely cure: copy or train it again")
    return unpacked


def _inspect(data: bytes, name: str) -> None:
    """Raise ModelError where the pickle *data* does more than build plain values."""
    count = 0
    try:
        for opcode, argument, _ in pickletools.genops(data):
            count += 1
            if f" {opcode.name} " not in _OPCODES:
                what = f" {argument!r:.80}" if argument is not None else ""
                raise ModelError(f"{name} does more than hold plain values ({opcode.name}{what}): {_WARN}")
            # A memo index far beyond the memo would make the reader reserve memory for all below it.
            if opcode.name == "LONG_BINPUT" and (not isinstance(argument, int) or argument > count):
                raise ModelError(f"{name} has an impossible memo index {argument!r:.20}: {_WARN}")
            if count > _MAX_OPCODES:
                raise ModelError(f"{name} has more than {_MAX_OPCODES} parts: {_WARN}")
    except ModelError:
        raise
    except Exception as error:
        raise ModelError(f"{name} is no model file: {error}; likely cure: give a file that `save` wrote") from error


def _plain(value: Any, where: str) -> Any:
    """Return a copy of *value* that pickles to the same bytes however it was put together."""
    kind = type(value)
    if value is None or kind in (bool, int, float, bytes):
        return value
    if kind is str:
        return sys.intern(value)
    if kind is list:
        return [_plain(part, f"{where}[{index}]") for index, part in enumerate(value)]
    if kind is dict:
        for key in value:
            if type(key) is not str:
                raise ModelError(f"{where}: keys should be str, found {key!r:.40}")
        return {sys.intern(key): _plain(part, f"{where}.{key}") for key, part in value.items()}
    raise ModelError(
        f"{where} is a {kind.__module__}.{kind.__qualname__}; a model holds only str, int, float, bool, None, bytes,"
        " list and dict; likely cure: pack(array) for arrays, float(x) or int(x) for numpy scalars, list(x) for tuples"
    )


def pack(array: NDArray[Any]) -> dict[str, Any]:
    """Return *array* (numbers only) as plain values: dtype, shape, bytes in little-endian C order."""
    import numpy as np

    little = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<"))
    if little.dtype.str not in _DTYPES:
        raise ModelError(
            f"an array of {array.dtype} cannot be saved; likely cure: use one of {', '.join(sorted(_DTYPES))}"
        )
    return {"dtype": little.dtype.str, "shape": [int(size) for size in array.shape], "bytes": little.tobytes()}


def unpack(packed: Mapping[str, Any]) -> NDArray[np.generic[Any]]:
    """Return the array that `pack` made plain; it is read-only.

    Raises ModelError where dtype, shape and bytes do not fit together.
    """
    import numpy as np

    dtype, shape, data = (packed.get(key) for key in ("dtype", "shape", "bytes"))
    if dtype not in _DTYPES or not isinstance(data, bytes) or not isinstance(shape, list):
        raise ModelError(
            f"the model holds an array of dtype {dtype!r:.20} and shape {shape!r:.40}, which is none of ours"
        )
    array: NDArray[Any] = np.frombuffer(data, dtype)
    try:
        return array.reshape(shape)
    except (TypeError, ValueError):
        raise ModelError(f"the model holds an array of shape {shape!r:.40} with {array.size} numbers") from None
