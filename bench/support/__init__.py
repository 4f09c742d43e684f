"""What benches share. A bench runs as a plain script, so this is where it learns to find the project."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
