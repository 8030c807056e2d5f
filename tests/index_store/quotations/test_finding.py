"""Every way a quotation stands in news text, in sentences made up for the purpose."""

from typing import NamedTuple

import pytest

from index_store.quotations import Quotation, find_quotations


class Said(NamedTuple):
    words: str
    speaker: str


def spoken(text: str) -> list[Said]:
    """Direct and mixed quotations with their speakers."""
    return [Said(text[q.start : q.end], q.speaker) for q in find_quotations(text) if q.kind != "indirect"]


def only(text: str) -> Quotation:
    found = [q for q in find_quotations(text) if q.kind != "indirect"]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('"We will rebuild," said Maria Lopez.', [('"We will rebuild,"', "Maria Lopez")], id="straight"),
        pytest.param("“We will rebuild,” said Maria Lopez.", [("“We will rebuild,”", "Maria Lopez")], id="curly"),
        pytest.param('“We will rebuild," Maria Lopez said.', [('“We will rebuild,"', "Maria Lopez")], id="mismatched"),
        pytest.param("'We will rebuild,' said Maria Lopez.", [("'We will rebuild,'", "Maria Lopez")], id="single"),
        pytest.param("«We will rebuild», said Maria Lopez.", [("«We will rebuild»", "Maria Lopez")], id="guillemets"),
        pytest.param("''We will rebuild,'' Maria Lopez said.", [("''We will rebuild,''", "Maria Lopez")], id="doubled"),
        pytest.param("``We will rebuild,'' Maria Lopez said.", [("``We will rebuild,''", "Maria Lopez")], id="tex"),
    ],
)
def test_every_kind_of_mark_is_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert spoken(text) == expected


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        pytest.param("Maria Lopez said, “We will rebuild.”", "Maria Lopez", id="before"),
        pytest.param("Maria Lopez told reporters on Monday: “We will rebuild.”", "Maria Lopez", id="colon"),
        pytest.param("Maria Lopez: “We will rebuild the bridge.”", "Maria Lopez", id="transcript"),
        pytest.param("“We will rebuild,” Maria Lopez, who runs the port, said.", "Maria Lopez", id="relative clause"),
        pytest.param("“We will rebuild,” Maria Lopez, the port director, told us.", "Maria Lopez", id="apposition"),
        pytest.param("“We will rebuild,” said Maria Lopez, a director of the port.", "Maria Lopez", id="inverted"),
        pytest.param("“We will rebuild,” her deputy, Maria Lopez, said.", "Maria Lopez", id="name in apposition"),
        pytest.param("“Will we rebuild?” asked Maria Lopez.", "Maria Lopez", id="question"),
        pytest.param("“Will we rebuild?” Maria Lopez asked.", "Maria Lopez", id="question, name first"),
        pytest.param("“We will rebuild,” Maria Lopez fired back.", "Maria Lopez", id="phrasal verb"),
        pytest.param("“We will rebuild,” an angry Maria Lopez retorted.", "Maria Lopez", id="adjective"),
        pytest.param("“We will rebuild,” Maria Lopez harrumphed.", "Maria Lopez", id="verb in no list"),
        pytest.param("“We will rebuild,” according to Maria Lopez.", "Maria Lopez", id="according to"),
        pytest.param("“We will rebuild,” Maria Lopez wrote on Twitter.", "Maria Lopez", id="wrote"),
        pytest.param("Maria Lopez tweeted: “We will rebuild.”", "Maria Lopez", id="tweeted"),
        pytest.param("Maria Lopez opened the port, saying, “We will rebuild.”", "Maria Lopez", id="participle"),
        pytest.param("“We will rebuild,” the Harbor Board said.", "Harbor Board", id="organisation"),
        pytest.param(
            "“We will rebuild,” said a senior U.S. administration official.",
            "a senior U.S. administration official",
            id="unnamed",
        ),
        pytest.param("“We will rebuild,” officials said.", "officials", id="bare plural"),
        pytest.param("“We will rebuild.”\n\n- Maria Lopez", "Maria Lopez", id="signature"),
        pytest.param(
            "“We will rebuild,” said Oslo University professor Maria Lopez.", "Maria Lopez", id="named institution"
        ),
    ],
)
def test_the_speaker_is_found_where_it_stands(text: str, speaker: str) -> None:
    assert only(text).speaker == speaker


def test_offsets_include_the_marks_and_the_mention() -> None:
    text = "At noon, “we will rebuild,” Lopez said."
    found = only(text)
    assert text[found.start : found.end] == "“we will rebuild,”"
    assert text[found.speaker_start : found.speaker_end] == "Lopez"
    assert (found.verb, found.kind) == ("said", "direct")


def test_a_quotation_interrupted_by_its_speaker_is_two() -> None:
    text = "“We will rebuild,” Maria Lopez said, “and we will do it by May.”"
    assert spoken(text) == [("“We will rebuild,”", "Maria Lopez"), ("“and we will do it by May.”", "Maria Lopez")]


