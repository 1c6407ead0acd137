"""The plan of a run: what is read, how it is cut into shards, and all that a worker needs. It is JSON."""

from __future__ import annotations

import os
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import asdict
from dataclasses import dataclass
from dataclasses import replace
from functools import cached_property
from itertools import islice
from pathlib import Path
from sys import intern
from typing import Any
from typing import Final
from typing import NamedTuple

from tamis.errors import InputError
from tamis.errors import RunError
from tamis.formats import STDIN
from tamis.formats import Format
from tamis.formats import Reading
from tamis.formats import Slice
from tamis.formats import expand
from tamis.formats import format_of
from tamis.formats import safe_pieces
from tamis.formats.inputs import InputFile
from tamis.runner.parts import ENDS
from tamis.runner.parts import Outputs
from tamis.runner.parts import shard_manifest
from tamis.runner.recipe import Made
from tamis.runner.recipe import Recipe
from tamis.runner.supervisor import Limits

#: How much input, in bytes, makes a shard; more where there would be too many.
SHARD: Final = 2_000_000
MOST: Final = 10_000
#: How many small files at most.
FILES: Final = 2_000


@dataclass(frozen=True, slots=True)
class Shard:
    """What one call of `run_shard` does; *limit* is how many documents at most, None: all."""

    slices: tuple[Slice, ...]
    limit: int | None = None

    @property
    def size(self) -> int:
        """About how much input it is, in bytes."""
        return sum(part.size for part in self.slices)


class Job(NamedTuple):
    """A shard to do elsewhere: how to make a worker, what it may take, and its task. Small, and plain to pickle."""

    setup: Mapping[str, Any]
    limits: Limits
    task: Mapping[str, Any]


@dataclass(frozen=True)
class Plan:
    """What a run does. It is made from the inputs, never from the number of workers."""

    recipe: Recipe
    reading: Reading
    inputs: tuple[InputFile, ...]
    shards: tuple[Shard, ...]
    outputs: Outputs
    formats: Mapping[str, str]
    fingerprint: str
    versions: Mapping[str, str]
    limits: Limits
    with_raw: bool = False
    limit: int | None = None
    #: How many files in the folders of the input no format claims.
    ignored: int = 0

    def setup(self) -> dict[str, Any]:
        """Return what a worker makes its pipeline of."""
        return {
            "recipe": self.recipe.to_json(),
            "fingerprint": self.fingerprint,
            "versions": dict(self.versions),
            "reading": asdict(self.reading),
            "folder": str(Path.cwd()),
        }

    def task(self, number: int) -> dict[str, Any]:
        """Return what a worker needs for the shard *number*: offsets, no documents."""
        shard = self.shards[number]
        return {
            "kind": "shard",
            "number": number,
            "slices": [tuple(part) for part in shard.slices],
            "limit": shard.limit,
            "parts": self.outputs.parts,
            "formats": self.formats,
            "packed": self.packed,
            "with_raw": self.with_raw,
        }

    def job(self, number: int) -> Job:
        """Return the shard *number* as something to send to another process: `tamis.runner.engine.run_job` does it."""
        return Job(self.setup(), self.limits, self.task(number))

    @property
    def packed(self) -> dict[str, bool]:
        """Which outputs are packed."""
        return {end: self.outputs.of(end).endswith(".gz") for end in ENDS}

    @property
    def once(self) -> bool:
        """Whether it goes through a pipe, and so only once."""
        return STDIN in (self.outputs.clean, *(file.path for file in self.inputs))

    @cached_property
    def size(self) -> int:
        """About how much there is to read, in bytes."""
        return sum(shard.size for shard in self.shards)

    def done(self) -> Iterator[dict[str, Any]]:
        """Yield the manifests of the shards that are done, in order; together they may be large."""
        for number in range(len(self.shards)):
            manifest = shard_manifest(self.outputs.parts, number)
            if manifest is not None:
                yield manifest

    def to_json(self) -> dict[str, Any]:
        """Return the plan as JSON."""
        shards = [[shard.limit, shard.slices] for shard in self.shards]
        return asdict(replace(self, shards=())) | {"shards": shards}

    @staticmethod
    def from_json(value: Mapping[str, Any]) -> Plan:
        """Return the plan of which `to_json` made *value*; raises RunError where it is no plan."""
        try:
            recipe = value["recipe"]
            reading = dict(value["reading"])
            reading["meta"] = None if reading["meta"] is None else tuple(reading["meta"])
            return Plan(
                Recipe(recipe["pipeline"], tuple(recipe["sets"]), recipe["allow_local_plugins"]),
                Reading(**reading),
                tuple(InputFile(*each) for each in value["inputs"]),
                tuple(Shard(tuple(map(_slice, slices)), limit) for limit, slices in value["shards"]),
                Outputs(**value["outputs"]),
                value["formats"],
                value["fingerprint"],
                value["versions"],
                Limits(**value["limits"]),
                value["with_raw"],
                value["limit"],
                value["ignored"],
            )
        except (KeyError, TypeError, ValueError) as error:
            raise RunError(f"plan.json is damaged ({type(error).__name__}: {error}): begin anew") from None

    def differences(self, other: Plan) -> list[str]:
        """Return what is not the same in *other*, as `--resume` says it."""
        changed = []
        if self.fingerprint != other.fingerprint:
            changed.append("the pipeline changed")
        for name in sorted({*self.versions, *other.versions}):
            one, two = self.versions.get(name, "not there"), other.versions.get(name, "not there")
            if one != two:
                changed.append(f"{name} was {one}, is {two}")
        before, now = ({file.path: file for file in plan.inputs} for plan in (self, other))
        for path in sorted({*before, *now}):
            if path not in now:
                changed.append(f"{path} is no longer read")
            elif path not in before:
                changed.append(f"{path} is new")
            elif before[path] != now[path]:
                changed.append(f"{path} changed")
        if (self.limit, self.with_raw) != (other.limit, other.with_raw):
            changed.append("--limit or --with-raw changed")
        if self.outputs != other.outputs:
            changed.append("the outputs changed")
        return changed


