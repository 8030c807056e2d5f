"""The scripts: what a page does by itself in the browser. All of it is ours; no word of an article reaches one."""

import streamlit as st

_FOCUS = """
{
  const focusing = setInterval(() => {
    const input = document.querySelector('[data-testid="stChatInputTextArea"]');
    if (!input) return;
    clearInterval(focusing);
    if (matchMedia('(hover: hover)').matches) input.focus();
  }, 100);
}
"""
# Streamlit takes a typed day over when the focus leaves its field: with these keys the field is told that it does.
_TYPED_DAYS = """
window.aqTypedDays ??= (addEventListener('keydown', event => {
  if (!['Enter', 'Escape'].includes(event.key) || !event.target.closest('[data-testid="stDateInput"]')) return;
  event.target.dispatchEvent(new FocusEvent('focusout', {bubbles: true, relatedTarget: document.body}));
}, true), true);
"""


def take_typed_days() -> None:
    """Have a day that is typed count on Enter and on Escape, and not only when its field is left."""
    _run(_TYPED_DAYS)


def focus_input(time: int) -> None:
    """Put the cursor where a question is typed, once each `time`, unless that would open a keyboard on the screen."""
    _run(f"{_FOCUS}// {time}\n")


def scroll_to(anchor: str, block: str) -> None:
    """Bring an element of ours into view, once, when this is first drawn."""
    _run(f"document.getElementById('{anchor}')?.scrollIntoView({{block: '{block}'}})")


def stay() -> None:
    """Scroll nowhere: holds the place of `scroll_to`, so that what follows is not drawn anew."""
    _run("// stay")


def _run(script: str) -> None:
    st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)
