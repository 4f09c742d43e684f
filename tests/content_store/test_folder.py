import os
from pathlib import Path

import pytest

from tests.content_store.folders import CASE, MODULE, alter, png, write, write_folder
from training.content_store.documents.folder import TEXT_BYTE_LIMIT, read_folder
from training.content_store.services import gather


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "content")


def faults(folder: Path) -> list[str]:
    return [str(fault) for fault in gather(folder).faults]


def only_fault(folder: Path) -> str:
    found = faults(folder)
    assert len(found) == 1, found
    return found[0]


def test_a_sound_folder_has_no_faults(folder: Path) -> None:
    read = gather(folder)
    assert read.faults == ()
    assert len(read.sources) == 11


def test_a_folder_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    assert only_fault(tmp_path / "nowhere").endswith("there is no such folder; set CONTENT_DIR to the content folder")


def test_hidden_files_and_readmes_are_passed_over(folder: Path) -> None:
    write(folder, ".git/config", "x")
    write(folder, "cases/.draft.yaml", "x")
    write(folder, "cases/README.md", "x")
    assert faults(folder) == []


def test_windows_line_ends_and_a_byte_order_mark_say_nothing(folder: Path) -> None:
    before = gather(folder)
    write(folder, "policies/goods.md", b"\xef\xbb\xbf" + MODULE.replace("\n", "\r\n").encode())
    after = gather(folder)
    assert after.faults == ()
    assert [after.hash_of(source) for source in after.sources] == [before.hash_of(source) for source in before.sources]


# Files that cannot be documents


def test_a_file_that_nobody_reads_is_a_fault(folder: Path) -> None:
    write(folder, "policies/goods.yml", "x")
    assert only_fault(folder).startswith("policies/goods.yml:0: no kind of document lives here under this name; move or rename it")


def test_text_that_is_not_utf_8_is_told_with_its_line(folder: Path) -> None:
    write(folder, "queues/listings.yaml", b"id: listings\ntitle: \xff\n")
    assert only_fault(folder) == "queues/listings.yaml:2: is not UTF-8 text; save it as UTF-8"


def test_a_giant_file_is_not_read(folder: Path) -> None:
    write(folder, "queues/listings.yaml", b"#" * (TEXT_BYTE_LIMIT + 1))
    assert only_fault(folder) == "queues/listings.yaml:0: is larger than 500,000 bytes; make it smaller, or divide it"


def test_links_are_refused_wherever_they_lead(folder: Path, tmp_path: Path) -> None:
    write(tmp_path, "secret.yaml", CASE.format(slug="case-nine", pool="exam"))
    (folder / "cases/secret.yaml").symlink_to(tmp_path / "secret.yaml")
    (folder / "cases/loop").symlink_to(folder)
    assert faults(folder) == [
        "cases/loop:0: is a link to somewhere else; put the file itself here",
        "cases/secret.yaml:0: is a link to somewhere else; put the file itself here",
    ]


def test_a_pipe_is_refused_and_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "cases/pipe.yaml")
    assert only_fault(folder) == "cases/pipe.yaml:0: is not a plain file; remove it"


def test_an_alias_bomb_is_refused_with_its_line(folder: Path) -> None:
    write(folder, "queues/listings.yaml", "id: listings\na: &a [x, x]\nb: [*a, *a]\n")
    assert only_fault(folder).startswith("queues/listings.yaml:2: a: anchors and aliases (& and *) are not read")


def test_a_picture_that_is_none_is_refused(folder: Path) -> None:
    write(folder, "cases/media/cat.png", "a cat")
    assert only_fault(folder).startswith("cases/media/cat.png:0: is not a still PNG, JPEG or WebP picture")


def test_pictures_are_read_by_the_name_that_cases_call_them(folder: Path) -> None:
    write(folder, "cases/media/gun.png", png())
    assert set(read_folder(folder).media) == {"media/gun.png"}


# What is wrong inside one document


