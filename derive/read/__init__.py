"""Text to documents: formulas with exact spans, their statements, declarations and prose."""

from __future__ import annotations

import re
import stat
import sys
import time
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from pathlib import Path

from derive.language.declarations import parse
from derive.language.document import Declaration, Document, Formula, Preamble, Problem, Statement, Unread
from derive.language.prose import (
    alternative_to,
    continues_list,
    equivalent_to,
    implied_by,
    joined_by_and,
    mark_after,
    mark_before,
)
from derive.language.source import Source
from derive.language.spelling import FUNCTION_LETTERS
from derive.language.syntax import Node, UnreadError
from derive.read import inputs, markdown, tex
from derive.read.formula import Names, Uses, function_names, read_formula, signals
from derive.read.formula.tokens import Token, tokens
from derive.read.macros import Expansion, Macro, macro_of, macros_of, table_of
from derive.read.notebook import lines_in_file, markdown_cells
from derive.read.packages import of_packages, packages_in, web
from derive.read.scanned import Raw, Scanned
from derive.read.sentences import conclusions, sentences

__all__ = ["KINDS", "SUFFIXES", "read", "read_claim", "read_formulas", "read_text"]

MAXIMUM_SIZE = 20_000_000
# What a file is by its name. Every other file is Markdown.
SUFFIXES = {".md": "md", ".markdown": "md", ".rmd": "md", ".qmd": "md", ".mdx": "mdx", ".tex": "tex", ".ipynb": "ipynb"}
KINDS = ("md", "mdx", "tex", "ipynb")
_INPUT_NAME = re.compile(r"\{([^{}]*)\}")
_BLANK_LINE = re.compile(r"\n[ \t]*(?=\n)")
_COMMENT = re.compile(r"(?<!\\)%[^\n]*")
_BLOCK_END = re.compile(r"\n(?:[ \t]*\n)+|\n[ \t]*(?:[-*+>]|\d{1,9}[.)]) |^ {0,3}#{1,6}[ \t][^\n]*\n", re.MULTILINE)


def read(path: str, preamble: Preamble | None = None, kind: str = "") -> Document:
    """The document in a file, or from standard input for "-". What is wrong with the file itself is in `problems`.

    `kind` (md, mdx, tex, ipynb) is for standard input and for names that do not say it.
    """
    try:
        if path != "-" and not path.startswith(_OPEN_ALREADY) and not _is_file_or_folder(path):
            return _problem(
                path, "this is no file but a pipe or a device; pipe its text in and name it -", "unreadable-input"
            )
        data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except FileNotFoundError:
        return _problem(path, "there is no such file; check the path", "missing-file")
    except IsADirectoryError:
        return _problem(path, "this is a folder; name its files, e.g. folder/*.md", "missing-file")
    except OSError as error:
        return _problem(path, f"cannot be read: {error.strerror}", "missing-file")
    except ValueError:
        return _problem(path, "no path has this character", "missing-file")
    if len(data) > MAXIMUM_SIZE:
        return _problem(path, "larger than 20 MB", "too-large")
    if b"\0" in data:
        return _problem(path, "this is a binary file, not text", "binary")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return _problem(path, f"not UTF-8 at byte {error.start} (line {line}); save it as UTF-8", "not-utf-8", line)
    if not text.removeprefix("\ufeff").strip():
        return _problem(path, "the file is empty", "empty")
    return read_text(text, path, preamble, kind, folder=None if path == "-" else Path(path).parent)


# What a shell gives for <(command): it has been opened. A pipe with a name may have no writer, and reading it would wait for ever.
_OPEN_ALREADY = ("/dev/fd/", "/dev/stdin", "/proc/self/fd/")


def _is_file_or_folder(path: str) -> bool:
    mode = Path(path).stat().st_mode
    return stat.S_ISREG(mode) or stat.S_ISDIR(mode)


def _problem(path: str, message: str, code: str, line: int = 0) -> Document:
    return Document(path, "", problems=[Problem(message, line, 1 if line else 0, code)])


