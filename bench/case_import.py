"""How long it takes to bring real cases in: the HateCheck suite from CORPORA_DIR, on SQLite and PostgreSQL, and a long file of made-up reviews.

Each import is the command itself, from reading its options to its last line: mapping, redaction, look-alikes, storing. "Again" is the same file
once more, of which nothing is new. The corpus is read where it lies and copied nowhere.
"""

import argparse
import csv
import os
import random
import resource
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from time import perf_counter

from support.databases import Database, application, postgresql_database, sqlite_database
from support.figures import last_line, table

from training import clock
from training.actors import SYSTEM
from training.cases.documents import TaxonomyDocument
from training.cases.services import store_taxonomy
from training.db import db

SUITE = """\
source: hatecheck
id: case_id
surface: { value: comment }
language: { value: en }
market: { value: ID }
family: { column: templ_id }
content:
  comment:
    where: { value: Under a post }
    thread.0.author: { value: member }
    thread.0.at: { value: "10:00" }
    thread.0.text: { column: test_case }
reference:
  decisions: { column: label_gold, values: { hateful: [[REMOVE]], non-hateful: [[APPROVE]] } }
  labels: { column: label_gold, values: { hateful: HRM-01, non-hateful: OUT-00 } }
ignore: ["", functionality, target_ident, direction, focus_words, focus_lemma, ref_case_id, ref_templ_id, case_templ]
"""
REVIEWS = """\
source: reviews
id: no
surface: { value: review }
content:
  review: { stars: { column: stars }, text: { column: text } }
"""
LABEL = {
    "code": "HRM-01",
    "area": "HRM",
    "title": "Hate speech",
    "surfaces": "any",
    "dsa_category": "x",
    "dsa_keyword": "x",
    "ground": "x",
    "severity": "S3",
    "default_decision": ["REMOVE"],
}
WORDS = "barang bagus sesuai pesanan pengiriman cepat kurir ramah warna agak pudar ukuran pas harga murah tutup longgar botol bocor kembali beli lagi".split()


def reviews(count: int) -> Iterator[tuple[str, ...]]:
    """Rows of made-up reviews, one in fifty with a made-up phone number."""
    drawn = random.Random(2026)
    yield "no", "stars", "text"
    for number in range(count):
        text = " ".join(drawn.choices(WORDS, k=drawn.randint(8, 60)))
        yield str(number), str(drawn.randint(1, 5)), text if number % 50 else f"{text}, wa 08{drawn.randrange(10**9, 10**10)}"


def seconds_of(database: Database, file: Path, mapping: Path) -> float:
    """One import."""
    app = application(database.url)
    begun = perf_counter()
    result = app.test_cli_runner().invoke(args=["cases", "import", str(file), "--mapping", str(mapping)])
    taken = perf_counter() - begun
    assert result.exit_code == 0, result.output
    return taken


def store_label(database: Database) -> None:
    """Let the one label that the suite's mapping names run."""
    with application(database.url).app_context():
        store_taxonomy(TaxonomyDocument.model_validate({"areas": [{"code": "HRM", "title": "Speech"}], "labels": [LABEL]}), by=SYSTEM, now=clock.now())
        db.session.commit()
        db.session.remove()
        db.engine.dispose()


def main() -> None:
    """Measure, show, and say it in one line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000, help="how many reviews the long file holds")
    arguments = parser.parse_args()
    corpora = os.environ.get("CORPORA_DIR")
    if corpora is None:
        print("CORPORA_DIR is not set: the HateCheck suite is read from there, and nothing was measured.")
        return
    suite = Path(corpora, "hatecheck", "test_suite_cases.csv")
    figures: dict[str, float] = {}
    kinds: dict[str, AbstractContextManager[Database]] = {"sqlite": sqlite_database(), "postgresql": postgresql_database()}
    with tempfile.TemporaryDirectory(prefix="touchstone-bench-") as folder:
        mapping, long_mapping, long_file = Path(folder, "suite.yaml"), Path(folder, "reviews.yaml"), Path(folder, "reviews.csv")
        mapping.write_text(SUITE)
        long_mapping.write_text(REVIEWS)
        with long_file.open("w", newline="") as file:
            csv.writer(file).writerows(reviews(arguments.rows))
        for name, made in kinds.items():
            with made as database:
                store_label(database)
                figures[f"suite_{name}_s"] = seconds_of(database, suite, mapping)
                figures[f"again_{name}_s"] = seconds_of(database, suite, mapping)
                figures[f"long_{name}_s"] = seconds_of(database, long_file, long_mapping)
    figures["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(table(("what", ""), [[name, f"{figure:,.1f}"] for name, figure in figures.items()]))
    print(last_line("case_import", suite_rows=3_728, long_rows=arguments.rows, **{name: round(figure, 2) for name, figure in figures.items()}))


if __name__ == "__main__":
    main()
