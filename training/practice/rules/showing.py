"""How cases are shown: what the organisation has as usual, and what a person chose over it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum


class Wish(StrEnum):
    """One thing that can be chosen about how cases are shown, by the word that the configuration has for it."""

    BLUR = "blur"
    GREYSCALE = "greyscale"
    MUTE = "mute"
    AUTOPLAY = "autoplay"
    THUMBNAILS = "thumbnails"
    BREAKS = "breaks"


@dataclass(frozen=True, slots=True)
class Preference:
    """How cases are shown to somebody, by whoever's choice."""

    is_blurring: bool = True
    """Whether what may distress is blurred until it is revealed."""
    is_greyscale: bool = False
    """Whether pictures and recordings are without colour."""
    is_muted: bool = True
    """Whether recordings begin without sound."""
    is_autoplaying: bool = False
    """Whether recordings begin by themselves."""
    is_thumbnailed: bool = False
    """Whether pictures are small until they are opened."""
    is_prompting_breaks: bool = True
    """Whether a break is suggested when one is due."""


FIELDS: Mapping[Wish, str] = {
    Wish.BLUR: "is_blurring",
    Wish.GREYSCALE: "is_greyscale",
    Wish.MUTE: "is_muted",
    Wish.AUTOPLAY: "is_autoplaying",
    Wish.THUMBNAILS: "is_thumbnailed",
    Wish.BREAKS: "is_prompting_breaks",
}
"""What each wish is about in a preference; of each a person may have a choice of their own, or none."""


def usual_preference(words: Collection[str]) -> Preference:
    """How cases are shown to who chose nothing, where the organisation named these wishes."""
    return Preference(**{name: wish in words for wish, name in FIELDS.items()})


def with_choices(usual: Preference, choices: Mapping[Wish, bool | None]) -> Preference:
    """How they are shown to who chose this over it; None is no choice."""
    return replace(usual, **{FIELDS[wish]: choice for wish, choice in choices.items() if choice is not None})
