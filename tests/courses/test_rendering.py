"""What a module's text becomes."""

from training.courses.rendering import render_module

MODULE = """
## Rules

### Goods

/// clause | PRO-01.a
    labels: [PRO-01]

**Rule.** No weapons.
///
"""


def test_a_clause_is_headed_below_its_place_in_the_module_and_one_level_deep_where_it_stands_alone() -> None:
    rendered = render_module(MODULE, slug="prohibited-goods")
    (clause,) = rendered.clauses
    assert '<h4 class="clause-heading" id="pro-01.a-heading">PRO-01.a</h4>' in rendered.html
    assert '<h3 class="clause-heading" id="pro-01.a-heading">PRO-01.a</h3>' in clause.html
    assert "No weapons." in clause.html


def test_a_table_is_compared_and_searched_row_by_row() -> None:
    table = "## Decision\n\n| Label | Decision |\n|---|---|\n| CLM-01 | Remove |\n| CLM-03 | Label or edit |\n"
    [passage] = render_module(table, slug="claims").passages
    assert passage.text == "Label | Decision\nCLM-01 | Remove\nCLM-03 | Label or edit"
