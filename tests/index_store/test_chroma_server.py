import json
from dataclasses import asdict

import pytest

from index_store.chroma_server import (
    DATABASE_VARIABLE,
    HEADERS_VARIABLE,
    TENANT_VARIABLE,
    URL_VARIABLE,
    ChromaServer,
    chroma_server_from,
    laid_over,
)
from index_store.errors import ChromaServerSettingsError
from index_store.settings import StoreSettings

TOKEN = "ck-hush-0123456789"  # noqa: S105 - nobody's
CLOUD = "https://api.trychroma.com"


def test_the_variables_name_a_server() -> None:
    server = chroma_server_from(
        {
            URL_VARIABLE: f" {CLOUD}/ ",
            TENANT_VARIABLE: "us",
            DATABASE_VARIABLE: "news",
            HEADERS_VARIABLE: f"x-chroma-token = {TOKEN}\n\nAuthorization=Bearer a=b",
        }
    )
    assert server is not None
    assert (server.url, server.tenant, server.database) == (CLOUD, "us", "news")
    assert server.sent_headers == {"x-chroma-token": TOKEN, "Authorization": "Bearer a=b"}
    assert ChromaServer.at(server.place) == ChromaServer(CLOUD, "us", "news")


def test_one_server_is_one_place_however_its_address_is_spelled() -> None:
    spelled = ChromaServer("HTTPS://Vectors.Example:8000/Team/")
    assert spelled.place == ChromaServer("https://vectors.example:8000/Team").place


def test_without_an_address_there_is_no_server() -> None:
    assert chroma_server_from({URL_VARIABLE: " ", HEADERS_VARIABLE: f"x-chroma-token={TOKEN}"}) is None


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"url": f"127.0.0.1:{TOKEN}"}, id="no scheme"),
        pytest.param({"url": f"ftp://{TOKEN}"}, id="another scheme"),
        pytest.param({"url": f"http://user:{TOKEN}@127.0.0.1:8000"}, id="a password"),
        pytest.param({"url": f"http://127.0.0.1:8000/?token={TOKEN}"}, id="a query"),
        pytest.param({"url": f"http://127.0.0.1:port-{TOKEN}"}, id="no port"),
        pytest.param({"url": CLOUD, "tenant": f"a/{TOKEN}"}, id="a tenant with a slash"),
        pytest.param({"url": CLOUD, "database": ".."}, id="a database that leads elsewhere"),
        pytest.param({"url": CLOUD, "headers": {"x-chroma-token": ""}}, id="an empty header"),
        pytest.param({"url": CLOUD, "headers": {"x-chroma-token": f"{TOKEN}\r\nx: y"}}, id="two headers in one"),
        pytest.param({"url": CLOUD, "headers": {f"x {TOKEN}": "y"}}, id="no name of a header"),
    ],
)
def test_what_cannot_be_used_is_refused_without_repeating_it(fields: dict[str, object]) -> None:
    with pytest.raises(ChromaServerSettingsError, match="--chroma-") as refused:
        ChromaServer(**fields)  # type: ignore[arg-type]
    assert "hush" not in str(refused.value)


def test_headers_are_shown_nowhere() -> None:
    settings = StoreSettings(chroma=ChromaServer(CLOUD, headers={"x-chroma-token": TOKEN}))
    server = settings.chroma
    assert server is not None
    assert (
        "hush" not in f"{settings!r} {server!r} {server.shown} {server.place} {json.dumps(asdict(server), default=str)}"
    )
    assert hash(server) == hash(ChromaServer(CLOUD))


@pytest.mark.parametrize(
    ("lower", "upper", "expected"),
    [
        pytest.param({"URL": "a", "HEADERS": "h"}, {}, {"URL": "a", "HEADERS": "h"}, id="one layer"),
        pytest.param({"HEADERS": "h"}, {"URL": "a"}, {"URL": "a", "HEADERS": "h"}, id="headers for any server"),
        pytest.param({"URL": "a", "HEADERS": "h"}, {"URL": "a"}, {"URL": "a", "HEADERS": "h"}, id="the same server"),
        pytest.param({"URL": "a", "HEADERS": "h", "DATABASE": "d"}, {"URL": "b"}, {"URL": "b"}, id="another server"),
        pytest.param({"URL": "a", "HEADERS": "h"}, {"URL": " "}, {"URL": "a", "HEADERS": "h"}, id="a blank address"),
        pytest.param({"URL": "a", "TENANT": "t"}, {"TENANT": "u"}, {"URL": "a", "TENANT": "u"}, id="another tenant"),
    ],
)
def test_headers_go_to_no_server_but_their_own(
    lower: dict[str, str], upper: dict[str, str], expected: dict[str, str]
) -> None:
    def named(layer: dict[str, str]) -> dict[str, str]:
        return {f"ARTICLE_QA_CHROMA_{name}": value for name, value in layer.items()}

    assert laid_over(named(lower), named(upper)) == named(expected)
