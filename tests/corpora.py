"""Where the real test data lies, which others wrote and which is nowhere in here. Tests of it are marked `corpora`, and fail where CORPORA_DIR is unset."""

import os
from pathlib import Path

CORPORA = Path(os.environ.get("CORPORA_DIR", "CORPORA_DIR is not set"))
