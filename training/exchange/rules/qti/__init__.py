"""QTI 2.1 and 2.2, the format of 1EdTech for items and packages of items."""

from training.exchange.rules.qti.packages import package_rows, qti_package
from training.exchange.rules.qti.reading import item_row
from training.exchange.rules.qti.writing import qti_item

__all__ = ["item_row", "package_rows", "qti_item", "qti_package"]