def read_text(
    text: str, path: str = "-", preamble: Preamble | None = None, kind: str = "", folder: Path | None = None
) -> Document:
    """The document in a text; of which kind it is says its path, or `kind` where the path does not.

    The macros of the files that the preamble of a TeX document puts in are known if these stand in its `folder`.
    """
    text = text.removeprefix("\ufeff")
    kind = SUFFIXES.get(Path(path).suffix.lower()) or kind or "md"
    preamble = preamble or Preamble()
    known = [*(() if kind == "tex" else web()), *of_packages(packages_in(text))]
    macros = table_of([*known, *(macro_of(name, body) for name, body in preamble.macros.items())])
    if kind == "tex":
        woven = _of_tex(text, macros, folder)
    elif kind == "ipynb":
        woven = _of_notebook(text, macros)
    else:
        woven = _Woven(Source(text))
        woven.weave([(0, 0, markdown.scan(text, kind == "mdx"))], macros)
    return _document(path, woven, preamble)


# --- from scanned texts to one text with its source -----------------------------------------------------------------------


@dataclass(slots=True)
class _Woven:
    """The text that is read, with its source, its spans and headings."""

    source: Source
    text: str = ""
    spans: list[Raw] = field(default_factory=list)
    headings: list[tuple[int, int, str]] = field(default_factory=list)
    scopes: list[tuple[int, int]] = field(default_factory=list)
    asides: list[tuple[int, int]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    refusals: list[tuple[int, str]] = field(default_factory=list)
    declared: list[str] = field(default_factory=list)  # in files that the preamble puts in
    files: Mapping[str, str] = field(default_factory=dict)  # that the text puts in

    def weave(self, parts: Sequence[tuple[int, int, Scanned]], macros: dict[str, Macro]) -> None:
        """Puts scanned parts together, each with its offset in the source and its cell; the macros of their formulas are expanded."""
        made = Expansion(macros)
        position = 0
        for offset, cell, scanned in parts:
            made.copy(self.source.text[position:offset], position)
            position = offset + len(scanned.text)
            macros.update((macro.name, macro) for macro in scanned.macros)
            self.problems += [replace(problem, cell=cell) for problem in scanned.problems]
            done, delta = 0, made.length
            moved = [(0, delta)]  # from an old offset on: how far it is moved
            for raw in scanned.spans:
                if raw.kind in {"math", "declaration", "definition"} and raw.start >= done:
                    made.copy(scanned.text[done : raw.start], offset + done)
                    if raw.kind == "definition":
                        Expansion(macros).expand(self.source.text[offset + raw.start : offset + raw.end], 0)
                        made.copy(scanned.text[raw.start : raw.end], offset + raw.start)
                    else:
                        made.expand(scanned.text[raw.start : raw.end], offset + raw.start)
                    done = raw.end
                    end = made.length
                else:
                    end = raw.end + delta
                start, opened = raw.start + delta, raw.opened + delta
                delta += end - raw.end - delta
                moved.append((raw.end, delta))
                self.spans.append(raw._replace(start=start, end=end, opened=opened, closed=raw.closed + delta))
            made.copy(scanned.text[done:], offset + done)
            for start, level, title in scanned.headings:
                self.headings.append((start + moved[bisect_right(moved, (start, 1 << 60)) - 1][1], level, title))
        made.copy(self.source.text[position:], position)
        self.text, self.refusals = made.text(), made.refusals
        self.problems += _exhausted(made)
        if made.uses:
            self.source.pieces, self.source.uses = tuple(made.pieces), tuple(made.uses)


def _of_tex(text: str, macros: dict[str, Macro], folder: Path | None) -> _Woven:
    """A TeX document: its macros are expanded everywhere, in order, before it is scanned."""
    woven = _Woven(Source(text))
    made = Expansion(macros, documents=True, kept=tex.KEPT)
    followed: frozenset[str] = frozenset()
    if folder is not None:
        preamble, made.files = inputs.of_preamble(text, folder), inputs.of_body(text, folder)
        followed = made.take_definitions(preamble)
        woven.declared = [one for inside in preamble.values() for one in inputs.declarations_in(inside)]
        woven.files = made.files
    made.expand(text, 0)
    scanned = tex.scan(made.text(), followed)
    if made.uses:
        woven.source.pieces, woven.source.uses = tuple(made.pieces), tuple(made.uses)
    woven.text, woven.spans, woven.headings = scanned.text, scanned.spans, scanned.headings
    woven.scopes, woven.notes, woven.refusals = scanned.scopes, scanned.notes, made.refusals
    woven.asides, woven.problems = scanned.asides, _exhausted(made)
    return woven


def _exhausted(made: Expansion) -> list[Problem]:
    message = "the macros of this document expand to too much, and what stands behind is not expanded; split the file"
    return [Problem(message, code="too-large")] if made.exhausted else []


def _of_notebook(text: str, macros: dict[str, Macro]) -> _Woven:
    """The Markdown cells of a notebook, one below the other, each scanned by itself: what is not closed ends with its cell."""
    cells, problems = markdown_cells(text)
    starts: list[tuple[int, int]] = []
    offset = 0
    for number, source in cells:
        starts.append((offset, number))
        offset += len(source) + 2
    source_of_cells = Source(
        "\n\n".join(source for _, source in cells), cells=tuple(starts), cell_lines=lines_in_file(text)
    )
    woven = _Woven(source_of_cells, problems=problems)
    parts = [
        (start, number, markdown.scan(source, front=index == 0))
        for index, ((start, number), (_, source)) in enumerate(zip(starts, cells, strict=True))
    ]
    woven.weave(parts, macros)
    return woven


# --- from one text to a document ------------------------------------------------------------------------------------------


def _document(path: str, woven: _Woven, preamble: Preamble) -> Document:
    text, spans = woven.text, woven.spans
    document = Document(path, text, [], woven.headings, woven.problems, source=woven.source)
    document.scopes, document.notes, document.asides = woven.scopes, woven.notes, woven.asides
    parsed = {raw: parse(text[raw.start : raw.end], raw.start) for raw in spans if raw.kind == "declaration"}
    document.declared = tuple((raw.start, raw.end) for raw in parsed)
    before = _before_the_text(preamble, woven.declared)
    parsed |= {raw: _of_file(woven, raw) for raw in spans if raw.kind == "input"}
    formulas = [text[raw.start : raw.end] for raw in spans if raw.kind == "math"]
    names = _names(formulas, [*before, *(item for items in parsed.values() for item in items)], text)
    apart, numbering = replace(names, numbered=frozenset(), squares=names.numbered), set[int]()
    if names.numbered or names.squares:  # under other headings x^2 may be the square of another x
        numbering = {document.section(match.start()) for match in _UPPER_INDICES.finditer(text)}
        numbering |= {document.section(raw.start) for raw in spans if raw.kind == "math" and _numbers(text, raw, names)}
    for item in before:
        document.items.extend(_statements_of(item, names))
    blank_lines = [match.start() for match in _BLANK_LINE.finditer(text)]
    refused = [offset for offset, _ in woven.refusals]
    mathematics = [(raw.opened, raw.start, raw.end, raw.closed, raw.display) for raw in spans if raw.kind == "math"]
    numbers = sentences(text, mathematics)
    concluding = conclusions(text, mathematics, numbers)
    position = -1  # among the formulas
    for index, raw in enumerate(spans):
        if raw.kind == "declaration":
            for item in parsed[raw]:
                document.items.extend(_statements_of(item, names))
        elif raw.kind == "math":
            position += 1
            first = bisect_left(refused, raw.start)
            refusal = woven.refusals[first] if first < len(refused) and refused[first] < raw.end else None
            block = (bisect_left(blank_lines, raw.start), numbers[position])
            here = names if not numbering or document.section(raw.start) in numbering else apart
            document.items.append(_formula(document, spans, index, here, block, refusal, position in concluding))
            _mark_list(document)
            _mark_arrows(document)
            _join_alternatives(document)
        elif raw.kind == "input":
            written = woven.source.text[slice(*woven.source.span(raw.start, raw.end))]
            place = document.place(raw.start)
            known = _file_of(woven, raw) in woven.files
            said = "is read for its macros and declarations only" if known else "is not read"
            document.notes.append(
                f"{place}, column {place.column}: {written} {said}, and nothing is refuted that it may restrict: put the file into this one, or "
                "declare what it says of the symbols; its own formulas are checked where it is named"
            )
            document.items.append(Declaration("input", raw.start, raw.end, written))
            for number, item in enumerate(parsed[raw]):
                said_of = _statements_of(item, names)
                document.items.extend(replace(one, start=raw.start + number, end=raw.end) for one in said_of)
        elif raw.kind != "definition":
            place = document.place(raw.start)
            if raw.kind == "note":
                document.notes.append(f"{place}, column {place.column}: {raw.message}")
                continue
            document.problems.append(
                Problem(raw.message, place.line, place.column, raw.kind, place.cell, place.file_line)
            )
    return document


def _file_of(woven: _Woven, raw: Raw) -> str:
    r"""The name of the file that \\input puts in here."""
    written = woven.source.text[slice(*woven.source.span(raw.start, raw.end))]
    name = _INPUT_NAME.search(written)
    return name.group(1).strip() if name is not None else ""


def _of_file(woven: _Woven, raw: Raw) -> tuple[Declaration, ...]:
    """The declarations of a file, which hold where it is put in."""
    texts = inputs.declarations_in(woven.files.get(_file_of(woven, raw), ""))
    return tuple(item for one in texts for item in parse(one, raw.start))


def _before_the_text(preamble: Preamble, declared: Sequence[str]) -> list[Declaration]:
    """The declarations of a preamble and of files that are put in, which stand before every heading."""
    return _in_order((*preamble.declare, *(f"assume {one}" for one in preamble.assume), *declared))


def _in_order(texts: Sequence[str]) -> list[Declaration]:
    """Declarations before a text, one after the other: their offsets are negative, and no two are the same."""
    found: list[Declaration] = []
    begin = -sum(len(text) + 1 for text in texts)
    for text in texts:
        found += parse(text, begin)
        begin += len(text) + 1
    return found


_FONT = re.compile(r"\\[A-Za-z]+\{([^{}]*)\}")


_UPPER_INDICES = re.compile(
    r"superscripts?\s+(?:here\s+|always\s+|only\s+)?(?:are|denotes?|means?|stands?\s+for|labels?|index|indexes|numbers?)\s+(?:the\s+|upper\s+)?(?:\w+\s+)?"
    r"(?:ind(?:ex|ices)|labels?|components|coordinates|samples)\b|\b(?:indices|superscripts)[^.$\n]{0,20}\b(?:not|no|rather\s+than)\s+(?:powers|exponents)|"
    r"\bupper\s+ind(?:ex|ices)\b|위\s*첨자[^.$\n]{0,40}(?:인덱스|지표|첨자|번호)",
    re.IGNORECASE,
)


def _numbers(text: str, raw: Raw, names: Names) -> bool:
    """Whether a formula has a superscript 1 on a name of which numbers are upper indices."""
    return any(
        re.search(re.escape(base) + r"\s*\^\s*(?:1(?![0-9])|\{\s*1\s*\})", text[raw.start : raw.end]) is not None
        for base in names.numbered
    )


_RESIDUES = re.compile(
    r"\bLegendre(?:'s)?\s+symbols?|\bJacobi\s+symbols?|\bquadratic\s+(?:non-?)?residues?|\breciprocity\b|르장드르|이차\s*(?:비?잉여|상호)|\\right\)[^$]{0,60}\\(?:pmod|bmod|mod)(?![A-Za-z])",
    re.IGNORECASE,
)
_TRANSPOSED = re.compile(r"\btranspos\w+|전치", re.IGNORECASE)
_SAID_TRANSPOSED = re.compile(
    r"\^\s*\{?\s*t\s*\}?\s*\$[^.$\n]{0,40}(?:\btranspos|전치)|(?:\btranspos\w+|전치\s*(?:행렬)?)[^.$\n]{0,40}\$[^$]{0,20}\^\s*\{?\s*t\s*\}?\s*\$",
    re.IGNORECASE,
)


def _small_transposes(uses: Uses, text: str) -> str:
    """Whether X^t is the transpose of X: "always", "never", or "unclear"."""
    if not uses.turned:
        return "never"
    if _SAID_TRANSPOSED.search(text) is not None:
        return "always"
    if uses.letter_t:
        return "unclear" if uses.turning else "never"  # X^t X beside X^{t + 1}
    return "always" if uses.turning or _TRANSPOSED.search(text) is not None else "unclear"


def _names(
    formulas: list[str], declarations: list[Declaration], text: str, read: Sequence[list[Token] | None] = ()
) -> Names:
    """The names that are functions in the whole document (R4), and those that are numbers; of a claim that stands alone there is no text.

    `read`: the tokens of the formulas, where they are known.
    """
    uses = Uses()
    for latex, known in zip_longest(formulas, read):
        function_names(latex, uses, known)
    if uses.squared | uses.ones and _UPPER_INDICES.search(text) is not None:
        uses.upper |= uses.ones
        uses.numbered |= uses.ones
        uses.squares |= {name for name in uses.squared - uses.ones if len(name) == 1}
    functions, bare, operators = uses.applied() | uses.of_variables(), uses.bare, uses.overloaded()
    declared: set[str] = set()
    for item in declarations:
        if item.kind == "symbols":
            names = set(item.names)
            if item.sort.startswith("function"):
                functions |= names
            else:
                if "matrix" in item.sort:  # A^+ of a matrix A is one
                    names |= {key for key in functions if key.endswith("^{+}") and _FONT.sub(r"\1", key[:-4]) in names}
                functions -= names
                bare |= names
            operators -= names
            declared |= names
    functions -= operators
    differentials = "never"
    if uses.differentials and not any(item.kind == "symbols" and "d" in item.names for item in declarations):
        differentials = "unclear" if "d" in bare | functions | operators else "always"
    if uses.applied_d and "d" not in declared:
        bare.discard("d")
        functions |= {"d"} if uses.increment_of_d and not uses.differentials else set()
    return Names(
        frozenset(functions),
        frozenset(bare - functions),
        frozenset(operators),
        differentials,
        frozenset(uses.with_upper_indices() - declared),  # of what is declared as a value a superscript is a power
        uses.indexed,
        frozenset(uses.numbered),
        frozenset(uses.letters),
        frozenset(uses.unclear - uses.with_upper_indices() - declared),
        uses.increments,
        uses.operation,
        uses.transposing,
        uses.letter_pi,
        frozenset(uses.squares - declared),
        uses.letter_e or (uses.value_of_e and not uses.logarithms),
        _small_transposes(uses, text) if "t" not in declared else "never",
        _RESIDUES.search(text) is not None,
        FUNCTION_LETTERS - declared if text else frozenset(),
        signals(formulas) - declared,
        frozenset(declared - functions) if text else None,
        "never" if "\\Delta" in declared else "unclear" if uses.delta else "always",
        frozenset(uses.tangential),
        frozenset(uses.inner - declared),
    )


def _distribution(item: Declaration, names: Names) -> Declaration:
    """A declared distribution with its LaTeX read, as `X \\sim N(\\mu, \\sigma^2)`."""
    parts = read_formula(f"{', '.join(item.names)} \\sim {item.sort}", 0, names)
    part = parts[0] if len(parts) == 1 else None
    if not isinstance(part, Statement) or part.node.kind != "chain" or part.unread_members():
        message = part.message if isinstance(part, Unread) else "this distribution is not understood"
        return replace(item, kind="unread", message=message)
    return replace(item, node=part.node)


def _statements_of(item: Declaration, names: Names, read: list[Token] | None = None) -> list[Declaration]:
    """A declaration with its LaTeX read, of which the tokens may be known; one item for each statement."""
    if item.kind == "distribution":
        return [_distribution(item, names)]
    if item.kind not in {"assume", "claim", "let"}:
        return [item]
    shift = item.end - len(item.text)
    parts = read_formula(item.text, shift, names, claims=True, read=read)
    if not parts:
        return [replace(item, kind="unread", message="there is no statement here")]
    found = []
    for part in parts:
        if isinstance(part, Unread):
            found.append(replace(item, kind="unread", message=part.message))
        else:
            found.append(replace(item, start=part.start, end=part.end, text=part.latex, node=part.node))
    return found


def _formula(
    document: Document,
    spans: list[Raw],
    index: int,
    names: Names,
    block: tuple[int, int],
    refusal: tuple[int, str] | None,
    concludes: bool,
) -> Formula:
    raw, text = spans[index], document.text
    latex = text[raw.start : raw.end]
    above = text[spans[index - 1].closed if index else 0 : raw.opened]
    below = text[raw.closed : spans[index + 1].opened if index + 1 < len(spans) else len(text)]
    before = _BLOCK_END.split(above)[-1]
    after = _BLOCK_END.split(below, maxsplit=1)[0]
    begin = time.perf_counter()
    seconds = 0.0
    if refusal is not None:
        parts: tuple[Statement | Unread, ...] = (Unread(refusal[0], raw.start, raw.end, latex, refusal[1], "macro"),)
    else:
        introduced = before
        if raw.display and not before.strip():  # a display in a block of its own: the block above may introduce it
            introduced = _BLOCK_END.split(above.rstrip())[-1]
        read = read_formula(latex, raw.start, names)
        seconds = time.perf_counter() - begin
        parts = _marked(latex, read, introduced, after, document, concludes)
    return Formula(
        raw.start,
        raw.end,
        latex,
        raw.display,
        parts,
        before.rstrip("\n"),
        after.split("\n")[0] if raw.display else after,
        document.section(raw.start),
        block[0],
        block[1],
        comments(latex, raw.start) if "%" in latex else (),
        seconds,
    )


def comments(latex: str, offset: int) -> tuple[tuple[int, str], ...]:
    """The TeX comments of a formula, with their offsets."""
    return tuple((offset + match.start(), match.group()[1:].strip()) for match in _COMMENT.finditer(latex))


_SYSTEM = re.compile(r"\s*(?:\\begin\{cases\}|(?:\\left\s*)?\\(?:\{|lbrace)\s*\\begin\{(?:array|aligned|matrix)\})")


_WRITTEN_AS = re.compile(
    r"\b(?:(?:re)?writ(?:e|es|ten|ing)|express(?:ed)?|represented|computed|calculated|restated|(?:mis)?remembered|simplified|expanded|decomposed|factored|summari[sz]ed)"
    r"(?:\s+(?:it|this|them|out|equivalently|again|more\s+\w+))?\s+as(?:\s+follows)?[\s,:$]*$",
    re.IGNORECASE,
)


def _marked(
    latex: str, parts: tuple[Statement | Unread, ...], before: str, after: str, document: Document, concludes: bool
) -> tuple[Statement | Unread, ...]:
    """The statements with what the words just outside the formula say of them, where no word inside does. What `concludes` a list of conditions is
    none of them."""
    before = _HEADING.sub("\n", before)
    first = mark_before(before)[0]
    if (
        first == "since"
        and _WRITTEN_AS.search(before)
        and isinstance(parts[0], Statement)
        and parts[0].node.value.startswith("=")
    ):
        first = ""  # can be written as a = b
    if not first and not concludes and continues_list(before):
        first = _mark_of_last(document)
    last = mark_after(after)[0]
    found = list(parts)
    for index, part in enumerate(found):
        if not isinstance(part, Statement) or part.mark or part.connector:
            break
        if first:
            found[index] = replace(part, mark=first)
    system = len(found) > 1 and (
        (_SYSTEM.match(latex) is not None and not any(getattr(one, "connector", "") for one in found))
        or all(map(_is_plain, found))  # a = 1, b = 2 일 때
    )
    for index in range(
        0 if system else max(len(found) - 1, 0), len(found)
    ):  # the rows of a system are said of together
        part = found[index]
        if last and isinstance(part, Statement) and not part.mark:
            found[index] = replace(part, mark=last)
    return tuple(found)


def _is_plain(part: Statement | Unread) -> bool:
    """Whether a statement, which no word introduces, only gives a letter a value or a bound."""
    if not isinstance(part, Statement) or part.mark or part.connector or part.starts_with_relation:
        return False
    return part.node.kind == "chain" and all(child.kind in {"name", "number", "negate"} for child in part.node.children)


_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t][^\n]*$", re.MULTILINE)
_OF_LISTS = frozenset({"if", "assume", "since"})
_UNEQUAL = frozenset({"<", "<=", ">", ">=", "!="})


