"""A page put together: template, styles, scripts, fonts, and the policy that allows only these."""

from __future__ import annotations

import base64
import functools
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from markupsafe import Markup

from viz import look
from viz.network import VIS

STATIC: Final = Path(__file__).parent / "static"
SCRIPTS: Final = (
    "days", "address", "data", "state", "stage", "camera", "labels", "keys", "rail", "panel", "table", "controls",
    "compose", "files", "main",
)  # fmt: skip
ALL: Final = ("fold", "days", "address", "all-data", "all-state", "all-draw", "all-find", "all")
SIGMA: Final = STATIC / "vendor" / "sigma-3.0.3.min.js"
# Each face in two files by the letters it needs; a browser fetches the second only for rarer letters.
FACES: Final = (
    ("Newsreader", "newsreader", "400"),
    ("Archivo", "archivo-400", "400"),
    ("Archivo", "archivo-600", "600"),
)
SPANS: Final = {
    "latin": (
        "U+20-7E,U+A0,U+A9,U+AB,U+B0,U+B7,U+BB,U+C1,U+C4-C5,U+C7,U+C9,U+D6-D8,U+DC,U+E0-E5,U+E7-EB,U+ED-EF,"
        "U+F1,U+F3-F4,U+F6,U+F8,U+FA,U+FC,U+100-101,U+103,U+107,U+10C-10D,U+11F,U+12B,U+130-131,U+142,"
        "U+14C-14D,U+15E-161,U+16B,U+17C-17E,U+18F,U+219,U+21B,U+259,U+2013-2014,U+2018-2019,U+201C-201D,"
        "U+2026,U+2190,U+2192,U+2212"
    ),
    "more": (
        "U+A1-A8,U+AA,U+AC-AF,U+B1-B6,U+B8-BA,U+BC-C0,U+C2-C3,U+C6,U+C8,U+CA-D5,U+D9-DB,U+DD-DF,U+E6,U+EC,"
        "U+F0,U+F2,U+F5,U+F7,U+F9,U+FB,U+FD-FF,U+102,U+104-106,U+108-10B,U+10E-11E,U+120-12A,U+12C-12F,"
        "U+132-141,U+143-14B,U+14E-15D,U+162-16A,U+16C-17B,U+17F,U+1CD-1DC,U+218,U+21A,U+2BC,U+1E00-1EFF,"
        "U+201A,U+201E,U+2022,U+2032-2033,U+20AC"
    ),
}


@dataclass(frozen=True, slots=True)
class Assets:
    """What goes in the head, what goes at the foot, and the policy that allows exactly that.

    `root` is the way from the page to the site's front, such as `../../`; None outside a site. `vis`
    is where the drawing library is fetched when a reader first needs it; empty when it is inside.
    """

    head: Markup
    foot: Markup
    policy: str
    root: str | None = None
    vis: str = ""


def inline(*, scripts: Iterable[str] = SCRIPTS, text: str = "") -> Assets:
    """Everything inside the page: nothing is fetched, and each script is allowed by its hash.

    `text` is what the page says: only the font files its letters need are put in.
    """
    styles = css(fonts=_embedded_fonts(needed(text)))
    parts = [vis(), script(tuple(scripts))]
    policy = _policy(
        script=" ".join(f"'sha256-{_digest(p)}'" for p in parts),
        style=f"'sha256-{_digest(styles)}'",
        font="data:",
    )
    return Assets(
        Markup(f"<style>{styles}</style>"),  # noqa: S704 (our own files)
        Markup("\n".join(f"<script>{p}</script>" for p in parts)),  # noqa: S704
        policy,
    )


def shared(root: str, *, scripts: bool = True, extra: Iterable[str] = ()) -> Assets:
    """Links to the site's own files, whose names carry their content's hash; `root` leads to the front.

    `scripts` are those of a stage; `extra` names further scripts and style sheets of `shared_files`.
    """
    names = _shared_names()
    wanted = ["page.css", *(["page.js"] if scripts else []), *extra]
    sheets = [n for n in wanted if n.endswith(".css")]
    head = "\n".join(f'<link rel="stylesheet" href="{root}assets/{names[n]}">' for n in sheets)
    foot = "\n".join(f'<script src="{root}assets/{names[n]}" defer></script>' for n in wanted if n not in sheets)
    policy = _policy(script="'self'", style="'self'", font="'self'", form="'self'")
    return Assets(Markup(head), Markup(foot), policy, root, f"{root}assets/{names['vis.js']}")  # noqa: S704


