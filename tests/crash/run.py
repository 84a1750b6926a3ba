"""Kills a bare service process again and again, at named points and at any moment, and looks at what is left.

`python -m tests.crash.run --kills 2000`: one process loads everything and opens no connection; each act is done by a
fork of it, which is killed; every so often another fork plays the restart and checks. GONGKAI_DATA and
GONGKAI_DATABASE_URL say where; both must be the test's own. Exit status 1 when anything is not as it must be.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
CHECK_EVERY = 20
_POINT = re.compile(r"\bfailpoint\(\"([a-z_.]+)\"\)")


def points_in_code() -> set[str]:
    """Every point that the code names. AssertionError for one that cannot be read from the code."""
    found = set()
    for path in (ROOT / "src").rglob("*.py"):
        if path.name != "failpoints.py":
            text = path.read_text("utf-8")
            names = _POINT.findall(text)
            assert len(names) == text.count("failpoint("), f"{path} names a point otherwise than as a plain word"
            found |= set(names)
    return found


def fork(do: Callable[[], Any]) -> tuple[int, Callable[[], Any]]:
    """Do something in a fork. Its process id; and a call that waits and gives (exit status, what it said)."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.close(reading)
            said = do()
            os.write(writing, json.dumps(said).encode())
            status = 0
        except BaseException:  # noqa: BLE001 - a child must never run on into its parent's code
            traceback.print_exc()
        finally:
            os._exit(status)
    os.close(writing)

    def wait() -> tuple[int, Any]:
        with os.fdopen(reading, "rb") as pipe:
            said = pipe.read()
        _, status = os.waitpid(child, 0)
        return os.waitstatus_to_exitcode(status), json.loads(said) if said else None

    return child, wait


class Run:
    """One run: the plan, the receipts since the last check, and what went wrong."""

    def __init__(self, seed: int, only: str) -> None:
        from tests.crash.scenarios import SCENARIOS

        self.scenarios = [s for s in SCENARIOS if s.name.startswith(only)]
        self.random = random.Random(seed)
        self.number = 0
        self.receipts: dict[str, list[Any]] = {}
        self.killed: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.seconds: dict[str, float] = {}

    def learn(self) -> list[tuple[Any, str, int]]:
        """Play each scenario a few times unharmed, and note which points it reaches how often."""
        from gongkai.web import failpoints
        from tests.crash.scenarios.scenario import office

        plan = []
        for scenario in self.scenarios:

            def play(scenario: Any = scenario) -> Any:
                audit, seen = office(), failpoints.watch()
                begun = time.monotonic()
                receipts = [scenario.act(audit, self.number + n) for n in (1, 2)]
                return [receipts, dict(seen), (time.monotonic() - begun) / 2]

            status, said = fork(play)[1]()
            if status or said is None:
                raise SystemExit(f"{scenario.name} fails even when nothing is killed")
            self.number += 2
            self.receipts.setdefault(scenario.name, []).extend(said[0])
            self.seconds[scenario.name] = said[2]
            plan += [(scenario, point, count) for point, count in sorted(said[1].items())]
        return _each_point_first(plan)

    def kill(self, scenario: Any, point: str, count: int) -> None:
        """One act and its death: at a point, or, with no point, at any moment."""
        from gongkai.web import failpoints
        from tests.crash.scenarios.scenario import office, tell

        self.number += 10
        begun, told = self.number, f"receipts-{self.number}"

        def play() -> None:
            audit = office()
            if point:
                failpoints.arm(point, self.random.randint(1, count))
            for n in range(3 if point else 10):
                tell(told, scenario.act(audit, begun + n))

        child, wait = fork(play)
        if not point:
            time.sleep(self.random.uniform(0.002, 0.1 + 2 * self.seconds[scenario.name]))
            os.kill(child, signal.SIGKILL)
        status, _ = wait()
        if status == 1:
            self.wrong.append(f"{scenario.name} at {point or 'any moment'}: the act failed by itself")
        self.killed[point or "any moment"] += status in (137, -signal.SIGKILL)
        self._collect(scenario.name, told)

    def _collect(self, name: str, receipts: str) -> None:
        from tests.crash.scenarios.scenario import log_of, told

        self.receipts.setdefault(name, []).extend(told(receipts))
        log_of(receipts).unlink(missing_ok=True)

    def check(self) -> None:
        """Play the restart, and look."""
        from tests.crash.scenarios.scenario import office

        def look() -> list[str]:
            audit, wrong = office(), []
            for scenario in self.scenarios:
                scenario.recover(audit)
                found = scenario.check(audit, self.receipts.get(scenario.name, []))
                wrong += [f"{scenario.name}: {words}" for words in found]
            return wrong + _database_is_sound()

        status, said = fork(look)[1]()
        self.wrong += said if status == 0 else ["the check failed by itself"]
        self.receipts = {}


def _each_point_first(plan: list[tuple[Any, str, int]]) -> list[tuple[Any, str, int]]:
    """The plan with each point once at its head, in the scenario that was written for it if there is one."""
    own = sorted(plan, key=lambda each: not each[0].name.startswith(each[1].partition(".")[0]))
    first = {point: (scenario, point, count) for scenario, point, count in reversed(own)}
    rest = [each for each in plan if first[each[1]][0] is not each[0]]
    return [*first.values(), *rest]


def _database_is_sound() -> list[str]:
    """What the database itself must say, whatever was done: no audit row is other than its digest."""
    import hashlib

    from django.db import connection

    from gongkai.web.audit.models import Entry

    wrong = []
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for statement in ("PRAGMA quick_check", "PRAGMA foreign_key_check"):
                cursor.execute(statement)
                wrong += [str(row) for row in cursor.fetchall() if row != ("ok",)]
    for entry in Entry.objects.order_by("-id")[:200]:
        if hashlib.sha256(bytes(entry.payload)).hexdigest() != entry.digest:
            wrong.append(f"audit row {entry.pk} is not what was written")
    return wrong


def main() -> int:
    """Run and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=20260302)
    parser.add_argument("--only", default="", help="scenarios whose name begins so")
    options = parser.parse_args()
    os.environ["GONGKAI_TESTING"] = "1"
    from gongkai.web.operate.prepare import prepare_store, set_up

    fork(prepare_store)[1]()
    set_up()
    run = Run(options.seed, options.only)
    plan = run.learn()
    begun = time.monotonic()
    chances = [*plan, *((scenario, "", 0) for scenario in run.scenarios for _ in range(3))]
    for number in range(options.kills):
        # First each point once, then as chance has it.
        run.kill(*(plan[number] if number < len(plan) else run.random.choice(chances)))
        if number % CHECK_EVERY == CHECK_EVERY - 1 or number == options.kills - 1:
            run.check()
            if run.wrong:
                break
    reached = {point for _, point, _ in plan}
    report = {
        "kills": run.killed.total(),
        "seconds": round(time.monotonic() - begun, 1),
        "points": dict(sorted(run.killed.items())),
        "unreached": sorted(points_in_code() - reached) if not options.only else [],
        "wrong": run.wrong,
    }
    print(json.dumps(report, ensure_ascii=False, indent=1))
    return int(bool(run.wrong))


if __name__ == "__main__":
    sys.exit(main())
