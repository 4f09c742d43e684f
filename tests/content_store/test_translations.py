"""Translations of modules: what forbids one, and which have fallen behind."""

from pathlib import Path

import pytest

from tests.content_store.folders import MODULE, alter, write, write_folder
from training.content_store.rules.references.translations import behind_in, translations_of
from training.content_store.services import gather

AREA = "{ code: CLM, title: Product claims }"
TRANSLATION = """\
---
id: barang
title: Barang terlarang
area: PRO
language: id
version: 1.0.0
translates: goods@1.0.0
summary: Menjelaskan apa yang tidak boleh dijual.
---

Untuk apa modul ini. Lihat [aturannya](clause:PRO-01.a).

## Aturan

/// clause | PRO-01.a
    labels: [PRO-01]

**Aturan.** Senjata api tidak boleh ditawarkan.

- **Melanggar:** sebuah senapan.
- **Diizinkan:** sebuah mainan.
- **Meragukan:** mainan yang mirip senapan.
///
"""
PATH = "policies/barang.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = write_folder(tmp_path / "content")
    write(root, PATH, TRANSLATION)
    return root


def faults(folder: Path) -> list[str]:
    return [str(fault) for fault in gather(folder).faults]


def test_a_translation_tells_the_clauses_of_its_original_in_its_own_words(folder: Path) -> None:
    found = gather(folder)
    assert found.faults == () and behind_in(found) == ()
    assert [module.slug for module in translations_of(found, "goods")] == ["barang"]


def test_a_translation_of_an_earlier_version_is_behind_and_no_fault(folder: Path) -> None:
    alter(folder, "policies/goods.md", "version: 1.0.0", "version: 1.1.0")
    found = gather(folder)
    assert found.faults == ()
    assert [(each.translation.slug, str(each.follows), each.current) for each in behind_in(found)] == [("barang", "goods@1.0.0", "1.1.0")]


def test_a_paragraph_that_says_what_the_original_says_word_for_word_was_not_translated(folder: Path) -> None:
    untold = "Buyers trust what they read, so say no more than what the seller can show to be true."
    alter(folder, "policies/goods.md", "What this module is for.", untold)
    alter(folder, PATH, "Untuk apa modul ini. Lihat [aturannya](clause:PRO-01.a).", untold)
    (fault,) = faults(folder)
    assert fault.startswith(f"{PATH}:11: body: says word for word what policies/goods.md says")


def test_corrections_alone_leave_no_translation_behind(folder: Path) -> None:
    alter(folder, "policies/goods.md", "version: 1.0.0", "version: 1.0.3")
    assert behind_in(gather(folder)) == ()


def test_a_clause_that_the_original_no_longer_has_may_stay_until_the_translation_catches_up(folder: Path) -> None:
    alter(folder, "policies/goods.md", "version: 1.0.0", "version: 2.0.0")
    alter(folder, PATH, "/// clause | PRO-01.a", "/// clause | PRO-01.b")
    assert faults(folder) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("goods@1.0.0", "good@1.0.0", "policies/barang.md:7: translates: there is no module `good`; did you mean `goods`?"),
        (
            "goods@1.0.0",
            "goods@1.0.9",
            "policies/barang.md:7: translates: follows version 1.0.9, and `goods` is at 1.0.0; write the version that was translated",
        ),
        (
            "goods@1.0.0",
            "goods",
            "policies/barang.md:7: translates: `goods` is not written as it must be; "
            "a translation names its original and the version that it follows: prohibited-goods@1.2.0",
        ),
        ("language: id", "language: en", "policies/barang.md:5: language: is that of `goods` too; a translation is in another language"),
        ("area: PRO", "area: CLM", "policies/barang.md:4: area: is CLM, and `goods` is about PRO; write the area of the original"),
        ("labels: [PRO-01]", "labels: []", "policies/barang.md:15: clause PRO-01.a: decides other labels than in the original; write `labels: [PRO-01]`"),
        (
            "clause | PRO-01.a",
            "clause | PRO-01.b",
            "policies/barang.md:15: clause PRO-01.b: is no clause of policies/goods.md; take it out: a translation holds no rules of its own",
        ),
        (
            "clause | PRO-01.a",
            "clause | PRO-01.b",
            "policies/barang.md:7: translates: does not tell clause PRO-01.a, which policies/goods.md has; "
            "translate it; or raise the version of `goods`, if its clause is new: the translation is then behind",
        ),
        (
            "summary:",
            "changes: { since: 0.9.0 }\nsummary:",
            "policies/barang.md:8: changes: is said of rules, and a translation holds none of its own; leave it out",
        ),
    ],
)
def test_what_is_no_translation_of_it_is_told(folder: Path, old: str, new: str, fault: str) -> None:
    alter(folder, PATH, old, new)
    assert fault in faults(folder)


def test_nothing_translates_a_translation(folder: Path) -> None:
    write(folder, "policies/benda.md", TRANSLATION.replace("id: barang", "id: benda").replace("language: id", "language: ms").replace("goods@", "barang@"))
    assert "policies/benda.md:7: translates: `barang` is a translation itself; translate `goods`" in faults(folder)


@pytest.mark.parametrize(
    ("path", "old", "new", "where"),
    [
        ("courses/onboarding.yaml", "modules: [goods]", "modules: [barang]", "courses/onboarding.yaml:5: modules.0"),
        ("queues/listings.yaml", "{ goods: 1.0.0 }", "{ barang: 1.0.0 }", "queues/listings.yaml:12: requires.modules.barang"),
        ("certifications/moderator.yaml", "{ goods: 1.0.0 }", "{ barang: 1.0.0 }", "certifications/moderator.yaml:6: needs.modules.barang"),
    ],
)
def test_what_people_have_to_know_names_the_original(folder: Path, path: str, old: str, new: str, where: str) -> None:
    alter(folder, path, old, new)
    assert f"{where}: `barang` is a translation; name `goods`: who reads it in another language knows it as well" in faults(folder)


def test_an_original_says_what_it_said_before_there_were_translations(folder: Path) -> None:
    sources = {source.slug: source for source in gather(folder).sources}
    assert gather(folder).hash_of(sources["goods"]) != gather(folder).hash_of(sources["barang"])
    assert "translates" not in MODULE
