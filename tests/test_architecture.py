"""The layers, the table of procedures, and what importing costs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def loaded_by(statement: str) -> set[str]:
    code = f"import sys; {statement}; print('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(done.stdout.split())


def test_the_layers_are_kept() -> None:
    tool = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([str(tool), "--no-cache"], capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stdout


def test_the_kernel_loads_no_sympy() -> None:
    assert "sympy" not in loaded_by("import derive.kernel.check")


def test_the_command_line_loads_no_sympy() -> None:
    assert not {"sympy", "rich", "derive.verify"} & loaded_by("import derive.cli")


def test_checking_a_post_loads_no_sympy() -> None:
    statement = "from derive.read import read_text; from derive.verify import verify; verify(read_text('$x + x = 2x$'))"
    assert "sympy" not in loaded_by(statement)


def test_a_solver_is_loaded_only_where_it_is_needed() -> None:
    text = "$x + x = 2x$ and $x^2 + y^2 \\ge 2 x y$ and $x + 1 = x$"
    statement = f"from derive.read import read_text; from derive.verify import verify; verify(read_text({text!r}))"
    assert not {"clarabel", "numpy", "scipy"} & loaded_by(statement)


def test_every_procedure_stands_in_the_table() -> None:
    from derive import decide

    folder = ROOT / "derive" / "decide"
    named = {procedure.name for procedure in (*decide.PROCEDURES, *decide.REFUTERS)}
    shared = {"__init__", "work", "discharge", "attempts", "candidates", "combination", "simplex", "terms_of", "pieces"}
    shared |= {"semidefinite", "numeric", "solving", "changes", "conjunctions", "numbering", "instances", "examples"}
    shared |= {"accepted", "screening", "segments", "smoothness", "inverses"}
    files = {path.stem for path in folder.glob("*.py")} - shared
    assert files <= named, files - named


def test_every_procedure_has_a_case_file() -> None:
    from derive import decide

    cases = {path.stem for path in (ROOT / "tests" / "cases").glob("*.md")}
    missing = {procedure.name for procedure in (*decide.PROCEDURES, *decide.REFUTERS)} - cases
    assert not missing, missing


def test_public_names_have_docstrings() -> None:
    import derive

    for name in derive.__all__:
        if not name.startswith("__"):
            assert (getattr(derive, name).__doc__ or "").strip(), name


def test_no_text_is_evaluated() -> None:
    for path in (ROOT / "derive").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for forbidden in ("eval(", "sympify(", "parse_expr(", "exec("):
            for line in text.splitlines():
                code = line.split("#")[0]
                index = code.find(forbidden)
                assert index < 0 or code[index - 1 : index].isalnum() or code[index - 1 : index] in "_.", (
                    f"{path}: {line}"
                )
