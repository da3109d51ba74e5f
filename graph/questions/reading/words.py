"""The small words that questions in English are built with."""

from __future__ import annotations

from typing import Final

SOMEBODY: Final = (
    *("country", "countries", "nation", "state", "person", "people", "one", "individual", "actor", "party"),
    *("organisation", "organization", "group", "leader", "politician", "entity", "government", "body"),
)
FRONTED: Final = ("with", "to", "against", "from", "by", "for", "of", "about", "on", "in", "at", "during")
PREPOSITIONS: Final = frozenset((*FRONTED, "towards", "toward", "upon", "over", "into", "as"))
BEING: Final = frozenset(("is", "was", "were", "are", "be", "been", "being", "got", "get"))
HELPING: Final = BEING | frozenset(
    ("did", "do", "does", "has", "have", "had", "would", "will", "could", "can", "may", "might", "to", "also", "ever")
)
# What may cling to the end of a name: "before Ali Abdullah Saleh did".
TRAILING: Final = PREPOSITIONS | {"did", "does", "do", "was", "is", "and", "the", "time", "so", "done", "had", "has"}
# What may stand between the words of a phrase without changing it.
FILLING: Final = frozenset(
    (
        *("a", "an", "the", "his", "her", "its", "their", "any", "some", "own", "formal", "formally", "official"),
        *("officially", "publicly", "also", "again", "specific", "certain", "new", "further", "direct", "directly"),
    )
)
# Wanting to do something; what follows is the act wanted.
WANTING: Final = (
    *("would like to", "would wish to", "would want to", "want to", "wish to", "hope to", "intend to", "plan to"),
    *("aim to", "seek to", "be willing to", "be ready to", "be interested in", "want", "wish", "would like"),
    *("would wish", "desire to", "express interest in", "express intention to", "express intention of"),
    *("express intent to", "express desire to", "express willingness to", "express wish to", "express hope to"),
    *("express intention for", "declare intention to", "declare intention of", "announce intention to"),
    *("announce intention of", "announce plan to", "show interest in", "show intention to", "have intention to"),
    *("have intention of", "have interest in", "state intention to", "offer to"),
)
# Verbs whose other forms no rule makes.
IRREGULAR: Final = {
    form: plain
    for plain, forms in (
        ("be", ("am", "is", "are", "was", "were", "been", "being")),
        ("begin", ("began", "begun", "beginning")),
        ("break", ("broke", "broken")),
        ("bring", ("brought",)),
        ("do", ("did", "done", "does")),
        ("fight", ("fought",)),
        ("find", ("found",)),
        ("forgive", ("forgave", "forgiven")),
        ("get", ("got", "gotten", "getting")),
        ("give", ("gave", "given")),
        ("go", ("went", "gone", "goes")),
        ("have", ("had", "has")),
        ("hold", ("held",)),
        ("make", ("made",)),
        ("meet", ("met",)),
        ("pay", ("paid",)),
        ("say", ("said",)),
        ("seek", ("sought",)),
        ("send", ("sent",)),
        ("speak", ("spoke", "spoken")),
        ("take", ("took", "taken")),
        ("withdraw", ("withdrew", "withdrawn")),
    )
    for form in forms
}


def any_of(words: tuple[str, ...] | frozenset[str]) -> str:
    """A pattern for any of some words, longest first."""
    return "|".join(sorted(words, key=lambda w: (-len(w), w)))
