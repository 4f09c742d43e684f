from pathlib import Path

import pytest

from tests.cases.factories import CONTENTS, case_document
from tests.content_store.folders import CASE, CERTIFICATION, CHECK, EXAM, MODULE, alter, png, write, write_folder
from training.cases.importing.writing import case_text
from training.cases.rules import Surface
from training.content_store.services import gather

CLIP = Path(__file__).resolve().parents[2] / "content" / "exams" / "media" / "hair-routine-clip.webm"
ANOTHER_LABEL = "{ code: PRO-02, area: PRO, title: Drugs, surfaces: any, dsa_category: X, dsa_keyword: X, ground: X, severity: S3, default_decision: [REMOVE] }"
INNOCENT_REFERENCE = """\
reference:
  decisions: [[APPROVE]]
  labels: [OUT-00]
  severity: S0
  clauses: [PRO-01.a]
  rationale: A toy that fires foam is allowed by the clause.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "content")


def faults(folder: Path) -> list[str]:
    return [str(fault) for fault in gather(folder).faults]


@pytest.mark.parametrize(
    ("path", "old", "new", "fault"),
    [
        ("cases/pro/case-one.yaml", "labels: [PRO-01]", "labels: [PRO-99]", "cases/pro/case-one.yaml:18: reference.labels.0: there is no label `PRO-99`"),
        (
            "cases/pro/case-one.yaml",
            "clauses: [PRO-01.a]",
            "clauses: [PRO-01.z]",
            "cases/pro/case-one.yaml:24: reference.clauses.0: there is no clause `PRO-01.z`; did you mean `PRO-01.a`?",
        ),
        ("courses/onboarding.yaml", "[goods]", "[goods, claims]", "courses/onboarding.yaml:5: modules.1: there is no module `claims`"),
        (
            "courses/onboarding.yaml",
            "[check-goods]",
            "[check-good]",
            "courses/onboarding.yaml:6: checks.0: there is no check `check-good`; did you mean `check-goods`?",
        ),
        ("courses/checks/check-goods.yaml", "[case-one]", "[case-one, case-nine]", "courses/checks/check-goods.yaml:3: cases.1: there is no case `case-nine`"),
        (
            "courses/checks/check-goods.yaml",
            "[case-one]",
            "[case-two]",
            "courses/checks/check-goods.yaml:3: cases.0: `case-two` is in the exam pool; a practice set shows cases of the practice pool only",
        ),
        ("exams/items/pro/item-one.yaml", "[PRO-01.a]", "[PRO-01.b]", "exams/items/pro/item-one.yaml:11: clauses.0: there is no clause `PRO-01.b`"),
        ("exams/items/pro/item-one.yaml", "area: PRO", "area: XXX", "exams/items/pro/item-one.yaml:6: area: there is no area `XXX`"),
        (
            "exams/items/pro/item-two.yaml",
            "case: case-two",
            "case: case-one",
            "exams/items/pro/item-two.yaml:5: case: `case-one` is in the practice pool; an exam shows cases of the exam pool only",
        ),
        ("exams/items/pro/item-two.yaml", "case: case-two", "case: case-ten", "exams/items/pro/item-two.yaml:5: case: there is no case `case-ten`"),
        (
            "exams/entry-exam.yaml",
            "certification: moderator",
            "certification: nobody",
            "exams/entry-exam.yaml:4: certification: there is no certification `nobody`",
        ),
        ("exams/entry-exam.yaml", "area: PRO", "area: XXX", "exams/entry-exam.yaml:9: cells.0.area: there is no area `XXX`"),
        (
            "exams/entry-exam.yaml",
            "pass_rule:",
            "enemies: [[item-one, item-nine]]\npass_rule:",
            "exams/entry-exam.yaml:10: enemies.0.1: there is no item `item-nine`",
        ),
        (
            "certifications/moderator.yaml",
            "courses: [onboarding]",
            "courses: [offboarding]",
            "certifications/moderator.yaml:5: needs.courses.0: there is no course `offboarding`",
        ),
        (
            "certifications/moderator.yaml",
            "{ goods: 1.0.0 }",
            "{ good: 1.0.0 }",
            "certifications/moderator.yaml:6: needs.modules.good: there is no module `good`",
        ),
        (
            "certifications/moderator.yaml",
            "{ goods: 1.0.0 }",
            "{ goods: 2.0.0 }",
            "certifications/moderator.yaml:6: needs.modules.goods: asks for version 2.0.0, but the module is at 1.0.0",
        ),
        ("certifications/moderator.yaml", "exam: entry-exam", "exam: no-exam", "certifications/moderator.yaml:7: needs.exam: there is no exam `no-exam`"),
        (
            "certifications/moderator.yaml",
            "prerequisites: []",
            "prerequisites: [moderator]",
            "certifications/moderator.yaml:9: needs.prerequisites: leads back to this certification",
        ),
        ("queues/listings.yaml", "areas: [PRO]", "areas: [XXX]", "queues/listings.yaml:5: areas.0: there is no area `XXX`"),
        (
            "queues/listings.yaml",
            "all_of: [moderator]",
            "all_of: [moderators]",
            "queues/listings.yaml:8: requires.all_of.0: there is no certification `moderators`; did you mean `moderator`?",
        ),
        ("queues/listings.yaml", "any_of: []", "any_of: [nobody]", "queues/listings.yaml:9: requires.any_of.0: there is no certification `nobody`"),
        (
            "queues/listings.yaml",
            "{ goods: 1.0.0 }",
            "{ goods: 1.0.1 }",
            "queues/listings.yaml:12: requires.modules.goods: asks for version 1.0.1, but the module is at 1.0.0",
        ),
        ("policies/goods.md", "labels: [PRO-01]", "labels: [PRO-02]", "policies/goods.md:14: clause PRO-01.a: there is no label `PRO-02`"),
        ("policies/goods.md", "labels: [PRO-01]", "labels: []", "policies/goods.md:14: clause PRO-01.a: names no labels"),
        ("policies/goods.md", "labels: [PRO-01]", "label: [PRO-01]", "policies/goods.md:14: clause PRO-01.a: has an option `label` that nobody reads"),
        ("policies/goods.md", "- **Allowed:** a toy.\n", "", "policies/goods.md:14: clause PRO-01.a: shows no example that is allowed"),
        ("policies/goods.md", "** a gun.\n", "** a gun.\n///\n", "policies/goods.md:14: clause PRO-01.a: shows no example that is allowed or borderline"),
        ("policies/goods.md", "clause:PRO-01.a", "clause:PRO-01.b", "policies/goods.md:17: body: links to the clause `PRO-01.b`, which does not exist"),
        ("policies/goods.md", "module:goods", "module:good", "policies/goods.md:17: body: links to the module `good`, which does not exist"),
        ("policies/goods.md", "check | check-goods", "check | check-good", "policies/goods.md:24: check check-good: there is no check `check-good`"),
        ("policies/goods.md", "check | check-goods", "note | check-goods", "policies/goods.md:24: body: there is no block `note`"),
        ("policies/goods.md", "## Rules", "# Rules", "policies/goods.md:12: body: has a heading of the first level, which is the title's"),
        ("policies/goods.md", "What this", "<b>What</b> this", "policies/goods.md:10: body: holds HTML (<b>), which is shown as it is written"),
        ("policies/goods.md", "area: PRO", "area: XXX", "policies/goods.md:4: area: there is no area `XXX`"),
        (
            "taxonomy.yaml",
            "labels:\n",
            f"labels:\n  - {ANOTHER_LABEL}\n",
            "policies/goods.md:4: area: no clause rules on label PRO-02; write a clause with `labels: [PRO-02]`",
        ),
    ],
)
def test_what_does_not_exist_is_told_where_it_is_named(folder: Path, path: str, old: str, new: str, fault: str) -> None:
    alter(folder, path, old, new)
    assert any(found.startswith(fault) for found in faults(folder)), faults(folder)


def test_code_and_addresses_in_angle_brackets_are_not_html(folder: Path) -> None:
    alter(folder, "policies/goods.md", "What this", "`<b>` and <https://example.org> and a < b. What this")
    assert faults(folder) == []


def test_an_id_that_two_files_have_is_told_with_both(folder: Path) -> None:
    write(folder, "courses/checks/another.yaml", CHECK)
    assert faults(folder) == ["courses/checks/check-goods.yaml:1: id: `check-goods` is the id of courses/checks/another.yaml too; give one of them another id"]


def test_a_clause_that_two_modules_have_is_told_with_both(folder: Path) -> None:
    write(folder, "policies/more.md", MODULE.replace("id: goods", "id: more"))
    assert faults(folder) == [
        "policies/more.md:14: clause PRO-01.a: is written at policies/goods.md:14 too; a clause has one place; give one of them another letter"
    ]


def test_a_clause_that_is_not_closed_is_told(folder: Path) -> None:
    alter(folder, "policies/goods.md", "\n///\n\n/// check | check-goods\n///\n", "\n")
    assert "policies/goods.md:14: clause PRO-01.a: this block is not closed; end it with a line ///" in faults(folder)


def test_a_clause_that_the_renderer_does_not_take_is_told(folder: Path) -> None:
    alter(folder, "policies/goods.md", "    labels: [PRO-01]\n", "    labels: [PRO-01]\n    labels: ]\n")
    assert any("is not read as a clause" in fault for fault in faults(folder))


def innocent(slug: str, contrast: str, pool: str = "practice") -> str:
    """A case that violates nothing and is the near-miss of another."""
    text = CASE.format(slug=slug, pool=pool).replace("difficulty:", f"contrast: {contrast}\ndifficulty:").replace(f"fam-{slug}", f"fam-{contrast}")
    head, _, _ = text.partition("reference:")
    return head + INNOCENT_REFERENCE


def pair(folder: Path) -> None:
    """Make case-one and case-three near-misses of each other."""
    alter(folder, "cases/pro/case-one.yaml", "difficulty:", "contrast: case-three\ndifficulty:")
    write(folder, "cases/pro/case-three.yaml", innocent("case-three", "case-one"))


def test_a_mutual_contrast_decided_the_opposite_way_is_sound(folder: Path) -> None:
    pair(folder)
    assert faults(folder) == []


def test_a_contrast_that_is_not_mutual_is_a_fault(folder: Path) -> None:
    pair(folder)
    alter(folder, "cases/pro/case-three.yaml", "contrast: case-one\n", "")
    assert faults(folder) == [
        "cases/pro/case-one.yaml:7: contrast: `case-three` does not name this case as its contrast; write `contrast: case-one` in cases/pro/case-three.yaml"
    ]


def test_a_contrast_in_another_pool_is_a_fault_of_both(folder: Path) -> None:
    pair(folder)
    alter(folder, "cases/pro/case-three.yaml", "pool: practice", "pool: exam")
    alter(folder, "cases/pro/case-three.yaml", "fam-case-one", "fam-case-three")
    assert [fault.partition(";")[0] for fault in faults(folder)] == [
        "cases/pro/case-one.yaml:7: contrast: `case-three` is in the exam pool",
        "cases/pro/case-three.yaml:7: contrast: `case-one` is in the practice pool",
    ]


def test_a_contrast_decided_the_same_way_is_a_fault(folder: Path) -> None:
    alter(folder, "cases/pro/case-one.yaml", "difficulty:", "contrast: case-three\ndifficulty:")
    same = CASE.format(slug="case-three", pool="practice").replace("difficulty:", "contrast: case-one\ndifficulty:").replace("fam-case-three", "fam-case-one")
    write(folder, "cases/pro/case-three.yaml", same)
    assert all(fault.partition("contrast: ")[2].endswith("is decided the same way; a near-miss is decided the opposite way") for fault in faults(folder))
    assert len(faults(folder)) == 2


def test_a_contrast_of_another_family_is_a_fault_of_both(folder: Path) -> None:
    pair(folder)
    alter(folder, "cases/pro/case-three.yaml", "fam-case-one", "fam-case-three")
    assert faults(folder)[0] == (
        "cases/pro/case-one.yaml:7: contrast: `case-three` is of the family `fam-case-three`; "
        "a near-miss looks alike: write `family: fam-case-one` in cases/pro/case-three.yaml, or the other way round"
    )
    assert len(faults(folder)) == 2


def test_a_contrast_that_does_not_exist_is_a_fault(folder: Path) -> None:
    alter(folder, "cases/pro/case-one.yaml", "difficulty:", "contrast: case-ten\ndifficulty:")
    assert faults(folder) == ["cases/pro/case-one.yaml:7: contrast: there is no case `case-ten`; write one that exists, or add the case"]


def test_a_family_in_both_pools_is_a_fault(folder: Path) -> None:
    alter(folder, "cases/pro/case-two.yaml", "family: fam-case-two", "family: fam-case-one")
    assert faults(folder) == [
        "cases/pro/case-two.yaml:6: family: `fam-case-one` is the family of cases/pro/case-one.yaml (practice pool) too; "
        "a family lives in one pool; give this case another"
    ]


def test_a_picture_that_is_not_there_is_a_fault(folder: Path) -> None:
    alter(folder, "cases/pro/case-one.yaml", "  seller:", "  images:\n    - { file: media/gun.png, alt: A black air gun }\n  seller:")
    assert faults(folder) == ["cases/pro/case-one.yaml:15: content.images.0.file: there is no picture cases/media/gun.png; add it, or correct the name"]


def test_a_case_of_the_exam_pool_that_no_item_uses_is_fine(folder: Path) -> None:
    (folder / "exams/items/pro/item-two.yaml").unlink()
    assert faults(folder) == []


def test_an_exam_that_gates_a_certification_which_asks_for_another_is_a_fault(folder: Path) -> None:
    write(folder, "certifications/other.yaml", CERTIFICATION.replace("id: moderator", "id: other"))
    alter(folder, "exams/entry-exam.yaml", "certification: moderator", "certification: other")
    assert faults(folder) == []
    alter(folder, "certifications/other.yaml", "exam: entry-exam", "exam: null")
    assert faults(folder) == [
        "exams/entry-exam.yaml:4: certification: gates `other`, which does not ask for this exam; "
        "write `exam: entry-exam` in certifications/other.yaml, or `gating: false` here"
    ]


def test_a_delta_is_no_certifications_exam_and_names_areas_that_exist(folder: Path) -> None:
    delta = "delta: { areas: [PRO] }\nsequential: { block_item_count: 2 }\n"
    write(folder, "exams/what-changed.yaml", EXAM.replace("id: entry-exam", "id: what-changed") + delta)
    assert faults(folder) == []
    alter(folder, "exams/what-changed.yaml", "[PRO]", "[PRO, QQQ]")
    alter(folder, "exams/what-changed.yaml", "cells:", "cells:\n  - { area: QQQ, minimum: 1, maximum: 2 }")
    assert [fault.partition(": there is no")[0] for fault in faults(folder)] == [
        "exams/what-changed.yaml:9: cells.0.area",
        "exams/what-changed.yaml:13: delta.areas.1",
    ]
    write(folder, "exams/what-changed.yaml", EXAM.replace("id: entry-exam", "id: what-changed") + delta)
    alter(folder, "certifications/moderator.yaml", "exam: entry-exam", "exam: what-changed")
    assert any(fault.startswith("exams/what-changed.yaml:12: delta: `moderator` needs this exam; leave it out of") for fault in faults(folder))


def test_prerequisites_that_go_round_in_a_ring_are_told_at_each(folder: Path) -> None:
    write(folder, "certifications/other.yaml", CERTIFICATION.replace("id: moderator", "id: other").replace("prerequisites: []", "prerequisites: [moderator]"))
    alter(folder, "certifications/moderator.yaml", "prerequisites: []", "prerequisites: [other]")
    assert [fault.partition(":")[0] for fault in faults(folder)] == ["certifications/moderator.yaml", "certifications/other.yaml"]


EVIDENCE = """\
kind: evidence
evidence:
  file: media/gun.png
  alt: A shelf of toys
  regions:
    - { x: 0, y: 0, width: 10, height: 10 }
