"""The colours of all pictures, by name, and how they are mixed."""

Colour = tuple[int, ...]

_HEX = {
    "white": "FFFFFF", "paper": "FBF8F2", "cream": "F4EAD7", "sand": "E6D5B8", "mist": "E9EEF0", "fog": "D5DDE1",
    "sky": "CFE3EE", "mint": "D6E8DC", "blush": "F3DDD6", "lilac": "E2DDEF", "lemon": "F6EBC1", "peach": "F7D9BF",
    "black": "1E2024", "ink": "2B2F36", "slate": "4A5560", "smoke": "6B747D", "steel": "8A97A3", "silver": "C3CBD2",
    "amber": "D98A1F", "honey": "E3A130", "gold": "C9A24B", "copper": "B8693D", "yellow": "EFC23C", "orange": "E5792F",
    "brown": "7A4E2E", "bark": "51351F", "wood": "B98A5A", "oak": "D3AC7A", "rattan": "C79A5B", "kraft": "C9A578",
    "red": "C8453B", "wine": "8A2E3B", "rose": "D98596", "pink": "EDB7C0", "coral": "E88C6B", "tan": "B98560", "fawn": "DFB691",
    "green": "4C8C5A", "leaf": "7BAE5B", "olive": "7D8347", "matcha": "A9BF83", "forest": "2F5B45",
    "teal": "2F7F83", "sea": "6FB0AC", "navy": "24405F", "blue": "2F6DB0", "azure": "5B9BD0", "violet": "6E5AA5", "plum": "6A3D63",
}  # fmt: skip

COLOURS: dict[str, Colour] = {name: tuple(bytes.fromhex(code)) for name, code in _HEX.items()}


def named(name: str) -> Colour:
    """The colour of that name; an unknown name is a mistake in a recipe."""
    if name not in COLOURS:
        raise ValueError(f"there is no colour {name}; there are {', '.join(COLOURS)}")
    return COLOURS[name]


def mixed(colour: Colour, other: Colour, share: float) -> Colour:
    """The colour with that share (0 to 1) of the other stirred in."""
    return tuple(round(a * (1 - share) + b * share) for a, b in zip(colour[:3], other[:3], strict=True))


def darker(colour: Colour, share: float = 0.18) -> Colour:
    """The colour in shade."""
    return mixed(colour, COLOURS["black"], share)


def lighter(colour: Colour, share: float = 0.25) -> Colour:
    """The colour in light."""
    return mixed(colour, COLOURS["white"], share)


def veil(name: str, opacity: float) -> Colour:
    """A translucent colour; 0 is not there, 1 covers."""
    return (*named(name)[:3], round(255 * opacity))


def readable_on(colour: Colour) -> Colour:
    """Black or white ink, whichever is the easier to read on that ground."""
    brightness = 0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2]
    return COLOURS["ink"] if brightness > 140 else COLOURS["white"]
