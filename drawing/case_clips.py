"""The recordings of shipped cases: a case's picture moving a little, with the words that come and go on it.

`python -m drawing.case_clips` records them into `content/cases/media`, those that are named or all; every recording has other bytes.
"""

import base64
import sys
from dataclasses import dataclass
from pathlib import Path

from drawing.clips import finished, recorded

MEDIA = Path(__file__).resolve().parent.parent / "content" / "cases" / "media"
BITS_A_SECOND = 40_000


@dataclass(frozen=True, slots=True)
class Words:
    """Words on the screen, from one second to before another."""

    start: float
    end: float
    text: str


@dataclass(frozen=True, slots=True)
class CaseClip:
    """A recording: its file, the picture that moves in it, how long it lasts, and the words on it."""

    file: str
    picture: str
    seconds: int
    words: tuple[Words, ...]


CLIPS = (
    CaseClip("peach-tea-clip.webm", "peach-tea-box.png", 41, (Words(13, 21, "-8 KG IN 10 DAYS"), Words(30, 41, "Slimora Peach Tea 20 sachets"))),
    CaseClip("moringa-live-clip.webm", "live-capsule-bottles.png", 54, (Words(0, 8, "buy 2 free 1"), Words(39, 46, "40 left"))),
)

CLIP = """
async ([picture, seconds, words, bits]) => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 480, height: 360 });
  const pen = canvas.getContext("2d");
  const image = new Image();
  image.src = picture;
  await image.decode();
  const draw = (at) => {
    const scale = 1.04 + 0.03 * Math.sin(at / 3);
    const [width, height] = [480 * scale, 360 * scale];
    pen.drawImage(image, (480 - width) / 2, (360 - height) / 2, width, height);
    const shown = words.find(([start, end]) => start <= at && at < end);
    pen.fillStyle = "rgba(20, 20, 30, 0.85)";
    if (shown) pen.fillRect(0, 76, 480, 46);
    pen.fillStyle = "#ffffff";
    pen.font = "bold 22px sans-serif";
    pen.textAlign = "center";
    if (shown) pen.fillText(shown[2], 240, 107);
    pen.fillRect(0, 356, (480 * at) / seconds, 4);
  };
  return record(canvas, draw, seconds, bits);
}
"""


def make(clip: CaseClip) -> bytes:
    """Record a clip in a browser, in as much time as it lasts."""
    picture = base64.b64encode((MEDIA / clip.picture).read_bytes()).decode()
    words = [[each.start, each.end, each.text] for each in clip.words]
    return finished(recorded(CLIP, [f"data:image/png;base64,{picture}", clip.seconds, words, BITS_A_SECOND]), clip.seconds)


if __name__ == "__main__":
    for clip in CLIPS:
        if len(sys.argv) == 1 or clip.file in sys.argv[1:]:
            (MEDIA / clip.file).write_bytes(make(clip))
