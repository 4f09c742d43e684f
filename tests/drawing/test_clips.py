"""The recordings of the shipped cases, and the program that makes them."""

from pathlib import Path

import pytest
import yaml

from drawing.case_clips import CLIPS, MEDIA, CaseClip
from training.media.rules import Recording, examine


@pytest.mark.parametrize("clip", CLIPS, ids=lambda clip: clip.file)
def test_a_recording_lasts_as_long_as_its_recipe_says_and_is_small(clip: CaseClip) -> None:
    data = (MEDIA / clip.file).read_bytes()
    found = examine(data)
    assert isinstance(found, Recording)
    assert (found.seconds, found.width, found.height) == (clip.seconds, 480, 360)
    assert len(data) < 400_000
    assert (MEDIA / clip.picture).is_file()


def test_every_recording_beside_the_cases_has_a_recipe_and_is_of_one_case() -> None:
    contents = [yaml.safe_load(path.read_text(encoding="utf-8"))["content"] for path in MEDIA.parent.rglob("*.yaml")]
    shown = sorted(Path(content["recording"]["file"]).name for content in contents if "recording" in content)
    assert shown == sorted(clip.file for clip in CLIPS) == sorted(path.name for path in MEDIA.glob("*.webm"))
