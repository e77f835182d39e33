"""The command line. Everything heavy is loaded by the command that needs it: `derive --help` loads no SymPy."""

from __future__ import annotations

import gc
import io
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from derive import __version__

if TYPE_CHECKING:
    from derive.language.document import Document
    from derive.language.report import DocumentReport, Report

_READABLE = (".md", ".markdown", ".mdx", ".ipynb", ".tex", ".rmd", ".qmd")
_KINDS = ("md", "mdx", "tex", "ipynb")
_SKIPPED = frozenset({"node_modules", "__pycache__", "_site", "build", "dist"})
_WILD = frozenset("*?[")

_EPILOG = (
    "Exit status: 0 nothing refuted or ill-sorted, 1 something (with --strict also conditional, unknown and unread), "
    "2 bad usage or unreadable input."
)
_EXECUTED = (
    "A proof (.py) is Python code and is executed, as any script you run: only give files that you trust. "
    "Posts, papers, notebooks, reports and certificates are never executed."
)


@click.group(epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="derive")
def main() -> None:
    """derive: a type checker for mathematics. Every relation is proved, refuted, or honestly unknown."""
    gc.set_threshold(20_000)  # terms have no cycles, and there are many of them: garbage is looked for rarely


# --- check and prove -----------------------------------------------------------------------------------------------------


@main.command(epilog=f"{_EXECUTED} {_EPILOG}")
@click.argument("paths", metavar="FILE...", nargs=-1, required=True)
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "sarif", "github"]), default="text", show_default=True
)
@click.option("--strict", is_flag=True, help="Exit with 1 for conditional, unknown and unread relations too.")
@click.option("--show-reading", is_flag=True, help="Print how every formula was understood.")
@click.option("--declarations", is_flag=True, help="Print the declarations that could be pasted, and nothing else.")
@click.option("--dimension", metavar="n|2|3", default="n", show_default=True, help="Handed to Python proofs.")
@click.option(
    "--second-reader",
    is_flag=True,
    help="Read scalar sides with latex2sympy2 too, and report where the readings differ.",
)
@click.option("--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="Files checked at a time.")
@click.option(
    "--time-limit",
    type=click.FloatRange(0.1),
    default=300.0,
    show_default=True,
    help="Seconds for a Python proof, a safety net. Posts need none: the work on them is limited.",
)
@click.option(
    "--as", "kind", type=click.Choice(_KINDS), default="md", show_default=True, help="What standard input is."
)
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(dir_okay=False), help="Write there instead of to the terminal."
)
def check(
    *,
    paths: tuple[str, ...],
    form: str,
    strict: bool,
    show_reading: bool,
    declarations: bool,
    dimension: str,
    second_reader: bool,
    jobs: int,
    time_limit: float,
    kind: str,
    output: str | None,
) -> None:
    """Check posts, papers, notebooks and proofs: every relation in them gets a verdict.

    A folder stands for the Markdown (.md, .markdown, .mdx, .Rmd, .qmd), .ipynb and .tex files below it; patterns such as posts/*.md are
    expanded; - is standard input. Python proofs are run only when they are named. Macros, declarations, files to leave out and strict come
    from derive.toml, or from [tool.derive] of pyproject.toml, in a folder above.
    """
    _require_dimension(dimension)
    from derive.settings import SettingsError
    from derive.workers import WorkersError

    try:
        named = list(_expanded(paths))
        strict = _is_strict(path for path, problem in named if not problem) or strict
        report = _check_all(named, dimension, jobs, time_limit, kind)
    except (WorkersError, SettingsError) as error:
        _fail(str(error))
    if declarations:
        _suggest(report, kind)
        sys.exit(0)
    if second_reader:
        for document in report.documents:
            _read_again(document, dimension)
    _show(report, form, strict, show_reading, output)
    sys.exit(report.exit_status(strict))


