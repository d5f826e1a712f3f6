from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import UserError
from app.services.passwords import read_passwords
from app.services.roles import read_role_map, role_for, unmatched


def test_a_map_entry_is_found_by_path_before_name() -> None:
    roles = {"a/x.pdf": ("customer", ""), "x.pdf": ("supplier", "nda")}
    assert role_for("a/x.pdf", roles) == ("customer", "")
    assert role_for("b/x.pdf", roles) == ("supplier", "nda")
    assert role_for("b\\x.pdf", roles) == ("supplier", "nda")


@pytest.mark.parametrize("path", ["y.pdf", "x.pdf/y.pdf", ""])
def test_other_files_have_no_entry(path: str) -> None:
    assert role_for(path, {"x.pdf": ("customer", "")}) is None


def test_names_that_fit_no_file_are_told() -> None:
    paths = ["a/one.pdf", "b\\two.pdf", "three.pdf"]
    assert unmatched(["one.pdf", "a/one.pdf", "two.pdf", "Three.pdf"], paths) == ["Three.pdf"]
    assert unmatched([], paths) == []


def test_a_list_that_is_not_there_or_no_text_is_said_to_be(tmp_path: Path) -> None:
    missing, wrong = tmp_path / "none.csv", tmp_path / "wrong.csv"
    wrong.write_bytes(b"\xff\xfe\x00")
    for read in (read_role_map, read_passwords):
        with pytest.raises(UserError, match=r"There is no file named .*none\.csv\."):
            read(missing)
        with pytest.raises(UserError, match=r"wrong\.csv cannot be read as UTF-8 text"):
            read(wrong)
