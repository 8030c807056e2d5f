"""LlamaIndex's own evaluators take the engine as it is."""

from typing import Any

import pytest
from llama_index.core.evaluation import FaithfulnessEvaluator, RetrieverEvaluator
from llama_index.core.llms import CompletionResponse, CompletionResponseGen, CustomLLM, LLMMetadata
from pydantic import Field

from qa.engine import ArticleQueryEngine


class ScriptedLLM(CustomLLM):
    """Gives its replies in turn, the last one for ever, and keeps what it was asked."""

    replies: list[str]
    asked: list[str] = Field(default_factory=list)

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata(model_name="scripted")

    def complete(self, prompt: str, formatted: bool = False, **options: Any) -> CompletionResponse:
        self.asked.append(prompt)
        return CompletionResponse(text=self.replies[min(len(self.asked), len(self.replies)) - 1])

    def stream_complete(self, prompt: str, formatted: bool = False, **options: Any) -> CompletionResponseGen:
        yield self.complete(prompt, formatted)


def test_the_retriever_evaluator_measures_our_retriever(article_engine: ArticleQueryEngine) -> None:
    evaluator = RetrieverEvaluator.from_metric_names(
        ["hit_rate", "mrr", "precision", "recall", "ap", "ndcg"], retriever=article_engine.as_retriever()
    )
    question = "Who closed the harbour bridge?"
    expected = article_engine.retrieve(question)[0].node.node_id
    result = evaluator.evaluate(question, expected_ids=[expected])
    assert result.retrieved_ids[0] == expected
    assert result.metric_vals_dict["hit_rate"] == result.metric_vals_dict["mrr"] == 1.0


@pytest.mark.parametrize(("reply", "passing"), [("YES", True), ("NO", False)])
def test_the_faithfulness_evaluator_judges_our_answer(
    article_engine: ArticleQueryEngine, reply: str, passing: bool
) -> None:
    answer = article_engine.query("Why was the harbour bridge closed?")
    judge = ScriptedLLM(replies=[reply])
    result = FaithfulnessEvaluator(llm=judge).evaluate_response(response=answer)
    assert result.passing is passing
    assert result.response == str(answer)
    assert any("rust in six cables" in prompt for prompt in judge.asked)
