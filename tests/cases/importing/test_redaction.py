"""What is personal and what only looks so. Every number, name and address here is made up."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.cases.importing.redaction import PLACEHOLDERS, find_personal, redact

TAKEN_OUT = [
    # e-mail
    ("tulis ke toko.sehat+cs@contoh.co.id ya", "tulis ke [e-mail] ya"),
    ("budi (at) contoh (dot) com", "[e-mail]"),
    ("BUDI[at]contoh.com", "[e-mail]"),
    # phone numbers
    ("WA 0812-3456-7890 kak", "WA [phone number] kak"),
    ("hubungi +62 812 3456 7890", "hubungi [phone number]"),
    ("+62812-3456-7890", "[phone number]"),
    ("(+62) 812 3456 7890", "[phone number]"),
    ("+62 0812 3456 7890", "[phone number]"),
    ("6281234567890", "[phone number]"),
    ("0812 3456 789", "[phone number]"),
    ("08123456789.", "[phone number]."),
    ("0812.3456.7890", "[phone number]"),
    ("https://wa.me/6281234567890?text=halo", "https://wa.me/[phone number]?text=halo"),
    ("0 8 1 2 3 4 5 6 7 8 9 0", "[phone number]"),
    ("0-8-1-2-3-4-5-6-7-8-9-0", "[phone number]"),
    ("(021) 555-0123", "[phone number]"),
    ("021-5550123", "[phone number]"),
    ("0274 512 345", "[phone number]"),
    ("+65 9123 4567", "[phone number]"),
    ("+1 (415) 555-2671", "[phone number]"),
    ("hp: 081 234 567 890", "hp: [phone number]"),
    ("call me 555-123-4567", "call me [phone number]"),
    ("０８１２３４５６７８９０", "[phone number]"),
    ("0812-3456-7890/0813-4567-8901", "[phone number]/[phone number]"),
    # identity numbers
    ("NIK 3174051203900001", "NIK [identity number]"),
    ("3174 0552 0390 0001", "[identity number]"),
    ("317405-120390-0001", "[identity number]"),
    ("No. KTP: 9999999999999999", "No. KTP: [identity number]"),
    # addresses
    ("Kirim ke Jl. Melati No. 12 RT 03/RW 05, Kel. Sukamaju, Kec. Cilodong, Depok 16415 ya", "Kirim ke [address] ya"),
    ("jln melati raya no 12", "[address]"),
    ("JL. MELATI NO. 12A", "[address]"),
    ("Jalan Kenanga 7", "[address]"),
    ("Jalan Jenderal Sudirman Kav. 52", "[address]"),
    ("Gg. Mawar 3", "[address]"),
    ("Blok C5 No. 12", "[address]"),
    ("RT.003 RW.005", "[address]"),
    ("Kecamatan Tanah Abang", "[address]"),
    ("kode pos 10250", "[address]"),
    ("12 Garden Street", "[address]"),
    ("Orchard Road 238", "[address]"),
    # orders
    ("order no 250118ABCDEF", "order no [order number]"),
    ("pesanan #883211", "pesanan #[order number]"),
    ("No. resi JP1234567890", "No. resi [order number]"),
    ("INV/20260131/MPL/1234567890", "[order number]"),
    ("invoice: INV-2026-00123", "invoice: [order number]"),
    ("Order ID: 58209", "Order ID: [order number]"),
    # licence plates
    ("mobil B 1234 XYZ", "mobil [licence plate]"),
    ("AB 123 CD", "[licence plate]"),
    ("plat b 1234 xyz", "plat [licence plate]"),
    ("nopol B1234XYZ", "nopol [licence plate]"),
    # together
    ("Jl. Anggrek 5 hp 08123456789, plat D 4321 AB", "[address] hp [phone number], plat [licence plate]"),
]

LEFT_ALONE = [
    # prices and amounts
    "Rp 150.000",
    "Rp62.812.345.678",
    "62.812.345.678",
    "harga 1.250.000 nego",
    "10.000.000.000",
    "pesanan Rp150000",
    "10@5000",
    "1,204 viewers, 48k followers",
    "3.5% discount, 2 for 100000",
    # dates and times
    "2026-01-31 10:30",
    "31/01/2026",
    "08.10.2026 11.30",
    "order 2026-01-31",
    "promo 11.11 s.d. 12.12",
    "0:04",
    # product codes
    "SKU 081234567890",
    "kode 0812345678",
    "ISBN 0812345678",
    "SKU-0812345678",
    "EAN 8991234567890",
    "8991234567890",
    "batch 20260131",
    "POM NA18200100123",
    "P-IRT 2093271010123-27",
    "iPhone 15 Pro 256 GB",
    "RTX4090",
    "ABC-1234-XYZ",
    "A 500 ML",
    "M 1200 RPM",
    "B1234XYZ",
    "1234 5678 9012 3456",
    "Galaxy A52 5G",
    # words that addresses are made of
    "jalan-jalan sore",
    "Jalan keluar dari masalah",
    "street style jacket",
    "Blok M",
    "RT this post",
    "kecuali besok, kec sedang",
    "Drive 2 jam saja",
    # words that orders are made of
    "order 2 pcs",
    "in order to reach 1000000 people",
    "tracking 24 jam",
    # already hidden, or nothing
    "0812-xxxx-xx34",
    "@rani.glow",
    "",
    "12345",
]


@pytest.mark.parametrize(("text", "expected"), TAKEN_OUT)
def test_personal_data_are_taken_out(text: str, expected: str) -> None:
    assert redact(text).text == expected


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_only_looks_personal_is_left_alone(text: str) -> None:
    assert redact(text).text == text


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("Order no", "250118ABCDEF", "[order number]"),
        ("Phone", "5551234567", "[phone number]"),
        ("Paid", "Rp 310.000", "Rp 310.000"),
        ("SKU", "0812345678", "0812345678"),
    ],
)
def test_the_name_of_a_field_says_what_its_number_is(name: str, value: str, expected: str) -> None:
    assert redact(value, introduced_by=f"{name}: ").text == expected


def test_findings_say_where_in_the_text_before_they_stood() -> None:
    text = "wa 0812-3456-7890, mail a@b.id"
    assert [(finding.kind.value, text[finding.start : finding.end]) for finding in redact(text).findings] == [("phone", "0812-3456-7890"), ("email", "a@b.id")]


def test_a_stretch_moves_with_the_text_and_takes_a_placeholder_whole() -> None:
    text = "please call 0812-3456-7890 now or never"
    cleaned = redact(text)
    for marked, expected in (("now or", "now or"), ("3456", "[phone number]"), ("call 0812", "call [phone number]"), ("please", "please")):
        start = text.index(marked)
        moved = cleaned.moved(start, start + len(marked))
        assert cleaned.text[slice(*moved)] == expected


WORDS = st.sampled_from(
    [
        "0812-3456-7890",
        "Jl. Melati 5",
        "order no 58209",
        "B 1234 XYZ",
        "a@b.id",
        "3174051203900001",
        "Rp 5.000",
        "RT 3/5",
        "+62",
        "Kec.",
        "Depok 16415",
        "wa",
        "\n",
        ",",
        "é😀",
    ]
)
TEXTS = st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=12).map(" ".join), st.lists(WORDS, max_size=8).map("".join))


@settings(deadline=None)
@given(TEXTS)
def test_findings_are_in_order_and_never_overlap(text: str) -> None:
    findings = find_personal(text)
    ends = [0, *(finding.end for finding in findings)]
    assert all(last <= finding.start < finding.end <= len(text) for last, finding in zip(ends, findings, strict=False))


@settings(deadline=None)
@given(TEXTS)
def test_what_is_left_reads_as_before_and_placeholders_stand_for_the_rest(text: str) -> None:
    cleaned = redact(text)
    rebuilt, last = "", 0
    for finding in cleaned.findings:
        rebuilt += text[last : finding.start] + PLACEHOLDERS[finding.kind]
        last = finding.end
    assert cleaned.text == rebuilt + text[last:]


@settings(deadline=None)
@given(TEXTS, st.data())
def test_every_stretch_stays_within_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    cleaned = redact(text)
    moved_start, moved_end = cleaned.moved(start, end)
    assert 0 <= moved_start <= moved_end <= len(cleaned.text)
