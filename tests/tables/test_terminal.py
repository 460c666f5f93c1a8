"""Tables drawn for a terminal: they fit its width, labels whole, slugs left out first, and it is said."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode

from bikgraph.namespaces import ID
from bikgraph.tables import Layout, Table
from bikgraph.tables.text import room

LABELS = ["Ministry of Digital Governance", "Bundesministerium für Familie", "Direktorat for samfunnssikkerhet"]
TABLE = Table(
    ["actor", "actorLabel", "competence"],
    [[NamedNode(f"{ID}xx-actor-{at}"), Literal(label), Literal("word " * 30)] for at, label in enumerate(LABELS)],
)


@pytest.mark.parametrize("width", [20, 40, 60, 80, 100, 200, 400])
def test_every_word_is_there(width: int) -> None:
    """At any width all words of all labels and texts are there, no line is longer, and nothing is cut."""
    text = TABLE.render("table", width)

    assert max(map(room, text.splitlines())) <= width
    assert text.count("word") == 90
    assert all(word in text for label in LABELS for word in label.split() if len(word) <= width - 12)
    assert "…" not in text


def test_slugs_are_left_out_first_and_it_is_said() -> None:
    """Where columns have no room, slugs beside labels go first; a sentence says which, and how to see them."""
    assert "xx-actor-1" in TABLE.render("table", 400)
    assert "Left out" not in TABLE.render("table", 400)
    narrow = TABLE.render("table", 100)
    assert "xx-actor-1" not in narrow
    assert "Left out to fit 100 columns: actor. All: --ids short" in narrow


def test_what_was_asked_for_stays() -> None:
    """Columns or ids that somebody asked for are not left out."""
    for layout in (Layout(ids="short"), Layout(columns=("actor", "actorLabel", "competence"))):
        text = TABLE.render("table", 100, layout=layout)
        assert "xx-actor-1" in text
        assert "Left out" not in text


def test_a_row_becomes_a_paragraph_where_columns_have_no_room() -> None:
    """On a very narrow terminal each column has a line of its own."""
    text = TABLE.render("table", 30)

    assert "actorLabel" in text.splitlines()[0]
    assert "Ministry of" in text.splitlines()[0]
    assert text.count("competence") == 3


def test_colours_only_where_asked() -> None:
    """Escape sequences are in the text only for a terminal with colours."""
    assert "\x1b" not in TABLE.render("table", 80)
    assert "\x1b[1m" in TABLE.render("table", 80, layout=Layout(colour=True))


def test_markup_of_others_is_text() -> None:
    """What rich would read as markup, an emoji or a link stays as it is."""
    text = Table(["[b]x"], [[Literal("[red]a[/red] :smile: [link=http://x]y")]]).render("table", 100)

    assert "[red]a[/red] :smile: [link=http://x]y" in text
    assert "[b]x" in text


def test_an_empty_table_is_drawn() -> None:
    """A table without rows or columns has a width, too."""
    assert Table(["x", "xLabel"], []).render("table", 60).splitlines()[0] == "x  xLabel"
    assert Table([], []).render("table", 60).endswith("\n")
