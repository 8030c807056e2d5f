"""Chroma itself, imported at first use."""

from typing import Any

from index_store.errors import DataDirError


def imported_chroma() -> Any:
    """The module: it reads `.env` and the environment by names of its own as it is imported."""
    try:
        import chromadb
    except (OSError, ValueError) as error:
        kind = type(error).__name__  # its text may hold a key
    else:
        return chromadb
    raise DataDirError(f"Chroma cannot read the file '.env' or a variable of the environment ({kind}); correct it")


def settings_of(**values: Any) -> Any:
    """Chroma's settings, built without its sources: `.env` and the environment could send vectors elsewhere."""
    return imported_chroma().Settings.model_construct(anonymized_telemetry=False, **values)
