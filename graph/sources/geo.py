"""Points on the map as sources give them: checked, and as WKT."""

from __future__ import annotations

from graph.errors import RejectedInput


def point(latitude: str, longitude: str) -> str:
    """The WKT of a point, longitude first; RejectedInput for what lies outside the globe or is no number.

    >>> point("21.0245", "105.841")
    'POINT(105.841 21.0245)'
    """
    for text, most in ((latitude, 90), (longitude, 180)):
        try:
            number = float(text)
        except ValueError:
            raise RejectedInput(f"not a coordinate: {text!r}") from None
        if not -most <= number <= most:
            raise RejectedInput(f"no such place: latitude {latitude}, longitude {longitude}")
    return f"POINT({_plain(longitude)} {_plain(latitude)})"


def _plain(text: str) -> str:
    return f"{float(text):.6f}".rstrip("0").rstrip(".")
