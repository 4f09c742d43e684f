"""How marks that are no words are called."""

from training.cases.rules import Region


def time_words(start: float, end: float) -> str:
    """`The recording from 0:06 to 0:09.5`."""
    return f"The recording from {clock_words(start)} to {clock_words(end)}"


def clock_words(seconds: float) -> str:
    """`0:06`, `1:05.5`: minutes and seconds, with tenths where there are any."""
    tenths = round(seconds * 10)
    minutes, rest = divmod(tenths, 600)
    return f"{minutes}:{rest // 10:02}" + (f".{rest % 10}" if rest % 10 else "")


def box_words(region: Region) -> str:
    """`A box on picture 1, 200 × 150 pixels, 300 from the left and 225 from the top`."""
    number = int(region.field.partition(".")[2]) + 1
    size = f"{region.width:.0f} × {region.height:.0f} pixels"
    return f"A box on picture {number}, {size}, {region.x:.0f} from the left and {region.y:.0f} from the top"
