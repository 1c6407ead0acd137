"""Runs: a plan cut into shards, child processes that do them, parts that are merged, a manifest that commits."""

from tamis.runner.engine import run_job
from tamis.runner.keeper import Limits
from tamis.runner.piped import run_piped
from tamis.runner.plan import Job
from tamis.runner.plan import Plan
from tamis.runner.recipe import Recipe
from tamis.runner.sharded import merge
from tamis.runner.sharded import run

__all__ = ["Job", "Limits", "Plan", "Recipe", "merge", "run", "run_job", "run_piped"]
