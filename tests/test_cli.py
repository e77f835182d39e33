"""The command line: exit statuses, formats, expansion of folders, errors in one message, and what loading costs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from derive import cli
from derive.language import report as reports
from derive.language.codes import CODES
from derive.language.document import Problem

ROOT = Path(__file__).parent.parent


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli.main, [str(argument) for argument in arguments])


def process(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "derive", *map(str, arguments)]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, check=False, timeout=120, env={**os.environ, **environment}
    )


def found(path: str, *verdicts: str, conditions: tuple[str, ...] = ()) -> reports.DocumentReport:
    results = [
        reports.Result(
            f"{n}.1",
            n,
            1,
            n,
            5,
            f"a = {n} 한글",
            "=",
            reports.Verdict(v),
            conditions=conditions,
            reading=f"reading {n}",
        )
        for n, v in enumerate(verdicts, start=1)
    ]
    return reports.DocumentReport(path, results)


@pytest.fixture
def told(monkeypatch) -> dict[str, reports.DocumentReport]:
    """What `check_file` says of a file, by name, in place of the whole pipeline."""
    answers: dict[str, reports.DocumentReport] = {}
    monkeypatch.setattr(cli, "check_file", lambda task: answers.get(Path(task[0]).name) or found(task[0], "proved"))
    monkeypatch.setattr(cli, "_axioms", dict)
    monkeypatch.setattr(cli, "_check_in_processes", lambda tasks, jobs, limit: [cli.check_file(one) for one in tasks])
    return answers


# --- what loading costs --------------------------------------------------------------------------------------------------


def test_help_loads_nothing_heavy() -> None:
    code = "import sys, derive.cli as c\ntry: c.main(['--help'])\nexcept SystemExit: pass\nprint(sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = done.stdout
    for heavy in ("'sympy'", "'rich'", "'multiprocessing'", "'derive.verify'", "'derive.decide'", "'derive.kernel'"):
        assert heavy not in loaded, heavy


@pytest.mark.parametrize("command", ["check", "prove", "write", "certify", "explain", "bench"])
def test_every_command_has_its_help(command) -> None:
    done = run(command, "--help")
    assert done.exit_code == 0
    assert done.output.startswith(f"Usage: main {command}")


@pytest.mark.parametrize("command", ["check", "write"])
def test_the_help_says_what_is_executed(command) -> None:
    text = " ".join(run(command, "--help").output.split())
    assert "is Python code and is executed" in text
    assert "certificates are never executed" in text


def test_version() -> None:
    from derive import __version__

    assert __version__ in run("--version").output


# --- check ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verdicts", "conditions", "plain", "strict"),
    [
        (["proved", "defined", "assumed"], (), 0, 0),
        (["proved"], ("x != 0",), 0, 1),
        (["unknown"], (), 0, 1),
        (["unread"], (), 0, 1),
        (["refuted"], (), 1, 1),
        (["ill-sorted"], (), 1, 1),
        ([], (), 0, 0),
    ],
)
def test_exit_statuses(told, verdicts, conditions, plain, strict) -> None:
    told["a.md"] = found("a.md", *verdicts, conditions=conditions)
    assert run("check", "a.md").exit_code == plain
    assert run("check", "a.md", "--strict").exit_code == strict


def test_a_problem_is_status_two_and_the_rest_is_checked(told) -> None:
    told["bad.md"] = reports.DocumentReport("bad.md", problems=[Problem("not UTF-8", code="not-utf-8")])
    done = run("check", "bad.md", "good.md")
    assert done.exit_code == 2
    assert "not UTF-8" in done.output
    assert "good.md:1:1  proved" in done.output


def test_formats(told) -> None:
    told["a.md"] = found("a.md", "refuted")
    assert "a.md:1:1  refuted" in run("check", "a.md").output
    assert json.loads(run("check", "a.md", "--format", "json").output)["documents"][0]["path"] == "a.md"
    assert json.loads(run("check", "a.md", "--format", "sarif").output)["version"] == "2.1.0"
    assert run("check", "a.md", "--format", "github").output.startswith("::error file=a.md")
    assert run("check", "a.md", "--format", "runes").exit_code == 2
    assert "reading 1" in run("check", "a.md", "--show-reading").output
    assert "reading 1" not in run("check", "a.md").output


def test_strict_reaches_the_annotations(told) -> None:
    told["a.md"] = found("a.md", "unknown")
    assert run("check", "a.md", "--format", "github").output.startswith("::warning")
    assert run("check", "a.md", "--format", "github", "--strict").output.startswith("::error")


def test_output_goes_to_a_file(told, tmp_path) -> None:
    target = tmp_path / "report.txt"
    done = run("check", "a.md", "-o", target)
    assert done.output == ""
    assert "한글" in target.read_text(encoding="utf-8")
    assert b"\r" not in target.read_bytes()
    done = run("check", "a.md", "-o", tmp_path / "nowhere" / "report.txt")
    assert done.exit_code == 2
    assert "cannot write" in done.output


def test_folders_and_patterns(told, tmp_path) -> None:
    for name in ("b.md", "a.tex", "c.py", "d.txt", "sub/e.ipynb", ".hidden/f.md", "node_modules/g.md", "_site/h.md"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("", encoding="utf-8")

    def names(*arguments: object) -> list[str]:
        data = json.loads(run("check", *arguments, "--format", "json").output)
        return [Path(document["path"]).name for document in data["documents"]]

    assert names(tmp_path) == ["a.tex", "b.md", "e.ipynb"]  # c.py would be executed: only where it is named
    assert names(tmp_path / "c.py") == ["c.py"]
    assert names(f"{tmp_path}/*.md", tmp_path / "b.md") == ["b.md"]
    assert names(f"{tmp_path}/**/*.ipynb") == ["e.ipynb"]


def test_nothing_to_check_is_said(told, tmp_path) -> None:
    done = run("check", tmp_path)
    assert done.exit_code == 2
    assert "no .md" in done.output
    done = run("check", f"{tmp_path}/*.md", "good.md")
    assert done.exit_code == 2
    assert "no file matches" in done.output
    assert "good.md:1:1" in done.output
    assert run("check").exit_code == 2


@pytest.mark.parametrize("dimension", ["0", "-1", "nn", "", "1.5", "99999999999", "²"])
def test_a_dimension_is_a_letter_or_a_number(told, dimension) -> None:
    done = run("check", "a.py", "--dimension", dimension)
    assert done.exit_code == 2
    assert "--dimension" in done.output


@pytest.mark.parametrize("error", [RuntimeError("lost"), RecursionError("deep"), MemoryError()])
def test_a_defect_in_one_file_is_one_message(monkeypatch, error) -> None:
    import derive.read

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(derive.read, "read", fail, raising=False)
    document = cli.check_file(("a.md", "n"))
    (problem,) = document.problems
    assert problem.code == "internal-error"
    assert type(error).__name__ in problem.message


def test_no_colours_in_a_pipe(told) -> None:
    assert "\x1b" not in run("check", "a.md").output


def test_colours_on_a_terminal_only(monkeypatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert cli._colours(None)
    assert not cli._colours("file.txt")
    monkeypatch.setenv("NO_COLOR", "1")
    assert not cli._colours(None)
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert not cli._colours(None)


# --- the whole pipeline --------------------------------------------------------------------------------------------------


@pytest.fixture
def post(tmp_path) -> Path:
    path = tmp_path / "글.md"
    path.write_text("# 제목\n\n$(x + y)^2 = x^2 + 2xy + y^2$\n\n$\\frac{x}{x} = 1$\n\n$x + 1 = x$\n", encoding="utf-8")
    return path


def test_check_a_post(post) -> None:
    done = process("check", post, PYTHONIOENCODING="ascii", LC_ALL="C", NO_COLOR="1")
    text = done.stdout.decode("utf-8")
    assert done.returncode == 1, done.stderr
    assert [line.split()[1] for line in text.splitlines() if ".md:" in line] == ["proved", "proved", "refuted"]
    assert "글.md:5:2" in text
    assert "where: x != 0" in text
    assert "\x1b" not in text


def test_the_same_input_gives_the_same_bytes(post) -> None:
    first, second = (process("check", post, "--format", "json", PYTHONHASHSEED=seed).stdout for seed in ("1", "2"))
    assert first.split(b'"timing"')[0] == second.split(b'"timing"')[0]


def test_several_files_at_a_time_are_reported_in_order(post, tmp_path) -> None:
    other = tmp_path / "a.md"
    other.write_text("$1 + 1 = 2$\n", encoding="utf-8")
    data = json.loads(process("check", post, other, tmp_path / "lost.md", "--jobs", 2, "--format", "json").stdout)
    assert [Path(document["path"]).name for document in data["documents"]] == ["글.md", "a.md", "lost.md"]
    assert data["documents"][2]["errors"]


@pytest.mark.parametrize(
    "content",
    [None, b"\xff\xfe\x61\x01", b"\x00\x01\x02\x7f" * 9],
    ids=["missing", "utf-16", "binary"],
)
def test_bad_files_are_one_message_each(tmp_path, post, content) -> None:
    bad = tmp_path / "bad.md"
    if content is not None:
        bad.write_bytes(content)
    done = process("check", bad, post)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr + done.stdout
    text = done.stdout.decode("utf-8")
    assert sum("problem" in line.split("  ") for line in text.splitlines()) == 1
    assert "글.md:3" in text


def test_prove() -> None:
    done = run("prove", r"\frac{a}{b} \frac{b}{a} = 1", "--declare", "a, b : positive real", "--strict")
    assert done.exit_code == 0, done.output
    assert "proved" in done.output
    done = run("prove", r"\frac{x}{x} = 1", "--strict")
    assert done.exit_code == 1
    assert "x != 0" in done.output
    done = run("prove", "x > 0", "--assume", "x > 1")
    assert done.exit_code == 0
    assert run("prove", "(x + y)^2 = x^2 + y^2").exit_code == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("x = x", "--declare", "x is a number"),
        ("x = x", "--declare", "x : bananas"),
        ("x = x", "--assume", r"\foo{x}"),
        ("", "--declare", "x : real"),
    ],
)
def test_what_is_not_understood_in_a_declaration_is_bad_usage(arguments) -> None:
    done = run("prove", *arguments)
    assert done.exit_code == 2, done.output
    assert "Traceback" not in done.output


PROOF = """
    from derive import Derivation

    print("a proof may print")


    def derivation(dimension="n"):
        d = Derivation("Squares", dimension)
        x, y = d.real("x", "y")
        d.claim((x + y) ** 2, "=", x**2 + 2 * x * y + y**2, reason="multiplied out")
        return d
