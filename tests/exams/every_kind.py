"""A form that holds every kind of question, for the tests that answer and search them all."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.cases.factories import CaseFactory
from tests.exams.factories import LONG_AGO, ExamFactory, ItemFactory, case_item
from training.exams.models import Item
from training.exams.queries import PublishedExam
from training.media.models import MediaFile
from training.media.services import store

MEDIA = Path(__file__).resolve().parents[2] / "content" / "exams" / "media"
PASSAGE = "We have read your letter and looked at the parcel again, which is on its way to you now. It comes on Monday."
TEXT = "Take ten drops a day. You can leave out your tablets. Shake it well."
PARTIAL = [{"id": letter, "text": f"Choice {letter}", "correct": letter in "ace"} for letter in "abcde"]
RUBRIC = {name: f"Looks for {name} in secret" for name in ("acknowledges", "policy_fact", "next_step", "tone", "no_personal_data")}


def media() -> Mapping[str, MediaFile]:
    """The shipped sample of each kind of media, stored."""
    return {f"exams/media/{path.name}": store(path.read_bytes(), now=LONG_AGO) for path in sorted(MEDIA.iterdir())}


def shown(file: str, **marks: Any) -> dict[str, Any]:
    return {"file": f"media/{file}", "alt": f"What is in it: {file.partition('-')[0]}", **marks}


def every_kind() -> dict[str, Item]:
    """One item of each kind, and of each medium of evidence, by a name for it."""
    kept = media()
    own: dict[str, dict[str, Any]] = {
        "single": {},
        "multiple": {"kind": "multiple", "scoring": "partial", "options": PARTIAL},
        "ordering": {"kind": "ordering", "steps": ("Greet", "Explain", "Close the ticket"), "options": ()},
        "number": {"kind": "short", "answer": {"number": 24, "units": ["h"]}, "options": ()},
        "words": {"kind": "short", "answer": {"texts": ["Risk", "Risk team"]}, "options": ()},
        "text": {"kind": "evidence", "evidence": {"text": TEXT, "quotes": ["You can leave out your tablets."]}, "options": ()},
        "video": {"kind": "evidence", "evidence": shown("hair-routine-clip.webm", ranges=[{"start": 6, "end": 9}]), "options": ()},
        "sound": {"kind": "evidence", "evidence": shown("live-sound-two-tunes.wav", ranges=[{"start": 4.5, "end": 8.5}]), "options": ()},
        "picture": {
            "kind": "evidence",
            "evidence": shown("gel-jar-two-posters.png", regions=[{"x": 425, "y": 175, "width": 330, "height": 125}]),
            "options": (),
        },
        "reply": {"kind": "reply", "reply": {"ticket": "Where is my parcel? I am angry.", "rubric": RUBRIC}, "options": ()},
        "typing": {
            "kind": "typing",
            "typing": {"passage": PASSAGE, "words_a_minute": 10},
            "options": (),
            **dict.fromkeys(("area", "severity", "decision_class", "rationale")),
            "clauses": (),
        },
    }
    items = {name: ItemFactory(id=f"secret-item-{name}", family=f"secret-family-{name}", media=kept, **values) for name, values in own.items()}
    return {**items, "case": case_item(CaseFactory(pool="exam", slug="secret-case", family="secret-family-case"), id="secret-item-case")}


def exam_of_every_kind(**values: Any) -> PublishedExam:
    """An exam that does not gate, whose forms hold all of them."""
    count = len(every_kind())
    cells = ({"language": "en", "minimum": 0, "maximum": count},)
    return ExamFactory(gating=False, item_count=count, cells=cells, pass_rule={"weighted_percent": 50}, **values)
