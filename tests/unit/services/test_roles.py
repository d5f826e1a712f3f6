from __future__ import annotations

import pytest

from app.services.roles import role_for, unmatched


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