def test_all_faults_of_all_files_come_at_once(folder: Path) -> None:
    alter(folder, "queues/listings.yaml", "severity_ceiling: S4", "severity_ceiling: S9")
    alter(folder, "courses/onboarding.yaml", "expected_minutes: 30", "expected_minutes: soon")
    alter(folder, "courses/onboarding.yaml", "practice_count: 1", "practise_count: 1")
    assert faults(folder) == [
        "courses/onboarding.yaml:7: practise_count: is not a field that anybody reads; remove it, or did you mean `practice_count`?",
        "courses/onboarding.yaml:8: expected_minutes: `soon` is not a whole number; write digits alone",
        "queues/listings.yaml:6: severity_ceiling: `S9` is not one of the words known here; write 'S0', 'S1', 'S2', 'S3' or 'S4'",
    ]


def test_what_names_a_broken_document_is_not_told_that_it_does_not_exist(folder: Path) -> None:
    for path in ("taxonomy.yaml", "policies/goods.md", "cases/pro/case-one.yaml", "cases/pro/case-two.yaml", "certifications/moderator.yaml"):
        text = (folder / path).read_text()
        write(folder, path, text.replace("title: ", "titel: ").replace("family: ", "famili: "))
    assert {fault.partition(": ")[2].partition(":")[0].rpartition(".")[2] for fault in faults(folder)} <= {"titel", "title", "famili", "family"}


@pytest.mark.parametrize(
    ("path", "old", "new", "fault"),
    [
        ("queues/listings.yaml", "title: Listings\n", "", "queues/listings.yaml:1: title: is missing; add it"),
        ("queues/listings.yaml", "title: Listings", "title: 5", "queues/listings.yaml:2: title: `5` is not text; put it in quotes"),
        (
            "queues/listings.yaml",
            "surfaces: [listing]",
            "surfaces: listing",
            "queues/listings.yaml:4: surfaces: `listing` is not a list; write [a, b], or one line with a dash for each",
        ),
        (
            "queues/listings.yaml",
            "id: listings",
            "id: Listings!",
            "queues/listings.yaml:1: id: `Listings!` is not written as it must be; ids are lower case letters, digits and hyphens",
        ),
        ("policies/goods.md", "version: 1.0.0", "version: 1.0", "policies/goods.md:6: version: `1.0` is not text; put it in quotes"),
        (
            "policies/goods.md",
            "version: 1.0.0",
            "version: v1",
            "policies/goods.md:6: version: `v1` is not written as it must be; versions are three numbers: 1.0.0",
        ),
        (
            "policies/goods.md",
            "---\nid: goods",
            "id: goods",
            "policies/goods.md:1: the front matter is missing; begin the file with a line ---, the fields id, title, area, language, "
            "version and summary, and another line ---",
        ),
        (
            "exams/items/pro/item-two.yaml",
            "public: true",
            "public: perhaps",
            "exams/items/pro/item-two.yaml:4: public: `perhaps` is neither true nor false; write true or false",
        ),
        (
            "cases/pro/case-two.yaml",
            "title: Air gun",
            "titel: Air gun",
            "cases/pro/case-two.yaml:9: content.titel: is not a field that anybody reads; remove it",
        ),
        (
            "exams/entry-exam.yaml",
            "  weighted_percent: 90\n",
            "  weighted_percent: 90\nwindow:\n  opens_at: 2026-12-02T10:00:00\n  closes_at: 2026-12-02T12:00:00+07:00\n",
            "exams/entry-exam.yaml:13: window.opens_at: `2026-12-02T10:00:00` does not say its time zone; write it behind the time: 2026-11-22T09:00:00+07:00",
        ),
        (
            "exams/entry-exam.yaml",
            "title: Entry exam",
            'title: "Entry \\0 exam"',
            "exams/entry-exam.yaml:2: title: holds a character that no page can show (code 0); remove it",
        ),
        ("cases/pro/case-two.yaml", "  price: Rp 500.000\n", "", "cases/pro/case-two.yaml:8: content.price: is missing; add it"),
    ],
)
def test_a_fault_names_its_line_its_field_and_the_way_out(folder: Path, path: str, old: str, new: str, fault: str) -> None:
    alter(folder, path, old, new)
    assert fault in faults(folder)


