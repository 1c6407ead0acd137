"""Say of every cut in a file why it was made: `python examples/why.py FILE`; nothing is lost, so all can be shown."""

import sys
from pathlib import Path

import tamis


def main(path: str) -> None:
    """Print each cut of the default pipeline with its reason, and the text without the boilerplate step undone."""
    text = Path(path).read_bytes().decode("utf-8")
    doc = tamis.default()(text)
    for step, finding in doc.trail:
        if isinstance(finding, tamis.Edit) and not finding.text:
            words = " ".join(doc.raw[slice(*finding.span)].split())
            print(f"{step}: {finding.reason} at {finding.span[0]}: {words[:60]}")
    print(f"{len(doc.raw)} code points read, {len(doc.text)} left;", end=" ")
    print("undone, it is as it was read:", doc.without(*{step for step, _ in doc.trail}).text == text)


if __name__ == "__main__":
    main(*sys.argv[1:])
