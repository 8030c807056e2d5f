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
        pytest.param(
            'Osk Pendry met guards in Selwick, Norland, with Tilda Varrick reportedly yelling: "Get out!"',
            "Get out!",
            "Tilda Varrick",
            id="a clause opened by with",
        ),
        pytest.param(
            "Norland was shaken, with Mayor Tilda Varrick telling reporters that it was “a disgrace”.",
            "“a disgrace”",
            "Tilda Varrick",
            id="a clause opened by with, and a hearer",
        ),
        pytest.param(
            "Tilda Varrick released a statement Thursday night condemning “an outrage”.",
            "“an outrage”",
            "Tilda Varrick",
            id="a statement condemns what its author condemns",
        ),
        pytest.param(
            "Mayor Tilda Varrick wrote a letter to Governor Osk Pendry asking him to look into “the fiasco”.",
            "“the fiasco”",
            "Tilda Varrick",
            id="a letter asks what its author asks",
        ),
        pytest.param(
            f'{VARRICK}"It is late," said Varrick constituent Dan Rowan.',
            "It is late",
            "Dan Rowan",
            id="a name that describes another",
        ),
        pytest.param(
            f'{VARRICK}"It is late," said Varrick when Dan Rowan came.',
            "It is late",
            "Tilda Varrick",
            id="a name that another clause holds",
        ),
        pytest.param(
            f'{VARRICK}"I doubt it," said former Norland Gov. and Harbour Committee Chairman Ed Rowan.',
            "I doubt it",
            "Ed Rowan",
            id="two roles",
        ),
        pytest.param(
            f'{VARRICK}"I doubt it," said former secretary of state Ann Rowan, who praised Varrick.',
            "I doubt it",
            "Ann Rowan",
            id="an office in small letters",
        ),
        pytest.param(
            f"{VARRICK}“I doubt it,” Varrick’s campaign manager, Jeff Rowan, said in an interview.",
            "“I doubt it,”",
            "Jeff Rowan",
            id="a name after whose aide it is",
        ),
        pytest.param(
            f"{VARRICK}It is late, the Harbour Post’s Ann Rowan wrote, “and getting later by the day.”",
            "“and getting later by the day.”",
            "Ann Rowan",
            id="whose paper it is",
        ),
        pytest.param(
            f"{VARRICK}But, said Ann Rowan, “it is late for the town.”",
            "“it is late for the town.”",
            "Ann Rowan",
            id="a speaker between commas",
        ),
        pytest.param(
            f"{VARRICK}Several said they were “very worried”.", "“very worried”", "Several", id="a number of people"
        ),
        pytest.param(
            f"{VARRICK}Varrick is popular in states inland, rather than “a local” name, as Dan Rowan’s aide suggested.",
            "“a local”",
            "Dan Rowan’s aide",
            id="a noun that is no verb",
        ),
        pytest.param(
            "Selwick (AFP) – Mayor Tilda Varrick has taken a swipe at Osk Pendry, saying “bombast” helps nobody.",
            "“bombast”",
            "Tilda Varrick",
            id="an agency in the dateline",
        ),
        pytest.param(
            "The spokesman refused to be drawn on what Osk Pendry would like to see, adding: “We wait.”",
            "“We wait.”",
            "The spokesman",
            id="a name in what was not told",
        ),
        pytest.param(
            "Mayor Tilda Varrick said she had not got a chance to read the plan, but called it “a start”.",
            "“a start”",
            "Tilda Varrick",
            id="what was to be read",
        ),
        pytest.param(
            f"{VARRICK}Varrick had her first support, from Senator Osk Pendry, who declared in the hall, “It is time.”",
            "“It is time.”",
            "Osk Pendry",
            id="who, after a preposition",
        ),
        pytest.param(
            f"{VARRICK}Varrick disavowed remarks by a campaign aide who said voters should not elect “crooks”.",
            "“crooks”",
            "a campaign aide",
            id="who, after a preposition and a phrase",
        ),
        pytest.param(
            "Ada Pryce took to the shows to bash Osk Pendry over the dam, saying it was “a wreck”.",
            "“a wreck”",
            "Ada Pryce",
            id="whom somebody set out to bash",
        ),
        pytest.param(
            "Ada Pryce of the Nurses’ Guild welcomed the deal but said it was “a start”.",
            "“a start”",
            "Ada Pryce",
            id="whose guild it is",
        ),
        pytest.param(
            "Ada Pryce held up a sign saying “No more of it”.", "“No more of it”", "Ada Pryce", id="who holds the sign"
        ),
        pytest.param(
            "Russian President Boris Hale met President Ann Roe. “We rest,” the Russian president said.",
            "“We rest,”",
            "Boris Hale",
            id="the president of the country told",
        ),
        pytest.param(
            "Russian President Boris Hale came. “We rest,” the Israeli president said.",
            "“We rest,”",
            "the Israeli president",
            id="the president of another country",
        ),
        pytest.param(
            "President Ann Roe came. “We rest,” the Israeli president said.",
            "“We rest,”",
            "Ann Roe",
            id="the only president there is",
        ),
    ],
)
def test_words_are_given_to_who_said_them(text: str, words: str, speaker: str) -> None:
    found = {text[q.start : q.end].strip('",'): q.speaker for q in find_quotations(text)}

    assert found[words] == speaker
