from pathlib import Path

import pytest
from flask import Flask

from tests.authoring.world import Desk


@pytest.fixture
def desk(app: Flask, tmp_path: Path) -> Desk:
    return Desk(tmp_path)
