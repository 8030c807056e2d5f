"""Options that several commands share."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., object])


_DAY = click.DateTime(formats=["%Y-%m-%d"])


def _day(_context: click.Context, _parameter: click.Parameter, value: datetime | None) -> date | None:
    return value.date() if value else None


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