"""


def test_write(tmp_path) -> None:
    proof = tmp_path / "proof.py"
    proof.write_text(textwrap.dedent(PROOF), encoding="utf-8")
    done = process("write", proof, "--to", "markdown")
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode("utf-8").startswith("# Squares\n")
    assert b"may print" not in done.stdout
    target = tmp_path / "out.tex"
    assert run("write", proof, "-o", target).exit_code == 0
    assert "\\tag{1}" in target.read_text(encoding="utf-8")
    assert (
        "documentclass"
        not in CliRunner(catch_exceptions=False).invoke(cli.main, ["write", str(proof), "--body"]).output
    )


def test_a_proof_that_does_not_end_is_not_written(tmp_path) -> None:
    proof = tmp_path / "proof.py"
    proof.write_text("def derivation(dimension='n'):\n    while True:\n        pass\n", encoding="utf-8")
    done = process("write", proof, "--time-limit", "1", "-o", tmp_path / "out.tex")
    assert done.returncode == 2
    assert b"proof.py: ended after 1 seconds; look for a loop in it" in done.stderr
    assert not (tmp_path / "out.tex").exists()


def test_a_proof_that_is_false_is_written_with_a_warning(tmp_path) -> None:
    proof = tmp_path / "proof.py"
    proof.write_text(textwrap.dedent(PROOF).replace("2 * x * y", "x * y"), encoding="utf-8")
    done = process("write", proof)
    assert done.returncode == 1
    assert b"NOT PROVED" in done.stdout
    assert b"1 refuted" in done.stderr


def test_a_proof_that_raises_is_one_message_with_its_line(tmp_path, post) -> None:
    proof = tmp_path / "proof.py"
    proof.write_text("def derivation(dimension='n'):\n    x = 1\n    return x / 0\n", encoding="utf-8")
    done = process("write", proof)
    assert done.returncode == 2
    assert b"proof.py:3: ZeroDivisionError" in done.stderr
    assert b"Traceback" not in done.stderr
    done = process("check", proof, post)
    assert done.returncode == 2
    assert b"proof.py:3:1  problem  ZeroDivisionError" in done.stdout
    assert "글.md:3".encode() in done.stdout


BAD_PROOFS = {
    "a syntax error": ("def derivation(:\n", ":1:1  problem  SyntaxError"),
    "no derivation": ("x = 1\n", "  problem  proof.py offers no function derivation(dimension); define one"),
    "something else": ("def derivation(dimension='n'):\n    return 3\n", "must return a Derivation, not int"),
    "a missing module": ("\nimport no_such_module\n", ":2:1  problem  ModuleNotFoundError"),
    "the end of the process": ("import os\nos._exit(3)\n", "  problem  the process ended with status 3"),
    "an exit": ("import sys\nsys.exit(0)\n", ":2:1  problem  SystemExit"),
    "no end": ("while True:\n    print('x' * 1000)\n", "  problem  ended after 2 seconds; look for a loop"),
    "deep recursion": ("def f():\n    return f()\n\n\nf()\n", "problem  RecursionError"),
}


@pytest.mark.parametrize("name", BAD_PROOFS)
def test_a_bad_proof_costs_itself_only(tmp_path, post, name) -> None:
    source, message = BAD_PROOFS[name]
    (tmp_path / "proof.py").write_text(source, encoding="utf-8")
    limit = "2" if name == "no end" else "100"  # a busy machine is no reason to end one that ends
    command = [sys.executable, "-m", "derive", "check", "proof.py", post.name, "--time-limit", limit]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=120, env=environment)
    text = done.stdout.decode("utf-8")
    assert done.returncode == 2, text
    assert message in text
    assert sum("  problem  " in line for line in text.splitlines()) == 1
    assert "글.md:3:2" in text
    assert b"Traceback" not in done.stdout + done.stderr
    assert len(done.stderr) < 200_000


def test_what_a_proof_prints_is_no_part_of_the_report(tmp_path) -> None:
    proof = tmp_path / "proof.py"
    noise = "import os, sys\nprint('one')\nsys.__stdout__.write('two')\nos.write(1, b'three')\n"
    proof.write_text(noise + textwrap.dedent(PROOF), encoding="utf-8")
    done = process("check", proof, "--format", "json")
    assert json.loads(done.stdout)["documents"][0]["summary"]["proved"] == 1
    assert b"one" in done.stderr


def test_write_takes_proofs_only(post) -> None:
    assert "not a Python proof" in run("write", post).output
    assert run("write", post).exit_code == 2
    assert run("write", "nowhere.py").exit_code == 2


def test_certify(post, tmp_path) -> None:
    report = tmp_path / "report.json"
    assert run("check", post, "--format", "json", "-o", report).exit_code == 1
    done = run("certify", report)
    assert done.exit_code == 0, done.output
    assert "3 verdicts proved or refuted, 3 confirmed" in done.output


@pytest.mark.parametrize("liar", ["condition", "certificate", "claim", "point", "none", "nonsense"])
def test_a_forged_report_is_not_confirmed(post, tmp_path, liar) -> None:
    report = tmp_path / "report.json"
    run("check", post, "--format", "json", "-o", report)
    data = json.loads(report.read_text(encoding="utf-8"))
    square, quotient, wrong = data["documents"][0]["results"]
    match liar:
        case "condition":
            quotient["conditions"] = []
        case "certificate":
            wrong |= {"verdict": "proved", "certificate": square["certificate"]}
        case "claim":
            square["claim"] = wrong["claim"]
        case "point":
            square |= {"verdict": "refuted", "refutation": wrong["refutation"]}
        case "none":
            square["certificate"] = None
        case "nonsense":
            square["certificate"] = [[1], {"kind": "Identity"}]
    report.write_text(json.dumps(data), encoding="utf-8")
    done = run("certify", report)
    assert done.exit_code == 1, done.output
    assert len(done.output.splitlines()) == 2


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "[" * 100_000, '{"version": 2, "documents": []}', '{"version": 1, "documents": [3]}']
)
def test_what_is_no_report(tmp_path, text) -> None:
    report = tmp_path / "report.json"
    report.write_text(text, encoding="utf-8")
    done = run("certify", report)
    assert done.exit_code == 2
    assert len(done.output.splitlines()) == 1
    assert run("certify", tmp_path / "nowhere.json").exit_code == 2


# --- explain -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", list(CODES))
def test_every_code_is_explained(code) -> None:
    done = run("explain", code)
    assert done.exit_code == 0
    assert done.output.startswith(f"{code}: ")
    for text in (CODES[code].summary, CODES[code].explanation, CODES[code].way_out):
        assert text.strip()


def test_a_procedure_is_explained() -> None:
    done = run("explain", "squares")
    assert done.exit_code == 0, done.output
    assert "Gives up when" in done.output


def test_a_line_is_explained(post) -> None:
    done = run("explain", f"{post}:7")
    assert done.exit_code == 0
    assert "reading" in done.output
    assert "More: derive explain refuted-by-evaluation" in done.output
    assert run("explain", f"{post}:1").exit_code == 2


def test_an_unknown_name_is_bad_usage() -> None:
    done = run("explain", "rests-on-refutd")
    assert done.exit_code == 2
    assert "did you mean rests-on-refuted" in done.output


def test_every_code_that_is_given_is_explained() -> None:
    """Codes are hyphenated words in the sources; these are the other ones."""
    import ast

    given: dict[str, str] = {}
    for path in (ROOT / "derive").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for value in _codes_of(node):
                given[value] = path.name
    assert len(given) > 20
    assert not {code: name for code, name in given.items() if code not in CODES}


def _codes_of(node: object) -> list[str]:
    import ast

    values: list[ast.expr] = []
    match node:
        case ast.Call(func=ast.Name(id="UnreadError"), args=[_, _, code]):
            values = [code]
        case ast.Call(func=ast.Name(id="Problem"), keywords=[*_, ast.keyword(arg="code", value=code)]):
            values = [code]
        case ast.Assign(targets=[ast.Attribute(attr="code")], value=code):
            values = [code]
        case ast.Assign(targets=[ast.Tuple(elts=targets)], value=ast.Tuple(elts=elements)):
            values = [
                e for t, e in zip(targets, elements, strict=False) if isinstance(t, ast.Attribute) and t.attr == "code"
            ]
        case ast.Call(func=ast.Name(id="Decision" | "_Found" | "_Failed"), keywords=keywords):
            values = [keyword.value for keyword in keywords if keyword.arg == "code"]
    return [v.value for v in values if isinstance(v, ast.Constant) and isinstance(v.value, str) and v.value]


# --- what is named on the command line -----------------------------------------------------------------------------------


def test_the_suffixes_are_those_of_the_reader() -> None:
    from derive.read import KINDS, SUFFIXES

    assert set(SUFFIXES) == set(cli._READABLE)
    assert cli._KINDS == KINDS


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    for name in (
        "a.md", "b/c.MARKDOWN", "b/d.mdx", "b/e.tex", "f.ipynb", "g.Rmd", "h.qmd", "i.txt", "j.py", ".hidden.md", ".git/k.md", ".venv/l.md",
        "node_modules/m/n.md", "_site/o.md", "b/__pycache__/p.md",
    ):  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("$1 = 1$", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def named(*paths: str) -> list[str]:
    return [path.replace(os.sep, "/") for path, problem in cli._expanded(paths) if not problem]


def test_a_folder_stands_for_its_documents(folder) -> None:
    everything = ["./a.md", "./b/c.MARKDOWN", "./b/d.mdx", "./b/e.tex", "./f.ipynb", "./g.Rmd", "./h.qmd"]
    assert named(".") == everything
    assert named("b") == ["b/c.MARKDOWN", "b/d.mdx", "b/e.tex"]
    assert named(".git") == [".git/k.md"]
    assert named("node_modules") == ["node_modules/m/n.md"]


def test_patterns(folder) -> None:
    assert named("*.md") == ["a.md"]
    assert named("**/*.md") == ["a.md"]
    assert named("node_modules/**/*.md") == ["node_modules/m/n.md"]
    assert named("?.txt", "b/*.[tm]*") == ["i.txt", "b/d.mdx", "b/e.tex"]
    ((given, problem),) = cli._expanded(["*.pdf"])
    assert (given, problem) == ("*.pdf", "no file matches this pattern")
    (folder / "[x].md").write_text("$1 = 1$", encoding="utf-8")
    assert named("[x].md") == ["[x].md"]


def test_each_file_once(folder) -> None:
    assert named("a.md", "./a.md", str(folder / "a.md"), "*.md", ".", "b/../a.md")[:1] == ["a.md"]
    assert len(named("a.md", "./a.md", str(folder / "a.md"), "*.md", "b/../a.md")) == 1
    assert len(named(".", ".", "b")) == 7


def test_a_folder_without_documents_is_one_message(folder) -> None:
    (folder / "empty").mkdir()
    done = run("check", "empty")
    assert done.exit_code == 2
    assert "no .md, .markdown, .mdx" in done.output
    assert "in this folder" in done.output


def test_standard_input() -> None:
    def read(text: str, *arguments: str) -> Result:
        return CliRunner().invoke(cli.main, ["check", "-", *arguments], input=text)

    assert "-:1:2  proved" in read("$1 + 1 = 2$\n").output
    assert read("$1 + 1 = 3$\n").exit_code == 1
    tex = "\\newcommand{\\a}{1}\\begin{document}\n\\begin{align}\\a + 1 &= 2\\end{align}\\end{document}"
    assert "-:2:14  proved" in read(tex, "--as", "tex").output
    notebook = json.dumps({"cells": [{"cell_type": "markdown", "source": "$1 + 1 = 2$"}]})
    assert "-#cell1:1:2  proved" in read(notebook, "--as", "ipynb").output
    done = read("", "--as", "md")
    assert done.exit_code == 2
    assert "the file is empty" in done.output
    assert read("x", "--as", "pdf").exit_code == 2


def test_a_cell_is_explained(tmp_path) -> None:
    path = tmp_path / "a.ipynb"
    cells = [{"cell_type": "markdown", "source": f"$1 + 1 = {number}$"} for number in (2, 3)]
    path.write_text(json.dumps({"cells": cells}), encoding="utf-8")
    output = run("explain", f"{path}#cell2:1").output
    assert "refuted" in output
    assert "proved" not in output
    assert "proved" in run("explain", f"{path}:1").output
    assert run("explain", f"{path}#cell3:1").exit_code == 2
