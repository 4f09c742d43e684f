from training.cases.importing.families import Family, Kin, families_of


def test_a_draft_that_is_like_no_other_has_a_family_of_its_own() -> None:
    assert families_of([Kin(1, "shop-one", None)]) == {1: Family("fam-shop-one", False)}


def test_look_alikes_share_the_family_of_the_first_however_they_were_found() -> None:
    kin = [Kin(1, "one", None), Kin(2, "two", 1), Kin(3, "three", 2), Kin(4, "four", None), Kin(5, "five", 4)]
    assert {draft: family.slug for draft, family in families_of(kin).items()} == {1: "fam-one", 2: "fam-one", 3: "fam-one", 4: "fam-four", 5: "fam-four"}


def test_drafts_that_name_one_another_are_one_family() -> None:
    assert {family.slug for family in families_of([Kin(1, "one", 2), Kin(2, "two", 1)]).values()} == {"fam-one"}


def test_one_case_among_look_alikes_gives_all_its_family_and_one_of_the_exam_pool_keeps_all_out() -> None:
    kin = [Kin(1, "one", None), Kin(2, "two", 1, ("fam-honey",), True), Kin(3, "three", 1), Kin(4, "four", None, ("fam-tea",))]
    assert families_of(kin) == {1: Family("fam-honey", True), 2: Family("fam-honey", True), 3: Family("fam-honey", True), 4: Family("fam-tea", False)}


def test_an_original_that_is_gone_is_none() -> None:
    assert families_of([Kin(2, "two", 1)]) == {2: Family("fam-two", False)}
