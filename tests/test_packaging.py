"""What is handed out: a wheel that is whole, pins that are complete, files that speak of the project alone."""

import re
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from importlib import metadata, resources
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.modules import PACKAGES, ROOT, Module, imported_names, read_modules

# What these need nobody who asks questions has to install.
RUN_BY_DEVELOPERS = ("index_store/minilm/export", "qa/reader/training")
PIN = re.compile(r"(?P<name>[a-z0-9-]+)==(?P<version>[a-z0-9.]+)( ; (?P<marker>.+))?")
# Written apart, so that this file may be searched like any other.
FOREIGN = re.compile(
    "|".join(
        [
            r"(?:pypi|pythonhosted|npmjs|anaconda|crates)\.(?:org|com|io)\b",
            r"(?<![\w.:/-])/(?:home|root|tmp|Users|work)/\w",
        ]
    )
)


def requirements(*, with_dev: bool) -> list[Requirement]:
    declared = WheelBuilder(str(ROOT)).metadata.core
    listed = [*declared.dependencies, *(declared.optional_dependencies["dev"] if with_dev else ())]
    return [Requirement(line) for line in listed]


def pins(content: str) -> dict[str, str]:
    """Version by name, as far as the pins apply to the Python that runs."""
    found: dict[str, str] = {}
    for line in content.splitlines():
        pin = PIN.fullmatch(line)
        assert pin, f"{line!r} is not of the form name==version, with or without a marker"
        if pin["marker"] is None or Marker(pin["marker"]).evaluate():
            assert found.setdefault(pin["name"], pin["version"]) == pin["version"], f"two pins of {pin['name']}"
    return found


def unpinned(required: list[Requirement], pinned: dict[str, str]) -> list[str]:
    return [
        str(requirement)
        for requirement in required
        if (version := pinned.get(canonicalize_name(requirement.name))) is None
        or not requirement.specifier.contains(version)
    ]


def undeclared_imports(modules: Sequence[Module], declared: set[str]) -> list[str]:
    distributions = metadata.packages_distributions()
    return [
        f"{module.path}:{line}: {name}"
        for module in modules
        if not module.lies_in(*RUN_BY_DEVELOPERS)
        for line, name in imported_names(module)
        if (top := name.split(".")[0]) not in {*sys.stdlib_module_names, *PACKAGES}
        and declared.isdisjoint(map(canonicalize_name, distributions.get(top, ())))
    ]


def files_of_packages(root: Path) -> set[str]:
    everything = (path for package in PACKAGES for path in (root / package).rglob("*"))
    kept = (path for path in everything if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(root).as_posix() for path in kept}


def files_missing_from_wheel(root: Path, folder: Path) -> set[str]:
    wheel = next(WheelBuilder(str(root)).build(directory=str(folder), versions=["standard"]))
    return files_of_packages(root) - set(zipfile.ZipFile(wheel).namelist())


def foreign_words(files: dict[str, str]) -> list[str]:
    return [
        f"{name}:{number}: {found[0]}"
        for name, text in files.items()
        for number, line in enumerate(text.splitlines(), start=1)
        for found in FOREIGN.finditer(line)
    ]


def files_of_the_repository() -> dict[str, str]:
    """Text by path of what is, or would be, committed."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a checkout: what belongs to the repository is not known")
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    paths = [ROOT / name for name in listing.split("\0") if name]
    contents = {path: path.read_bytes() for path in paths if path.is_file()}
    return {
        path.relative_to(ROOT).as_posix(): content.decode("utf-8", "replace")
        for path, content in contents.items()
        if b"\0" not in content[:8192]  # as git tells a binary file
    }


def test_the_wheel_holds_every_file_of_the_packages(tmp_path: Path) -> None:
    assert files_missing_from_wheel(ROOT, tmp_path) == set()


def test_a_file_left_out_of_the_wheel_is_found(tmp_path: Path) -> None:
    for name in ("index_store/__init__.py", "index_store/samples/one.txt", "prompts/answer.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("content", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(
        '[project]\nname = "small"\nversion = "1"\n[tool.hatch.build.targets.wheel]\n'
        'packages = ["index_store"]\nexclude = ["*.txt"]\n',
        encoding="utf-8",
    )

    missing = files_missing_from_wheel(tmp_path, tmp_path / "dist")

    assert missing == {"index_store/samples/one.txt", "prompts/answer.md"}


@pytest.mark.parametrize(
    "name", ["minilm/model.onnx", "minilm/tokenizer.json", pytest.param("samples", id="sample articles")]
)
def test_what_is_read_at_run_time_is_found_as_a_resource(name: str) -> None:
    found = resources.files("index_store").joinpath(name)

    assert found.is_file() or any(found.iterdir())


def test_every_requirement_is_pinned_to_a_version_it_allows() -> None:
    constraints = (ROOT / "constraints.txt").read_text(encoding="utf-8")

    assert unpinned(requirements(with_dev=True), pins(constraints)) == []


def test_a_requirement_without_a_fitting_pin_is_found() -> None:
    pinned = pins("click==8.5.1\ntqdm==3.0\nnumpy==1.0 ; python_version < '3'")

    found = unpinned([Requirement(text) for text in ("Click>=8", "tqdm>=4", "numpy>=1", "rich")], pinned)

    assert found == ["tqdm>=4", "numpy>=1", "rich"]


@pytest.mark.parametrize("line", ["click>=8", "click", "--index-url somewhere", "click==8 --hash=sha256:00", "# why"])
def test_constraints_hold_nothing_but_pins(line: str) -> None:
    with pytest.raises(AssertionError, match="not of the form"):
        pins(line)


def test_every_import_is_a_declared_requirement(modules: tuple[Module, ...]) -> None:
    declared = {str(canonicalize_name(requirement.name)) for requirement in requirements(with_dev=False)}

    assert undeclared_imports(modules, declared) == []


def test_an_import_that_only_another_package_brings_is_found(tmp_path: Path) -> None:
    (tmp_path / "qa").mkdir()
    (tmp_path / "qa" / "dates.py").write_text("import re\nimport click\nfrom packaging import version\n")

    found = undeclared_imports(read_modules(tmp_path), {"click"})

    assert found == ["qa/dates.py:3: packaging.version"]


def test_the_document_on_dependencies_names_each_of_them() -> None:
    document = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    documented = re.findall(r"^\| `([\w-]+)` \|", document, re.MULTILINE)

    assert documented == sorted(requirement.name for requirement in requirements(with_dev=False))


def test_no_file_names_a_package_registry_or_a_folder_of_somebodys_machine() -> None:
    assert foreign_words(files_of_the_repository()) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("see https://py" + "pi.org/simple", "py" + "pi.org", id="registry"),
        pytest.param("one\ncd /ho" + "me/ada/articles", "/ho" + "me/a", id="home folder"),
        pytest.param("'/wo" + "rk/main'", "/wo" + "rk/m", id="quoted"),
    ],
)
def test_a_foreign_word_is_found(text: str, found: str) -> None:
    assert foreign_words({"notes.md": text}) == [f"notes.md:{text.count(chr(10)) + 1}: {found}"]


@pytest.mark.parametrize(
    "text", ["https://example.org/wo" + "rk/report", "docs/home/index.md", "a registry of packages"]
)
def test_other_words_are_not(text: str) -> None:
    assert foreign_words({"notes.md": text}) == []
