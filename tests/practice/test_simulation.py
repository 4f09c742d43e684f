"""The order of practice against orders that know nothing of the learner: a short form of bench/practice_simulation.py."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.full
def test_the_rules_teach_more_than_random_order_and_nearly_as_much_as_taking_turns() -> None:
    ran = subprocess.run([sys.executable, "bench/practice_simulation.py", "--short"], cwd=ROOT, capture_output=True, text=True, check=True)
    told = json.loads(ran.stdout.splitlines()[-1])
    assert told["bench"] == "practice_simulation"
    assert told["cells"] == 4
    assert told["worst_vs_random"] > 0, ran.stdout
    assert told["worst_vs_round_robin"] >= -0.02, ran.stdout