@pytest.mark.parametrize(
    ("path", "old", "new", "expected"),
    [
        (
            "exams/items/pro/item-one.yaml",
            "severity: S4\ndecision_class: violating\n",
            "",
            [
                "exams/items/pro/item-one.yaml:1: decision_class: `decision_class` is missing; add it",
                "exams/items/pro/item-one.yaml:1: severity: `severity` is missing; add it",
            ],
        ),
        (
            "exams/items/pro/item-two.yaml",
            "case: case-two",
            "area: PRO\nlanguage: en",
            [
                "exams/items/pro/item-two.yaml:1: case: `case` is missing; name the case of the exam pool that is labelled",
                "exams/items/pro/item-two.yaml:5: area: `area` belongs to the case; leave it out of a case item",
                "exams/items/pro/item-two.yaml:6: language: `language` belongs to the case; leave it out of a case item",
            ],
        ),
        (
            "exams/entry-exam.yaml",
            "  - { area: PRO, minimum: 2, maximum: 2 }\n",
            "  - { area: PRO, minimum: 3, maximum: 3 }\n  - { area: PRO, minimum: 1, maximum: 2 }\n",
            [
                "exams/entry-exam.yaml:10: cells.1: two cells ask for the same: area PRO; keep one of them",
                "exams/entry-exam.yaml:9: cells.0.minimum: the cell area PRO asks for more items than the form has; it has 2",
            ],
        ),
        (
            "courses/checks/check-goods.yaml",
            "pass_count: 1",
            "pass_count: 2",
            ["courses/checks/check-goods.yaml:4: pass_count: pass_count is 2, but there are only 1 cases; lower it or add cases"],
        ),
        (
            "taxonomy.yaml",
            "surfaces: [listing]",
            "surfaces: some",
            [
                "taxonomy.yaml:8: labels.0.surfaces: `some` is not a list; write [a, b], or one line with a dash for each",
                "taxonomy.yaml:8: labels.0.surfaces: `some` is not one of the words known here; write 'any'",
            ],
        ),
        (
            "taxonomy.yaml",
            "area: PRO\n",
            "area: XXX\n",
            ["taxonomy.yaml:6: labels.0.area: names the area XXX, which is not listed; list it under areas, or correct the label"],
        ),
    ],
)
def test_what_a_document_s_own_check_finds_has_its_line_too(folder: Path, path: str, old: str, new: str, expected: list[str]) -> None:
    alter(folder, path, old, new)
    assert sorted(fault for fault in faults(folder) if fault.startswith(path)) == expected


def test_an_empty_file_holds_no_document(folder: Path) -> None:
    write(folder, "queues/empty.yaml", "# nothing yet\n")
    assert only_fault(folder) == "queues/empty.yaml:1: holds no document; write its fields as `name: value` lines"


def test_every_evidence_quote_that_is_not_found_once_is_told_on_its_own_line(folder: Path) -> None:
    alter(
        folder,
        "cases/pro/case-two.yaml",
        '    - { field: description, quote: "metal balls" }\n',
        '    - { field: description, quote: "iron balls" }\n    - { field: description, quote: "a" }\n    - { field: bio, quote: "x" }\n',
    )
    found = [fault for fault in faults(folder) if fault.startswith("cases")]
    assert found == [
        "cases/pro/case-two.yaml:23: reference.evidence.0.quote: “iron balls” does not occur in description; quote it exactly, and long enough to occur once",
        "cases/pro/case-two.yaml:24: reference.evidence.1.quote: “a” occurs more than once in description; quote it exactly, and long enough to occur once",
        "cases/pro/case-two.yaml:25: reference.evidence.2.field: bio is not a text of this content; "
        "it has title, price, category, attributes.Colour, description, seller.name",
    ]


def test_a_case_about_minors_that_is_not_procedural_is_refused(folder: Path) -> None:
    alter(folder, "cases/pro/case-two.yaml", "labels: [PRO-01]", "labels: [SXM-04]")
    assert any("SXM-04 is procedure only" in fault for fault in faults(folder))
