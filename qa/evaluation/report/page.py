"""The page: one file of HTML that loads nothing and runs nothing."""

from collections.abc import Sequence
from importlib.resources import files

from qa.evaluation.report.markup import Html, tag, text_html

# whatever an article smuggled in, the browser would load nothing and run nothing of it
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


def page(title: str, *sections: Html) -> str:
    """A whole document."""
    style = files("qa.evaluation.report").joinpath("style.css").read_text(encoding="utf-8")
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{text_html(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
        + "\n".join(sections)
        + "\n</body>\n</html>\n"
    )


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Html:
    """A table whose first column names its rows; it scrolls by itself where the page is narrow."""
    head = tag("tr", *(tag("th", name, scope="col") for name in header))
    body = [tag("tr", tag("td", row[0], class_="name"), *(tag("td", value) for value in row[1:])) for row in rows]
    return tag("div", tag("table", tag("thead", head), tag("tbody", *body)), class_="scroll", tabindex=0)


def facts(**known: str) -> Html:
    """What is known, name by name; what is empty is left out."""
    pairs = [
        part
        for name, value in known.items()
        if value
        for part in (tag("dt", name.replace("_", " ").capitalize()), tag("dd", value))
    ]
    return tag("dl", *pairs, class_="facts")
