"""What the README shows is what happens."""

from __future__ import annotations

import json
import re
import textwrap
from pathlib import Path

import pytest
from click.testing import CliRunner

from derive import cli
from derive.api import check

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])


def block_after(words: str) -> str:
    """The indented block behind these words."""
    rest = README[README.index(words) + len(words) :]
    match = re.search(r"\n((?:(?: {4}[^\n]*)?\n)+)", rest)
    assert match is not None
    return textwrap.dedent(match.group(1)).strip() + "\n"


def test_the_post_and_its_report(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("post.md").write_text(block_after("A post, `post.md`:\n"), encoding="utf-8")
    told = CliRunner().invoke(cli.main, ["check", "post.md"])
    assert told.output == block_after("What `derive check post.md` says of it:\n")
    assert told.exit_code == 1


def test_the_formula() -> None:
    command, *answer = block_after("And one formula:\n").splitlines()
    formula = re.fullmatch(r"\$ derive prove '(.*)'", command)
    assert formula is not None
    assert CliRunner().invoke(cli.main, ["prove", formula.group(1)]).output.splitlines() == answer


def test_the_python_proof(tmp_path: Path) -> None:
    block = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert block is not None
    path = tmp_path / "proof.py"
    path.write_text(block.group(1), encoding="utf-8")
    (document,) = check(str(path)).documents
    assert not document.problems
    assert [result.verdict.value for result in document.results] == ["proved"] * 3


# --- the documentation ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_path_exists(page: Path) -> None:
    """Paths in backticks, from the root or from derive/, and links from the page. A README's example and build/ are made by the reader."""
    text = page.read_text(encoding="utf-8")
    made = {"post.md", "derive.toml", "posts/**/*.md", ".venv/bin/derive", "report.json"}
    named = {
        one
        for one in re.findall(r"`([^`\s]+)`", text)
        if re.fullmatch(r"[\w./*-]+(?:\.(?:py|md|toml|txt|jsonl)|/)", one)
    }
    for one in named - made:
        if not one.startswith((".", "build/")):
            assert any(any(base.glob(one.rstrip("/"))) for base in (ROOT, ROOT / "derive")), one
    for link in re.findall(r"\]\(([^)#:\s]+)\)", text):
        assert (page.parent / link).exists(), link


def test_the_modules_of_the_architecture_exist() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    folder, seen = "", 0
    for layer, files in re.findall(r"^\| (`[a-z/_.]+`(?:, `[a-z_.]+`)*|) ?\| ([^|]*) \|", text, re.MULTILINE):
        folder = layer.strip("`") if layer.endswith("/`") else folder if not layer else ""
        for name in re.findall(r"\b[a-z_]+\b", files) if folder and not files.startswith("one ") else ():
            assert (ROOT / "derive" / folder / f"{name}.py").exists(), f"{folder}{name}"
            seen += 1
    assert seen > 40


def test_decisions_are_numbered() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [int(page.stem[:4]) for page in pages] == list(range(1, len(pages) + 1))
    for page in pages:
        assert page.read_text(encoding="utf-8").startswith(f"# {int(page.stem[:4])}. "), page


def test_every_key_of_the_report_is_explained(tmp_path: Path) -> None:
    path = tmp_path / "post.md"
    path.write_text("$x = x + 0 = x + 0 + 0$ and $1 = 2$\n\n$x = 1\n", encoding="utf-8")
    data = json.loads(CliRunner().invoke(cli.main, ["check", str(path), "--format", "json"]).output)
    (document,) = data["documents"]
    keys = {
        *data,
        *document,
        *(key for part in ("errors", "results", "conclusions") for one in document[part] for key in one),
    }
    assert document["errors"]
    assert document["conclusions"]
    text = (ROOT / "docs" / "report.md").read_text(encoding="utf-8")
    assert not {key for key in keys if f"`{key}`" not in text}
