import pytest

from qa.speech.roles import is_singular, read_role, roles_in


def _holds(asked: str, phrase: str) -> bool:
    role = read_role(asked)
    assert role is not None
    return any(held.holds(role) for held in roles_in(phrase))


@pytest.mark.parametrize(
    ("asked", "phrase", "expected"),
    [
        pytest.param("the Israeli prime minister", "the prime minister of Israel", True, id="country and adjective"),
        pytest.param("the U.S. president", "American President", True, id="initials of a country"),
        pytest.param("the French president", "President", False, id="no country told"),
        pytest.param("the mayor", "former mayor", False, id="out of office"),
        pytest.param("the former mayor", "former mayor of Vell", True, id="out of office, as asked"),
        pytest.param("the mayor", "Deputy Mayor", False, id="deputy"),
        pytest.param("the president", "vice president", False, id="vice"),
        pytest.param("the general", "Attorney General", False, id="an office of two words"),
        pytest.param("the minister", "Prime Minister", False, id="prime"),
        pytest.param("the mayor", "a candidate for mayor", False, id="candidate"),
        pytest.param("the mayor of Vell", "mayor of Orrin", False, id="another town"),
        pytest.param("the mayor of Vell", "Vell’s mayor", True, id="town as an owner"),
        pytest.param("Vell officials", "a senior Vell official", True, id="one of several"),
        pytest.param("the judge", "mayor and former teacher, judge", True, id="one of several roles"),
    ],
)
def test_an_office_is_held_by_whom_it_is_told_of(asked: str, phrase: str, expected: bool) -> None:
    assert _holds(asked, phrase) is expected


def test_a_town_may_go_without_saying_but_a_country_may_not() -> None:
    (mayor,) = roles_in("Mayor")
    (president,) = roles_in("President")
    of_vell, of_france = read_role("the mayor of Vell"), read_role("the president of France")
    assert of_vell is not None and of_france is not None
    assert mayor.may_hold(of_vell)
    assert not president.may_hold(of_france)


@pytest.mark.parametrize("phrase", ["Ada Oake", "the council", "", "of"])
def test_a_name_or_body_is_no_role(phrase: str) -> None:
    assert read_role(phrase) is None


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [("the mayor of Vell", True), ("Vell's mayor", True), ("officials", False), ("a nurse", False)],
)
def test_one_person_is_told_from_several(phrase: str, expected: bool) -> None:
    assert is_singular(phrase) is expected