@main.command(epilog=_EPILOG)
@click.argument("latex")
@click.option("--declare", multiple=True, metavar="'x : real'", help="A declaration; may be repeated.")
@click.option("--assume", multiple=True, metavar="'x > 0'", help="A hypothesis; may be repeated.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "sarif", "github"]), default="text", show_default=True
)
@click.option("--strict", is_flag=True, help="Exit with 1 for conditional, unknown and unread relations too.")
@click.option("--show-reading", is_flag=True, help="Print how the formula was understood.")
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(dir_okay=False), help="Write there instead of to the terminal."
)
def prove(
    *,
    latex: str,
    declare: tuple[str, ...],
    assume: tuple[str, ...],
    form: str,
    strict: bool,
    show_reading: bool,
    output: str | None,
) -> None:
    r"""Decide one LaTeX formula: derive prove '\ln(ab) = \ln a + \ln b' --declare 'a, b : positive real'."""
    from derive.language.report import Report
    from derive.read import read_claim
    from derive.settings import SettingsError, settings_for
    from derive.theories import AXIOMS
    from derive.verify import verify

    _require_clean("formula", [latex])
    try:
        document = read_claim(latex, declare, assume, settings_for("-").preamble.macros)
    except SettingsError as error:
        _fail(str(error))
    except ValueError as error:
        raise click.UsageError(f"declaration not understood: {error}") from None
    if document.problems:
        raise click.UsageError(document.problems[0].message)
    found = verify(document)
    _refuse_declarations(document, found)
    report = Report([found], dict(AXIOMS))
    _show(report, form, strict, show_reading, output)
    sys.exit(report.exit_status(strict))


def _read_again(report: DocumentReport, dimension: str) -> None:
    """Adds what the second reader says: of a post as it stands, of a Python proof as it is written out."""
    from derive.language.document import Problem
    from derive.read import read, read_text
    from derive.read.second import Unavailable, compare_readings

    if report.problems:
        return
    if report.path == "-":
        report.notes.append("second reader: standard input can be read once only; name a file")
        return
    try:
        if report.path.endswith(".py"):
            from derive.api import load
            from derive.write import markdown

            with redirect_stdout(sys.stderr):
                document = read_text(markdown.write(load(report.path, dimension).text(), report), report.path)
        else:
            from derive.settings import settings_for

            document = read(report.path, settings_for(report.path).preamble)
        found = compare_readings(document)
    except Unavailable as error:
        report.notes.append(str(error))
        return
    report.notes.append(f"second reader: {found.agreed} sides read alike, {len(found.disagreements)} differently")
    for one in found.disagreements:
        place = document.place(one.start)
        message = f"the readers disagree on {one.latex}: {one.ours} here, {one.theirs} by latex2sympy2"
        report.problems.append(Problem(message, place.line, place.column, "readers-disagree", place.cell))


def _refuse_declarations(document: Document, found: DocumentReport) -> None:
    """A declaration that is not understood is bad usage: a verdict without it would answer another question."""
    from derive.bench import of_formulas
    from derive.language.report import Verdict

    for result in of_formulas(document, found.results)[1]:
        if result.verdict in {Verdict.UNREAD, Verdict.ILL_SORTED}:
            raise click.UsageError(f"declaration not understood: {result.latex}: {result.message}")


def _require_clean(what: str, texts: Sequence[str]) -> None:
    for text in texts:
        if not text.strip():
            raise click.UsageError(f"the {what} is empty")


def _is_strict(paths: Iterable[str]) -> bool:
    """Whether the settings of one of the files say so. Settings that are not understood end everything here: SettingsError."""
    from derive.settings import settings_for

    settings = [settings_for(path) for path in paths]
    return any(one.strict for one in settings)


