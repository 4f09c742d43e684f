"""How long 2,000 questions take to come in, and how much memory a file takes that is refused.

    python -m bench.item_import

Each file is looked through in a process of its own; it says the seconds, and the most memory that the process ever held.
"""

import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from time import perf_counter

COUNT = 2_000
FILES = ("gift", "gift_50_mb", "xml_50_mb", "zip_bomb", "xml_bomb", "formulas", "unbalanced", "jsonl_50_mb", "csv_50_mb")


LONG = "x" * 4_000


def write(name: str, path: Path) -> None:
    """Make the file of this name."""
    if name == "zip_bomb":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("imsmanifest.xml", "w", force_zip64=True) as inner:
            for _ in range(2_000):
                inner.write(b" " * 1_000_000)
    elif name == "formulas":
        _write_workbook(path)
    else:
        path.write_text("".join(_pieces(name)))


def _write_workbook(path: Path) -> None:
    from openpyxl import Workbook  # noqa: PLC0415  # Only this file is a workbook.

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in [["stem", "option_a", "option_b", "option_c", "correct"], *([f"Q{n}", "=A1", "b", "c", "a"] for n in range(COUNT))]:
        sheet.append(row)
    book.save(path)


def _pieces(name: str) -> list[str]:
    question = "::q-{n}::What of case {n}?\n{{\n=Remove it\n~Keep it\n~Ask\n####Because of rule {n}.\n}}\n\n"
    few = [question.format(n=n) for n in range(COUNT)]
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    asked = '<question type="essay"><name><text>{n}</text></name><questiontext><text>' + LONG + "</text></questiontext></question>"
    return {
        "gift": few,
        "unbalanced": [*few, "Who?{=me\n"],
        "gift_50_mb": [f"What of {n}? {LONG}{{=a ~b ~c}}\n\n" for n in range(12_000)],
        "xml_50_mb": ["<quiz>", *(asked.format(n=n) for n in range(12_000)), "</quiz>"],
        "xml_bomb": ['<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY e0 "ha">', entities, "]><quiz>&e11;</quiz>"],
        "jsonl_50_mb": [f'{{"kind": "single", "stem": "{LONG}", "n": {n}}}\n' for n in range(12_000)],
        "csv_50_mb": ["stem,option_a,option_b,option_c,correct\n", *(f"{n} {LONG},a,b,c,a\n" for n in range(12_000))],
    }[name]


def look_through(path: Path) -> str:
    """What becomes of a file, in one line."""
    from training.cases.importing.records import BrokenFile  # noqa: PLC0415  # Its memory is what is measured.
    from training.exchange.files import TABLES, Terms, columns_of, drafts_of, recognised  # noqa: PLC0415
    from training.exchange.rules.drafting import Defaults  # noqa: PLC0415
    from training.exchange.rules.tables import fitting  # noqa: PLC0415

    begun, rows, faults = perf_counter(), 0, 0
    try:
        kind = recognised(path)
        mapping = fitting(columns_of(path, kind)) if kind in TABLES else {}
        for row in drafts_of(path, kind, Terms(mapping, Defaults("en", "PRO", "S2", "knowledge", "typical"), "item", frozenset())):
            rows, faults = rows + 1, faults + bool(row.faults)
        end = f"{rows:,} rows, {faults:,} with faults"
    except BrokenFile as broken:
        end = f"refused after {rows:,} rows, line {broken.line}: {broken.problem}"
    status = Path("/proc/self/status").read_text()
    megabytes = int(status.partition("VmHWM:")[2].split()[0]) / 1024
    return f"{path.name:12} {path.stat().st_size / 1e6:6.1f} MB  {perf_counter() - begun:5.1f} s  {megabytes:4.0f} MB of memory  {end}"


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(look_through(Path(sys.argv[1])), flush=True)
    else:
        with tempfile.TemporaryDirectory() as made:
            for each in FILES:
                target = Path(made, each)
                write(each, target)
                subprocess.run([sys.executable, "-m", "bench.item_import", str(target)], check=True, env=os.environ)
