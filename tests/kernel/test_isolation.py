"""The kernel stands alone: the standard library only, and a copy of the folder proves something in a bare interpreter."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

KERNEL = Path(__file__).parents[2] / "derive" / "kernel"
FILES = sorted(KERNEL.rglob("*.py"))

PROOF = """
import sys
sys.path.insert(0, {folder!r})
from kernel.certificate import Identity, Rejected, Square, Squares
from kernel.check import check
from kernel.claim import Claim
from kernel.term import ONE, TWO, ZERO, Apply, Symbol, equal

x = Symbol("x")
print(check(Claim(Apply(">=", (Apply("^", (x, TWO)), ZERO))), Squares((Square(ONE, (), x),))))
print(check(Claim(equal(Apply("/", (x, x)), ONE)), Identity()))
try:
    check(Claim(equal(x, ONE)), Identity())
except Rejected as reason:
    print("rejected:", reason)
print(sorted(name for name in sys.modules if name.split(".")[0] in ("derive", "sympy")))
"""


def test_a_copy_of_the_folder_proves_something(tmp_path: Path) -> None:
    shutil.copytree(KERNEL, tmp_path / "kernel", ignore=shutil.ignore_patterns("__pycache__"))
    script = tmp_path / "proof.py"
    script.write_text(PROOF.format(folder=str(tmp_path)), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(script)], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "()"
    assert lines[1].startswith("(Apply('!=', (Symbol('x'")
    assert lines[2].startswith("rejected:")
    assert lines[3] == "[]"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_only_the_standard_library_and_relative_imports(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            modules = [node.module or ""]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 1, "an import from above the kernel"
            modules = []
        else:
            modules = []
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in {"__import__", "eval", "exec", "compile", "open"}
        assert {module.split(".")[0] for module in modules} <= sys.stdlib_module_names, modules


def test_the_files_are_found() -> None:
    assert {"check.py", "term.py", "sign.py", "definedness.py", "data.py"} <= {path.name for path in FILES}
