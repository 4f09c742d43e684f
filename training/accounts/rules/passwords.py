"""What makes a password too weak to keep. Length counts; compositions of characters do not."""

SHORTEST = 12
LONGEST = 200
FEWEST_DIFFERENT = 6
FEWEST_UNCOMMON = 8
COMMON = ("password", "qwerty", "123456", "letmein", "iloveyou", "admin", "welcome", "touchstone", "moderator", "abcdef", "111111", "000000")


def password_fault(password: str, *, personal: tuple[str, ...] = ()) -> str | None:
    """What is wrong with this password, in words, or nothing. `personal` are the person's own name and address."""
    if len(password) < SHORTEST:
        return f"Use at least {SHORTEST} characters; three or four unrelated words are good."
    if len(password) > LONGEST:
        return f"Use at most {LONGEST} characters."
    lowered = password.casefold()
    if len(set(lowered)) < FEWEST_DIFFERENT:
        return f"Use at least {FEWEST_DIFFERENT} different characters."
    rest = lowered
    for word in (*COMMON, *_words(personal)):
        rest = rest.replace(word, "")
    if len(rest) < FEWEST_UNCOMMON:
        return "This is mostly a common word or your own name, which is tried first. Add unrelated words."
    return None


def _words(personal: tuple[str, ...]) -> list[str]:
    split = " ".join(personal).casefold().replace("@", " ").replace(".", " ").replace("-", " ").split()
    return [word for word in split if len(word) >= 3]
