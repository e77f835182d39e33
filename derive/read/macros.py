"""Macros: their definitions, and texts in which they are expanded, with the place of every piece in the file.

What is understood: \\newcommand, \\renewcommand, \\providecommand, \\def without delimiters, \\let, \\DeclareMathOperator, \\DeclarePairedDelimiter,
\\NewDocumentCommand with arguments m and O. A macro that is defined in another way is known by name, and its use is unread. Expansion is bounded: a use
may nest 60 deep and make 20,000 characters, the uses of one document together 500,000 and three for every ten of its
characters, where a use counts for 16.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from derive.language.source import Piece, Use
from derive.language.spelling import FONTS, GREEK, SPACING

MAXIMUM_DEPTH = 60
MAXIMUM_MADE = 20_000
MAXIMUM_USES = 2_000
MAXIMUM_ALL = 500_000  # and three for every ten characters
_COST = 16  # of a use, in characters
_MAXIMUM_OPTIONAL = 300  # characters of an argument in brackets
_MAXIMUM_VERB = 1_000

_COMMAND = re.compile(r"\\(?:([A-Za-z]+)|.)|%[^\n]*", re.DOTALL)
_BRACE = re.compile(r"\\.|%[^\n]*|[{}]", re.DOTALL)
_BRACKETED = re.compile(r"\[((?:[^\]{}\\]++|\\.|\{(?:[^{}]++|\{[^{}]*+\})*+\})*+)\]", re.DOTALL)
_SPACE = re.compile(r"(?:[ \t\r]|%[^\n]*\n|\n(?![ \t\r]*\n))*")
_PARAMETER = re.compile(r"#([1-9])")
_NAME = re.compile(r"\s*(?:\{\s*(\\(?:[A-Za-z]+|.))\s*\}|(\\(?:[A-Za-z]+|.)))")
_COUNT = re.compile(r"\s*\[\s*([0-9])\s*\]")
_DEFINING = frozenset(
    {"newcommand", "renewcommand", "providecommand", "DeclareRobustCommand", "def", "gdef", "edef", "xdef", "let", "DeclareMathOperator",
     "DeclarePairedDelimiter", "NewDocumentCommand", "RenewDocumentCommand", "ProvideDocumentCommand", "DeclareDocumentCommand"}
)  # fmt: skip
DEFINING = "|".join(sorted(_DEFINING))  # for patterns
DEFINITION = re.compile(rf"\\(?:{DEFINING})(?![A-Za-z])")
INPUTS = frozenset({"input", "include", "subfile"})
_GLOBAL = frozenset({"gdef", "xdef", "DeclareMathOperator", "DeclarePairedDelimiter"})
_STANDARD = FONTS | GREEK | SPACING  # what LaTeX itself defines: nothing that is provided replaces it
_GROUP = re.compile(r"%[^\n]*|\\(begin|end)[ \t]*\{([^{}\n]*)\}|\\.|[{}]", re.DOTALL)
_CONDITION = re.compile(r"\\(if[A-Za-z@]*|else|fi)(?![A-Za-z@])")
_VERBATIM = re.compile(r"\\begin\{(verbatim\*?|Verbatim\*?|lstlisting|minted|comment|filecontents\*?)\}")
_DEFAULT = re.compile(r"\s*\[((?:[^\[\]{}\\]|\\.|\{[^{}]*\})*)\]")
_ENVIRONMENT_NAME = re.compile(r"[ \t]*\{([^{}\n]*)\}")
_OPENS_FORMULA = re.compile(r"\\begin|\\\[|\$\$")
_WORD_AT_END = re.compile(r"\\[A-Za-z]+\Z")
_OPERATOR_SPACING = re.compile(r"\\[,!;: ]|~|\\(?:rm|mathrm|text|thinspace)(?![A-Za-z])\s*|[{}\s]")


@dataclass(frozen=True, slots=True)
class Macro:
    """A macro. `parameters`: for each argument its default, or None where it is mandatory. With a `refusal` its use is unread, for that reason."""

    name: str
    body: str
    parameters: tuple[str | None, ...] = ()
    starred: bool = False  # a star behind the name is read over
    final: bool = False  # the body means what it meant before any definition (\let\oldvec\vec)
    refusal: str = ""
    builtin: bool = False  # known without a definition, so that \\providecommand defines it
    unless: str = ""  # characters that may not follow: where one does, this is not the command that is meant
    bodies: tuple[tuple[tuple[int, ...], str], ...] = ()  # by which of its arguments are there, if that matters


BRACED = "\0"  # the default of an argument in braces that may be left out


# What says nothing: \ensuremath and the like around a formula.
_SILENT = (Macro("\\ensuremath", "#1", (None,)), Macro("\\xspace", ""), Macro("\\protect", ""))


def macro_of(name: str, value: object) -> Macro:
    """The macro of a setting, in the forms of MathJax and KaTeX: a body, or [body, number of arguments, default of the first]. ValueError."""
    name = name.strip()
    name = name if name.startswith("\\") else "\\" + name
    if not re.fullmatch(r"\\(?:[A-Za-z]+|[^A-Za-z\s])", name):
        raise ValueError(f"{name} is not the name of a macro: a backslash and letters")
    parts = list(value) if isinstance(value, list | tuple) else [value]
    if not parts or not isinstance(parts[0], str):
        raise ValueError(
            f"the macro {name} is written as its body, or as [body, number of arguments, default of the first]"
        )
    body = parts[0]
    used = max((int(one) for one in _PARAMETER.findall(body)), default=0)
    count = parts[1] if len(parts) > 1 else used
    if not isinstance(count, int) or isinstance(count, bool) or not 0 <= count <= 9 or used > count:
        raise ValueError(f"the macro {name} has a body that uses #{used}; its number of arguments is {count!r}")
    default = parts[2] if len(parts) > 2 else None
    if len(parts) > 3 or not (default is None or isinstance(default, str)) or (default is not None and not count):
        raise ValueError(
            f"the macro {name} is written as its body, or as [body, number of arguments, default of the first]"
        )
    return Macro(name, body, (default, *[None] * (count - 1)) if count else ())


def table_of(macros: Iterable[Macro] = ()) -> dict[str, Macro]:
    """A table of macros by name."""
    return {macro.name: macro for macro in (*_SILENT, *macros)}


@dataclass(slots=True)
class _Run:
    """A text with the place of its pieces: (offset, offset in the file or -1, use). `braces` are the pairs of its braces, found when needed."""

    text: str
    segments: list[tuple[int, int, int]]
    braces: dict[int, int] | None = None
    groups: tuple[list[int], list[int], list[int]] | None = None

    def close(self, position: int) -> int:
        """Where the brace at this position is closed; -1 if it is not."""
        if self.braces is None:
            self.braces = {}
            opened: list[int] = []
            for match in _BRACE.finditer(self.text):
                if match.group() == "{":
                    opened.append(match.start())
                elif match.group() == "}" and opened:
                    self.braces[opened.pop()] = match.start()
        return self.braces.get(position, -1)

    def group_end(self, position: int) -> int:
        """Where the innermost group around a position ends, of braces or an environment; -1 outside all of them."""
        if self.groups is None:
            pairs: list[tuple[int, int]] = []
            opened: list[tuple[str, int]] = []  # "{" or the name of an environment
            names: list[Counter[str]] = [Counter()]  # of the environments that are open, brace by brace
            for match in _GROUP.finditer(self.text):
                sign, name = match.group(), match.group(2) or "{"
                if sign == "{" or match.group(1) == "begin":
                    opened.append((name, match.end()))
                    names[-1][name] += 1
                    names += [Counter()] if sign == "{" else []
                elif (sign == "}" and len(names) > 1) or (match.group(1) == "end" and names[-1][name]):
                    if sign == "}":
                        names.pop()
                    kind = ""
                    while kind != name:
                        kind, start = opened.pop()
                        names[-1][kind] -= kind == name or sign != "}"
                    if name != "document":
                        pairs.append((start, match.start()))
            pairs.sort()
            around: list[int] = []  # the group around each, by its number
            open_ones: list[int] = []
            for number, (start, _) in enumerate(pairs):
                while open_ones and pairs[open_ones[-1]][1] <= start:
                    open_ones.pop()
                around.append(open_ones[-1] if open_ones else -1)
                open_ones.append(number)
            self.groups = [start for start, _ in pairs], [end for _, end in pairs], around
        starts, ends, parents = self.groups
        number = bisect_right(starts, position) - 1
        while number >= 0 and ends[number] <= position:
            number = parents[number]
        return ends[number] if number >= 0 else -1

    def index(self, position: int) -> int:
        """The number of the segment at a position."""
        return max(bisect_right(self.segments, position, key=lambda segment: segment[0]) - 1, 0)

    def source(self, position: int) -> int:
        """The offset in the file of a position; -1 in what a macro made."""
        start, source, _ = self.segments[self.index(position)]
        return source + position - start if source >= 0 else -1

    def cut(self, start: int, end: int) -> list[tuple[str, int, int]]:
        """The part from `start` to `end` as (text, offset in the file or -1, use)."""
        found: list[tuple[str, int, int]] = []
        if start >= end:
            return found
        for index in range(self.index(start), len(self.segments)):
            begin, source, use = self.segments[index]
            if begin >= end:
                break
            stop = self.segments[index + 1][0] if index + 1 < len(self.segments) else end
            low, high = max(begin, start), min(stop, end)
            if low < high:
                found.append((self.text[low:high], source + low - begin if source >= 0 else -1, use))
        return found


@dataclass(slots=True)
class _Cursor:
    """Where a run is read; `above` goes on where this one ends."""

    run: _Run
    position: int
    end: int
    above: _Cursor | None = None


class _TooMuchError(Exception):
    """A macro that expands without end, or to too much."""


class _RefusedError(Exception):
    """A macro use that is not understood."""


@dataclass(slots=True)
class Expansion:
    """A text as it is put together from pieces of a file. `refusals` are (offset in the made text, message) of uses that are not understood."""

    table: dict[str, Macro]
    documents: bool = False  # whether the text is a TeX document, in which verbatim text stands
    kept: frozenset[str] = frozenset()  # environments that mean what they mean, however they are defined
    environments: bool = False  # whether some are defined
    files: Mapping[str, str] = field(
        default_factory=dict
    )  # that are put in, of which the definitions hold from there on
    exhausted: bool = False  # whether there were too many uses, and the rest is not expanded
    pieces: list[Piece] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)
    refusals: list[tuple[int, str]] = field(default_factory=list)
    length: int = 0
    _texts: list[str] = field(default_factory=list)
    _end: int = 0  # in the file, of the last piece, if it was copied
    _made: int = 0
    _allowed: int = MAXIMUM_ALL
    _budget: tuple[int, int] = (0, 0)  # made characters and uses, of the outermost use
    _unclosed: set[str] = field(default_factory=set)
    _local: list[tuple[int, str, Macro | None]] = field(
        default_factory=list
    )  # where a definition ends, and what the name meant before

    def text(self) -> str:
        """What was put together."""
        return "".join(self._texts)

    def copy(self, text: str, source: int) -> None:
        """A piece of the file as it stands."""
        self._put(text, source, -1)

    def expand(self, text: str, source: int) -> None:
        """A piece of the file, with its macros expanded; definitions in it are taken into the table."""
        self._allowed += len(text) * 3 // 10
        self._read(_Cursor(_Run(text, [(0, source, -1)]), 0, len(text)), 0)

    def take_definitions(self, files: Mapping[str, str]) -> frozenset[str]:
        """Takes the definitions in other files into the table, and in what these put in; the names of these files."""
        for file, text in files.items():
            other = Expansion(self.table, documents=True, kept=self.kept)
            other.files = {one: inside for one, inside in self.files.items() if one != file}  # none puts in itself
            other.expand(text, 0)
            self.environments = self.environments or other.environments
        return frozenset(files)

    def _put(self, text: str, source: int, use: int) -> None:
        if not text:
            return
        last = self.pieces[-1] if self.pieces else None
        goes_on = last is not None and last.use == use and (self._end == source if source >= 0 else last.source < 0)
        if not goes_on:
            # A control word must not run into the letters behind it: \norm{a}b, where the body ends with \rVert.
            if last is not None and text[0].isalpha() and _WORD_AT_END.search(self._texts[-1][-64:]):
                self._put(" ", -1, last.use if last.source < 0 else use)
            self.pieces.append(Piece(self.length, source, use))
        self._texts.append(text)
        self.length += len(text)
        self._end = source + len(text) if source >= 0 else -1

    def _emit(self, run: _Run, start: int, end: int, blank: bool = False) -> None:
        for text, source, use in run.cut(start, end):
            self._put(blanked(text) if blank else text, source, use)

    def _read(self, cursor: _Cursor, depth: int) -> None:
        run, done, search = cursor.run, cursor.position, cursor.position
        while True:
            match = _COMMAND.search(run.text, search, cursor.end)
            if match is None:
                break
            search = match.end()
            name = match.group(1)
            while self._local and depth == 0 and self._local[-1][0] <= match.start():
                self._restore()
            macro = self.table.get(match.group()) if match.group()[0] == "\\" else None
            if name in {"begin", "end"} and self.environments:
                environment = _ENVIRONMENT_NAME.match(run.text, search, cursor.end)
                macro = self.table.get(f"\\{name}{{{environment.group(1)}}}") if environment is not None else None
                search = environment.end() if macro is not None and environment is not None else search
            if macro is not None and macro.unless and _next_character(run.text, search, cursor.end) in macro.unless:
                macro = None
            if macro is not None and depth == 0 and self._made > self._allowed:
                self.exhausted = True
                self.refusals.append(
                    (self.length + match.start() - done, "the macros of this document expand to too much")
                )
                break
            if macro is not None:
                self._emit(run, done, match.start())
                cursor.position = search
                self._use(cursor, match.start(), macro, depth)
                done = search = cursor.position
            elif name in _DEFINING:
                cursor.position = search
                if self._define(cursor, name):
                    self._emit(run, done, match.start())
                    self._emit(run, match.start(), cursor.position, blank=True)
                    done = search = cursor.position
            elif self.documents and name in {"newenvironment", "renewenvironment"}:
                end = self._environment(run, search, cursor.end)
                if end:
                    self._emit(run, done, match.start())
                    self._emit(run, match.start(), end, blank=True)
                    done = search = end
            elif name in INPUTS and self.files:
                put_in = _ENVIRONMENT_NAME.match(run.text, search, cursor.end)
                file = put_in.group(1).strip() if put_in is not None else ""
                if file in self.files:
                    self.take_definitions({file: self.files[file]})
            elif self.documents and name in {"begin", "verb"}:
                search = self._verbatim(run.text, match.start(), search)
            elif (
                self.documents and name in {"iffalse", "if"} and (name == "iffalse" or run.text.startswith("0", search))
            ):
                search = self._behind_condition(run.text, search)
                self._emit(run, done, match.start())
                self._emit(run, match.start(), search, blank=True)
                done = search
        self._emit(run, done, cursor.end)
        cursor.position = cursor.end

    def _environment(self, run: _Run, position: int, end: int) -> int:
        """Behind the definition of an environment around formulas, which is taken into the table; 0 for any other."""
        position += run.text.startswith("*", position)
        name = _group(run, position, end)
        if name is None or name[0].strip() in self.kept:
            return 0
        position = name[1]
        count = _COUNT.match(run.text, position, end)
        parameters: tuple[str | None, ...] = ()
        if count is not None:
            position = count.end()
            parameters = (None,) * int(count.group(1))
            default = _DEFAULT.match(run.text, position, min(end, position + 500))
            if default is not None and parameters:
                position = default.end()
                parameters = (default.group(1), *parameters[1:])
        opening = _group(run, position, end)
        closing = _group(run, opening[1], end) if opening is not None else None
        if opening is None or closing is None or _OPENS_FORMULA.search(opening[0]) is None:
            return 0
        self.environments = True
        for sign, body, its in (("begin", opening[0], parameters), ("end", closing[0], ())):
            macro = f"\\{sign}{{{name[0].strip()}}}"
            self.table[macro] = Macro(macro, body, its)
        return closing[1]

    def _verbatim(self, text: str, start: int, end: int) -> int:
        """Behind verbatim text, if some begins here."""
        match = _VERBATIM.match(text, start)
        if match is None:
            return end if text.startswith("\\begin", start) else behind_verb(text, end)
        closing = f"\\end{{{match.group(1)}}}"
        close = -1 if closing in self._unclosed else text.find(closing, end)
        if close < 0:
            self._unclosed.add(closing)
            return end
        return close + len(closing)

    def _behind_condition(self, text: str, position: int) -> int:
        """Behind the \\fi of a condition that does not hold: what stands in it is no text."""
        depth = 1
        for match in _CONDITION.finditer(text, position) if "\\fi" not in self._unclosed else ():
            if match.group(1) not in {"iff", "ifthenelse"}:
                depth += -1 if match.group(1) == "fi" else 0 if match.group(1) == "else" else 1
            if depth == 0 or (depth == 1 and match.group(1) == "else"):
                return match.end()
        self._unclosed.add("\\fi")
        return position

    def _restore(self) -> None:
        """A group ends, and with it a definition."""
        _, name, before = self._local.pop()
        if before is None:
            self.table.pop(name, None)
        else:
            self.table[name] = before

    # --- uses ------------------------------------------------------------------------------------------------------------

    def _use(self, cursor: _Cursor, start: int, macro: Macro, depth: int) -> None:
        """Puts a use with its arguments; the cursor stands behind the name, and then behind the arguments."""
        run, behind = cursor.run, cursor.position
        self._made += _COST
        if depth == 0:
            self._budget = (0, 0)
        kept = len(self.pieces), len(self._texts), len(self.uses), self.length, self._end
        message = f"the macro {macro.name} expands without end, or to more than {MAXIMUM_MADE:,} characters"
        try:
            self._expanded(cursor, start, macro, depth)
            return
        except _TooMuchError:
            if depth:
                raise
        except _RefusedError as error:
            if depth:
                raise
            message = str(error)
        del self.pieces[kept[0] :], self._texts[kept[1] :], self.uses[kept[2] :]
        self.length, self._end = kept[3], kept[4]
        self.refusals.append((self.length, message))
        cursor.position = behind
        self._emit(run, start, behind)

    def _expanded(self, cursor: _Cursor, start: int, macro: Macro, depth: int) -> None:
        run = cursor.run
        if macro.refusal:
            raise _RefusedError(f"the macro {macro.name} {macro.refusal}")
        if self._made > self._allowed:
            raise _RefusedError("the macros of this document expand to too much")
        if depth >= MAXIMUM_DEPTH:
            raise _TooMuchError
        _, source, context = run.segments[run.index(start)]
        if macro.starred and run.text.startswith("*", cursor.position):
            cursor.position += 1
        use = len(self.uses) if source >= 0 else context
        begin = run.source(start)
        end = begin + len(macro.name)
        arguments: list[list[tuple[str, int, int]]] = []
        given: list[int] = []
        for number, default in enumerate(macro.parameters, start=1):
            if default == BRACED:
                braced = _next_character(run.text, cursor.position, cursor.end) == "{"
                found = self._argument(cursor) if braced else None
            else:
                found = self._optional(cursor) if default is not None else self._argument(cursor)
            if found is not None:
                given.append(number)
            if found is None:
                if default is None:
                    count = len(macro.parameters)
                    what = f"{count} argument{'s' if count > 1 else ''}, and argument {number} is missing"
                    raise _RefusedError(f"the macro {macro.name} has {what}")
                arguments.append([(default.removeprefix(BRACED), -1, use)])
                continue
            argument, stop = found
            end = max(end, stop)
            arguments.append([(text, at, use if at >= 0 else its) for text, at, its in argument])
        if source >= 0:
            self.uses.append(Use(begin, end, context))
        if macro.bodies:
            chosen = dict(macro.bodies).get(tuple(given))
            if chosen is None:
                raise _RefusedError(f"the macro {macro.name} is not known with these arguments")
            macro = replace(macro, body=chosen)
        body = self._body(macro, arguments, use)
        if macro.final:
            self._emit(body, 0, len(body.text))
            return
        self._read(_Cursor(body, 0, len(body.text), cursor), depth + 1)

    def _body(self, macro: Macro, arguments: list[list[tuple[str, int, int]]], use: int) -> _Run:
        """The body with its arguments put in."""
        pieces: list[tuple[str, int, int]] = []
        for index, part in enumerate(_PARAMETER.split(macro.body)):
            pieces += arguments[int(part) - 1] if index % 2 else [(part, -1, use)]
        texts: list[str] = []
        segments: list[tuple[int, int, int]] = []
        length = 0
        for text, source, its in pieces:
            if not text:
                continue
            if texts and text[0].isalpha() and _WORD_AT_END.search(texts[-1][-64:]):
                texts.append(" ")
                segments.append((length, -1, use))
                length += 1
            texts.append(text)
            segments.append((length, source, its))
            length += len(text)
        self._budget = self._budget[0] + length, self._budget[1] + 1
        self._made += length
        if self._budget[0] > MAXIMUM_MADE or self._budget[1] > MAXIMUM_USES:
            raise _TooMuchError
        return _Run("".join(texts), segments or [(0, -1, use)])

    def _argument(self, cursor: _Cursor) -> tuple[list[tuple[str, int, int]], int] | None:
        """A mandatory argument with the offset in the file where it ends; from the text above where this one is at its end."""
        run = cursor.run
        space = _SPACE.match(run.text, cursor.position, cursor.end)
        position = space.end() if space is not None else cursor.position
        if position >= cursor.end:
            return self._argument(cursor.above) if cursor.above is not None else None
        if run.text[position] == "{":
            close = run.close(position)
            if close < 0 or close >= cursor.end:
                return None
            cursor.position = close + 1
            return run.cut(position + 1, close), run.source(close) + 1
        if run.text[position] in "}\n&":
            return None
        match = _COMMAND.match(run.text, position, cursor.end)
        cursor.position = match.end() if match is not None and run.text[position] == "\\" else position + 1
        return run.cut(position, cursor.position), run.source(cursor.position - 1) + 1

    def _optional(self, cursor: _Cursor) -> tuple[list[tuple[str, int, int]], int] | None:
        """An argument in brackets, if there is one."""
        run = cursor.run
        space = _SPACE.match(run.text, cursor.position, cursor.end)
        position = space.end() if space is not None else cursor.position
        if not run.text.startswith("[", position) or position >= cursor.end:
            return None
        match = _BRACKETED.match(run.text, position, min(cursor.end, position + _MAXIMUM_OPTIONAL))
        if match is None:
            return None
        cursor.position = match.end()
        return run.cut(match.start(1), match.end(1)), run.source(match.end(1)) + 1

    # --- definitions -----------------------------------------------------------------------------------------------------

    def _define(self, cursor: _Cursor, command: str) -> bool:
        """Takes a definition into the table; the cursor stands behind the command, and then behind the definition."""
        run = cursor.run
        position = cursor.position
        if run.text.startswith("*", position):
            position += 1
        name = _NAME.match(run.text, position, cursor.end)
        if name is None:
            return False
        macro, end = _definition(run, name.end(), cursor.end, command, name.group(1) or name.group(2))
        if macro is None:
            return False
        if command == "let":
            target = self.table.get(macro.body)
            macro = replace(target, name=macro.name) if target is not None else replace(macro, final=True)
        if run.text.startswith("*", cursor.position) and command == "DeclareMathOperator":
            macro = replace(macro, body=macro.body.replace("\\operatorname", "\\operatorname*", 1))
        if command in {"edef", "xdef"}:
            inside = Expansion(dict(self.table))
            inside.expand(macro.body, 0)
            macro = replace(
                macro, body=inside.text(), refusal=macro.refusal or "".join(words for _, words in inside.refusals[:1])
            )
        before = self.table.get(macro.name)
        known = (before is not None and not before.builtin) or macro.name[1:] in _STANDARD
        if not (command.lower().startswith("provide") and known):
            local = self.documents and cursor.above is None and command not in _GLOBAL
            group = run.group_end(cursor.position) if local else -1
            if group >= 0 and not run.text.endswith(f"\\global\\{command}", 0, cursor.position):
                self._local.append((group, macro.name, self.table.get(macro.name)))
            self.table[macro.name] = macro
        cursor.position = end
        return True


def _next_character(text: str, position: int, end: int) -> str:
    """The next character that is no space; "\\0" at the end."""
    while position < end and text[position] in " \t\n":
        position += 1
    return text[position] if position < end else "\0"


def _definition(run: _Run, position: int, end: int, command: str, name: str) -> tuple[Macro | None, int]:
    """The macro whose definition goes on here, and where it ends; None if nothing is defined."""
    text = run.text
    if command == "let":
        match = re.compile(r"\s*=?\s*(\\(?:[A-Za-z]+|.)|[^\s\\])").match(text, position, end)
        return (Macro(name, match.group(1)), match.end()) if match is not None else (None, position)
    parameters: tuple[str | None, ...] = ()
    refusal = ""
    if command.endswith("def"):
        begin = text.find("{", position, min(end, position + 200))
        signature = text[position:begin]
        if begin < 0 or "\n\n" in signature:
            return None, position
        numbers = re.fullmatch(r"\s*((?:#[1-9]\s*)*)", signature)
        if numbers is None:
            refusal = "is defined with delimited arguments, which are not understood"
        else:
            parameters = (None,) * numbers.group(1).count("#")
        position = begin
    elif command.endswith("DocumentCommand"):
        group = _group(run, position, end)
        if group is None:
            return None, position
        signature, position = group
        kinds = re.fullmatch(r"\s*(?:(?:m|O\{[^{}]*\})\s*)*", signature)
        if kinds is None:
            refusal = f"is defined with the arguments {signature.strip()}, of which only m and O are understood"
        else:
            parameters = tuple(
                one.group(1) if one.group().startswith("O") else None
                for one in re.finditer(r"m|O\{([^{}]*)\}", signature)
            )
    elif command.endswith("command") or command == "DeclareRobustCommand":
        count = _COUNT.match(text, position, end)
        if count is not None:
            position = count.end()
            parameters = (None,) * int(count.group(1))
            default = _DEFAULT.match(text, position, min(end, position + 500))
            if default is not None and parameters:
                position = default.end()
                parameters = (default.group(1), *parameters[1:])
    group = _group(run, position, end)
    if group is None:
        return None, position
    body, position = group
    if command == "DeclareMathOperator":
        cleaned = _OPERATOR_SPACING.sub("", body)
        return Macro(name, f"\\operatorname{{{cleaned if cleaned.isalpha() else body}}}"), position
    if command == "DeclarePairedDelimiter":
        right = _group(run, position, end)
        if right is None:
            return None, position
        return Macro(name, f"\\left{body} #2 \\right{right[0]}", ("", None), True), right[1]
    if not refusal and max((int(one) for one in _PARAMETER.findall(body)), default=0) > len(parameters):
        refusal = "uses an argument that it does not have"
    return Macro(name, body, parameters, refusal=refusal), position


def _group(run: _Run, position: int, end: int) -> tuple[str, int] | None:
    """The inside of the braces here, or one token, and where it ends."""
    space = _SPACE.match(run.text, position, end)
    position = space.end() if space is not None else position
    if position >= end:
        return None
    if run.text[position] == "{":
        close = run.close(position)
        return (run.text[position + 1 : close], close + 1) if 0 <= close < end else None
    if run.text[position] != "\\":
        return None
    match = _COMMAND.match(run.text, position, end)
    return (match.group(), match.end()) if match is not None else None


def behind_verb(text: str, end: int) -> int:
    """Behind the text of a \\verb that begins before `end`: it is closed on its line by the character that opens it."""
    end += text.startswith("*", end)
    delimiter = text[end : end + 1]
    if not delimiter or delimiter.isspace() or delimiter.isalpha():
        return end
    close = text.find(delimiter, end + 1, end + _MAXIMUM_VERB)
    return end if close < 0 or "\n" in text[end:close] else close + 1


def blanked(text: str) -> str:
    """Spaces in place of a text, line by line."""
    return "\n".join(" " * len(line) for line in text.split("\n"))


def macros_of(settings: Mapping[str, object]) -> list[Macro]:
    """The macros of a mapping in the forms of MathJax and KaTeX. ValueError."""
    return [macro_of(name, value) for name, value in settings.items()]
