"""The Chroma server: where the vectors are kept when they do not lie beside the catalog."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import SecretStr

from index_store.errors import ChromaServerSettingsError
from index_store.server_address import holds_more_than_address, is_server_address, spelled_plainly

URL_VARIABLE = "ARTICLE_QA_CHROMA_URL"
TENANT_VARIABLE = "ARTICLE_QA_CHROMA_TENANT"
DATABASE_VARIABLE = "ARTICLE_QA_CHROMA_DATABASE"
HEADERS_VARIABLE = "ARTICLE_QA_CHROMA_HEADERS"  # one NAME=VALUE a line

_VARIABLES = (URL_VARIABLE, TENANT_VARIABLE, DATABASE_VARIABLE, HEADERS_VARIABLE)
_TENANT, _DATABASE = "default_tenant", "default_database"  # Chroma's own
_SEGMENT = re.compile(r"(?!\.{1,2}$)[^\s/\x00-\x1f\x7f]+")  # of a path
_HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_HEADER_VALUE = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?")


@dataclass(frozen=True, slots=True)
class ChromaServer:
    """A Chroma server, or Chroma Cloud; `ChromaServerSettingsError` when a value cannot be used.

    Headers are sent with every request and shown nowhere: Chroma Cloud asks for `x-chroma-token`.
    """

    url: str
    tenant: str = _TENANT
    database: str = _DATABASE
    headers: Mapping[str, SecretStr | str] = field(default_factory=dict, repr=False, hash=False)
    timeout_s: float = field(default=30.0, kw_only=True)  # of one request: adding a batch takes about half a second

    def __post_init__(self) -> None:
        if not is_server_address(self.url):
            raise ChromaServerSettingsError(
                "--chroma-url is no address of a server; give one such as http://127.0.0.1:8000"
            )
        if holds_more_than_address(self.url):
            raise ChromaServerSettingsError(
                "--chroma-url holds more than an address; give a user, a password or a token with --chroma-header"
            )
        for option, name in (("tenant", self.tenant), ("database", self.database)):
            if not _SEGMENT.fullmatch(name):
                raise ChromaServerSettingsError(f"--chroma-{option} is no name of a {option}; copy it again")
        object.__setattr__(self, "url", spelled_plainly(self.url))
        object.__setattr__(self, "headers", {name: _secret(value) for name, value in self.headers.items()})
        if not all(map(_is_header, self.headers.items())):
            raise ChromaServerSettingsError(
                f"--chroma-header or a line of {HEADERS_VARIABLE} is no NAME=VALUE that can be sent; copy it again"
            )

    @classmethod
    def at(cls, place: str) -> "ChromaServer":
        """The server of that `place`, to be asked without any header."""
        url, tenant, database = place.split(" ")
        return cls(url, tenant, database)

    @property
    def place(self) -> str:
        """What a catalog keeps to know it again."""
        return f"{self.url} {self.tenant} {self.database}"

    @property
    def shown(self) -> str:
        """What a message calls it."""
        if (self.tenant, self.database) == (_TENANT, _DATABASE):
            return f"the Chroma server {self.url}"
        return f"the Chroma server {self.url} (tenant {self.tenant!r}, database {self.database!r})"

    @property
    def sent_headers(self) -> dict[str, str]:
        """The headers as they are sent, which no text may show."""
        return {name: _secret(value).get_secret_value() for name, value in self.headers.items()}


def chroma_server_from(variables: Mapping[str, str]) -> ChromaServer | None:
    """The server that ARTICLE_QA_CHROMA_URL names, with the tenant, database and headers beside it; None without.

    Raises:
        ChromaServerSettingsError: a value cannot be used.
    """
    url = variables.get(URL_VARIABLE, "").strip()
    if not url:
        return None
    lines = filter(None, map(str.strip, variables.get(HEADERS_VARIABLE, "").splitlines()))
    return ChromaServer(
        url,
        variables.get(TENANT_VARIABLE, "").strip() or _TENANT,
        variables.get(DATABASE_VARIABLE, "").strip() or _DATABASE,
        {name.strip(): value.strip() for name, _, value in (line.partition("=") for line in lines)},
    )


def laid_over(lower: Mapping[str, str], upper: Mapping[str, str]) -> dict[str, str]:
    """The variables of both, those of `upper` first; one that is blank there does not hide what `lower` says.

    When both name a Chroma server and not the same, what `lower` says of its own is left out: headers go nowhere but
    to the server that they were given for.
    """
    named = [layer.get(URL_VARIABLE, "").strip() for layer in (lower, upper)]
    foreign = _VARIABLES if all(named) and named[0] != named[1] else ()
    kept = {name: value for name, value in lower.items() if name not in foreign}
    return kept | {name: value for name, value in upper.items() if value.strip() or name not in kept}


def _secret(value: SecretStr | str) -> SecretStr:
    return value if isinstance(value, SecretStr) else SecretStr(value)


def _is_header(header: tuple[str, SecretStr | str]) -> bool:
    name, value = header
    return bool(_HEADER_NAME.fullmatch(name) and _HEADER_VALUE.fullmatch(_secret(value).get_secret_value()))
