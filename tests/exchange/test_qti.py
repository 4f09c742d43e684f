"""QTI items and packages as other programs write them. The examples are written after the published examples of the standard."""

from decimal import Decimal
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from training.cases.importing.records import BrokenFile
from training.exchange.rules.qti import item_row, package_rows
from training.exchange.rules.questions import Amount, Question, Shape, Unfit

HEAD = '<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="{name}" title="T" adaptive="false" timeDependent="false" xml:lang="en-GB">'
CHOICE = """\
<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier"><correctResponse>
<value>ChoiceA</value></correctResponse>
</responseDeclaration>
<itemBody><p>Look at the <em>text</em> in the picture.</p>
<p><img src="images/sign.png" alt="NEVER LEAVE LUGGAGE UNATTENDED"/></p>
<choiceInteraction responseIdentifier="RESPONSE" shuffle="false" maxChoices="1">
<prompt>What does it say?</prompt>
<simpleChoice identifier="ChoiceA">You must stay with your luggage.<feedbackInline identifier="ChoiceA" outcomeIdentifier="F">Yes</feedbackInline>
</simpleChoice>
<simpleChoice identifier="ChoiceB">Do not let someone else look after it.
</simpleChoice>
<simpleChoice identifier="ChoiceC">Remember it.
</simpleChoice></choiceInteraction></itemBody>
<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"/>"""
MAPPED = """\
<responseDeclaration identifier="R" cardinality="multiple" baseType="identifier"><correctResponse><value>H</value><value>O</value></correctResponse>
<mapping lowerBound="0" upperBound="2" defaultValue="-2"><mapEntry mapKey="H" mappedValue="1"/>
<mapEntry mapKey="O" mappedValue="1"/><mapEntry mapKey="Cl" mappedValue="-1"/></mapping>
</responseDeclaration>
<itemBody>
<choiceInteraction responseIdentifier="R" shuffle="true" maxChoices="0">
<prompt>Which form water?</prompt>
<simpleChoice identifier="H">Hydrogen
</simpleChoice><simpleChoice identifier="O">Oxygen
</simpleChoice><simpleChoice identifier="Cl">Chlorine
</simpleChoice>
</choiceInteraction></itemBody><responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/map_response"/>"""
ORDER = """\
<responseDeclaration identifier="R" cardinality="ordered" baseType="identifier">
<correctResponse><value>C</value><value>A</value><value>B</value></correctResponse>
</responseDeclaration>
<itemBody><orderInteraction responseIdentifier="R" shuffle="false">
<prompt>Who won?</prompt><simpleChoice identifier="A">Rubens
</simpleChoice>
<simpleChoice identifier="B">Jenson
</simpleChoice>
<simpleChoice identifier="C">Michael
</simpleChoice></orderInteraction></itemBody>"""
ENTRY = """\
<responseDeclaration identifier="R" cardinality="single" baseType="string"><correctResponse><value>York</value></correctResponse>
<mapping defaultValue="0"><mapEntry mapKey="York" mappedValue="1"/><mapEntry mapKey="york" mappedValue="0.5"/></mapping>
</responseDeclaration>
<itemBody><p>Now is the winter of our discontent made glorious summer by this sun of <textEntryInteraction responseIdentifier="R"/>.</p></itemBody>"""
NUMBER = """\
<responseDeclaration identifier="R" cardinality="single" baseType="float"><correctResponse><value>24</value></correctResponse>
</responseDeclaration>
<itemBody><p>Hours?<textEntryInteraction responseIdentifier="R"/></p></itemBody>
<responseProcessing><responseCondition><responseIf>
<equal toleranceMode="absolute" tolerance="0.5 0.5"><variable identifier="R"/><correct identifier="R"/></equal></responseIf></responseCondition>
</responseProcessing>"""
ESSAY = """\
<responseDeclaration identifier="R" cardinality="single" baseType="string"/>
<itemBody><p>Read this.</p><blockquote><p>Dear Sam,</p></blockquote><rubricBlock view="scorer"><p>Look for tone.</p></rubricBlock>
<extendedTextInteraction responseIdentifier="R" expectedLength="200">
<prompt>Write to Sam.</prompt></extendedTextInteraction></itemBody>"""


