"""The text to embed, as every model takes it."""


def encodable(text: str) -> str:
    """`text` with a question mark for each lone surrogate, which no tokenizer and no server takes."""
    return text.encode("utf-8", "replace").decode("utf-8")