def test_a_quotation_after_the_speakers_sentence_has_the_same_speaker() -> None:
    text = "Bob Hale listened. “We will rebuild,” Maria Lopez said. “The money is there.”"
    assert [said.speaker for said in spoken(text)] == ["Maria Lopez", "Maria Lopez"]


def test_a_quotation_over_paragraphs_is_one_each_by_the_same_speaker() -> None:
    text = (
        "“The bridge is gone,” said Maria Lopez. “It took an hour.\n\n“Then the river rose.\n\n“We ran.”\n\nNight fell."
    )
    assert [said.words for said in spoken(text)][1:] == ["“It took an hour.", "“Then the river rose.", "“We ran.”"]
    assert {said.speaker for said in spoken(text)} == {"Maria Lopez"}


def test_a_paragraph_that_is_only_a_quotation_continues_the_speaker_before() -> None:
    text = "“The bridge is gone,” Maria Lopez said.\n\n“Nobody was hurt.”\n\nBob Hale left."
    assert spoken(text)[1] == ("“Nobody was hurt.”", "Maria Lopez")


def test_a_blockquote_introduced_by_a_colon_belongs_to_the_one_introduced() -> None:
    text = "In a letter, Maria Lopez wrote to the board:\n\n“The bridge is gone and nobody will rebuild it.”"
    assert only(text).speaker == "Maria Lopez"


def test_nested_quotations_belong_to_the_outer() -> None:
    text = "“He told me ‘never again’ and left,” said Maria Lopez."
    assert spoken(text) == [("“He told me ‘never again’ and left,”", "Maria Lopez")]
    assert len(spoken('"The sign read "Keep out" in red," said Maria Lopez.')) == 1


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("In the ’90s the workers’ union didn't strike, and the ’60s were worse.", id="decades"),
        pytest.param("The dogs' owners' club doesn't meet; rock 'n' roll isn't played.", id="possessives"),
        pytest.param('He is 6\'2" tall and carried a 15" screen.', id="inches"),
        pytest.param("She watched “The Long Harbor” on Sunday.", id="title of a work"),
        pytest.param('The film "Harbor of Ghosts" opens in May.', id="film"),
        pytest.param('The "stand down" order was never given.', id="term"),
        pytest.param('<post author="@harbor" date="2020-01-01">', id="markup"),
        pytest.param("“", id="one mark"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_is_no_speech_is_left_out(text: str) -> None:
    assert spoken(text) == []


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        pytest.param("Maria Lopez called the plan “a fraud” on Monday.", "“a fraud”", "Maria Lopez", id="called"),
        pytest.param(
            "The mayor, Bob Hale, was described by Maria Lopez as “weak and late.”",
            "“weak and late.”",
            "Maria Lopez",
            id="passive",
        ),
        pytest.param(
            "Maria Lopez said the plan was “a fraud” and left.", "“a fraud”", "Maria Lopez", id="said, no comma"
        ),
        pytest.param("The plan is “a fraud” to many, Maria Lopez said.", "“a fraud”", "Maria Lopez", id="after"),
        pytest.param(
            "Maria Lopez kept her promise to “rebuild it all.”", "“rebuild it all.”", "Maria Lopez", id="noun"
        ),
        pytest.param("What Maria Lopez called “a fraud” went on.", "“a fraud”", "Maria Lopez", id="what ... called"),
    ],
)
def test_partial_quotations_are_mixed(text: str, words: str, speaker: str) -> None:
    found = only(text)
    assert (text[found.start : found.end], found.speaker, found.kind) == (words, speaker, "mixed")


def test_a_hard_wrapped_sentence_is_one_sentence() -> None:
    text = (
        "The port will open again in the\nspring, and “every crane will be back\nin its place before the ships\n"
        "come,” the director of the port,\nMaria Lopez, told the council on a\nrainy evening in the old town hall."
    )
    (found,) = spoken(text)
    assert found == ("“every crane will be back\nin its place before the ships\ncome,”", "Maria Lopez")


def test_shouted_text_is_read_too() -> None:
    assert spoken('"WE WILL REBUILD," MARIA LOPEZ SAID.') == [('"WE WILL REBUILD,"', "MARIA LOPEZ")]


def test_a_dialogue_keeps_its_speakers_apart() -> None:
    text = "“Is it safe?” asked Bob Hale.\n\n“It is,” Maria Lopez replied.\n\n“Good,” Hale said."
    assert [said.speaker for said in spoken(text)] == ["Bob Hale", "Maria Lopez", "Bob Hale"]


def test_an_unclosed_mark_does_not_swallow_the_next_quotation() -> None:
    text = '"It was late, he said, "but we went on." Then Maria Lopez said, "We rest."'
    assert [said.words for said in spoken(text)][-2:] == ['"but we went on."', '"We rest."']


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Bob Hale did not say “we lost”.", id="not"),
        pytest.param("No one expected Bob Hale to say “I quit now and for ever”.", id="nobody"),
        pytest.param("Bob Hale never said “we lost”.", id="never"),
    ],
)
def test_words_that_were_not_spoken_are_nobodys(text: str) -> None:
    assert find_quotations(text) == ()
