"""docs/case-import.md says what the command does: its worked mapping is carried out, word for word."""

import csv
import re
from pathlib import Path

import pytest
from flask import Flask

from tests.cases.factories import TaxonomyLabelFactory
from training.cases.importing.mapping import read_mapping

GUIDE = (Path(__file__).parent.parent.parent / "docs" / "case-import.md").read_text(encoding="utf-8")
MAPPINGS = re.findall(r"```yaml\n(source:.*?)```", GUIDE, flags=re.DOTALL)


@pytest.fixture
def reviews(tmp_path: Path) -> Path:
    """The table of the guide as the file that it stands for."""
    lines = re.findall(r"^\| (?=review_id|r-\d)(.*?) ?\|$", GUIDE, flags=re.MULTILINE)
    with (tmp_path / "reviews.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([cell.strip() for cell in line.split("|")] for line in lines)
    return tmp_path / "reviews.csv"


def test_the_worked_mapping_does_what_the_guide_says(app: Flask, reviews: Path, tmp_path: Path) -> None:
    TaxonomyLabelFactory(code="REV-01", title="Paid reviews", surfaces=["review"])
    (tmp_path / "reviews.yaml").write_text(MAPPINGS[0], encoding="utf-8")
    told = re.search(r"--dry-run` answers:\n\n```\n(.*?)```", GUIDE, flags=re.DOTALL)
    assert told is not None
    result = app.test_cli_runner().invoke(args=["cases", "import", str(reviews), "--mapping", str(tmp_path / "reviews.yaml"), "--dry-run"])
    assert result.exit_code == 0, result.output
    assert result.stdout == told[1]


@pytest.mark.parametrize("text", MAPPINGS, ids=lambda text: text.split()[1])
def test_every_mapping_of_the_guide_is_sound(text: str, tmp_path: Path) -> None:
    (tmp_path / "mapping.yaml").write_text(text, encoding="utf-8")
    assert read_mapping(tmp_path / "mapping.yaml").document.picks


def test_the_guide_names_every_option_and_every_field(app: Flask) -> None:
    helped = app.test_cli_runner().invoke(args=["cases", "import", "--help"]).output
    for option in re.findall(r"--[a-z-]+", helped):
        assert option in GUIDE or option == "--help"
    for field in (
        "source",
        "id",
        "format",
        "delimiter",
        "sheet",
        "answers",
        "surface",
        "family",
        "content",
        "reference",
        "label_facts",
        "labels_asked",
        "ignore",
    ):
        assert f"`{field}`" in GUIDE