def _mark_list(document: Document) -> None:
    """`$x > 0$, $y > 0$ 일 때`: what words behind the last formula of a list say of it they say of those before."""
    items = document.items
    for index in range(len(items) - 1, 0, -1):
        one, other = items[index], items[index - 1]
        if not (isinstance(one, Formula) and isinstance(other, Formula) and len(one.parts) == len(other.parts) == 1):
            return
        (last,), (part,) = one.parts, other.parts
        if not (isinstance(last, Statement) and isinstance(part, Statement)) or last.mark not in _OF_LISTS:
            return
        if joined_by_and(one.before) and mark_after(other.before)[0] in {"if", "assume"}:
            return  # A이면 B이고 C이면 D
        if joined_by_and(one.before) and not (part.mark or part.connector) and part.node.kind == last.node.kind:
            items[index - 1] = replace(other, parts=(replace(part, mark=last.mark),))
            continue
        if last.mark == "since":
            return
        words = {*last.node.value.split(), *part.node.value.split()}
        if not (words <= _UNEQUAL or _is_plain(replace(last, mark=""))) or last.node.kind != "chain":
            return
        if not _is_plain(part) or not continues_list(one.before):
            return
        items[index - 1] = replace(other, parts=(replace(part, mark=last.mark),))


_LONE_ARROW = re.compile(
    r"[\s,;]*\\\\?(?:(?P<iff>iff|(?:Long)?[Ll]eftrightarrow)|implies|(?:Long|long)?[Rr]ightarrow|[⇒⟹])(?![A-Za-z])[\s,;]*|[\s,;]*(?P<sign>[⇔⟺])[\s,;]*"
)


