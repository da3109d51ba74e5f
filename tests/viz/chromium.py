"""Debian's Chromium without a window: where it is and how it is started, for tests, pictures and benchmarks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, sync_playwright

CHROMIUM: Final = Path("/usr/bin/chromium")
FLAGS: Final = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
# With WebGL, by the processor: there is no graphics card to rely on.
DRAWING: Final = (
    *(flag for flag in FLAGS if flag != "--disable-gpu"), "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
)  # fmt: skip
WITHOUT_WEBGL: Final = (*FLAGS, "--disable-software-rasterizer")
WIDE: Final = {"viewport": {"width": 1280, "height": 900}}
PHONE: Final = {"viewport": {"width": 390, "height": 844}}
NARROW: Final = {"viewport": {"width": 320, "height": 640}}


@contextmanager
def launched(flags: tuple[str, ...] = FLAGS) -> Iterator[Browser]:
    """A browser of one's own; it draws in software, as there is no graphics card to rely on."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(flags))
        try:
            yield found
        finally:
            found.close()