def _check_all(named: Sequence[tuple[str, str]], dimension: str, jobs: int, time_limit: float, kind: str) -> Report:
    """The report on all files, in order; a file that cannot be read is a document with a problem."""
    from derive.language.report import Report

    tasks = [(path, dimension, kind) for path, problem in named if not problem]
    # A proof may do anything, so it gets a process that can be ended; posts do where several files are checked at a time.
    several = jobs > 1 and len(tasks) > 1
    apart = [task for task in tasks if (several and task[0] != "-") or task[0].endswith(".py")]
    there = dict(zip(apart, _check_in_processes(apart, jobs, time_limit), strict=True)) if apart else {}
    answers = (there[task] if task in there else check_file(task) for task in tasks)
    documents = [_with_problem(path, problem, "no-documents") if problem else next(answers) for path, problem in named]
    return Report(documents, _axioms() if tasks else {})


def _axioms() -> dict[str, Any]:
    from derive.theories import AXIOMS

    return dict(AXIOMS)


def _check_in_processes(tasks: Sequence[tuple[str, ...]], jobs: int, time_limit: float) -> list[DocumentReport]:
    from derive.workers import Failed, Finished, run

    def limit(task: tuple[str, ...]) -> float | None:
        return time_limit if task[0].endswith(".py") else None  # the work on a post is limited

    found: dict[int, DocumentReport] = {}
    for index, outcome in run(check_apart, tasks, jobs, limit):
        path = tasks[index][0]
        if isinstance(outcome, Finished):
            found[index] = outcome.value
        elif isinstance(outcome, Failed):
            found[index] = _with_problem(path, outcome.message, "crashed")
        else:
            found[index] = _with_problem(path, _ended(outcome.seconds), "time-limit")
    return [found[index] for index in range(len(tasks))]


def _ended(seconds: float) -> str:
    return f"ended after {seconds:g} seconds; look for a loop in it, or raise --time-limit"


def check_apart(task: tuple[str, ...]) -> DocumentReport:
    """`check_file` in a process of its own."""
    _set_output_apart()
    return check_file(task)


def _set_output_apart() -> None:
    """What a proof writes past Python goes to standard error, not into the report."""
    import os
    from contextlib import suppress

    with suppress(OSError):
        os.dup2(2, 1)


def check_file(task: tuple[str, ...]) -> DocumentReport:
    """The report on one file and dimension, with the kind of text that standard input is. Whatever goes wrong with it is a problem of its report."""
    path, dimension, *kind = task
    try:
        # What a proof prints must not run into the report.
        with redirect_stdout(_Limited()):
            if path.endswith(".py"):
                from derive.api import check as check_path

                if not Path(path).exists():
                    raise FileNotFoundError
                return check_path(path, dimension=dimension).documents[0]
            from derive.read import read
            from derive.settings import SettingsError, settings_for
            from derive.verify import verify

            try:
                settings = settings_for(path)
            except SettingsError as error:
                return _with_problem(path, str(error), "settings")
            document = read(path, settings.preamble, *kind)
            document.notes += settings.notes()
            return verify(document)
    except FileNotFoundError:
        return _with_problem(path, "there is no such file; check the path", "missing-file")
    except OSError as error:
        return _with_problem(path, f"cannot be read: {error.strerror or error}", "unreadable-input")
    except Exception as error:  # a defect in one file must not hide the verdicts on the others
        return _with_problem(
            path, f"internal error, please report it: {type(error).__name__}: {error}", "internal-error"
        )


class _Limited(io.TextIOBase):
    """Standard error, for so many characters; a proof that prints in a loop does not fill the disk of whoever logs it."""

    def __init__(self) -> None:
        self.left = 100_000

    def write(self, text: str) -> int:
        shown = text[: self.left]
        if shown:
            self.left -= len(shown)
            sys.stderr.write(shown if self.left else f"{shown}\n(the rest of what it prints is left out)\n")
        return len(text)

    def flush(self) -> None:
        sys.stderr.flush()