def _mark_arrows(document: Document) -> None:
    """`$A$ if and only if $B$`, `$A$ implies $B$`, `$A$ $\\implies$ $B$`: the last formula is equivalent to the one before it, or follows from it."""
    formulas = document.items[-3:]
    one = formulas[-1]
    between = formulas[-2] if len(formulas) > 1 else None
    arrow = _LONE_ARROW.fullmatch(between.latex) if isinstance(between, Formula) and not between.parts else None
    other = formulas[0] if arrow and len(formulas) == 3 else between
    if not (isinstance(one, Formula) and isinstance(other, Formula)) or other.paragraph != one.paragraph:
        return
    if arrow is not None:
        follows = (
            not (one.before.strip(" $\n\t,") or between.before.strip(" $\n\t,"))
            if isinstance(between, Formula)
            else False
        )
        connector = "iff" if arrow["iff"] or arrow["sign"] else "implies"
    else:
        equivalent = equivalent_to(one.before)
        follows = equivalent or implied_by(one.before)
        connector = "iff" if equivalent else "implies"
    part, before = one.parts[:1], other.parts[-1:]
    if not follows or not all(isinstance(found, Statement) for found in (*part, *before)):
        return
    first, last = part[0], before[0]
    assert isinstance(first, Statement)
    assert isinstance(last, Statement)
    if "chain" == first.node.kind == last.node.kind and not (last.mark or first.connector or last.connector):
        marked = replace(first, connector=connector, mark="equivalent" if connector == "iff" else first.mark)
        document.items[-1] = replace(one, parts=(marked, *one.parts[1:]))


