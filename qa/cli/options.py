"""Options that several commands share."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TypeVar

import click

from index_store.chroma_server import DATABASE_VARIABLE, HEADERS_VARIABLE, TENANT_VARIABLE, URL_VARIABLE

Command = TypeVar("Command", bound=Callable[..., object])


_DAY = click.DateTime(formats=["%Y-%m-%d"])


def _day(_context: click.Context, _parameter: click.Parameter, value: datetime | None) -> date | None:
    return value.date() if value else None


def chroma_options(command: Command) -> Command:
    """Adds the options that name a Chroma server; they come to the command by the names of their variables."""
    options = (
        click.option(
            "--chroma-url",
            URL_VARIABLE,
            metavar="URL",
            help=f"Keep the vectors on this Chroma server instead of in the data directory. [env: {URL_VARIABLE}]",
        ),
        click.option(
            "--chroma-tenant", TENANT_VARIABLE, metavar="NAME", help=f"Tenant there. [env: {TENANT_VARIABLE}]"
        ),
        click.option(
            "--chroma-database", DATABASE_VARIABLE, metavar="NAME", help=f"Database there. [env: {DATABASE_VARIABLE}]"
        ),
        click.option(
            "--chroma-header",
            HEADERS_VARIABLE,
            metavar="NAME=VALUE",
            multiple=True,
            callback=_lines,
            help=f"Sent to it with every request; may be repeated. [env: {HEADERS_VARIABLE}, one a line]",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def _lines(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> str | None:
    return "\n".join(values) or None


def scope_options(command: Command) -> Command:
    """Adds the options that date a question and limit what is searched."""
    options = (
        click.option(
            "--asked-on", type=_DAY, callback=_day, metavar="DATE", help="Day the question is asked. [default: today]"
        ),
        click.option(
            "--as-of",
            type=_DAY,
            callback=_day,
            metavar="DATE",
            help="Answer only from what was published up to that day.",
        ),
        click.option(
            "--since", type=_DAY, callback=_day, metavar="DATE", help="Only articles published on that day or later."
        ),
        click.option(
            "--until", type=_DAY, callback=_day, metavar="DATE", help="Only articles published on that day or earlier."
        ),
        click.option("--source", "sources", multiple=True, metavar="NAME", help="Only this outlet; may be repeated."),
    )
    for option in reversed(options):
        command = option(command)
    return command
