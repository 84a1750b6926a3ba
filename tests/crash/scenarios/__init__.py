"""What is done while the process is killed, and what must be true afterwards. A new service adds its module here."""

from __future__ import annotations

from tests.crash.scenarios import (
    cms,
    erasing,
    files,
    issued,
    letters,
    messages,
    onrequest,
    operate,
    papers,
    proactive,
    talk,
    yearly,
)
from tests.crash.scenarios.scenario import Scenario

SCENARIOS: list[Scenario] = [
    *files.SCENARIOS,
    *messages.SCENARIOS,
    *onrequest.SCENARIOS,
    *letters.SCENARIOS,
    *papers.SCENARIOS,
    *operate.SCENARIOS,
    *proactive.SCENARIOS,
    *cms.SCENARIOS,
    *talk.SCENARIOS,
    *erasing.SCENARIOS,
    *yearly.SCENARIOS,
    *issued.SCENARIOS,
]
