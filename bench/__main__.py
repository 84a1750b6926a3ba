"""`python -m bench [NAME…]`: take the measures (all, or those whose name contains a word), print and keep them."""

from __future__ import annotations

import json
import sys

from bench.figures import Figure, table
from bench.measures import BUILD, MEASURES


def main(words: list[str]) -> int:
    """Exit status 1 when a figure misses its target."""
    figures: list[Figure] = []
    for measure in MEASURES:
        if not words or any(word in measure.__name__ for word in words):
            print(f"… {measure.__name__}", file=sys.stderr)
            for figure in measure():
                print(f"  {figure.name}: {figure.figure} {figure.unit}", file=sys.stderr, flush=True)
                figures.append(figure)
    BUILD.parent.mkdir(exist_ok=True)
    kept = BUILD.parent / "bench.json"
    kept.write_text(json.dumps([f.to_json() for f in figures], ensure_ascii=False, indent=2) + "\n", "utf-8")
    print(table(figures))
    return int(any(f.holds is False for f in figures))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
