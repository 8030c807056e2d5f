"""Languages: what an article says it is written in, as a tag."""

import re

from index_store.loading.markup import meta_tags

_TAG = re.compile(r"([A-Za-z]{2,3})((?:[-_][A-Za-z0-9]{2,8})*)(?:\.utf-?8)?", re.IGNORECASE)
_HTML = re.compile(r"<html\b[^<>]*?\s(?:xml:)?lang\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_META = re.compile(
    r"\b(?:property|name|http-equiv)\s*=\s*[\"'](?:og:locale|content-language|language)[\"']", re.IGNORECASE
)
_CONTENT = re.compile(r"\bcontent\s*=\s*[\"']([\w.-]+)[\"']", re.IGNORECASE)
_NOT_KNOWN = {"und", "mul", "mis", "zxx"}  # the tags for "undetermined", "several" and none
# What crawlers and schema.org write in words; no other word is taken for a language.
_NAMES = {
    **{"arabic": "ar", "bengali": "bn", "chinese": "zh", "czech": "cs", "danish": "da", "dutch": "nl"},
    **{"english": "en", "finnish": "fi", "french": "fr", "german": "de", "greek": "el", "hebrew": "he"},
    **{"hindi": "hi", "hungarian": "hu", "indonesian": "id", "italian": "it", "japanese": "ja", "korean": "ko"},
    **{"norwegian": "no", "persian": "fa", "polish": "pl", "portuguese": "pt", "romanian": "ro", "russian": "ru"},
    **{"spanish": "es", "swedish": "sv", "turkish": "tr", "ukrainian": "uk", "urdu": "ur", "vietnamese": "vi"},
}


def read_language(value: object) -> str:
    """The tag in the spelling of BCP 47, `en`, `de-AT` or `zh-Hant`; empty for what is no tag of a language.

    Of a list the first counts.
    """
    if isinstance(value, list):
        value = value[0] if value else None
    if not isinstance(value, str):
        return ""
    written = value.strip()
    if name := _NAMES.get(written.casefold()):
        return name
    match = _TAG.fullmatch(written)
    if match is None or match[1].lower() in _NOT_KNOWN:
        return ""
    return "-".join([match[1].lower(), *map(_subtag, re.split("[-_]", match[2])[1:])])


def page_language(html: str) -> str:
    """What the markup of a page says: its root, else a meta tag."""
    named = [match[1] for match in [_HTML.search(html)] if match]
    named += [content[1] for tag in meta_tags(html) if _META.search(tag) and (content := _CONTENT.search(tag))]
    return next(filter(None, map(read_language, named)), "")


def _subtag(subtag: str) -> str:
    if len(subtag) == 2:
        return subtag.upper()  # a country
    return subtag.title() if len(subtag) == 4 and subtag.isalpha() else subtag.lower()  # a script, or a variant