@functools.cache
def shared_files() -> dict[str, bytes]:
    """Every file that pages of a site share, by plain name."""
    files = {"vis.js": vis().encode(), "page.js": script().encode(), "search.js": script(("fold", "search")).encode()}
    files |= {"copy.js": script(("compose", "copy")).encode()}
    files |= {"lists.js": script(("lists",)).encode(), "all.js": script(ALL).encode(), "sigma.js": SIGMA.read_bytes()}
    files["all.css"] = plain_css("all.css").encode()
    fonts = {
        f"{stem}-{span}.woff2": STATIC / "fonts" / f"{stem}-{span}.woff2" for _, stem, _ in FACES for span in SPANS
    }
    files |= {name: path.read_bytes() for name, path in fonts.items()}
    faces = "".join(
        _face(family, weight, f"url({hashed(name, files[name])})", span)
        for family, stem, weight in FACES
        for span in SPANS
        for name in (f"{stem}-{span}.woff2",)
    )
    return files | {"page.css": css(faces).encode()}


def hashed(name: str, content: bytes) -> str:
    """A file name that changes with its content: `page-1a2b3c4d5e.css`."""
    stem, _, ending = name.rpartition(".")
    return f"{stem}-{hashlib.sha256(content).hexdigest()[:10]}.{ending}"


def shared_name(name: str) -> str:
    """The name under which a file of `shared_files` lies in a site's `assets`."""
    return _shared_names()[name]


@functools.cache
def _shared_names() -> dict[str, str]:
    return {name: hashed(name, content) for name, content in shared_files().items()}


def _policy(*, script: str, style: str, font: str, form: str = "'none'") -> str:
    return (
        f"default-src 'none'; script-src {script}; style-src {style}; img-src data:; font-src {font}; "
        f"base-uri 'none'; form-action {form}"
    )


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@functools.cache
def vis() -> str:
    """The vendored vis-network."""
    return VIS.read_text(encoding="utf-8")


@functools.cache
def script(names: tuple[str, ...] = SCRIPTS) -> str:
    """Our scripts in one strict scope, in order, without indentation and comment lines."""
    parts = [(STATIC / "js" / f"{name}.js").read_text(encoding="utf-8") for name in names]
    lines = (line.strip() for line in "".join(parts).splitlines())
    kept = "\n".join(line for line in lines if line and not line.startswith("//"))
    return f'(() => {{\n"use strict";\n{kept}\n}})();\n'


@functools.cache
def css(fonts: str) -> str:
    """Fonts, colour tokens, then the style sheet."""
    return fonts + look.load().css() + plain_css("page.css")


@functools.cache
def plain_css(name: str) -> str:
    """One of our style sheets without comments and indentation."""
    sheet = re.sub(r"/\*.*?\*/", "", (STATIC / name).read_text(encoding="utf-8"), flags=re.DOTALL)
    lines = (line.strip() for line in sheet.splitlines())
    return "\n".join(line for line in lines if line)


def _embedded_fonts(spans: Iterable[str]) -> str:
    return "".join(
        _face(family, weight, _data(f"{stem}-{span}"), span) for span in spans for family, stem, weight in FACES
    )


@functools.cache
def _data(name: str) -> str:
    data = base64.b64encode((STATIC / "fonts" / f"{name}.woff2").read_bytes()).decode()
    return f"url(data:font/woff2;base64,{data})"


def _face(family: str, weight: str, where: str, span: str) -> str:
    return (
        f"@font-face{{font-family:{family};font-weight:{weight};font-display:swap;"
        f"src:{where} format('woff2');unicode-range:{SPANS[span]}}}\n"
    )


def needed(text: str) -> tuple[str, ...]:
    """Which font files a text needs, the plain Latin ones always."""
    found = {span for character in set(text) for span in SPANS if _within(ord(character), span)}
    return tuple(span for span in SPANS if span in found or span == "latin")


@functools.cache
def _within(code: int, span: str) -> bool:
    ends = (part.removeprefix("U+").partition("-") for part in SPANS[span].split(","))
    return any(int(first, 16) <= code <= int(last or first, 16) for first, _, last in ends)
