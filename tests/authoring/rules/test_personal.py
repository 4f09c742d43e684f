"""Personal data in the text of a case: found by the rules of imports, told once, and taken out wherever the case says it."""

from training.authoring.rules.personal import personal_values, without_personal
from training.cases.importing.redaction import PersonalKind
from training.documents.yaml_reading import read_yaml

TEXT = """\
# Seen on Monday.
content:
  title: Air gun
  description: Order by WA 0812-3456-7890 or mail toko@example.com
  attributes: { Phone: "081298765432" }
  images:
    - { file: media/081234567890.png, alt: "A sign that says 0812-3456-7890" }
reference:
  evidence:
    - { field: description, quote: "WA 0812-3456-7890" }
  rationale: The shop gives 0812-3456-7890, which leads buyers away.
"""


def test_each_value_is_told_once_with_its_fields_and_its_line() -> None:
    found = personal_values(TEXT, read_yaml(TEXT).value)
    assert [(each.kind, each.said, each.fields, each.line) for each in found] == [
        (PersonalKind.PHONE, "0812-3456-7890", ("description", "images.0.alt"), 4),
        (PersonalKind.EMAIL, "toko@example.com", ("description",), 4),
        (PersonalKind.PHONE, "081298765432", ("attributes.Phone",), 5),
    ]
    assert len({each.key for each in found}) == 3


def test_what_is_taken_out_is_gone_wherever_the_case_says_it_and_all_else_stays_as_it_was() -> None:
    value = read_yaml(TEXT).value
    phone, *_ = personal_values(TEXT, value)
    written = without_personal(TEXT, value, [phone])
    assert written == TEXT.replace("0812-3456-7890", "[phone number]")
    assert "toko@example.com" in written


def test_a_placeholder_that_would_read_as_a_list_is_written_as_text() -> None:
    text = "content:\n  description: 0812-3456-7890\n"
    value = read_yaml(text).value
    written = without_personal(text, value, personal_values(text, value))
    assert read_yaml(written).value == {"content": {"description": "[phone number]"}}


def test_nothing_personal_changes_nothing() -> None:
    text = "content:\n  price: Rp 500.000\n  description: Sold 2026-11-22, code SKU-0812345678\n"
    assert personal_values(text, read_yaml(text).value) == ()
