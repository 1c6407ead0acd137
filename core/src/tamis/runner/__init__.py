"""Runs: a plan cut into shards, child processes that do them, parts that are merged, a manifest that commits."""

from tamis.runner.engine import run_job
from tamis.runner.merging import merge
from tamis.runner.plan import Job
from tamis.runner.plan import Plan
from tamis.runner.recipe import Recipe
from tamis.runner.runs import OnProgress
from tamis.runner.runs import Progress
from tamis.runner.runs import run
from tamis.runner.supervisor import Limits

__all__ = ["Job", "Limits", "OnProgress", "Plan", "Progress", "Recipe", "merge", "run", "run_job"]
