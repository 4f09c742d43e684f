"""Sounds of exam items: plucked tunes made from numbers, and the same bytes from the same notes.

`python -m drawing.sounds` writes them into `content/exams/media`.
"""

import wave
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

MEDIA = Path(__file__).resolve().parent.parent / "content" / "exams" / "media"
RATE = 8_000
"""Samples a second; enough for a tune, and small."""


@dataclass(frozen=True, slots=True)
class Note:
    """A note: when it begins and how long it sounds, in seconds, how high it is, in half tones above the A of 110 Hz, and how loud, up to 1."""

    start: float
    length: float
    height: int
    loudness: float


def pluck(note: Note) -> list[float]:
    """A plucked string (Karplus & Strong 1983): noise in a loop as long as one swing, averaged as it goes round."""
    random, samples = Random(note.height), []
    loop = [random.uniform(-1, 1) for _ in range(max(2, round(RATE / (110 * 2 ** (note.height / 12)))))]
    for index in range(round(note.length * RATE)):
        at = index % len(loop)
        samples.append(loop[at] * note.loudness)
        loop[at] = 0.498 * (loop[at] + loop[(at + 1) % len(loop)])
    return samples


def tune(heights: Sequence[int], *, start: float, step: float, loudness: float) -> list[Note]:
    """Notes one after the other, each sounding into the next."""
    return [Note(start + index * step, step * 2.2, height, loudness) for index, height in enumerate(heights)]


def wav(notes: Sequence[Note], seconds: float, path: Path) -> None:
    """Write the notes together as plain sound: one channel, eight bits."""
    mixed = [0.0] * round(seconds * RATE)
    for note in notes:
        begin = round(note.start * RATE)
        for offset, sample in enumerate(pluck(note)[: len(mixed) - begin]):
            mixed[begin + offset] += sample
    loudest = max(1.0, *map(abs, mixed))
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 1, RATE, 0, "NONE", "not compressed"))
        file.writeframes(bytes(round(128 + 110 * sample / loudest) for sample in mixed))


LOW = (0, 7, 3, 7, 0, 7, 5, 7)
HIGH = (24, 28, 31, 28, 33, 31, 28, 26)

LIVE_WITH_TWO_TUNES = [
    *tune((LOW * 2)[:9], start=0.0, step=0.5, loudness=0.9),
    *tune((HIGH * 3)[:20], start=4.5, step=0.2, loudness=0.8),
    *tune(LOW[:7], start=8.5, step=0.5, loudness=0.9),
]
"""A slow low tune, a quick high one from 4.5 to 8.5 seconds, and the slow one again."""

if __name__ == "__main__":
    wav(LIVE_WITH_TWO_TUNES, 12.0, MEDIA / "live-sound-two-tunes.wav")
