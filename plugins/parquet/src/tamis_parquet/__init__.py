"""Reads and writes Parquet files, in bounded memory."""

from __future__ import annotations

from collections.abc import Mapping

import tamis
from tamis.formats import Format
from tamis_parquet.format import ParquetFormat

__all__ = ["ParquetFormat", "tamis_formats"]


@tamis.hookimpl
def tamis_formats() -> Mapping[str, Format]:
    return {"parquet": ParquetFormat()}
