"""The stem of an item as HTML: rendered when the item is stored, never on a request."""

from training.web.markdown import render


def stem_html(source: str) -> str:
    """Sanitised HTML of an authored stem."""
    return render(source).html
