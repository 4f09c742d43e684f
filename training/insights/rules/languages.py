"""In which languages packs are set on paper."""

from collections.abc import Mapping

LANGUAGES: Mapping[str, str] = {"en": "English", "id": "Bahasa Indonesia"}
