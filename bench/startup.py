"""How soon the `flask` command is there, beside the same command over a bare Flask application, in the same run.

`flask --help` loads the whole application and does nothing with it. The two take turns, and the best of the rounds counts.
Seconds are seconds of a processor: what else the machine does is not the command's fault.
"""

import argparse
import os
import subprocess
import sys
import time
from dataclasses import dataclass

from support import ROOT
from support.figures import last_line, table

APPLICATION, BARE = "training.start:create_shell", "support.bare:bare"


@dataclass(frozen=True, slots=True)
class Start:
    """What one start took: of a processor, and until it was done."""

    seconds: float
    elapsed_seconds: float


def start(application: str) -> Start:
    """Ask for the help of this application's commands, once."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | {"PYTHONPATH": str(ROOT / "bench")}
    before, began = os.times(), time.monotonic()
    subprocess.run([sys.executable, "-m", "flask", "--app", application, "--help"], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, check=True)
    after = os.times()
    return Start(after.children_user - before.children_user + after.children_system - before.children_system, time.monotonic() - began)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how often the two take turns")
    return parser.parse_args()


def main() -> None:
    """Measure, show, and say it in one line."""
    rounds = _arguments().rounds
    for application in (APPLICATION, BARE):
        start(application)  # writes the bytecode that later starts read
    turns = [(start(APPLICATION), start(BARE)) for _ in range(rounds)]
    names = ("Touchstone", "bare Flask")
    best = {name: min(turn[place].seconds for turn in turns) for place, name in enumerate(names)}
    shown = [[name, f"{best[name]:.2f}", f"{min(turn[place].elapsed_seconds for turn in turns):.2f}"] for place, name in enumerate(names)]
    print(table(("flask --help", "seconds of a processor", "elapsed"), shown))
    seconds, bare_seconds = best.values()
    print(last_line("startup", seconds=round(seconds, 2), bare_seconds=round(bare_seconds, 2), ratio=round(seconds / bare_seconds, 1)))


if __name__ == "__main__":
    main()
