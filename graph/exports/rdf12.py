"""RDF 1.2: each claim as a reifier of its triple term (W3C RDF 1.2 Turtle, `rdf:reifies <<( )>>`)."""

from __future__ import annotations

import re
from typing import IO, Final

from graph import turtle
from graph.exports.extract import Extract


def write_rdf12(extract: Extract, file: IO[bytes]) -> None:
    """Turtle 1.2: claim nodes keep their properties; subject, predicate, object become one term."""
    text = turtle.text_of(extract.bundle, extract.model)
    file.write(_REIFIED.sub(r"a w:Claim ;\n  rdf:reifies <<( \1 \2 \3 )>> ;", text).encode())


_TERM: Final = r'((?:[ec]:\S+)|(?:"(?:[^"\\]|\\.)*"(?:@\S+|\^\^\S+)?))'
_REIFIED: Final = re.compile(rf"a w:Claim ;\n  rdf:subject (\S+) ;\n  rdf:predicate (\S+) ;\n  rdf:object {_TERM} ;")
