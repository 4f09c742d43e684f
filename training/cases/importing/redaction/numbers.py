"""E-mail addresses, identity, phone and order numbers, and licence plates."""

import re
from collections.abc import Iterator

from training.cases.importing.redaction.kinds import Finding, PersonalKind

_EMAIL = re.compile(
    r"[\w.+-]{1,64}(?:@|[ ]?[\[(][ ]?at[ ]?[\])][ ]?)(?:[A-Za-z0-9-]{1,63}(?:\.|[ ]?[\[(][ ]?dot[ ]?[\])][ ]?)){1,6}[A-Za-z]{2,24}(?![\w-])",
    re.IGNORECASE,
)

_SIXTEEN_DIGITS = re.compile(r"(?<![\d.,-])\d(?:[ .-]?\d){15}(?![\d]|[.,-]\d)")
_IDENTITY_WORD = re.compile(r"\b(?:nik|ktp|e-ktp|kartu keluarga|no\.? ?kk|identity|id card)\b[^\n\d]{0,20}$", re.IGNORECASE)

_CODE_WORD = re.compile(
    r"(?:\b(?:sku|upc|ean|isbn|imei|barcode|kode|code|model|type|tipe|seri|serial|part|art|bpom|nie|pom|pirt|halal|md|ml|na|nb|nc|nd|ne|tr|sd|si|dkl|dtl"
    r"|reg|lot|batch)\b|p-irt|#)[ ]?(?:no|nomor|number|id)?[ .:=#-]{0,4}$|[A-Za-z]-$",
    re.IGNORECASE,
)
"""Before a number, these say that it is a product's."""
_MONEY = re.compile(r"(?:\brp|\bidr|\busd|\bsgd|\bmyr|\brm|[$€£¥])[ .]{0,2}$", re.IGNORECASE)

_PHONES = (
    re.compile(r"(?<![\w+.,#=])(?:\+62|62|0)8\d{1,3}(?:[ .-]?\d{2,5}){1,3}(?!\d|[.,-]\d)"),
    re.compile(r"(?<![\w+])\(?\+62\)?[ .-]?\(?0?\)?[ .-]?8\d{1,2}(?:[ .-]?\d{2,5}){1,3}(?!\d)"),
    re.compile(r"(?<![\w.,-])\(0\d{2,3}\)[ -]?\d{3,4}[ .-]?\d{3,5}(?!\d)"),
    re.compile(r"(?<![\w.,-])0(?:2[1-9]\d?|[3-79]\d{2})[ -]\d{3,4}[ .-]?\d{3,5}(?![\d-]|[.,]\d)"),
    re.compile(r"(?<![\w+])\+(?!62[ .-]?8)\d{1,3}[ .-]?\(?\d{1,4}\)?(?:[ .-]?\d{2,5}){2,4}(?!\d)"),
    re.compile(r"(?<![\w.,])(?:0|\+?6[ .-]?2)(?P<gap>[ .\-_])8(?:(?P=gap)\d){7,11}(?!\d|(?P=gap)\d)"),
    re.compile(r"(?<=wa\.me/)\+?\d{8,15}(?!\d)", re.IGNORECASE),
    re.compile(r"(?<=phone=)\+?\d{8,15}(?!\d)", re.IGNORECASE),
)
"""Indonesian mobile numbers, with 0 or +62; numbers with an area code; foreign ones with +; digits spelt one by one; links to a chat."""
_PHONE_AFTER_WORD = re.compile(
    r"(?<![A-Za-z])(?:wa|w\.a|whatsapp|whats app|no\.? ?hp|hp|hape|telp|telpon|telepon|tlp|phone|tel|mobile|ponsel|sms|call me|call)(?![A-Za-z])[ .:=/-]{0,4}"
    r"(?:(?:ke|at|no|nomor|number|on|me)[ .:]{1,3})?(?P<number>\(?\+?\d(?:[ .()-]{0,2}\d){7,14})(?!\d)",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2})?")
_DATE = re.compile(r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})(?:[ T]\d{1,2}[:.]\d{2}(?:[:.]\d{2})?)?")

_ORDER_AFTER_WORD = re.compile(
    r"\b(?:orders?|pesanan|order an|orderan|invoice|inv|resi|awb|tracking|transaksi|transaction|faktur)\b"
    r"(?P<strong>(?:[ .]{0,2}(?:id|ids|no|nos|nomor|number|code|kode|ref)\b|[ ]?#)?)[ .:=#]{0,4}(?:(?:is|adalah|nya|saya)[ :]{1,2})?"
    r"(?P<number>[A-Z0-9](?:[A-Z0-9/-]{3,38}[A-Z0-9]))(?![\w.,]\d|\w)",
    re.IGNORECASE,
)
_INVOICE = re.compile(r"\bINV/\d{6,8}/[A-Z]{2,4}/[A-Z0-9/]{4,24}")
_PRICE_TOKEN = re.compile(r"(?:rp|idr|usd|rm)\d+", re.IGNORECASE)

