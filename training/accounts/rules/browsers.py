"""What a browser calls itself, in words that its owner knows."""

UNKNOWN_BROWSER = "Unknown browser"

BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser/": "Samsung Internet",
    "UCBrowser/": "UC Browser",
    "Firefox/": "Firefox",
    "FxiOS/": "Firefox",
    "Chrome/": "Chrome",
    "CriOS/": "Chrome",
    "Safari/": "Safari",
}
"""Marks of the common families. The first that occurs counts: most browsers name those they descend from, too."""

SYSTEMS = {
    "Windows": "Windows",
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Mac OS X": "Mac",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}
"""Marks of the systems, the narrower before those that contain them."""


def browser_in_words(agent: str | None) -> str:
    """`Chrome on Windows`, `Firefox`; what belongs to no family we know is an unknown browser."""
    said = agent or ""
    browser = next((name for mark, name in BROWSERS.items() if mark in said), None)
    system = next((name for mark, name in SYSTEMS.items() if mark in said), None)
    if browser is None:
        return UNKNOWN_BROWSER
    return f"{browser} on {system}" if system else browser
