"""A content folder as small as it can be and whole: one document of every kind, all sound."""

import struct
import zlib
from pathlib import Path

TAXONOMY = """\
areas:
  - { code: PRO, title: Prohibited goods }
  - { code: CLM, title: Product claims }
labels:
  - code: PRO-01
    area: PRO
    title: Firearms
    surfaces: [listing]
    dsa_category: STATEMENT_CATEGORY_UNSAFE_AND_PROHIBITED_PRODUCTS
    dsa_keyword: KEYWORD_PROHIBITED_PRODUCTS
    ground: DECISION_GROUND_ILLEGAL_CONTENT
    severity: S4
    default_decision: [REMOVE, STRIKE]
    escalate_to: RISK
"""

MODULE = """\
---
id: goods
title: Prohibited goods
area: PRO
language: en
version: 1.0.0
summary: Says what may not be sold.
---

What this module is for.

## Rules

/// clause | PRO-01.a
    labels: [PRO-01]

**Rule.** No offers of firearms. See [the same](clause:PRO-01.a) in [this module](module:goods).

- **Violating:** a gun.
- **Allowed:** a toy.
- **Borderline:** a toy that looks like a gun.
///

/// check | check-goods
///
"""

CASE = """\
id: {slug}
surface: listing
language: en
market: ID
pool: {pool}
family: fam-{slug}
difficulty: typical
content:
  title: Air gun
  price: Rp 500.000
  category: Toys
  attributes: {{ Colour: black }}
  description: Shoots metal balls through a can.
  seller: {{ name: Toko Maju }}
reference:
  decisions:
    - [REMOVE, STRIKE]
  labels: [PRO-01]
  severity: S4
  escalate_to: RISK
  must_escalate: true
  evidence:
    - {{ field: description, quote: "metal balls" }}
  clauses: [PRO-01.a]
  rationale: It fires metal balls, which makes it a gun and not a toy.
"""

CHECK = """\
id: check-goods
title: Guns and toys
cases: [case-one]
pass_count: 1
"""

COURSE = """\
id: onboarding
title: Onboarding
summary: What everybody learns first.
language: en
modules: [goods]
checks: [check-goods]
practice_count: 1
expected_minutes: 30
"""

ITEM = """\
id: item-one
kind: single
state: live
public: true
language: en
area: PRO
severity: S4
decision_class: violating
difficulty: typical
family: fam-item-one
clauses: [PRO-01.a]
stem: |
  A listing offers an air gun. What do you do?
options:
  - { id: a, text: Remove it, correct: true }
  - { id: b, text: Ask a colleague }
  - { id: c, text: Approve it, critical: true }
rationale: An air gun is a firearm here.
"""

CASE_ITEM = """\
id: item-two
kind: case
state: live
public: true
case: case-two
"""

CERTIFICATION = """\
id: moderator
title: Moderator
summary: Decides everyday cases.
needs:
  courses: [onboarding]
  modules: { goods: 1.0.0 }
  exam: entry-exam
  languages: []
  prerequisites: []
validity_days: 180
renewal_window_days: 30
nesting: none
"""

EXAM = """\
id: entry-exam
title: Entry exam
version: 1.0.0
certification: moderator
gating: true
item_count: 2
time_limit_minutes: 15
cells:
  - { area: PRO, minimum: 2, maximum: 2 }
pass_rule:
  weighted_percent: 90
"""

QUEUE = """\
id: listings
title: Listings
summary: New listings of all kinds.
surfaces: [listing]
areas: [PRO]
severity_ceiling: S4
requires:
  all_of: [moderator]
  any_of: []
  languages: [en]
  markets: [ID]
  modules: { goods: 1.0.0 }
"""

FILES = {
    "taxonomy.yaml": TAXONOMY,
    "policies/goods.md": MODULE,
    "cases/pro/case-one.yaml": CASE.format(slug="case-one", pool="practice"),
    "cases/pro/case-two.yaml": CASE.format(slug="case-two", pool="exam"),
    "courses/onboarding.yaml": COURSE,
    "courses/checks/check-goods.yaml": CHECK,
    "exams/items/pro/item-one.yaml": ITEM,
    "exams/items/pro/item-two.yaml": CASE_ITEM,
    "exams/entry-exam.yaml": EXAM,
    "certifications/moderator.yaml": CERTIFICATION,
    "queues/listings.yaml": QUEUE,
}


def write(root: Path, path: str, text: str | bytes) -> None:
    """Put one file into the folder."""
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(text.encode() if isinstance(text, str) else text)


def write_folder(root: Path) -> Path:
    """Put all of it into this folder."""
    for path, text in FILES.items():
        write(root, path, text)
    return root


def alter(root: Path, path: str, old: str, new: str) -> None:
    """Replace a text that the file holds once."""
    text = (root / path).read_text()
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
    (root / path).write_text(text.replace(old, new))


def chunk(name: bytes, payload: bytes) -> bytes:
    """A chunk of a PNG file."""
    return struct.pack(">I", len(payload)) + name + payload + struct.pack(">I", zlib.crc32(name + payload))


def png(shade: int = 0) -> bytes:
    """A grey picture of one pixel."""
    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes([0, shade]))) + chunk(b"IEND", b"")
