"""`python -m bench [NAME…]`: take the measures (all, or those whose name contains a word), print and keep them."""

from __future__ import annotations

import json
import sys

from bench.alone import alone
from bench.figures import Figure, table
from bench.measures import BUILD, MEASURES


def main(words: list[str]) -> int:
    """Exit status 1 when a figure misses its target or a measure fails; the others are taken all the same."""
    figures: list[Figure] = []
    failed: list[str] = []
    for name in (measure.__name__ for measure in MEASURES):
        if words and not any(word in name for word in words):
            continue
        print(f"… {name}", file=sys.stderr, flush=True)
        found = alone(name)
        if found is None:
            failed.append(name)
        figures += found or []
    BUILD.parent.mkdir(exist_ok=True)
    kept = BUILD.parent / "bench.json"
    kept.write_text(json.dumps([f.to_json() for f in figures], ensure_ascii=False, indent=2) + "\n", "utf-8")
    print(table(figures))
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return int(bool(failed) or any(f.holds is False for f in figures))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
