from datetime import datetime, timedelta

import pytest

from tests.accounts.factories import PersonFactory, TeamFactory
from tests.courses.factories import EARLIER, CourseFactory, ModuleDocumentFactory, ModuleFactory, body, clause
from training.actors import SYSTEM
from training.courses import queries, services
from training.courses.rules.progress import StepKind
from training.courses.rules.versions import Version
from training.errors import NotFound

pytestmark = pytest.mark.usefixtures("app")
LATER = EARLIER + timedelta(days=7)


def goods(version: str = "1.0.0", rule: str = "No firearms.") -> None:
    services.publish_module(ModuleDocumentFactory(id="goods", title="Goods", version=version, body=body(clause(rule=rule))), now=EARLIER, by=SYSTEM)


def test_the_handbook_lists_current_versions_by_area_and_title() -> None:
    ModuleFactory(title="Zebra")
    ModuleFactory(title="Antelope")
    ModuleFactory(title="Claims", area="CLM")
    assert [module.title for module in queries.current_modules()] == ["Claims", "Antelope", "Zebra"]


def test_an_unknown_module_course_or_clause_is_not_found() -> None:
    for ask in (queries.module_by_slug, queries.course_by_slug, queries.clause_by_code):
        with pytest.raises(NotFound):
            ask("nothing")


def published(version: str, *clauses: str, now: datetime, module: str = "goods") -> None:
    services.publish_module(ModuleDocumentFactory(id=module, title=module.title(), version=version, body=body(*clauses)), now=now, by=SYSTEM)


def test_clauses_are_quoted_as_they_stood_then_in_the_order_asked_for_and_unknown_ones_left_out() -> None:
    ModuleFactory()
    published("1.0.0", clause("PRO-01.a", "No firearms."), clause("PRO-02.a", "No drugs."), now=EARLIER)
    published("1.1.0", clause("PRO-01.a", "No firearms, no toys."), clause("PRO-02.a", "No drugs."), now=LATER)
    other, first = queries.clauses_as_of(["PRO-02.a", "PRO-01.a", "PRO-99.z"], at=LATER - timedelta(seconds=1))
    assert (first.code, str(first.version), first.standing) == ("PRO-01.a", "1.0.0", queries.Standing.CHANGED)
    assert "toys" not in first.html and (first.module_slug, first.anchor, first.published_at) == ("goods", "pro-01.a", EARLIER)
    assert (other.code, other.standing) == ("PRO-02.a", queries.Standing.SAME)
    (now,) = queries.clauses_as_of(["PRO-01.a"], at=LATER)
    assert "toys" in now.html and (str(now.version), now.standing) == ("1.1.0", queries.Standing.SAME)


def test_what_is_older_than_a_clause_is_quoted_its_first_words() -> None:
    published("1.0.0", clause(rule="No firearms."), now=EARLIER)
    published("2.0.0", clause(rule="No firearms, no toys."), now=LATER)
    (found,) = queries.clauses_as_of(["PRO-01.a"], at=EARLIER - timedelta(days=30))
    assert (str(found.version), found.standing) == ("1.0.0", queries.Standing.CHANGED)


def test_a_clause_that_moved_with_the_same_words_is_the_same_and_one_that_left_is_gone() -> None:
    published("1.0.0", clause("PRO-01.a"), clause("PRO-02.a"), clause("PRO-03.a"), now=EARLIER)
    published("2.0.0", clause("PRO-01.a"), now=LATER)
    published("1.0.0", clause("PRO-02.a"), now=LATER, module="drugs")
    moved, gone = queries.clauses_as_of(["PRO-02.a", "PRO-03.a"], at=EARLIER)
    assert (moved.module_slug, moved.standing) == ("goods", queries.Standing.SAME)
    assert (gone.module_slug, gone.standing) == ("goods", queries.Standing.GONE)
    assert queries.clauses_as_of([], at=EARLIER) == []


def test_acknowledgements_are_told_per_person_with_both_instants() -> None:
    person, other = PersonFactory(), PersonFactory()
    module = ModuleFactory(id="goods", body=body())
    for reader in (person, other):
        services.acknowledge(reader.id, module.current_version, by=SYSTEM, now=LATER)
    (only,) = queries.acknowledged_versions(person.id)
    assert (only.module_slug, only.version, only.acknowledged_at, only.recorded_at) == ("goods", Version(1, 0, 0), LATER, LATER)


def test_the_version_to_compare_with_is_the_newest_that_was_read_or_acknowledged() -> None:
    person = PersonFactory()
    for version in ("1.0.0", "1.1.0", "1.2.0"):
        goods(version, rule=f"Rule of {version}.")
        module = queries.module_by_slug("goods")
        if version == "1.0.0":
            services.acknowledge(person.id, module.current_version, by=SYSTEM, now=EARLIER)
        if version == "1.1.0":
            services.mark_sections_read(person.id, module.current_version, ["purpose"], now=EARLIER)
    before = queries.newest_read_before(person.id, queries.module_by_slug("goods"))
    assert before is not None and before.version == Version(1, 1, 0)
    assert queries.newest_read_before(PersonFactory().id, queries.module_by_slug("goods")) is None