_PLATE_AREAS = "[ABDEFGHKLMNPRSTWZ]|A[ABDEG]|B[ABDEGHKLMNP]|D[ABCDEGHKLMNPRSTW]|E[ABD]|K[BHTU]|P[AB]"
"""The letters of Indonesia's districts of registration."""
_PLATE = re.compile(rf"(?<![\w-])(?:{_PLATE_AREAS}) \d{{3,4}} (?P<tail>[A-Z]{{2,3}})(?![\w-])")
_PLATE_AFTER_WORD = re.compile(
    rf"\b(?:plat|nopol|no\.? ?pol|nomor polisi|no\.? polisi|licen[cs]e plate|plate|kendaraan)\b[^\n\d]{{0,20}}?\b"
    rf"(?P<plate>(?:{_PLATE_AREAS})[ -]?\d{{1,4}}[ -]?[A-Z]{{1,3}})(?![\w-])",
    re.IGNORECASE,
)
_UNITS = frozenset("ML MG GR KG CM MM KM PCS PC GB MB TB RB JT HZ MHZ GHZ OZ LBS LB RPM WH MAH VA KVA FT IN YD PSI SPF IDR USD ORI XL XXL AM PM WIB".split())
"""What stands behind a number in capitals and makes it a measure."""


def emails(text: str) -> Iterator[Finding]:
    """Addresses of mail, written plainly or with (at) and (dot). A handle such as @name is none."""
    if "@" in text or "at" in text.casefold():
        yield from (Finding(PersonalKind.EMAIL, *found.span()) for found in _EMAIL.finditer(text))


def identities(text: str) -> Iterator[Finding]:
    """Sixteen digits that are made like an Indonesian identity number, or that a word before them says to be one."""
    for found in _SIXTEEN_DIGITS.finditer(text):
        digits = [int(character) for character in found.group() if character.isdecimal()]
        if _is_identity(digits) or _IDENTITY_WORD.search(text, max(0, found.start() - 40), found.start()):
            yield Finding(PersonalKind.IDENTITY, *found.span())


def _is_identity(digits: list[int]) -> bool:
    """Province 11 to 94, then regency and district, then the date of birth with 40 added to a woman's day, then a serial number."""
    province, regency, day, month = (10 * digits[at] + digits[at + 1] for at in (0, 2, 6, 8))
    return 11 <= province <= 94 and regency >= 1 and (1 <= day <= 31 or 41 <= day <= 71) and 1 <= month <= 12


def phones(text: str) -> Iterator[Finding]:
    """Phone numbers; not prices, dates, or what a word before it says to be a product's number."""
    for pattern in _PHONES:
        for found in pattern.finditer(text):
            if _is_phone(text, *found.span()):
                yield Finding(PersonalKind.PHONE, *found.span())
    for found in _PHONE_AFTER_WORD.finditer(text):
        start, end = found.span("number")
        if not _THOUSANDS.fullmatch(text, start, end) and not _DATE.fullmatch(text, start, end):
            yield Finding(PersonalKind.PHONE, start, end)


def _is_phone(text: str, start: int, end: int) -> bool:
    count = sum(character.isdecimal() for character in text[start:end])
    before = text[max(0, start - 24) : start]
    return 8 <= count <= 15 and not (_DATE.fullmatch(text, start, end) or _CODE_WORD.search(before) or _MONEY.search(before))


def orders(text: str) -> Iterator[Finding]:
    """Numbers of orders, invoices and parcels that a word before them says to be one."""
    yield from (Finding(PersonalKind.ORDER, *found.span()) for found in _INVOICE.finditer(text))
    for found in _ORDER_AFTER_WORD.finditer(text):
        number = found["number"]
        digit_count = sum(character.isdecimal() for character in number)
        is_enough = digit_count >= (4 if found["strong"] else 6)
        if is_enough and not _DATE.fullmatch(number) and not _PRICE_TOKEN.fullmatch(number):
            yield Finding(PersonalKind.ORDER, *found.span("number"))


def plates(text: str) -> Iterator[Finding]:
    """Indonesian licence plates in capitals with blanks, or in any form that a word before them says to be one."""
    for found in _PLATE.finditer(text):
        if found["tail"] not in _UNITS:
            yield Finding(PersonalKind.PLATE, *found.span())
    yield from (Finding(PersonalKind.PLATE, *found.span("plate")) for found in _PLATE_AFTER_WORD.finditer(text))
