"""The pictures in the documentation: every kind of page, each once, and not too heavy."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from tests.viz import screens

SIZES = {"wide": (1280, 900), "phone": (390, 844)}
HEAVIEST = 4_000_000


def test_every_kind_has_its_four_pictures_and_no_other_is_kept() -> None:
    wanted = {
        screens.name(shown.kind, form, scheme): SIZES[form]
        for shown in screens.PAGES
        for form in screens.FORMS
        for scheme in screens.SCHEMES
    }
    found = {}
    for path in screens.SHOWN.iterdir():
        with Image.open(path) as picture:
            found[path.name] = picture.size
    assert found == wanted


def test_the_documentation_shows_them(root: Path) -> None:
    assert (root / "docs" / "screens.md").read_text(encoding="utf-8") == screens.gallery()


def test_they_are_not_too_heavy() -> None:
    assert sum(path.stat().st_size for path in screens.SHOWN.iterdir()) <= HEAVIEST
