import stat
from pathlib import Path

import pytest

from training.demo.files import FILE_NAME, kept_secrets


def test_what_was_made_up_is_found_again(tmp_path: Path) -> None:
    folder = tmp_path / "instance"
    assert kept_secrets(folder) == kept_secrets(folder)


def test_two_demos_have_different_secrets(tmp_path: Path) -> None:
    first, second = kept_secrets(tmp_path / "one"), kept_secrets(tmp_path / "two")
    assert len({first.secret_keys, second.secret_keys, first.password, second.password, first.api_token, second.api_token}) == 6


def test_nobody_else_can_read_them(tmp_path: Path) -> None:
    kept_secrets(tmp_path)
    assert stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode) == 0o600


@pytest.mark.parametrize("text", ["", "not JSON", "[]", '{"password": "x"}', '{"password": "x", "secret_keys": "y", "api_token": "z", "more": 1}'])
def test_a_file_that_says_something_else_is_refused_in_words(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE_NAME).write_text(text)
    with pytest.raises(ValueError, match=r"demo\.json is not what the demo wrote there\. Delete it"):
        kept_secrets(tmp_path)
