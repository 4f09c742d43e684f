"""The clip of an exam item: captions on a moving picture, played on a canvas in a browser and recorded there.

`python -m drawing.clips` records it into `content/exams/media`; every recording has other bytes. A browser leaves out how long a recording is, so that
nobody can seek in it: `finished` writes that in, with the sizes of all parts.
"""

import base64
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

MEDIA = Path(__file__).resolve().parent.parent / "content" / "exams" / "media"
SECONDS = 12
CAPTIONS = (
    (0, "My evening hair routine"),
    (3, "I use two drops of Sari serum"),
    (6, "Hair 4 cm longer in 7 days, guaranteed"),
    (9, "Shop link is below, good night"),
)
"""From which second on each caption is shown."""

CLIP = """
async ([captions, seconds]) => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 360, height: 480 });
  const pen = canvas.getContext("2d");
  const draw = (at) => {
    const wall = pen.createLinearGradient(0, 0, 0, 480);
    wall.addColorStop(0, "#f3e3d3");
    wall.addColorStop(1, "#d9c2ae");
    pen.fillStyle = wall;
    pen.fillRect(0, 0, 360, 480);
    pen.fillStyle = "#6b4a3a";
    pen.beginPath();
    pen.ellipse(180, 190, 74, 92, 0, 0, 7);
    pen.fill();
    for (let strand = 0; strand < 9; strand += 1) {
      pen.lineWidth = 13;
      pen.strokeStyle = strand % 2 ? "#5b3d2f" : "#4c3226";
      pen.beginPath();
      pen.moveTo(112 + strand * 17, 170);
      pen.quadraticCurveTo(106 + strand * 18, 250, 112 + strand * 17 + 7 * Math.sin(at * 1.4 + strand), 320);
      pen.stroke();
    }
    pen.fillStyle = "#e7b99a";
    pen.beginPath();
    pen.ellipse(180, 205, 50, 66, 0, 0, 7);
    pen.fill();
    pen.fillStyle = "#2f2f3a";
    for (const side of [-1, 1]) {
      pen.beginPath();
      pen.arc(180 + side * 19, 200, 5, 0, 7);
      pen.fill();
    }
    pen.fillStyle = "#3f6f63";
    pen.fillRect(262, 236 + 6 * Math.sin(at * 2), 40, 92);
    pen.fillStyle = "#f5f1e6";
    pen.font = "bold 15px sans-serif";
    pen.textAlign = "center";
    pen.fillText("SARI", 282, 290 + 6 * Math.sin(at * 2));
    pen.fillStyle = "rgba(20, 20, 30, 0.82)";
    pen.fillRect(0, 18, 360, 64);
    pen.fillStyle = "#ffffff";
    pen.font = "bold 17px sans-serif";
    pen.fillText(captions.filter(([from]) => from <= at).at(-1)[1], 180, 56);
  };
  return record(canvas, draw, seconds, 90000);
}
"""

RECORD = """
window.record = async (canvas, draw, seconds, bits) => {
  const recorder = new MediaRecorder(canvas.captureStream(8), { mimeType: "video/webm;codecs=vp8", videoBitsPerSecond: bits });
  const chunks = [];
  recorder.ondataavailable = ({ data }) => chunks.push(data);
  const stopped = new Promise((resolve) => { recorder.onstop = resolve; });
  draw(0);
  recorder.start();
  const started = performance.now();
  while (performance.now() - started < seconds * 1000) {
    draw((performance.now() - started) / 1000);
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  recorder.stop();
  await stopped;
  const bytes = new Uint8Array(await new Blob(chunks).arrayBuffer());
  return btoa([...bytes].map((byte) => String.fromCharCode(byte)).join(""));
};
"""
"""Makes `record` known to a page: what a canvas shows for so many seconds, as a browser records it."""

_SEGMENT, _INFO, _TRACKS, _CLUSTER, _DURATION, _TIMECODE = 0x18538067, 0x1549A966, 0x1654AE6B, 0x1F43B675, 0x4489, 0xE7
UNKNOWN_SIZE = -1
_KEPT = frozenset({_INFO, _TRACKS, _CLUSTER})


def recorded(script: str, arguments: list[Any]) -> bytes:
    """The clip that this script plays with these arguments, as a browser records it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page()
        page.add_script_tag(content=RECORD)
        text: str = page.evaluate(script, arguments)
        browser.close()
    return base64.b64decode(text)


def finished(webm: bytes, seconds: float) -> bytes:
    """The same recording with its length and the size of every part, and without anything that is not seen."""
    top = list(_elements(webm))
    parts = [(name, payload) for name, payload in _elements(dict(top)[_SEGMENT]) if name in _KEPT]
    info = b"".join(_element(name, payload) for name, payload in _elements(dict(parts)[_INFO]) if name != _DURATION)
    info += _element(_DURATION, struct.pack(">d", seconds * 1000))
    body = b"".join(_element(name, info if name == _INFO else payload) for name, payload in parts)
    return b"".join(_element(name, body if name == _SEGMENT else payload) for name, payload in top)


def _elements(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The EBML elements in these bytes. One without a size, as browsers record, reaches to the next of its kind or to the end."""
    at = 0
    while at < len(data):
        name, at = _number(data, at, keeps_marker=True)
        size, at = _number(data, at, keeps_marker=False)
        end = at + size if size != UNKNOWN_SIZE else _end_of(data, at, name)
        yield name, data[at:end]
        at = end


def _end_of(data: bytes, at: int, name: int) -> int:
    following = data.find(_CLUSTER.to_bytes(4), at) if name == _CLUSTER else -1
    return following if following >= 0 else len(data)


def _number(data: bytes, at: int, *, keeps_marker: bool) -> tuple[int, int]:
    width = 9 - data[at].bit_length()
    value = int.from_bytes(data[at : at + width])
    if keeps_marker:
        return value, at + width
    bits = value & ((1 << 7 * width) - 1)
    return (UNKNOWN_SIZE if bits == (1 << 7 * width) - 1 else bits), at + width


def _element(name: int, payload: bytes) -> bytes:
    size = len(payload)
    return name.to_bytes((name.bit_length() + 7) // 8) + (size | 1 << 56).to_bytes(8) + payload


if __name__ == "__main__":
    (MEDIA / "hair-routine-clip.webm").write_bytes(finished(recorded(CLIP, [list(map(list, CAPTIONS)), SECONDS]), SECONDS))