"""


def show_evidence(folder: Path, text: str = EVIDENCE) -> None:
    """Make the item of the folder one that shows a file."""
    path = "exams/items/pro/item-one.yaml"
    written = (folder / path).read_text()
    lines = [line for line in written.splitlines() if not line.startswith(("kind:", "options:", "  - {"))]
    write(folder, path, "\n".join([*lines, text]))


def test_a_file_that_an_item_shows_and_that_is_not_there_is_a_fault(folder: Path) -> None:
    show_evidence(folder)
    assert [fault.partition(": ")[2] for fault in faults(folder)] == ["evidence.file: there is no file exams/media/gun.png; add it, or correct the name"]


def test_a_box_that_reaches_beyond_the_picture_is_a_fault(folder: Path) -> None:
    write(folder, "exams/media/gun.png", png())
    show_evidence(folder)
    [fault] = faults(folder)
    assert "evidence.regions.0: reaches beyond the picture, which has" in fault


def test_a_stretch_behind_the_end_of_a_recording_is_a_fault(folder: Path) -> None:
    write(folder, "exams/media/clip.webm", CLIP.read_bytes())
    ranges = "  ranges:\n    - { start: 1, end: 99 }\n"
    show_evidence(folder, EVIDENCE.replace("gun.png", "clip.webm").partition("  regions:")[0] + ranges)
    [fault] = faults(folder)
    assert "evidence.ranges.0.end: lies behind the end of the recording at 12.0 s; end it there or before" in fault


def test_a_recording_is_read_by_its_bytes_whatever_its_name(folder: Path) -> None:
    write(folder, "exams/media/clip.wav", png())
    assert [fault.partition(": ")[2].partition(",")[0] for fault in faults(folder)] == [
        "is not a WebM or WAV recording that says its length and nothing of where it comes from; export it again as one"
    ]


def show_recording(folder: Path, file: str = "media/clip.webm") -> None:
    """Make a case of the folder show a recording."""
    alter(folder, "cases/pro/case-one.yaml", "  seller:", f"  recording: {{ file: {file}, alt: A person by a window }}\n  seller:")


def test_a_case_shows_a_recording_beside_the_cases(folder: Path) -> None:
    write(folder, "cases/media/clip.webm", CLIP.read_bytes())
    show_recording(folder)
    assert faults(folder) == []


def test_a_recording_of_a_case_that_is_not_there_is_a_fault(folder: Path) -> None:
    show_recording(folder)
    assert faults(folder) == ["cases/pro/case-one.yaml:14: content.recording.file: there is no recording cases/media/clip.webm; add it, or correct the name"]


def test_a_clip_that_lasts_longer_than_the_case_says_is_a_fault(folder: Path) -> None:
    write(folder, "cases/media/clip.webm", CLIP.read_bytes())
    written = case_document(Surface.VIDEO, id="case-ten", content=CONTENTS[Surface.VIDEO] | {"recording": {"file": "media/clip.webm", "alt": "x"}})
    write(folder, "cases/pro/case-ten.yaml", case_text(written))
    [fault] = [fault for fault in faults(folder) if "duration_seconds" in fault]
    assert "content.duration_seconds: says 30 s, and the recording cases/media/clip.webm lasts 12.0 s; write how long" in fault


@pytest.mark.parametrize(
    ("evidence", "problem"),
    [
        ("field: recording, start: 3, end: 13", "reference.evidence.0.end: lies behind the end of the recording at 12.0 s; end it there or before"),
        ("field: images.0, x: 0, y: 0, width: 900, height: 9", "reference.evidence.0: reaches beyond the picture, which has"),
    ],
)
def test_what_an_expert_marks_lies_within_what_is_shown(folder: Path, evidence: str, problem: str) -> None:
    write(folder, "cases/media/clip.webm", CLIP.read_bytes())
    write(folder, "cases/media/gun.png", png())
    show_recording(folder)
    alter(folder, "cases/pro/case-one.yaml", "  seller:", "  images: [{ file: media/gun.png, alt: A box }]\n  seller:")
    alter(folder, "cases/pro/case-one.yaml", "- { field: description", f"- {{ {evidence} }}\n    - {{ field: description")
    [fault] = faults(folder)
    assert problem in fault


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "renewal_window_days: 30",
            "renewal_window_days: 180",
            "11: renewal_window_days: is as long as the 180 days that the certificate lasts, or longer; write fewer than 180",
        ),
        (
            "validity_days: 180",
            "validity_days: 90\nends: { mode: never }",
            "10: validity_days: says a second time how the certificate ends; leave it out, or leave `ends` out",
        ),
        (
            "validity_days: 180",
            "ends: { mode: calendar, dates: ['02-29'] }",
            "10: ends.dates.0: `02-29` is no date of every year; write a day that each year has",
        ),
        (
            "validity_days: 180",
            "ends: { mode: calendar, dates: ['31-12', '06-30'] }",
            "10: ends.dates.0: `31-12` is not written as it must be; dates of every year are a month and a day in quotes: '12-31'",
        ),
        ("validity_days: 180", "ends: { mode: calendar, dates: [] }", "10: ends.dates: is empty; write something"),
        ("validity_days: 180", "ends: { mode: disuse, days: 3 }", "10: ends.days: `3` is out of range; it must be greater than or equal to 7"),
        (
            "validity_days: 180",
            "ends: { mode: someday }",
            "10: ends: its mode `someday` is not one of the words known here; write 'calendar', 'disuse', 'never'",
        ),
        ("validity_days: 180", "ends: { days: 60 }", "10: ends: does not say its mode; add it"),
        ("nesting: none", "nesting: { days: 0 }", "12: nesting.days: `0` is out of range; it must be greater than or equal to 1"),
        ("nesting: none", "nesting: long", "12: nesting: `long` is not a map of fields; write `name: value` lines, indented under it"),
        ("nesting: none", "nesting: none\nvisible_to: [everybody]", "13: visible_to.0: `everybody` is not one of the words known here"),
    ],
)
def test_how_a_certification_ends_nests_and_is_seen_is_told_where_it_is_wrong(folder: Path, old: str, new: str, fault: str) -> None:
    alter(folder, "certifications/moderator.yaml", old, new)
    found = [told for told in faults(folder) if told.startswith("certifications/")]
    assert len(found) == 1
    assert found[0].startswith(f"certifications/moderator.yaml:{fault}")


def test_what_ends_by_disuse_is_required_by_a_queue(folder: Path) -> None:
    alter(folder, "certifications/moderator.yaml", "validity_days: 180", "ends: { mode: disuse, days: 60 }")
    assert faults(folder) == []
    alter(folder, "queues/listings.yaml", "all_of: [moderator]", "all_of: []")
    assert faults(folder) == [
        "certifications/moderator.yaml:10: ends.mode: ends by disuse, but no queue requires it; no work could ever be reported for it; let it end another way"
    ]
