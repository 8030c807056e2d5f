"""Words that stood in the wrong mouth once."""

import pytest

from index_store.quotations import find_quotations

VARRICK = 'Tilda Varrick, the mayor of Grenfold, spoke first. "We build," Varrick said. '
SORROW = 'Judge Elke Sorrow read the ruling. "A siren costs less than a window," she said. '


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        pytest.param(
            f'{VARRICK}The former mayor, Osk Pendry, who lost in 2022, said it was late. "I debated her," he said.',
            "I debated her",
            "Osk Pendry",
            id="a name between commas with a clause behind it",
        ),
        pytest.param(
            f'{VARRICK}The treasurer, Ola Berg, 61, said so. "I count," she said.', "I count", "Ola Berg", id="an age"
        ),
        pytest.param(f'{VARRICK}"I know it," said the former mayor.', "I know it", "the former mayor", id="former"),
        pytest.param(f'{VARRICK}"I doubt it," the deputy mayor said.', "I doubt it", "the deputy mayor", id="deputy"),
        pytest.param(f'{VARRICK}"I am sure," the mayor said.', "I am sure", "Tilda Varrick", id="the mayor herself"),
        pytest.param(
            f'{SORROW}The manager of Marrow Stone, Garrick Toom, apologised. "I am sorry," he said.',
            "I am sorry",
            "Garrick Toom",
            id="he is not she",
        ),
        pytest.param(
            'Iva Rostan came. "It is due," Rostan said. Asked if Sander Quill would go, she said "perhaps".',
            "perhaps",
            "Iva Rostan",
            id="who is asked about does not answer",
        ),
        pytest.param(
            f'{VARRICK}The director of the museum, Orla Fenn, resigned. "I am tired," she said.',
            "I am tired",
            "Orla Fenn",
            id="introduced by an office with an of-phrase",
        ),
    ],
)
def test_words_are_given_to_who_said_them(text: str, words: str, speaker: str) -> None:
    found = {text[q.start : q.end].strip('",'): q.speaker for q in find_quotations(text)}

    assert found[words] == speaker