def _join_alternatives(document: Document) -> None:
    """`$x = 1$ or $x = 2$` is one statement: it stands at the first formula, and at the second one only that it is an alternative. So is `$x = 2$ or $-2$`."""
    if len(document.items) < 2:
        return
    other, one = document.items[-2:]
    if not (isinstance(one, Formula) and isinstance(other, Formula)) or not alternative_to(one.before):
        return
    if other.paragraph != one.paragraph or len(one.parts) != 1 or len(other.parts) != 1:
        return
    last, first = other.parts[0], one.parts[0]
    if not (isinstance(last, Statement) and isinstance(first, Statement)) or first.connector:
        return
    target = -2
    while last.mark == "alternative":  # x = 1, or x = 2, or x = 3
        target -= 1
        before = document.items[target] if len(document.items) >= -target else None
        if not isinstance(before, Formula) or len(before.parts) != 1 or not isinstance(before.parts[0], Statement):
            return
        other, last = before, before.parts[0]
    chain = last.node.children[-1] if last.node.kind == "or" else last.node
    if chain.kind != "chain" or last.starts_with_relation or chain.value not in {"=", *_UNEQUAL}:
        return
    node = first.node
    if node.kind in {"number", "negate", "/", "function", "^", "root"} and last.mark != "let":
        node = Node("chain", (chain.children[0], node), node.start, node.end, "=")
    elif node.kind != "chain" or first.starts_with_relation:
        return
    cases = last.node.children if last.node.kind == "or" else (last.node,)
    document.items[-1] = replace(one, parts=(replace(first, node=node, mark="alternative"),))
    while len(document.items) > -target and continues_list(other.before) and not last.mark:  # x = 0, x = 1 or x = 2
        before = document.items[target - 1]
        if not isinstance(before, Formula) or len(before.parts) != 1 or before.paragraph != other.paragraph:
            break
        part = before.parts[0]
        if not isinstance(part, Statement) or part.node.kind != "chain" or part.node.value != "=":
            break
        if part.mark or part.node.children[0].key != chain.children[0].key or chain.children[0].kind != "name":
            break
        document.items[target] = replace(other, parts=(replace(last, mark="alternative"),))
        target, other, last, cases = target - 1, before, part, (part.node, *cases)
    joined = replace(last, node=Node("or", (*cases, node), last.start, last.end))
    document.items[target] = replace(other, parts=(joined,))


