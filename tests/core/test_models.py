"""Installed models are found by name, checked before use, and published by training scripts."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from tamis import models
from tamis.errors import ModelError
from tamis.models import ModelFile


def shipped(tmp_path: Path, content: bytes = b"weights", sha256: str | None = None) -> ModelFile:
    path = tmp_path / "m.joblib"
    path.write_bytes(content)
    return ModelFile("m", path, sha256 or hashlib.sha256(content).hexdigest(), "tamis-models 0.1.0", "1")


def test_a_model_with_the_right_hash_is_read(tmp_path: Path) -> None:
    model = shipped(tmp_path)
    assert model.read(model.sha256) == b"weights"
    assert model.verified


def test_an_altered_model_is_refused_with_both_hashes(tmp_path: Path) -> None:
    model = shipped(tmp_path, sha256="00" * 32)
    with pytest.raises(ModelError, match=hashlib.sha256(b"weights").hexdigest() + ", expected " + "00" * 32):
        model.read()
    assert not model.verified


def test_the_pin_of_the_plugin_counts_more_than_the_manifest(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="install matching versions of both"):
        shipped(tmp_path).read("11" * 32)


def test_a_missing_file_is_named_with_the_cure(tmp_path: Path) -> None:
    model = ModelFile("m", tmp_path / "gone.joblib", "00", "tamis-models 0.1.0", "1")
    with pytest.raises(ModelError, match="install tamis-models again"):
        model.read()


def test_the_installed_models_are_all_verified() -> None:
    found = models.installed()
    assert [model.name for model in found] == sorted(model.name for model in found)
    assert all(model.verified for model in found)


def test_a_model_is_found_by_name() -> None:
    assert models.find("topics").distribution.startswith("tamis-models")


def test_a_misspelt_name_gets_a_suggestion() -> None:
    with pytest.raises(ModelError, match="did you mean 'topics'"):
        models.find("topic")


def test_publishing_writes_the_manifest_and_the_pin(tmp_path: Path) -> None:
    (tmp_path / "new.joblib").write_bytes(b"new")
    (tmp_path / "manifest.json").write_text('{"other": {"file": "o", "sha256": "1", "card": null, "version": "1"}}')
    digest = models.publish(tmp_path, "new", "new.joblib", "2", "new.md", tmp_path / "_pin.py")
    assert json.loads((tmp_path / "manifest.json").read_text())["new"] == {
        "file": "new.joblib",
        "sha256": digest,
        "card": "new.md",
        "version": "2",
    }
    assert f'SHA256 = "{digest}"' in (tmp_path / "_pin.py").read_text()
    assert "other" in (tmp_path / "manifest.json").read_text()


def test_what_is_loaded_from_a_file_is_kept_until_the_file_changes(tmp_path: Path) -> None:
    path = tmp_path / "m.joblib"
    loaded: list[str] = []

    @models.cached_by_file
    def load(name: str) -> bytes:
        loaded.append(name)
        return Path(name).read_bytes()

    for content in (b"one", b"another"):
        path.write_bytes(content)
        assert [load(str(path)), load(str(path))] == [content, content]
    assert len(loaded) == 2
