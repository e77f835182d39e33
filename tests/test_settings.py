"""Settings: where they are found, what they do, and what is said of those that are not understood."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import derive
from derive import cli
from derive.language.report import Verdict
from derive.settings import Settings, SettingsError, settings_for

ALL = """
macros = { R = '\\mathbb{R}', half = ['\\frac{#1}{2}', 1] }
declare = ["x : positive real; y : real"]
assume = "y > 1"
exclude = ["drafts/*", "old"]
strict = true
"""


def run(*arguments: object, text: str | None = None) -> Result:
    return CliRunner().invoke(cli.main, [str(argument) for argument in arguments], input=text)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "posts" / "drafts").mkdir(parents=True)
    (tmp_path / "drafts").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_all_keys(folder: Path) -> None:
    (folder / "derive.toml").write_text(ALL, encoding="utf-8")
    found = settings_for(str(folder / "posts" / "a.md"))
    assert found.path == "derive.toml"
    assert found.preamble.macros == {"R": "\\mathbb{R}", "half": ["\\frac{#1}{2}", 1]}
    assert found.preamble.declare == ("x : positive real; y : real",)
    assert found.preamble.assume == ("y > 1",)
    assert found.strict
    assert found.notes() == ["the declarations of derive.toml hold here"]


def test_the_nearest_file_counts_alone(folder: Path) -> None:
    (folder / "pyproject.toml").write_text("[tool.derive]\nstrict = true\nassume = ['a > 0']\n", encoding="utf-8")
    (folder / "posts" / "derive.toml").write_text("declare = 'a : real'\n", encoding="utf-8")
    assert settings_for("posts/a.md").preamble.assume == ()
    assert settings_for("posts/drafts/a.md").preamble.declare == ("a : real",)
    assert settings_for("posts").path == str(Path("posts") / "derive.toml")
    assert settings_for("a.md").strict
    assert settings_for("-").strict
    (folder / "derive.toml").write_text("", encoding="utf-8")
    assert settings_for("a.md") == Settings("derive.toml")


def test_a_pyproject_of_others_is_their_business(folder: Path) -> None:
    (folder / "pyproject.toml").write_text("[tool.ruff]\nline-length = 3\n", encoding="utf-8")
    assert settings_for("a.md").path == ""
    (folder / "pyproject.toml").write_text("[tool.ruff\n", encoding="utf-8")
    assert settings_for("a.md").path == ""


WRONG = {
    "an unknown key": ("macro = {}", "there is no setting 'macro'; did you mean macros?"),
    "quite another key": ("foo = 1", "known are macros, declare"),
    "the table of pyproject": ("[tool.derive]\nstrict = true", "there is no setting 'tool'"),
    "no TOML": ("strict = ", "no TOML"),
    "strict": ("strict = 1", "strict is true or false"),
    "macros": ("macros = ['a']", "macros is a table"),
    "a macro": ("macros = { a = 1 }", "the macro \\a is written as"),
    "the name of a macro": ("macros = { 'a b' = 'x' }", "is not the name of a macro"),
    "exclude": ("exclude = 3", "exclude is a text or a list of texts"),
    "declare": ("declare = [1]", "declare is a text or a list of texts"),
    "a declaration": ("declare = 'x : bananas'", "'bananas' is not a sort"),
    "a claim": ("declare = 'claim x = x'", "belongs into a document"),
    "a hypothesis": ("assume = '\\foo{x}'", "\\foo"),
}


@pytest.mark.parametrize("name", WRONG)
def test_one_clear_message(folder: Path, name: str) -> None:
    text, words = WRONG[name]
    text = text.replace("'\\foo{x}'", "'\\\\foo{x}'").replace("\\\\", "\\")
    (folder / "derive.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        settings_for("a.md")
    assert words in str(caught.value)
    assert str(caught.value).startswith("derive.toml: ")
    (folder / "a.md").write_text("$1 = 1$", encoding="utf-8")
    done = run("check", "a.md")
    assert done.exit_code == 2
    assert words in done.output
    assert len(done.output.strip().splitlines()) == 1
    (problem,) = derive.check("a.md").documents[0].problems
    assert problem.code == "settings"


def test_pyproject_that_is_wrong(folder: Path) -> None:
    (folder / "pyproject.toml").write_text("[tool.derive\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="no TOML"):
        settings_for("a.md")
    (folder / "pyproject.toml").write_text("tool.derive = 3\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="is a table"):
        settings_for("a.md")


def test_settings_hold_in_documents(folder: Path) -> None:
    (folder / "posts" / "a.md").write_text("# A\n\n$\\half{x} > 0$\n\n## B\n\n$y > 0$\n", encoding="utf-8")
    assert run("check", "posts/a.md").output.count("unread") > 0
    (folder / "derive.toml").write_text(ALL, encoding="utf-8")
    done = run("check", "posts/a.md")
    assert done.exit_code == 0, done.output
    assert done.output.count("proved") >= 2
    assert "the declarations of derive.toml hold here" in done.output
    report = derive.check("posts/a.md")
    assert [one.verdict for one in report.documents[0].results] == [Verdict.PROVED, Verdict.PROVED]


def test_declared_functions_are_functions(folder: Path) -> None:
    (folder / "derive.toml").write_text("declare = 'f : function(real) -> real'\n", encoding="utf-8")
    (folder / "a.md").write_text("$f(x + 1) = f(1 + x)$\n", encoding="utf-8")
    assert [one.verdict for one in derive.check("a.md").documents[0].results] == [Verdict.PROVED]


def test_strict(folder: Path) -> None:
    (folder / "a.md").write_text("$\\frac{x}{x} = 1$", encoding="utf-8")
    assert run("check", "a.md").exit_code == 0
    (folder / "derive.toml").write_text("strict = true", encoding="utf-8")
    assert run("check", "a.md").exit_code == 1


def test_exclude(folder: Path) -> None:
    (folder / "old").mkdir()
    for name in ("a.md", "drafts/b.md", "posts/c.md", "posts/drafts/d.md", "old/e.md"):
        (folder / name).write_text("$1 = 1$", encoding="utf-8")
    (folder / "derive.toml").write_text("exclude = ['drafts/*', 'old/']", encoding="utf-8")
    assert [path for path, _ in cli._expanded(["."])] == ["./a.md", "./posts/c.md", "./posts/drafts/d.md"]
    assert [path for path, _ in cli._expanded(["**/*.md"])] == ["a.md", "posts/c.md", "posts/drafts/d.md"]
    assert [path for path, _ in cli._expanded(["drafts/b.md"])] == ["drafts/b.md"]
    ((given, problem),) = cli._expanded(["drafts"])
    assert (given, bool(problem)) == ("drafts", True)
