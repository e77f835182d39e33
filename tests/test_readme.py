"""What the README shows is what happens."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

from click.testing import CliRunner

from derive import cli
from derive.api import check

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


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
