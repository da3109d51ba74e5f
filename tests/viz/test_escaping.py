"""What a template puts into a page is escaped once, whatever it comes through."""

from __future__ import annotations

import jinja2
import markupsafe
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from graph import marks
from viz.templating import environment

TEXT = """<b title="x">Tom & 'Jerry'</b>"""
ESCAPED = str(markupsafe.escape(TEXT))
THROUGH = {
    "as it is": "{{ x }}",
    "a block": "{% block a %}{{ x }}{% endblock %}",
    "a macro": "{% macro m(y) %}{{ y }}{% endmacro %}{{ m(x) }}",
    "a call": "{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}{{ x }}{% endcall %}",
    "a variable": "{% set y %}{{ x }}{% endset %}{{ y }}",
    "a filter": "{{ [x]|join }}",
    "a join": "{{ x ~ '' }}",
    "a loop": "{% for y in [x] %}{{ y }}{% endfor %}",
    "a choice": "{{ x if x else '' }}",
}


@pytest.mark.parametrize("through", THROUGH)
def test_text_is_escaped_once(through: str) -> None:
    assert environment().from_string(THROUGH[through]).render(x=TEXT) == ESCAPED


@pytest.mark.parametrize("through", THROUGH)
def test_markup_stays(through: str) -> None:
    assert environment().from_string(THROUGH[through]).render(x=Markup("<b>a</b>")) == "<b>a</b>"


@given(st.text())
def test_every_text_is_as_jinja_escapes_it_with_its_control_characters_as_marks(text: str) -> None:
    plain = jinja2.Environment(autoescape=True).from_string("{{ x }}")
    assert environment().from_string("{{ x }}").render(x=text) == plain.render(x=marks.controls(text))


@pytest.mark.parametrize("value", [0, 1.5, True, None, ["<"], {"a": "&"}])
def test_other_values_are_as_jinja_escapes_them(value: object) -> None:
    plain = jinja2.Environment(autoescape=True).from_string("{{ x }}")
    assert environment().from_string("{{ x }}").render(x=value) == plain.render(x=value)


def test_what_is_not_there_raises() -> None:
    with pytest.raises(jinja2.UndefinedError):
        environment().from_string("{{ x }}").render()


def test_a_constant_of_a_template_is_escaped_too() -> None:
    assert environment().from_string("{{ '<' }}{{ 'a' if true }}").render() == "&lt;a"