def test_a_course_is_complete_after_its_modules_checks_and_practice() -> None:
    person = PersonFactory()
    module = ModuleFactory(id="goods", body=body())
    CourseFactory(id="onboarding", modules=("goods",), checks=("check-one",), practice_count=2)
    assert [step.kind for step in queries.course_progress(person.id, "onboarding").missing] == [StepKind.MODULE, StepKind.CHECK, StepKind.PRACTICE]
    services.acknowledge(person.id, module.current_version, by=SYSTEM, now=EARLIER)
    services.record_check_pass(person.id, "check-one", now=EARLIER)
    for area in ("PRO", "CLM"):
        services.note_practice(person.id, area=area, now=EARLIER)
    assert [step.done_count for step in queries.course_progress(person.id, "onboarding").missing] == [1]
    services.note_practice(person.id, area="PRO", now=EARLIER)
    assert queries.completed_course_slugs(person.id) == {"onboarding"}
    assert queries.completed_course_slugs(PersonFactory().id) == frozenset()


def test_a_minor_version_reopens_a_course_and_a_patch_does_not() -> None:
    person = PersonFactory()
    goods()
    CourseFactory(id="onboarding", modules=("goods",))
    services.acknowledge(person.id, queries.module_by_slug("goods").current_version, by=SYSTEM, now=EARLIER)
    goods("1.0.1", rule="No firearms!")
    assert queries.course_progress(person.id, "onboarding").is_complete
    goods("1.1.0", rule="No firearms, no toys.")
    assert not queries.course_progress(person.id, "onboarding").is_complete


def test_assignments_are_those_of_the_person_and_of_the_team_they_are_in_now() -> None:
    team, other_team = TeamFactory(), TeamFactory()
    person, colleague = PersonFactory(team=team), PersonFactory(team=other_team)
    first, second, third = CourseFactory(), CourseFactory(), CourseFactory()
    services.assign(first, services.Audience(team_id=team.id), due_at=LATER + timedelta(days=2), by=SYSTEM, now=EARLIER)
    services.assign(second, services.Audience(person_id=person.id), due_at=LATER, by=SYSTEM, now=EARLIER)
    services.assign(third, services.Audience(team_id=other_team.id), due_at=LATER, by=SYSTEM, now=EARLIER)
    assert [row.slug for row in queries.assignments_of(person.id, now=EARLIER)] == [second.slug, first.slug]
    assert [row.slug for row in queries.assignments_of(colleague.id, now=EARLIER)] == [third.slug]


@pytest.mark.parametrize("asked", ["No crossbows", "CROSSBOWS", "cross", "pro-01.a crossbows"])
def test_a_search_finds_a_clause_by_its_words_their_beginning_or_its_code(asked: str) -> None:
    ModuleFactory()
    goods(rule="No crossbows.")
    found = queries.search_handbook(asked)
    assert [(hit.module_slug, hit.anchor) for hit in found] == [("goods", "pro-01.a")]


def test_an_excerpt_shows_where_the_word_stands() -> None:
    goods(rule="Krim etiket biru may not be offered.")
    (found,) = queries.search_handbook("etiket")
    assert [piece.text for piece in found.pieces if piece.is_match] == ["etiket"]
    assert "may not be offered" in "".join(piece.text for piece in found.pieces)


def test_a_search_knows_only_what_stands_now() -> None:
    goods(rule="No zebras.")
    goods("2.0.0", rule="No horses.")
    assert queries.search_handbook("zebras") == []
    assert len(queries.search_handbook("horses")) == 1


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "   ",
        '"',
        "'",
        "a' OR '1'='1",
        "NEAR(a b)",
        "a AND",
        "NOT",
        "a:*",
        "& | ! <->",
        "*",
        "(",
        "col:x",
        "\x00firearms",
        "^a",
        "-firearms",
        "x" * 5000,
        "🙂",
        "\\",
        "%",
        "不要",
        "1e5 .5 -3",
    ],
)
def test_no_sign_that_is_typed_makes_a_search_fail(asked: str) -> None:
    goods()
    assert isinstance(queries.search_handbook(asked), list)


def test_results_come_in_pages() -> None:
    for _ in range(5):
        ModuleFactory()
    first, second = queries.search_handbook("purpose", count=3), queries.search_handbook("purpose", count=3, skipped=3)
    assert (len(first), len(second)) == (3, 2)
    assert not {hit.module_slug for hit in first} & {hit.module_slug for hit in second}
