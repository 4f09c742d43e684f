"""The pages on which items come in and go out."""

from training.exchange.views import exporting, importing
from training.exchange.views.blueprint import blueprint

__all__ = ["blueprint", "exporting", "importing"]