def _with_problem(path: str, message: str, code: str) -> DocumentReport:
    from derive.language.document import Problem
    from derive.language.report import DocumentReport

    return DocumentReport(path, problems=[Problem(message, code=code)])


def _expanded(paths: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Files for folders and patterns, each once, as (path, problem). SettingsError."""
    import os

    seen: set[str] = set()
    for given in paths:
        problem = ""
        unreadable: list[OSError] = []
        if os.path.isdir(given):
            found = _kept(_documents_below(given, unreadable.append))
            problem = f"no {', '.join(_READABLE)} file in this folder"
        elif not os.path.exists(given) and _WILD & set(given):
            found = _kept(_matching(given))
            problem = "no file matches this pattern"
        else:
            found = [given]
        for error in unreadable:
            yield error.filename, f"cannot be read: {error.strerror}"
        if not found and not unreadable:
            yield given, problem
        for path in found:
            real = os.path.realpath(path) if path != "-" else path
            if real not in seen:
                seen.add(real)
                yield path, ""


def _kept(paths: Iterable[str]) -> list[str]:
    """Those that no settings leave out, in order."""
    from derive.settings import settings_for

    return [path for path in sorted(paths) if not settings_for(path).excludes(path)]


def _matching(pattern: str) -> Iterator[str]:
    """The files that match; a wildcard goes into no folder that is skipped below folders."""
    import glob
    import os

    named = set(pattern.replace(os.sep, "/").split("/"))
    for path in glob.glob(pattern, recursive=True):
        if os.path.isfile(path) and not (set(path.replace(os.sep, "/").split("/")) - named) & _SKIPPED:
            yield path


def _documents_below(folder: str, unreadable: Callable[[OSError], object]) -> Iterator[str]:
    import os

    for parent, folders, files in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "_site")) and name not in _SKIPPED)
        for name in files:
            if name.lower().endswith(_READABLE) and not name.startswith("."):
                yield os.path.join(parent, name)


def _suggest(report: Report, kind: str) -> None:
    """The comments that an author could paste, with their places."""
    from derive.read import SUFFIXES, read
    from derive.suggestions import suggestions

    for checked in report.documents:
        if not checked.undeclared:
            click.echo(f"{checked.path}  nothing to declare")
            continue
        of_file = SUFFIXES.get(Path(checked.path).suffix.lower()) or kind or "md"
        text = "" if checked.path == "-" or of_file == "ipynb" else Path(checked.path).read_text(encoding="utf-8")
        found = suggestions(text, read(checked.path, kind=of_file), checked, of_file) if text else []
        for one in found:
            place = (
                f"below the heading '{one.heading}' in line {one.line}" if one.heading else "before the first heading"
            )
            click.echo(f"{checked.path}  {place}:\n{one.comment(of_file)}")
        if not found:
            click.echo(f"{checked.path}  nothing to declare that would change no verdict")


def _show(report: Report, form: str, strict: bool, show_reading: bool, output: str | None) -> None:
    from derive.write import WRITERS

    writer = WRITERS[form]
    if form == "text":
        colour, width = _colours(output), _width(output)
        text = writer.write(report, colour=colour, show_reading=show_reading, width=width)
    elif form == "json":
        text = writer.write(report)
    else:
        text = writer.write(report, strict=strict)
    _put(text, output)


def _colours(output: str | None) -> bool:
    import os

    return (
        output is None and sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )


def _width(output: str | None) -> int:
    import shutil

    return shutil.get_terminal_size((100, 24)).columns if output is None and sys.stdout.isatty() else 0


def _put(text: str, output: str | None) -> None:
    """Writes UTF-8, whatever the console says it can show."""
    text = text.encode("utf-8", "replace").decode("utf-8")  # an unpaired surrogate has no UTF-8
    if output is not None:
        try:
            Path(output).write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise click.UsageError(f"cannot write {output}: {error.strerror or error}") from None
    elif sys.platform == "win32" and sys.stdout.isatty():
        click.echo(text, nl=False)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8"))
        sys.stdout.buffer.flush()


def _require_dimension(dimension: str) -> None:
    ascii_digits = dimension.isascii() and dimension.isdigit() and len(dimension) <= 4 and int(dimension) > 0
    if not ascii_digits and not (len(dimension) == 1 and dimension.isalpha()):
        raise click.UsageError(f"--dimension must be a letter or a positive integer, not {dimension!r}")


# --- write ---------------------------------------------------------------------------------------------------------------


@main.command(epilog=f"{_EXECUTED} {_EPILOG}")
@click.argument("proof", metavar="PROOF.py", type=click.Path(exists=True, dir_okay=False))
@click.option(
    "--dimension", metavar="n|2|3", default="n", show_default=True, help="A letter stands for every size at once."
)
@click.option("--to", type=click.Choice(["latex", "markdown"]), default="latex", show_default=True)
@click.option("--body", is_flag=True, help="LaTeX without preamble, for \\input.")
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(dir_okay=False), help="Write there instead of to the terminal."
)
@click.option(
    "--time-limit",
    type=click.FloatRange(0.1),
    default=300.0,
    show_default=True,
    help="Seconds for the proof, a safety net.",
)
def write(proof: str, dimension: str, to: str, body: bool, output: str | None, time_limit: float) -> None:
    """Check a Python proof and write it out, aligned and tagged, with reasons.

    A proof is Python code and is executed. LaTeX comes out as a document that compiles, Markdown for MathJax and KaTeX.
    """
    _require_dimension(dimension)
    if not proof.endswith(".py"):
        raise click.UsageError(f"{proof} is not a Python proof (.py)")
    from derive.language.report import Report
    from derive.workers import Failed, Finished, run

    ((_, outcome),) = run(write_apart, [(proof, dimension, to, body)], 1, time_limit)
    if isinstance(outcome, Failed):
        _fail(f"{proof}: {outcome.message}")
    if not isinstance(outcome, Finished):
        _fail(f"{proof}: {_ended(outcome.seconds)}")
    if isinstance(outcome.value, str):
        _fail(outcome.value)
    text, document = outcome.value
    _put(text, output)
    counts = document.summary()
    doubtful = {word: counts[word] for word in ("refuted", "ill-sorted", "unknown", "unread") if counts[word]}
    if doubtful:
        listed = ", ".join(f"{count} {word}" for word, count in doubtful.items())
        click.echo(f"{proof}: written, but not proved: {listed}; run `derive check {proof}`", err=True)
    sys.exit(Report([document]).exit_status())


def write_apart(task: tuple[str, str, str, bool]) -> tuple[str, DocumentReport] | str:
    """A proof checked and written out, in a process of its own; or what is wrong with it."""
    from derive.api import DerivationError, load
    from derive.write import latex, markdown

    proof, dimension, to, body = task
    _set_output_apart()
    with redirect_stdout(_Limited()):
        try:
            derivation = load(proof, dimension)
            text, document = derivation.text(), derivation.check().documents[0]
        except DerivationError as error:
            line = getattr(error, "line", 0)
            return f"{proof}:{line}: {error}" if line else f"{proof}: {error}"
        except Exception as error:  # one message, no traceback
            return f"{proof}: internal error, please report it: {type(error).__name__}: {error}"
    return (latex.write(text, document, not body) if to == "latex" else markdown.write(text, document)), document


def _fail(message: str) -> NoReturn:
    """One message, and the exit status of unreadable input."""
    click.echo(message, err=True)
    sys.exit(2)


# --- certify -------------------------------------------------------------------------------------------------------------


@main.command(epilog="Exit status: 0 every certificate accepted, 1 some not, 2 bad usage or unreadable input.")
@click.argument("report", metavar="REPORT.json", type=click.Path())
@click.option("--with", "checker", type=click.Choice(["kernel"]), default="kernel", show_default=True)
def certify(report: str, checker: str) -> None:
    """Check the certificates of a JSON report again, by the kernel alone and without any search.

    The report comes from derive check --format json. Claims and certificates are data and are never executed. That a claim is what the
    text says is not checked here.
    """
    import json

    try:
        data = json.loads(Path(report).read_text(encoding="utf-8-sig"))
        documents = data["documents"]
        if data["version"] != 1:
            _fail(f"{report}: a report of version {data['version']!r}; this derive knows version 1")
        tasks = [(one["path"], result) for one in documents for result in one["results"]]
        judged = [(path, result["id"], result["verdict"], _recheck(result)) for path, result in tasks]
    except OSError as error:
        _fail(f"{report}: cannot be read: {error.strerror or error}")
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        _fail(f"{report}: not a JSON report")
    except (KeyError, TypeError, AttributeError):
        _fail(f"{report}: not a report of derive check --format json")
    lines = [f"{path}  {name}  {verdict}: {problem}" for path, name, verdict, problem in judged if problem]
    settled = [one for one in judged if one[2] in {"proved", "refuted"}]
    lines.append(f"{len(settled)} verdicts proved or refuted, {len(settled) - len(lines)} confirmed by the {checker}")
    _put("\n".join(" ".join(line.splitlines()) for line in lines) + "\n", None)
    sys.exit(1 if len(lines) > 1 else 0)


def _recheck(result: dict[str, Any]) -> str:
    """What is wrong with a result; empty where the kernel confirms it, or where there is nothing to confirm."""
    verdict = result["verdict"]
    if verdict not in {"proved", "refuted"}:
        return ""
    from derive.kernel.certificate import Rejected
    from derive.kernel.check import check as kernel_check
    from derive.kernel.claim import Claim
    from derive.kernel.data import from_data
    from derive.kernel.refute import refute
    from derive.language.printing import plain
    from derive.theories import AXIOMS

    evidence = result["certificate"] if verdict == "proved" else result["refutation"]
    if result["claim"] is None or evidence is None:
        return "the report holds no claim and evidence to check"
    try:
        claim, found = from_data(result["claim"]), from_data(evidence)
        if not isinstance(claim, Claim):
            return "what stands for the claim is none"
        if verdict == "refuted":
            refute(claim, found, AXIOMS)
            return ""
        lost = {plain(condition) for condition in kernel_check(claim, found, AXIOMS)} - set(result["conditions"])
    except Rejected as error:
        return f"rejected: {error}"
    except Exception as error:  # the report is data from anywhere
        return f"rejected: malformed ({type(error).__name__}: {error})"
    return f"a condition was lost: {', '.join(sorted(lost))}" if lost else ""


# --- explain -------------------------------------------------------------------------------------------------------------


@main.command()
@click.argument("name", metavar="CODE|PROCEDURE|FILE:LINE")
def explain(name: str) -> None:
    """Explain a code of a report, a procedure that proves, or all that is known of one line of a file."""
    from derive.language.codes import CODES

    if name in CODES:
        code = CODES[name]
        _put(f"{name}: {code.summary}\n\n{code.explanation}\n\nWay out: {code.way_out}\n", None)
        return
    path, _, number = name.rpartition(":")
    path, _, cell = path.partition("#cell")
    if path and number.isascii() and number.isdigit():
        if not Path(path).is_file():
            raise click.UsageError(f"{path}: there is no such file")
        _explain_line(path, int(number), cell)
    docstring = _procedure(name)
    if docstring is None:
        from difflib import get_close_matches

        near = get_close_matches(name, CODES, 3, 0.6)
        hint = f"; did you mean {', '.join(near)}?" if near else f". Codes: {', '.join(CODES)}"
        raise click.UsageError(f"nothing is called {name!r}{hint}")
    _put(docstring + "\n", None)


def _procedure(name: str) -> str | None:
    """The docstring of a procedure, with its phrase."""
    import inspect

    from derive.decide import PROCEDURES, REFUTERS

    for procedure in (*PROCEDURES, *REFUTERS):
        if procedure.name == name:
            module = inspect.getmodule(procedure.decide)
            own = (
                procedure.decide.__doc__
                if module is None or not module.__name__.endswith(f".{name}")
                else module.__doc__
            )
            return f"{name}: proves or refutes {procedure.phrase}\n\n{inspect.cleandoc(own or '')}"
    return None


def _explain_line(path: str, number: int, cell: str) -> None:
    from derive.language.report import Report
    from derive.write import terminal

    document = check_file((path, "n"))
    document.results = [
        one for one in document.results if one.line <= number <= one.end_line and cell in {"", str(one.cell)}
    ]
    document.conclusions, document.inferred, document.context = [], [], ""
    if not document.results and not document.problems:
        raise click.UsageError(f"there is no relation in line {number} of {path}")
    codes = list(dict.fromkeys(result.code for result in document.results if result.code))
    text = terminal.write(Report([document]), colour=_colours(None), show_reading=True, width=_width(None))
    text += "".join(f"More: derive explain {code}\n" for code in codes)
    _put(text, None)
    sys.exit(2 if document.problems else 0)


# --- bench ---------------------------------------------------------------------------------------------------------------


@main.command(epilog="Exit status: 0 nothing wrong, 1 a wrong verdict, 2 bad usage or unreadable input.")
@click.argument("paths", metavar="CASES.jsonl...", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
@click.option("--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="Worker processes.")
@click.option(
    "--time-limit",
    type=click.FloatRange(0.1),
    default=30.0,
    show_default=True,
    help="Seconds a claim or step, a safety net.",
)
@click.option("--reading", is_flag=True, help="Only read the formulas, and say how many are understood.")
@click.option(
    "--lines",
    metavar="FILE",
    type=click.Path(dir_okay=False),
    help="Write what was said of every line there, as JSON lines.",
)
def bench(
    *, paths: tuple[str, ...], as_json: bool, jobs: int, time_limit: float, reading: bool, lines: str | None
) -> None:
    """Run benchmark files and score the verdicts."""
    import json

    from derive import bench as runner
    from derive.workers import WorkersError

    try:
        files = {path: runner.lines_of(path) for path in paths}
        if reading:
            everything = [line for found in files.values() for line in found if isinstance(line.get("latex"), str)]
            with _progress("reading", len(everything)) as advance:
                summary = runner.read_lines(everything, advance)
            _put(
                json.dumps(summary, ensure_ascii=False, indent=1) + "\n" if as_json else runner.reading_table(summary),
                None,
            )
            return
        for path, found in files.items():
            runner.check_labels(path, found)
    except runner.BenchError as error:
        raise click.UsageError(str(error)) from None
    sets: dict[str, dict[str, Any]] = {}
    told: list[dict[str, Any]] = []
    for path, found in files.items():
        try:
            with _progress(runner.set_name(path), len(found)) as advance:
                judged = runner.run_lines(found, jobs, time_limit, advance)
        except WorkersError as error:
            _fail(f"{path}: {error}")
        told.extend(judged)
        sets[runner.set_name(path)] = runner.numbers(judged)
        if lines is not None:  # after each set, so that a long run that is ended leaves what it found
            _put("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in told), lines)
    _put(json.dumps({"sets": sets}, ensure_ascii=False, indent=1) + "\n" if as_json else runner.table(sets), None)
    sys.exit(1 if any(found["wrong"] for found in sets.values()) else 0)


@contextmanager
def _progress(label: str, length: int) -> Iterator[Callable[[], None]]:
    """A progress bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    with click.progressbar(length=length, label=label, file=sys.stderr) as bar:
        yield lambda: bar.update(1)


if __name__ == "__main__":
    main()