def item(inside: str, name: str = "an-item") -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{HEAD.format(name=name)}{inside}</assessmentItem>'.encode()


def asked(inside: str) -> Question:
    row = item_row(item(inside))
    assert isinstance(row, Question), row
    return row


def test_a_choice_is_read_from_its_body_its_prompt_and_its_declaration() -> None:
    found = asked(CHOICE)
    assert found.shape is Shape.CHOICE and found.tags == ("language:en",)
    assert found.stem == "Look at the *text* in the picture.\n\nNEVER LEAVE LUGGAGE UNATTENDED\n\nWhat does it say?"
    assert (found.answers[0].text, found.answers[0].weight) == ("You must stay with your luggage.", 100)
    assert [str(loss) for loss in found.losses] == ["what is said of a single answer: Yes", "pictures and recordings: 1"]


def test_a_mapping_gives_the_weights_where_it_is_what_counts() -> None:
    assert [answer.weight for answer in asked(MAPPED).answers] == [50, 50, -50]
    whole = asked(MAPPED.replace("map_response", "match_correct"))
    assert [answer.weight for answer in whole.answers] == [50, 50, -100]


def test_order_text_number_and_essay_are_read() -> None:
    assert asked(ORDER).steps == ("Michael", "Rubens", "Jenson")
    entry = asked(ENTRY)
    assert entry.stem.endswith("by this sun of _____ .") and [answer.weight for answer in entry.answers] == [100, 50]
    assert [str(loss) for loss in entry.losses] == ["that capitals matter"]
    assert asked(NUMBER).amount == Amount(Decimal(24), Decimal("0.5"))
    essay = asked(ESSAY)
    assert (essay.stem, essay.passage, essay.longest) == ("Read this.\n\nWrite to Sam.", "Dear Sam,", 200)
    assert [loss.where for loss in essay.losses] == ["Look for tone."]


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        (CHOICE.replace("choiceInteraction", "hotspotInteraction"), "hotspotInteraction"),
        (ENTRY.replace("</p>", '<textEntryInteraction responseIdentifier="S"/></p>'), "asks 2 things"),
        (ORDER.replace("<value>B</value>", ""), "right order"),
        ("<itemBody/>", "asks 0 things"),
        (ENTRY.replace('identifier="R" cardinality', 'identifier="Q" cardinality'), "no responseDeclaration"),
        ("", "no itemBody"),
    ],
)
def test_what_no_item_is_like_is_told(inside: str, words: str) -> None:
    row = item_row(item(inside))
    assert isinstance(row, Unfit) and words in row.problem


def test_qti_of_another_version_is_refused() -> None:
    with pytest.raises(BrokenFile, match="another version"):
        item_row(item(CHOICE).replace(b"imsqti_v2p1", b"imsqtiasi_v3p0", 1))


def package(path: Path, files: dict[str, bytes], listed: dict[str, str]) -> Path:
    resources = "\n".join(
        f'<resource identifier="{name}" type="imsqti_item_xmlv2p1" href="{href}"><metadata><lom xmlns="http://ltsc.ieee.org/xsd/LOM"><general>'
        f"<keyword><string>severity:S3</string></keyword></general></lom></metadata></resource>"
        for name, href in listed.items()
    )
    manifest = (
        f'<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1">\n<resources>\n{resources}\n<resource type="imsqti_test_xmlv2p1"/></resources></manifest>'
    )
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, held in (files | {"imsmanifest.xml": manifest.encode()}).items():
            archive.writestr(name, held)
    return path


def test_a_package_is_read_in_the_order_of_its_manifest(tmp_path: Path) -> None:
    files = {"b/two.xml": item(ORDER, "two"), "a one.xml": item(CHOICE, "one"), "bad.xml": b"<assessmentItem>"}
    rows = list(package_rows(package(tmp_path / "p.zip", files, {"two": "b/two.xml", "one": "a%20one.xml", "bad": "bad.xml", "none": "../../etc/passwd"})))
    assert [(row.name, row.line) for row in rows] == [("two", 3), ("one", 4), ("bad", 5), ("none", 6)]
    assert isinstance(rows[0], Question) and rows[0].tags == ("severity:S3", "language:en")
    assert [row.problem for row in rows if isinstance(row, Unfit)][1].endswith("which is not in the archive")
