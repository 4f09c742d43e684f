"""What whoever has opened an item reads of it, on its page and where its key is ruled on: every kind in words, and no word of the program."""

import re
from collections.abc import Callable

import pytest

from tests.conftest import Browser
from tests.exams.every_kind import every_kind
from training.db import db

MakeBrowser = Callable[..., Browser]

SAID = {
    "single": ("Key",),
    "multiple": ("Choice a", "Key"),
    "ordering": ("In their right order", "<strong>a</strong> Greet"),
    "number": ("24", "h"),
    "words": ("Risk or Risk team",),
    "text": ("<mark>You can leave out your tablets.</mark>", "of overlap"),
    "video": ("<video", "6 to 9 s"),
    "sound": ("<audio", "4.5 to 8.5 s"),
    "picture": ("<rect", "330 × 125 pixels, 425 from the left and 175 from the top"),
    "reply": ("Where is my parcel?", "The policy fact is right", "Looks for policy_fact in secret"),
    "typing": ("10 words a minute for 60 seconds, 95 % of the characters right"),
    "case": ("Accepted decisions", "Labels"),
}


def question_in(page: str) -> str:
    return " ".join(re.split(r'id="answers"|<form class="form', page.partition('id="question"')[2])[0].split())


@pytest.mark.parametrize("name", SAID)
def test_every_kind_is_shown_in_words(as_role: MakeBrowser, name: str) -> None:
    item = every_kind()[name]
    db.session.commit()
    trainer = as_role("trainer")
    trainer.post(f"/exams/desk/items/{item.slug}/open")
    for address in (f"/exams/desk/items/{item.slug}", f"/exams/desk/regrades/items/{item.current_version_id}"):
        shown = question_in(trainer.get(address).get_data(as_text=True))
        for words in SAID[name]:
            assert words in shown, address
        told = re.sub(r"<[^>]*>", " ", shown).replace("Looks for", "").replace("_in secret", "")
        assert not re.search(r"[{}]|&#39;|media_id|Mime|needed.overlap", told), told
