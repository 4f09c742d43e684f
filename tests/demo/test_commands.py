"""`flask demo`, as it is typed."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

import pytest
from click import ClickException

from tests.demo.serving import PASSWORD, PATIENCE_SECONDS, TOKEN, flask, free_port, serving, settings
from training.demo.commands.serving import port_from

pytestmark = pytest.mark.long
SECONDS_OF_A_SECOND_START = 5
"""What the second start may take, in seconds of a processor: what else the machine does is not the demo's fault."""


@pytest.fixture
def folder(prepared_demo: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "demo"
    shutil.copytree(prepared_demo, copy)
    return copy


def test_an_occupied_port_is_said_before_anything_is_done(tmp_path: Path) -> None:
    with socket.socket() as occupied:
        occupied.bind(("127.0.0.1", 0))
        occupied.listen()
        port = occupied.getsockname()[1]
        tried = flask("demo", "serve", environment=settings(tmp_path, PORT=str(port)))
    assert tried.returncode == 1
    assert f"Port {port} is in use by another program. Stop that one, or choose another port" in tried.stderr
    assert not (tmp_path / "demo.sqlite").exists()


@pytest.mark.parametrize("port", ["http", "0", "65536", "-1", "5000.0", "٥٠٠٠"])
def test_what_is_no_port_is_refused(monkeypatch: pytest.MonkeyPatch, port: str) -> None:
    monkeypatch.setenv("PORT", port)
    with pytest.raises(ClickException, match=f"PORT is “{port}”. Write a number from 1 to 65535."):
        port_from()


def test_a_database_with_other_people_is_left_alone(folder: Path) -> None:
    add_admin = ("people", "create-admin", "--email", "ibu.kepala@example.com", "--name", "Ibu Kepala", "--password", "seven-lamps-at-the-quay")
    assert flask(*add_admin, environment=settings(folder)).returncode == 0
    before = (folder / "demo.sqlite").read_bytes()
    for command in ("serve", "prepare"):
        tried = flask("demo", command, environment=settings(folder, PORT=str(free_port())))
        assert tried.returncode == 1
        assert "This database holds people who are not the demo's own, so the demo leaves it alone." in tried.stderr
    assert (folder / "demo.sqlite").read_bytes() == before


def test_a_second_preparation_changes_nothing(folder: Path) -> None:
    again = flask("demo", "prepare", environment=settings(folder))
    assert again.stdout == "Content: unchanged. People: as they were.\n", again.stderr


def test_faulty_content_is_told_by_file_and_line_and_stops_the_demo(tmp_path: Path) -> None:
    content = tmp_path / "content"
    (content / "queues").mkdir(parents=True)
    (content / "queues" / "broken.yaml").write_text("id: broken\ntitle: [\n")
    tried = flask("demo", "prepare", environment=settings(tmp_path, CONTENT_DIR=str(content)))
    assert tried.returncode == 1
    assert "queues/broken.yaml:" in tried.stderr
    assert "so the demo does not start" in tried.stderr
    assert "Traceback" not in tried.stderr


def test_it_prints_how_to_get_in_and_ends_at_ctrl_c(folder: Path) -> None:
    with serving(folder) as served:
        printed = (folder / "output.txt").read_text()
        assert served.may_work("newhire", "listing-claims-id")["decision"] is False
    assert served.process.returncode == 0
    assert served.address in printed
    assert PASSWORD in printed
    assert "newhire@example.org" in printed
    curl = next(line.strip() for line in printed.splitlines() if line.strip().startswith("curl "))
    assert f"Bearer {TOKEN}" in curl
    assert "Traceback" not in (folder / "output.txt").read_text()


def test_it_ends_when_its_terminal_is_closed_and_when_it_is_killed(folder: Path) -> None:
    for number in (signal.SIGHUP, signal.SIGKILL):
        with serving(folder) as served:
            port = int(served.address.rpartition(":")[2])
            served.process.send_signal(number)
            served.process.wait(timeout=PATIENCE_SECONDS)
            until = time.monotonic() + PATIENCE_SECONDS
            while is_listened_to(port) and time.monotonic() < until:
                time.sleep(0.05)
            assert not is_listened_to(port), "nobody holds the port any more"


def is_listened_to(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_the_printed_question_can_be_pasted_into_a_shell(folder: Path) -> None:
    with serving(folder):
        curl = next(line.strip() for line in (folder / "output.txt").read_text().splitlines() if line.strip().startswith("curl "))
        asked = subprocess.run(["bash", "-c", curl], capture_output=True, text=True, timeout=60, check=True)
    assert '"decision":false' in asked.stdout.replace(" ", "")


def test_a_second_start_is_quick(folder: Path) -> None:
    before = os.times()
    with serving(folder):
        pass
    after = os.times()
    assert (after.children_user - before.children_user) + (after.children_system - before.children_system) < SECONDS_OF_A_SECOND_START


def test_the_jobs_run_beside_it(folder: Path) -> None:
    with serving(folder), closing(sqlite3.connect(folder / "demo.sqlite")) as database:
        until = time.monotonic() + PATIENCE_SECONDS
        while not (sealed := database.execute("SELECT count(*) FROM audit_seals").fetchone()[0]) and time.monotonic() < until:
            time.sleep(0.1)
    assert sealed, "the audit's sealer works every five seconds"