def _mark_of_last(document: Document) -> str:
    """The mark of the last statement so far: it goes on in a list of formulas."""
    for item in reversed(document.items):
        if isinstance(item, Formula):
            last = item.parts[-1] if item.parts else None
            return last.mark if isinstance(last, Statement) and last.mark not in {"question", "not"} else ""
    return ""


def read_claim(
    latex: str,
    declare: tuple[str, ...] | list[str] = (),
    assume: tuple[str, ...] | list[str] = (),
    macros: Mapping[str, object] | None = None,
) -> Document:
    """One formula, in which everything is a claim, with declarations and hypotheses of the declaration language, and macros."""
    written = latex
    table = table_of([*web(), *macros_of(macros or {})])
    made = Expansion(table)
    made.expand(latex, 0)
    if made.uses and not made.refusals:
        latex = made.text()
    declare, assume = [_expanded(text, table) for text in declare], [_expanded(text, table) for text in assume]
    document = Document("-", latex, claims=True)
    if latex != written:
        document.source = Source(written, tuple(made.pieces), tuple(made.uses))
    items = _in_order([*declare, *("assume " + text.replace(";", ",") for text in assume)])
    supposed = [item for item in items if item.kind == "assume"]
    written_out = [(latex, 0), *((item.text, item.end - len(item.text)) for item in supposed)]
    read = [_tokens(text, offset) for text, offset in written_out]
    names = _names([text for text, _ in written_out], items, "", read)
    of_items = dict(zip(map(id, supposed), read[1:], strict=True))
    for item in items:
        for one in _statements_of(item, names, of_items.get(id(item))):
            if one.kind == "unread":
                document.problems.append(Problem(f"declaration '{one.text}': {one.message}", code="unread-declaration"))
            else:
                document.items.append(one)
    begin = time.perf_counter()
    parts = read_formula(latex, 0, names, claims=True, read=read[0])
    seconds = time.perf_counter() - begin
    document.items.append(Formula(0, len(latex), latex, True, parts, seconds=seconds))
    return document


def _tokens(latex: str, offset: int) -> list[Token] | None:
    """The tokens of a formula; None of one that `read_formula` says is not read."""
    try:
        return tokens(latex, offset)
    except UnreadError:
        return None


def _expanded(text: str, table: dict[str, Macro]) -> str:
    """A declaration with its macros expanded; as it is where one is not understood."""
    if "\\" not in text:
        return text
    made = Expansion(table)
    made.expand(text, 0)
    return text if made.refusals else made.text()


def read_formulas(formulas: Sequence[str]) -> Document:
    """The document made of formulas alone, in order, each a display of its own."""
    scanned = Scanned("\n\n".join(formulas))
    start = 0
    for latex in formulas:
        end = start + len(latex)
        scanned.spans.append(Raw("math", start, end, start, end, True))
        start = end + 2
    woven = _Woven(Source(scanned.text))
    woven.weave([(0, 0, scanned)], table_of([*web(), *of_packages(packages_in(scanned.text))]))
    return _document("-", woven, Preamble())
