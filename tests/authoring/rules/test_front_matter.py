"""How far a version goes, written into a module's front matter."""

from tests.content_store.folders import MODULE
from training.authoring.rules.front_matter import VersionSaid, raised, with_version
from training.courses.rules.clause_changes import ClauseMark
from training.courses.rules.versions import Step, Version

ONE = Version(1, 0, 0)


def test_a_version_is_raised_by_its_step() -> None:
    found = [str(raised(Version(1, 2, 3), step)) for step in (Step.PATCH, Step.MINOR, Step.MAJOR)]
    assert found == ["1.2.4", "1.3.0", "2.0.0"]


def test_the_version_and_what_is_said_of_it_stand_where_the_version_stood_and_all_else_stays() -> None:
    said = VersionSaid(Version(1, 1, 0), ONE, {"PRO-01.a": ClauseMark.CHANGED}, 10)
    text = with_version(MODULE, said)
    block = "version: 1.1.0\nchanges:\n  since: 1.0.0\n  clauses:\n    PRO-01.a: changed\n  due_days: 10"
    assert text == MODULE.replace("version: 1.0.0", block)
    assert with_version(text, said) == text, "writing it again changes nothing"
    assert with_version(text, VersionSaid(Version(1, 0, 1), ONE, {})) == MODULE.replace("1.0.0", "1.0.1")


def test_a_text_without_front_matter_stays_as_it_is() -> None:
    for text in ("", "no front matter", "---\nid: never-closed\n"):
        assert with_version(text, VersionSaid(ONE, ONE, {})) == text


def test_a_module_that_says_no_version_is_given_one() -> None:
    assert "version: 1.0.0\n---\n" in with_version(MODULE.replace("version: 1.0.0\n", ""), VersionSaid(ONE, ONE, {}))
