"""The page of a run of many documents: how large it is, what making it costs, how fast a browser opens it.

    python benchmarks/report_pages.py [NUMBER]     NUMBER documents (default: 100,000), those of seeds/ over and over

The records are those that the default pipeline writes, each with a host and an id of its own; one in twenty failed.
The time to open is that of headless Chromium, from the call to the painted page, the least of five; without Playwright
or Chromium it is left out.
"""

from __future__ import annotations

import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

import tamis
from tamis.records import to_line
from tamis.records import to_record
from tamis.report import run_page

SEEDS = Path(__file__).parents[1] / "seeds"


def write(folder: Path, number: int) -> tuple[Path, Path]:
    """Write *number* records of clean and failed documents, and return the two files."""
    clean, failed = folder / "clean.jsonl", folder / "failed.jsonl"
    records = [to_record(doc) for doc in tamis.default().stream(tamis.read(SEEDS))]
    with clean.open("wb") as wells, failed.open("wb") as ills:
        for i in range(number):
            url = f"https://site{i % 3000}.example/{i}"
            if i % 20:
                wells.write(to_line(records[i % len(records)] | {"id": url}))
            else:
                ills.write(to_line({"id": url, "source": f"in:{i}", "step": "mt", "error": f"ValueError: {i % 700}"}))
    return clean, failed


def seconds_to_open(page: Path) -> float | None:
    """Return the seconds until Chromium has painted *page*, or None where there is no Chromium to ask."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        chromium = None
    if chromium is None:
        return None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        took = []
        for _ in range(5):
            tab = browser.new_page()
            start = time.perf_counter()
            tab.goto(page.as_uri())
            tab.screenshot()
            took.append(time.perf_counter() - start)
            tab.close()
        browser.close()
    return min(took)


def main() -> None:
    """Print the figures."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as name:
        clean, failed = write(Path(name), number)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        start = time.process_time()
        text = run_page(clean, None, failed)
        took = time.process_time() - start
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        page = Path(name) / "report.html"
        page.write_text(text, encoding="utf-8", errors="replace")
        size = (clean.stat().st_size + failed.stat().st_size) / 1e6
        print(f"{number:,} documents, {size:,.0f} MB of records: page of {page.stat().st_size / 1e6:.2f} MB,")
        print(f"made in {took:.1f} s of processor time, {grown / 1024:.0f} MB of memory more than before")
        opened = seconds_to_open(page)
        print("no Chromium to open it" if opened is None else f"open and painted after {opened:.2f} s")


if __name__ == "__main__":
    main()
