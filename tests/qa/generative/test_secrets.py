"""A key that must be found nowhere."""

import json
import logging
import os
import subprocess
import sys
import traceback
from dataclasses import asdict
from pathlib import Path

import pytest
from pydantic import SecretStr

from qa.engine import ArticleQueryEngine
from qa.llm import ModelSettings, OpenAIModel
from tests.qa.cli.command import ROOT
from tests.qa.cli.test_cli import indexed
from tests.qa.generative.conftest import ASKED, QUESTION
from tests.scripted_server import MODEL, Serve, error, serve, stream

__all__ = ["indexed", "serve"]

KEY = "sk-sentinel-7f3a9c51e2"


def test_the_key_is_in_no_text_that_python_makes(
    engine: ArticleQueryEngine, serve: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    server = serve(error(401, "invalid_api_key", f"Incorrect API key provided: {KEY}"), stream(["The bri"], then=[]))
    settings = ModelSettings(model=MODEL, base_url=server.url, api_key=SecretStr(KEY))
    asking = ArticleQueryEngine(engine.store, model=OpenAIModel(settings))
    texts = [repr(settings), str(settings), f"{settings}", json.dumps(asdict(settings), default=str), repr(asking)]

    with caplog.at_level(logging.DEBUG):
        answer = asking.query(QUESTION, asked_on=ASKED)
        try:
            asking.query(QUESTION, asked_on=ASKED, mode="generative")
        except Exception as fault:  # noqa: BLE001 - whatever it is, the key must not be in it
            texts += traceback.format_exception(fault)
            texts += [repr(fault), str(vars(fault))]
        partial = asking.stream(QUESTION, asked_on=ASKED).answer

    texts += [json.dumps(answer.to_json()), repr(answer), answer.note, json.dumps(partial.to_json()), repr(partial)]
    texts += [record.getMessage() + str(record.__dict__) for record in caplog.records]
    assert server.requests[0].headers["authorization"] == f"Bearer {KEY}", "the server does get it"
    assert not [text for text in texts if KEY in text]


@pytest.mark.parametrize("options", [("--json",), ("--stream",), ("--mode", "generative"), ()], ids=" ".join)
def test_the_key_is_in_nothing_that_the_command_says(options: tuple[str, ...], indexed: Path, serve: Serve) -> None:
    server = serve(error(401, "invalid_api_key", f"Incorrect API key provided: {KEY}"))
    command = [sys.executable, "-m", "qa.cli.main", "--data-dir", str(indexed / "index"), "ask", QUESTION, *options]
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "OPENAI_API_KEY": KEY,
        "OPENAI_BASE_URL": server.url,
        "ARTICLE_QA_MODEL": MODEL,
        "ARTICLE_QA_LOG": "debug",
    }

    done = subprocess.run(command, capture_output=True, text=True, cwd=indexed, timeout=120, env=environment)

    assert len(server.requests) == 1
    assert "OPENAI_API_KEY" in done.stdout + done.stderr
    assert KEY not in done.stdout + done.stderr
    written = [path for path in indexed.rglob("*") if path.is_file() and KEY.encode() in path.read_bytes()]
    assert written == []
