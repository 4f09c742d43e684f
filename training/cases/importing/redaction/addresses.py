"""Lines of postal addresses, Indonesian and English."""

import re
from collections.abc import Iterator

from training.cases.importing.redaction.kinds import Finding, PersonalKind

_NUMBER = r"(?:(?:no|nomor|nmr|blok|kav|unit)\b\.?[ ]?)?[A-Za-z]{0,2}\d{1,4}[A-Za-z]?(?:[/-]\d{1,4})?"
_NAME = r"[A-Z][\w'.]{1,24}"

_PIECES = tuple(
    re.compile(pattern)
    for pattern in (
        # Jl. Melati Raya No. 12; jln melati 12
        rf"(?<![\w-])(?i:jl|jln)\b\.?[ ]{{0,2}}(?:[\w'.]{{1,24}}[ ,]{{1,2}}){{0,6}}?(?i:{_NUMBER})(?![\w.]?\d)",
        rf"(?<![\w-])(?i:jl|jln)\b\.?[ ]{{0,2}}{_NAME}(?:[ ]{_NAME}){{0,4}}",
        # Jalan Melati No. 12, Gang Mawar 3: a number must follow, for jalan is also a walk and gang also a band
        rf"(?<![\w-])(?:(?i:jalan|gang)|[Gg]g\.?)[ ]{{1,2}}(?:{_NAME}[ ,]{{1,2}}){{1,5}}(?i:{_NUMBER})(?![\w.]?\d)",
        # RT 03/RW 05, RT.003 RW.005, RT 3/5
        r"(?<![\w-])(?i:rt)\.?[ ]?\d{1,3}[ ]?(?:[/,-][ ]?(?:(?i:rw)\.?[ ]?)?|[ ](?i:rw)\.?[ ]?|(?i:rw)\.?[ ]?)\d{1,3}(?!\d)",
        rf"(?<![\w-])(?:(?i:kel|kec)\.[ ]?|(?:Kel|Kec|Kelurahan|Kecamatan|KELURAHAN|KECAMATAN|kelurahan|kecamatan)[ ]){_NAME}(?:[ ]{_NAME}){{0,2}}",
        r"(?<![\w-])(?i:blok)[ ][A-Za-z]{1,2}\d{0,3}[ ]?(?:/[ ]?|[ ](?i:no)\.?[ ]?|-)\d{1,3}[A-Za-z]?(?![\w.]?\d)",
        # 12 Garden Street; Garden Road No. 12
        rf"(?<![\w.,-])\d{{1,5}}[A-Za-z]?[ ](?:{_NAME}[ ]){{1,4}}(?:Street|St\.|Road|Rd\.?|Avenue|Ave\.?|Lane|Ln\.?|Boulevard|Blvd\.?|Drive)(?!\w)",
        rf"(?<!\w)(?:{_NAME}[ ]){{1,4}}(?:Street|Road|Avenue|Lane|Boulevard|Drive),?[ ](?:(?:No|Nr)\.?[ ]?)?\d{{1,4}}[A-Za-z]?(?![\w.]?\d)",
        r"(?i:kode[ ]?pos|postcode|postal[ ]code|zip(?:[ ]code)?)[ .:]{0,3}\d{5}(?!\d|[.,]\d)",
    )
)
_TAIL = re.compile(rf"[ ,.\n]{{0,3}}(?:{_NAME}[ ,]{{1,2}}){{0,4}}\d{{5}}(?!\d|[.,]\d)")
"""What may stand between the last piece of an address and its postcode."""
_JOINT = re.compile(r"[ ,./\n-]{0,4}")


def addresses(text: str) -> Iterator[Finding]:
    """Addresses, each as one stretch from its first piece to its last, the place and postcode behind it with it."""
    pieces = sorted(found.span() for pattern in _PIECES for found in pattern.finditer(text))
    for start, end in _joined(text, pieces):
        tail = _TAIL.match(text, end)
        yield Finding(PersonalKind.ADDRESS, start, tail.end() if tail else end)


def _joined(text: str, pieces: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Pieces that overlap, or have nothing but a comma between them, as one."""
    whole: tuple[int, int] | None = None
    for start, end in pieces:
        if whole is not None and (start <= whole[1] or _JOINT.fullmatch(text, whole[1], start)):
            whole = (whole[0], max(whole[1], end))
            continue
        if whole is not None:
            yield whole
        whole = (start, end)
    if whole is not None:
        yield whole
