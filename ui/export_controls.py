"""The controls of the export: an answer or a conversation to take away."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from ui.export import Dossier, to_markdown, to_page


@dataclass(frozen=True, slots=True)
class _Form:
    label: str
    suffix: str
    mime: str
    render: Callable[[Dossier], str]


_FORMS = (
    _Form("Markdown", "md", "text/markdown", to_markdown),
    _Form("Web page", "html", "text/html", to_page),
)


def show_export(dossier: Dossier, key: str, label: str = "Export") -> None:
    """Both forms of the file; it is made when it is asked for."""
    with st.popover(label, type="tertiary", icon=":material/download:", key=f"export-{key}"):
        for form in _FORMS:
            _show_button(form, dossier, key)


def _show_button(form: _Form, dossier: Dossier, key: str) -> None:
    st.download_button(
        form.label,
        lambda: form.render(dossier).encode(),
        f"{dossier.file_stem}.{form.suffix}",
        form.mime,
        key=f"{form.suffix}-{key}",
        on_click="ignore",
    )
