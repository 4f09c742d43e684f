"""What is written about packs is what they are."""

import json
from pathlib import Path

from training.insights.documents import SignedPack

SCHEMA = Path(__file__).parents[2] / "docs" / "evidence-pack.schema.json"


def test_the_schema_beside_the_documentation_is_that_of_the_packs():
    """Written anew by `json.dumps(SignedPack.model_json_schema(by_alias=True, mode="serialization"), indent=1, sort_keys=True)`."""
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == SignedPack.model_json_schema(by_alias=True, mode="serialization")


def test_no_object_of_a_pack_takes_what_the_schema_does_not_know():
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    objects = [found for found in (schema, *schema["$defs"].values()) if found["type"] == "object"]
    assert len(objects) > 20 and all(found["additionalProperties"] is False for found in objects)