def _slice(values: Sequence[Any]) -> Slice:
    path, form, *rest = values
    return Slice(intern(path), intern(form), *rest)  # there are many, of few files


def _output_format(path: str, formats: Mapping[str, Format]) -> str:
    """Return the name of the format of the output *path*; raises InputError where it cannot be written."""
    name = format_of(path, formats)
    if not formats[name].writes:
        raise InputError(f"{path}: the format '{name}' cannot be written; write .jsonl")
    return name


def _check_outputs(outputs: Mapping[str, str], files: Iterable[InputFile]) -> None:
    """Raise RunError where two of *outputs* are one file, or one of them is among the *files* that are read."""
    own = {os.path.realpath(path) for path in outputs.values()}
    if len(own) < len(outputs):
        raise RunError(f"{' and '.join(outputs)} need a file each: {', '.join(outputs.values())}")
    for file in files:
        if os.path.realpath(file.path) in own:
            raise RunError(f"{file.path} is read and written in one run: choose another output")


def make_shards(
    files: Iterable[InputFile], formats: Mapping[str, Format], reading: Reading, limit: int | None = None
) -> tuple[Shard, ...]:
    """Return the shards of *files*: slices in order, about `SHARD` bytes or more together, at most `FILES` of them.

    With a *limit*, shards for the first *limit* documents only; they are counted now.
    """
    files = tuple(files)
    size = max(SHARD, sum(file.size for file in files) // MOST)
    slices = (part for file in files for part in _slices(file, formats[file.format], reading))
    if limit is not None:
        return tuple(_first(_grouped(slices, size), formats, reading, limit))
    return tuple(Shard(tuple(group)) for group in _grouped(slices, size))


def _slices(file: InputFile, form: Format, reading: Reading) -> Iterable[Slice]:
    try:
        return list(form.plan(file.path, file.format, reading))
    except Exception as error:
        if file.named and isinstance(error, OSError | InputError):
            raise
        return [Slice(file.path, file.format)]  # reading says why it cannot be read


def _grouped(slices: Iterable[Slice], size: int) -> Iterator[list[Slice]]:
    group: list[Slice] = []
    taken = 0
    for part in slices:
        if group and (taken + part.size > size or len(group) >= FILES):
            yield group
            group, taken = [], 0
        group.append(part)
        taken += part.size
    if group:
        yield group


def _first(
    groups: Iterable[Sequence[Slice]], formats: Mapping[str, Format], reading: Reading, limit: int
) -> Iterator[Shard]:
    for group in groups:
        count = 0
        for part in group:
            count += sum(1 for _ in islice(safe_pieces(formats[part.format], part, reading), limit - count))
        if count:
            yield Shard(tuple(group), count)
        limit -= count
        if limit <= 0:
            return


def make_plan(
    recipe: Recipe,
    made: Made,
    inputs: Sequence[str],
    clean: str,
    limit: int | None,
    with_raw: bool,
    limits: Limits | None,
) -> Plan:
    """Return the plan with its inputs, but without its shards where they are files that can be read again.

    Raises InputError, RunError where it cannot be.
    """
    formats = made.host.formats
    if Path(clean).is_dir():
        raise RunError(f"{clean} is a folder: the output should be a file, such as {clean.rstrip('/')}/clean.jsonl")
    outputs = Outputs.beside(clean, formats, made.config.write.rejects, made.config.write.failed)
    forms = {end: _output_format(path, formats) for end, path in outputs.named.items()}
    found = expand(inputs, formats, made.reading)
    _check_outputs(outputs.named, found.files)
    plan = Plan(
        recipe,
        made.reading,
        found.files,
        (),
        outputs,
        forms,
        made.config.fingerprint,
        made.versions,
        limits or made.limits,
        with_raw,
        limit,
        found.ignored,
    )
    if plan.once:
        plan = replace(plan, shards=(Shard(tuple(Slice(file.path, file.format) for file in plan.inputs), limit),))
    return plan
