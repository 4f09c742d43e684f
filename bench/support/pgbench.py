"""PostgreSQL's own pgbench with the statement of a save: what the database alone can do, on the same machine in the same run."""

import json
import os
import re
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import psycopg

from support.databases import Postgresql
from support.sittings import RESPONSES, Sitting
from training.accounts.services import IDLE_LIFE, token_hash
from training.exams.queries import save_statement

CLIENTS = 16
SITTINGS_A_CLIENT = 8
THREADS = 2
FIRST_SEQUENCE = 1_000_000
TABLE = "CREATE TABLE sittings_of_pgbench (number integer PRIMARY KEY, public_id text, token_hash text, position integer, response text)"


class TooFewSittings(RuntimeError):
    """The candidates did not get far enough to measure anything."""


_ONCE = """\\if :{ready}
\\else
SELECT public_id AS public_id_{slot}, token_hash AS token_hash_{slot}, position AS position_{slot}, response AS response_{slot}, 1 AS {ready}
FROM sittings_of_pgbench WHERE number = :client_id * {slots} + {slot} \\gset
\\endif
\\set sequence :sequence + 1
"""


def saves_a_second(database: Postgresql, sittings: Sequence[Sitting], *, seconds: float) -> float:
    """How many saves a second pgbench makes: each of its clients saves to attempts of its own, with a prepared statement, durably."""
    chosen = [sitting for sitting in sittings if sitting.kinds][: CLIENTS * SITTINGS_A_CLIENT]
    if len(chosen) < CLIENTS * SITTINGS_A_CLIENT:
        raise TooFewSittings(f"{len(chosen)} attempts were opened; pgbench saves to {CLIENTS * SITTINGS_A_CLIENT}")
    with psycopg.connect(database.url, autocommit=True) as connection:
        connection.execute("DROP TABLE IF EXISTS sittings_of_pgbench")
        connection.execute(TABLE)
        rows = [(number, *_row(sitting)) for number, sitting in enumerate(chosen)]
        connection.cursor().executemany("INSERT INTO sittings_of_pgbench VALUES (%s, %s, %s, %s, %s)", rows)
    with tempfile.TemporaryDirectory(prefix="touchstone-pgbench-") as folder:
        scripts = [_script(Path(folder), slot) for slot in range(SITTINGS_A_CLIENT)]
        said = _run(database, scripts, seconds)
    found = re.search(r"tps = ([\d.]+)", said)
    if found is None:
        raise RuntimeError(said)
    return float(found[1])


def _row(sitting: Sitting) -> tuple[str, str, int, str]:
    position, kind = next(iter(sitting.kinds.items()))
    return sitting.public_id, token_hash(sitting.candidate.token), position, json.dumps(RESPONSES[kind])


def _script(folder: Path, slot: int) -> Path:
    """One of the attempts that each client saves to: looked up once, then saved to again and again."""
    fixed = {
        "client_id": "'window-of-the-bench'",
        "now": "now()",
        "idle_since": f"(now() - interval '{IDLE_LIFE.total_seconds():.0f} seconds')",
        "is_flagged": "false",
        "has_place": "true",
        "is_readable": "true",
        "keeps_all": "false",
        "byte_count": "64",
    }
    own = {name: f":{name}_{slot}" for name in ("public_id", "token_hash", "position", "response")}

    def value(match: re.Match[str]) -> str:
        return fixed.get(match[1]) or own.get(match[1]) or match[0]

    statement = " ".join(re.sub(r"(?<!:):(\w+)", value, save_statement()).split())
    path = folder / f"save-{slot}.sql"
    path.write_text(_ONCE.format(ready=f"ready_{slot}", slot=slot, slots=SITTINGS_A_CLIENT) + statement + ";\n")
    return path


def _run(database: Postgresql, scripts: Sequence[Path], seconds: float) -> str:
    options = ["-n", "-M", "prepared", "-c", str(CLIENTS), "-j", str(THREADS), "-T", str(round(seconds))]
    variables = ["-D", f"sequence={FIRST_SEQUENCE}", *(part for slot in range(len(scripts)) for part in ("-D", f"ready_{slot}=0"))]
    files = [part for script in scripts for part in ("-f", str(script))]
    command = [str(database.programs / "pgbench"), *options, *variables, *files, database.url]
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return done.stdout
