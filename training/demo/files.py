"""What a demo makes up once and keeps beside its database, readable by nobody else."""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

FILE_NAME = "demo.json"


@dataclass(frozen=True, slots=True)
class KeptSecrets:
    """The keys that sign cookies, the people's password and the program's token."""

    secret_keys: str
    password: str
    api_token: str


def kept_secrets(folder: Path) -> KeptSecrets:
    """The secrets of the demo in this folder; made up, and written with mode 0600, where there are none yet.

    Raises ValueError where the file is there and says something else.
    """
    path = folder / FILE_NAME
    try:
        return _read(path)
    except FileNotFoundError:
        pass
    made_up = KeptSecrets(secret_keys=secrets.token_urlsafe(48), password=f"demo-{secrets.token_hex(4)}", api_token=f"ts_{secrets.token_urlsafe(24)}")
    folder.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(asdict(made_up), file, indent=2)
    return made_up


def _read(path: Path) -> KeptSecrets:
    try:
        return KeptSecrets(**json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, TypeError):
        raise ValueError(f"{path} is not what the demo wrote there. Delete it, and new keys, a new password and a new token are made up.") from None
