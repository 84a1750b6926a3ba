"""Pictures for the manual, from those that the browser tests took: few colours, each under 150 KB."""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
TAKEN, KEPT = ROOT / "build" / "pictures", ROOT / "docs" / "pictures"
LIMIT = 150_000
CHOSEN = (
    "a1-apply",
    "a2-receipt",
    "a3-follow",
    "a4-answered",
    "b1-waiting",
    "b2-case",
    "b3-letter",
    "b4-signed",
    "y0-tables",
    "report-words",
    "y1-check",
    "y2-version",
    "c1-county",
    "c2-january",
    "s2-problem",
    "s3-assessment",
    "p1-questionnaire",
    "p2-appraisal",
    "o1-overview",
    "o2-years",
)


def keep(name: str) -> int:
    """Write one picture as small as it has to be. Its bytes."""
    picture = Image.open(TAKEN / f"{name}.png").convert("RGB")
    target = KEPT / f"{name}.png"
    for colours in (96, 64, 32):
        picture.quantize(colours, dither=Image.Dither.NONE).save(target, optimize=True)
        if target.stat().st_size < LIMIT:
            break
    return target.stat().st_size


def main() -> int:
    """Keep the chosen pictures. Exit status 1 when one was not taken."""
    KEPT.mkdir(parents=True, exist_ok=True)
    lacking = [name for name in CHOSEN if not (TAKEN / f"{name}.png").exists()]
    if lacking:
        print("no picture was taken of: " + ", ".join(lacking), file=sys.stderr)
        return 1
    for name in CHOSEN:
        print(f"{name}.png {keep(name) // 1024} KB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
