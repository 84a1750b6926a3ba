"""A measure in a process of its own: in one process all of them would have the settings, and the store, of the first."""

from __future__ import annotations

import sys
import traceback
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from bench.figures import Figure
from bench.measures import MEASURES


def taken(name: str) -> list[Figure]:
    """The figures of the measure with this name, each told as it comes."""
    figures = []
    for figure in next(measure for measure in MEASURES if measure.__name__ == name)():
        print(f"  {figure.name}: {figure.figure} {figure.unit}", file=sys.stderr, flush=True)
        figures.append(figure)
    return figures


def alone(name: str) -> list[Figure] | None:
    """The same in another process; None when it failed, and why is printed."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        done = pool.submit(taken, name)
        error = done.exception()
    if error is not None:
        traceback.print_exception(error)
        return None
    return done.result()
