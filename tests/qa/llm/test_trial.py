"""Whether a model can be asked: each verdict against a real request."""

import threading
import time

import pytest
from pydantic import SecretStr

from qa.llm import Trial, Verdict
from tests.qa.llm.conftest import ModelOf
from tests.scripted_server import Script, Serve, error, free_port, hang_up, raw, stall, stream


def test_a_model_that_answers_is_fine_after_its_first_word(serve: Serve, model_of: ModelOf) -> None:
    server = serve(stream(["rea", "dy"]))
    tried = Trial(model_of(server)).run()
    assert (tried.verdict, tried.fault) == (Verdict.FINE, "")
    assert tried.seconds > 0
    (request,) = server.requests
    assert request.body["max_tokens"] == 16
    assert request.body["messages"][-1]["content"] == "Reply with the one word: ready"


def test_a_model_that_is_cut_off_while_it_thinks_can_be_asked(serve: Serve, model_of: ModelOf) -> None:
    assert Trial(model_of(serve(stream(["<think>well"], finish="length")))).run().verdict is Verdict.FINE


@pytest.mark.parametrize(
    ("script", "verdict", "says"),
    [
        pytest.param(error(401, "invalid_api_key"), Verdict.KEY, "check OPENAI_API_KEY", id="wrong key"),
        pytest.param(error(403), Verdict.KEY, "refused the key", id="key without rights"),
        pytest.param(error(404, "model_not_found"), Verdict.MODEL, "does not have model", id="unknown model"),
        pytest.param(error(503), Verdict.UNREACHABLE, "failed (status 503)", id="a server that fails"),
        pytest.param(error(429, "insufficient_quota"), Verdict.FAULTY, "no quota left", id="no money"),
        pytest.param(raw("<html>Welcome</html>"), Verdict.FAULTY, "must name a model server", id="a web page"),
        pytest.param(stream([]), Verdict.FAULTY, "wrote nothing", id="an empty reply"),
        pytest.param(hang_up(), Verdict.UNREACHABLE, "closed the connection", id="a cut connection"),
    ],
)
def test_a_fault_has_its_verdict(script: Script, verdict: Verdict, says: str, serve: Serve, model_of: ModelOf) -> None:
    server = serve(script)
    tried = Trial(model_of(server, api_key=SecretStr("sk-hush-0123456789"))).run()
    assert tried.verdict is verdict
    assert says in tried.fault
    assert "hush" not in repr(tried)
    assert len(server.requests) == 1


def test_nobody_there_is_unreachable(model_of: ModelOf) -> None:
    tried = Trial(model_of(f"http://127.0.0.1:{free_port()}/v1")).run()
    assert tried.verdict is Verdict.UNREACHABLE
    assert "refused the connection" in tried.fault


def test_a_server_that_keeps_silent_is_slow(serve: Serve, model_of: ModelOf) -> None:
    tried = Trial(model_of(serve(stall(30)), read_timeout_s=0.3)).run()
    assert tried.verdict is Verdict.SLOW
    assert tried.fault


def test_a_first_word_that_takes_long_is_slow(serve: Serve, model_of: ModelOf) -> None:
    late = stream(["ready"], delay=0.6)
    tried = Trial(model_of(serve(late), read_timeout_s=2.0)).run()
    assert (tried.verdict, tried.fault) == (Verdict.SLOW, "")


def test_a_trial_is_left_at_once(serve: Serve, model_of: ModelOf) -> None:
    server = serve(stall(30))
    trial = Trial(model_of(server))
    running = threading.Thread(target=trial.run)
    running.start()
    deadline = time.monotonic() + 10
    while not server.requests and time.monotonic() < deadline:
        time.sleep(0.01)
    trial.stop()
    running.join(10)
    assert not running.is_alive()
