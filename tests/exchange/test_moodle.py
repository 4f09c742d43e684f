"""Moodle XML as Moodle exports it, and XML that is an attack. The examples are written after the format's published description."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from training.cases.importing.records import BrokenFile
from training.exchange.rules.moodle import moodle_rows
from training.exchange.rules.questions import Amount, Question, Shape, Unfit

CHOICE = """\
<question type="multichoice">
  <name><text>Knife</text></name>
  <questiontext format="html"><text><![CDATA[<p>May this be <b>sold</b>?</p><p><img src="@@PLUGINFILE@@/a.png" alt="a knife"></p>]]></text>
    <file name="a.png" encoding="base64">iVBORw0KGgo=</file></questiontext>
  <generalfeedback format="html"><text>&lt;p&gt;Because.&lt;/p&gt;</text></generalfeedback>
  <penalty>0.3333333</penalty>
  <single>true</single>
  <answer fraction="100" format="html"><text>&lt;p&gt;Yes&lt;/p&gt;</text><feedback format="html"><text>Right</text></feedback></answer>
  <answer fraction="0" format="html"><text>No</text></answer>
  <answer fraction="-50" format="plain_text"><text>2 * 3 &lt; 7</text></answer>
  <hint format="html"><text>Think.</text></hint>
  <tags><tag><text>area:PRO</text></tag><tag><text>hard</text></tag></tags>
</question>"""
NUMBER = """\
<question type="numerical"><name><text>Hours</text></name><questiontext format="markdown"><text>How *many*?</text></questiontext>
  <answer fraction="100"><text>24</text><tolerance>0.5</tolerance></answer><answer fraction="50"><text>23</text></answer>
  <units><unit><multiplier>1</multiplier><unit_name>h</unit_name></unit><unit><multiplier>60</multiplier><unit_name>min</unit_name></unit></units>
</question>"""


def read(*questions: str) -> list[Question | Unfit]:
    text = '<?xml version="1.0"?>\n<quiz>\n' + "\n".join(questions) + "\n</quiz>"
    return list(moodle_rows([text[:7].encode(), text[7:].encode()]))


def asked(kind: str, inside: str) -> Question:
    (row,) = read(f'<question type="{kind}"><name><text>n</text></name><questiontext><text>What?</text></questiontext>{inside}</question>')
    assert isinstance(row, Question), row
    return row


def test_a_choice_is_read_with_its_text_its_weights_and_a_list_of_what_is_lost() -> None:
    (found,) = read(CHOICE)
    assert isinstance(found, Question)
    assert (found.name, found.shape, found.line) == ("Knife", Shape.CHOICE, 3)
    assert found.stem == "May this be **sold**?\n\na knife" and found.rationale == "Because."
    assert [(answer.text, answer.weight) for answer in found.answers] == [("Yes", 100), ("No", 0), ("2 * 3 < 7", -50)]
    assert {str(loss) for loss in found.losses} == {
        *("what is said of a single answer: Right", "hints", "marks taken away for each try", "pictures and recordings: 2"),
    }
    assert found.tags == ("area:PRO", "hard")


def test_a_number_has_its_tolerance_and_the_units_in_which_it_is_the_same() -> None:
    (found,) = read(NUMBER)
    assert isinstance(found, Question)
    assert found.amount == Amount(Decimal(24), Decimal("0.5"), ("h",)) and found.stem == "How *many*?"
    assert [str(loss) for loss in found.losses] == ["a number that is worth a part of the marks: 23", "a unit in which the number is another: min"]


def test_every_other_type_is_read_as_what_it_is() -> None:
    truth = '<answer fraction="0"><text>true</text></answer><answer fraction="100"><text>false</text></answer>'
    assert asked("truefalse", truth).is_true is False
    pairs = "<subquestion><text>Canada</text><answer><text>Ottawa</text></answer></subquestion>"
    assert asked("matching", pairs).pairs == (("Canada", "Ottawa"),)
    typed = asked("shortanswer", '<usecase>1</usecase><answer fraction="100"><text>ris*k</text></answer><answer fraction="100"><text>a\\*b</text></answer>')
    assert [answer.text for answer in typed.answers] == ["ris*k", "a*b"] and len(typed.losses) == 2
    steps = '<answer fraction="1"><text>first</text></answer><answer fraction="2"><text>second</text></answer>'
    assert asked("ordering", steps).steps == ("first", "second")
    essay = asked("essay", '<graderinfo format="html"><text>Look for tone.</text></graderinfo>')
    assert essay.shape is Shape.ESSAY and [loss.where for loss in essay.losses] == ["Look for tone."]


def test_categories_are_listed_and_other_types_told_with_their_line() -> None:
    category = '<question type="category"><category><text>$course$/top</text></category></question>'
    first, second = read(category, '<question type="cloze"><name><text>gap</text></name></question>', CHOICE)
    assert isinstance(first, Unfit) and first.line == 4 and "cloze" in first.problem
    assert isinstance(second, Question) and str(second.losses[0]) == "the category: $course$/top"


BOMB = '<?xml version="1.0"?>\n<!DOCTYPE quiz [\n<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">\n]>\n<quiz>&b;</quiz>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz>&x;</quiz>'


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (BOMB, 2, "declares a document type"),
        (OUTSIDE, 1, "declares a document type"),
        ("<quiz>\n<question>&undefined;</question></quiz>", 2, "is not XML"),
        ("<quiz><question></quiz>", 1, "is not XML"),
        ("<quiz><question type='essay'>", 1, "is not XML"),
        ("<html><body/></html>", 1, "begins with <html>"),
        ("<quiz>" + "<a>" * 100, 1, "more than 60 deep"),
        ("<quiz><question>" + "<a/>" * 20_001, 1, "more than 20,000 elements"),
        *((f"<?xml version='1.0' encoding='{name}'?><quiz/>", 1, "an encoding that cannot be read") for name in ("no-such", "hex", "shift_jis")),
    ],
)
def test_xml_that_is_an_attack_or_broken_is_refused_with_its_line(text: str, line: int, words: str) -> None:
    with pytest.raises(BrokenFile) as caught:
        list(moodle_rows([text.encode()]))
    assert caught.value.line == line and words in caught.value.problem


def test_a_question_of_endless_text_is_refused_before_it_is_held() -> None:
    def pieces() -> Iterator[bytes]:
        yield b"<quiz><question><name>"
        for _ in range(10_000):
            yield b"x" * 65_536

    with pytest.raises(BrokenFile, match="more than 4,000,000 characters"):
        list(moodle_rows(pieces()))
