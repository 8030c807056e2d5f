"""Who an article names, and how."""

import pytest

from index_store.quotations import people_in


@pytest.mark.parametrize(
    ("text", "name", "roles"),
    [
        pytest.param(
            "Norwegian Prime Minister Maria Lopez spoke.", "Maria Lopez", ("Norwegian Prime Minister",), id="before"
        ),
        pytest.param(
            "Maria Lopez, the Portuguese prime minister, spoke.",
            "Maria Lopez",
            ("the Portuguese prime minister",),
            id="after",
        ),
        pytest.param(
            "Former Secretary of State Maria Lopez spoke.", "Maria Lopez", ("Former Secretary of State",), id="of"
        ),
        pytest.param("Real estate mogul Maria Lopez spoke.", "Maria Lopez", ("Real estate mogul",), id="lower case"),
        pytest.param("The port director, Maria Lopez, spoke.", "Maria Lopez", ("The port director",), id="introduced"),
        pytest.param("Sen. Maria Lopez spoke.", "Maria Lopez", ("Sen.",), id="title"),
        pytest.param("Mr. Carlos van der Berg spoke.", "Carlos van der Berg", (), id="particles"),
        pytest.param("Carlos Lopez Jr. spoke.", "Carlos Lopez Jr.", (), id="suffix"),
        pytest.param("“Rain,” said the mayor, Jim Doe.", "Jim Doe", ("the mayor",), id="said the mayor"),
        pytest.param("A head teacher, Jim Doe, spoke.", "Jim Doe", ("A head teacher",), id="one of several"),
        pytest.param("They met the mayor, Jim Doe and Bo.", "Jim Doe", (), id="a list, not the mayor"),
        pytest.param("“Rain,” said fire chief Jim Doe.", "Jim Doe", ("fire chief",), id="a noun that may be a verb"),
        pytest.param("On Monday Jim Doe became deputy mayor.", "Jim Doe", ("deputy mayor",), id="has become"),
        pytest.param("Jim Doe took over as head of Vell on Monday.", "Jim Doe", ("head of Vell",), id="has taken over"),
        pytest.param("Jim Doe became mayor in 1990.", "Jim Doe", (), id="became long ago"),
        pytest.param("It rained before Jim Doe became mayor.", "Jim Doe", (), id="not yet"),
        pytest.param("Theresa May spoke.", "Theresa May", (), id="a month"),
    ],
)
def test_a_name_is_found_with_its_role(text: str, name: str, roles: tuple[str, ...]) -> None:
    (person,) = people_in(text)
    assert (person.name, person.roles) == (name, roles)


def test_variants_are_mentions_of_one_person() -> None:
    text = "Lopez won. Sen. Maria Ana Lopez thanked her voters. Ms. Lopez's rival, Maria Lopez joked, was asleep."
    (person,) = people_in(text)
    assert person.name == "Maria Ana Lopez"
    assert [text[start:end] for start, end in person.mentions] == ["Lopez", "Maria Ana Lopez", "Lopez", "Maria Lopez"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("On Monday the Harbor Commission met in New York.", id="group and place"),
        pytest.param("But Nobody Came.", id="sentence"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_is_no_person_is_left_out(text: str) -> None:
    assert people_in(text) == ()


def test_father_and_son_are_two_people() -> None:
    text = "Carlos Lopez spoke first. Carlos Lopez Jr. spoke last. Carlos Lopez left."
    assert [person.name for person in people_in(text)] == ["Carlos Lopez", "Carlos Lopez Jr."]


@pytest.mark.parametrize("word", ["after", "later"])
def test_a_word_made_of_particles_joins_no_names(word: str) -> None:
    assert [person.name for person in people_in(f"Bob Hale met Ann Roe {word} Jim Stone came.")] == [
        "Bob Hale",
        "Ann Roe",
        "Jim Stone",
    ]


def test_what_somebody_was_called_in_as_is_a_role_besides() -> None:
    (person,) = people_in("It is late, said Maria Lopez, the retired judge who was called in as mediator in May.")
    assert person.roles == ("the retired judge", "mediator")
