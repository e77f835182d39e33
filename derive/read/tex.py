"""TeX documents to formulas with exact offsets, in linear time: environments, comments, verbatim text, sections, theorems.

The text comes with its macros expanded. What stands between formulas is prose: markup is taken away from it, references become opaque. Files that
are put in by \\input are not followed; the report says so, and nothing is refuted that they could restrict.
"""

from __future__ import annotations

import re

from derive.language.document import THEOREM_LEVEL
from derive.read.macros import behind_verb
from derive.read.scanned import Canvas, Places, Raw, Scanned

_TOKEN = re.compile(
    r"(?P<comment>%[^\n]*)|(?P<command>\\(?:[A-Za-z]+\*?|.))|(?P<double>\$\$)|(?P<dollar>\$)|(?P<markup>[{}~]+)",
    re.DOTALL,
)
_SIGN = re.compile(r"%[^\n]*|\\end[ \t]*\{([^{}\n]*)\}|\\.|\$+|[{}]", re.DOTALL)
_BLANK_LINE = re.compile(r"\n[ \t]*(?=\n)")
_ENVIRONMENT = re.compile(r"[ \t]*\{([^{}\n]*)\}")
_OPTIONAL = re.compile(r"[ \t]*\[[^\[\]\n]{0,300}\]")
_WORDS_OPEN = re.compile(r"\\(?:text\w*|mbox|hbox|intertext|tag)\s*\{[^{}$]*\Z")
_BODY = re.compile(r"^[^%\n]*?\\begin[ \t]*\{document\}", re.MULTILINE)
_DECLARATION = re.compile(r"%+[ \t]*derive:")
_NEW_THEOREM = re.compile(
    r"^[^%\n]*?\\newtheorem\*?[ \t]*\{([^{}\n]*)\}[ \t]*(?:\[[^\]\n]*\])?[ \t]*\{([^{}\n]*)\}", re.MULTILINE
)
_DECLARE_THEOREM = re.compile(
    r"^[^%\n]*?\\declaretheorem[ \t]*(?:\[([^\]]{0,300})\])?[ \t]*\{([^{}\n]*)\}", re.MULTILINE
)
_TITLE_OF_THEOREM = re.compile(r"(?:name|title)\s*=\s*\{?([^,{}]*)")
_INTERTEXT = re.compile(r"\\(?:short)?intertext(?=\s*\{)")
_MAXIMUM_NESTED = 20

_DISPLAYS = frozenset(
    {"equation", "displaymath", "align", "gather", "multline", "eqnarray", "alignat", "xalignat", "flalign", "dmath", "IEEEeqnarray", "math", "darray"}
)  # fmt: skip
_WITH_COLUMNS = frozenset({"alignat", "xalignat", "IEEEeqnarray"})
_VERBATIM = frozenset(
    {
        "verbatim",
        "Verbatim",
        "lstlisting",
        "minted",
        "comment",
        "filecontents",
        "tikzpicture",
        "tikzcd",
        "thebibliography",
    }
)
_LISTS = frozenset({"itemize", "enumerate", "description"})
_TABLES = {"tabular": 1, "tabularx": 2, "array": 1, "minipage": 1, "multicols": 1, "wrapfigure": 2, "longtable": 1}
_WITH_ROWS = ("tabular", "longtable")
_ASIDES = frozenset({"footnote", "footnotetext", "marginpar", "caption", "sidenote"})  # what these say is said in them
# Environments whose hypotheses hold only in them and in their proofs. Definitions, assumptions and notations hold in what follows.
_THEOREMS = {
    "theorem": "Theorem", "thm": "Theorem", "lemma": "Lemma", "lem": "Lemma", "proposition": "Proposition", "prop": "Proposition",
    "corollary": "Corollary", "cor": "Corollary", "claim": "Claim", "example": "Example", "ex": "Example", "exercise": "Exercise",
    "problem": "Problem", "question": "Question", "conjecture": "Conjecture", "fact": "Fact", "remark": "Remark", "rem": "Remark",
}  # fmt: skip
KEPT = frozenset({*_THEOREMS, "proof", "document"})
_LASTING = re.compile(r"assum|defin|notation|convention|setting|hypothes|condition|axiom|setup|model", re.IGNORECASE)
_SECTIONS = {"part": 1, "chapter": 2, "section": 3, "subsection": 4, "subsubsection": 5}
# How many arguments in braces a command has that are no prose.
_SILENT = {
    "label": 1, "vspace": 1, "hspace": 1, "includegraphics": 1, "bibliographystyle": 1, "bibliography": 1, "pagestyle": 1, "thispagestyle": 1,
    "setcounter": 2, "addtocounter": 2, "setlength": 2, "addtolength": 2, "usepackage": 1, "documentclass": 1, "color": 1, "textcolor": 1,
    "href": 1, "index": 1, "hypertarget": 1, "newtheorem": 2, "declaretheorem": 1, "theoremstyle": 1, "hyphenation": 1, "graphicspath": 1,
    "newenvironment": 3, "renewenvironment": 3, "cline": 1, "multicolumn": 2, "multirow": 2, "phantom": 1, "rule": 2, "linespread": 1,
    "tikzset": 1, "pgfplotsset": 1, "hypersetup": 1, "definecolor": 3, "numberwithin": 2, "allowdisplaybreaks": 0, "captionsetup": 1,
    "newcounter": 1, "stepcounter": 1, "refstepcounter": 1, "thanks": 1, "email": 1, "affil": 1, "newlength": 1, "lstset": 1, "write": 1,
}  # fmt: skip
_REFERENCES = frozenset(
    {
     "ref", "eqref", "cref", "Cref", "autoref", "pageref", "nameref", "vref", "cite", "citep", "citet", "citealp", "citeauthor", "citeyear",
     "parencite", "textcite", "footcite", "nocite", "url", "path", "gls", "hyperref", "footnotemark"
    }
)  # fmt: skip
_INPUTS = frozenset({"input", "include", "subfile", "import", "subimport"})
_BREAKS = frozenset(
    {"paragraph", "subparagraph", "par", "maketitle", "newpage", "clearpage", "bigskip", "medskip", "smallskip"}
)
_SPECIAL = frozenset(
    {"begin", "end", "verb", "lstinline", "item", "newline", *_SECTIONS, *_SILENT, *_REFERENCES, *_INPUTS, *_BREAKS}
)


def scan(text: str, followed: frozenset[str] = frozenset()) -> Scanned:
    """The formulas, declarations and headings of a TeX document whose macros are expanded. `followed`: the files of which the macros are known."""
    return _Scanner(text, followed).scanned()


class _Scanner:
    def __init__(self, text: str, followed: frozenset[str] = frozenset()) -> None:
        self.followed = followed
        self.text = text.replace("\r\n", " \n").replace("\r", "\n") if "\r" in text else text
        self.canvas = Canvas(self.text)
        self.spans: list[Raw] = []
        self.headings: list[tuple[int, int, str]] = []
        self.scopes: list[tuple[int, int]] = []
        self.asides: list[tuple[int, int]] = []
        self.tables = 0  # how many are open
        self.notes: list[str] = []
        self.unclosed: set[str] = set()
        self.braces: dict[int, int] = {}
        self._paragraphs = Places([match.start() for match in _BLANK_LINE.finditer(self.text)])
        signs: dict[str, list[int]] = {}
        opened: list[int] = []
        for match in _SIGN.finditer(self.text):
            sign, start = match.group(), match.start()
            if sign[0] == "$":
                signs.setdefault("$", []).append(start)
                if len(sign) > 1:
                    signs.setdefault("$$", []).append(start)
            elif match.group(1) is not None:
                signs.setdefault(match.group(1).strip(), []).append(start)
            elif sign in {"\\)", "\\]"}:
                signs.setdefault(sign, []).append(start)
            elif sign == "{":
                opened.append(start)
            elif sign == "}" and opened:
                self.braces[opened.pop()] = start
        self._signs = {sign: Places(places) for sign, places in signs.items()}
        self.theorems = dict(_THEOREMS)
        for match in _NEW_THEOREM.finditer(self.text):
            self.theorems[match.group(1).strip().rstrip("*")] = match.group(2).strip()
        for match in _DECLARE_THEOREM.finditer(self.text):
            title = _TITLE_OF_THEOREM.search(match.group(1) or "")
            self.theorems[match.group(2).strip()] = (
                title.group(1).strip() if title is not None else match.group(2).strip().title()
            )
        self.section = 0  # the number of the section that the text stands in
        self.open: list[tuple[str, int]] = []  # open theorems and proofs, with the section around each
        self.theorem = 0  # the last theorem of this section, to which a proof belongs

    def scanned(self) -> Scanned:
        body = _BODY.search(self.text)
        start = self._preamble(body.end()) if body is not None else 0
        self._read(start)
        spans = sorted(self.spans, key=lambda raw: raw.start)
        scanned = Scanned(self.canvas.done(), spans, self.headings, self.scopes, notes=self.notes)
        scanned.asides = self.asides
        return scanned

    def _preamble(self, end: int) -> int:
        """The preamble says nothing but declarations in its comments."""
        position = 0
        for match in re.finditer(r"\\.|%[^\n]*", self.text[:end], re.DOTALL):
            if match.group()[0] == "%" and self._declared(match.start(), match.end()):
                self.canvas.blank(position, match.start())
                position = match.end()
        for match in re.finditer(r"^[^%\n]*?\\(?:input|include)[ \t]*\{([^{}\n]*)\}", self.text[:end], re.MULTILINE):
            name = match.group(1).strip()
            if name not in self.followed:
                self.notes.append(
                    f"{name} is not read: \\input is not followed, and macros that it defines are not known"
                )
        self.canvas.blank(position, end)
        return end

    def _next(self, sign: str, position: int) -> int:
        places = self._signs.get(sign)
        return -1 if places is None else places.after(position)

    def _paragraph_end(self, position: int) -> int:
        found = self._paragraphs.after(position)
        return len(self.text) if found < 0 else found

    def _read(self, position: int) -> None:
        while True:
            match = _TOKEN.search(self.text, position)
            if match is None:
                return
            start, position = match.start(), match.end()
            kind = match.lastgroup
            if kind == "command":
                position = self._command(start, position, match.group()[1:])
            elif kind == "comment":
                position = self._comment(start, position)
            elif kind == "dollar":
                position = self._dollar(start, position)
            elif kind == "double":
                position = self._display(start, position, "$$", 2, "$$")
            else:
                self.canvas.blank(start, position)

    # --- comments --------------------------------------------------------------------------------------------------------

    def _declared(self, start: int, end: int) -> bool:
        declaration = _DECLARATION.match(self.text, start, end)
        if declaration is not None:
            self.spans.append(Raw("declaration", declaration.end(), end, start, end))
            self.canvas.blank(start, declaration.end())
        return declaration is not None

    def _comment(self, start: int, end: int) -> int:
        """A comment takes its line end with it, unless an empty line follows."""
        if self._declared(start, end):
            return end
        next_line = self.text[end + 1 : end + 200].lstrip(" \t")
        stop = end if next_line[:1] in {"\n", ""} else min(end + 1, len(self.text))
        self.canvas.put(start, stop, " " * (stop - start))
        return stop

    # --- formulas --------------------------------------------------------------------------------------------------------

    def _formula(self, opened: int, start: int, end: int, closed: int, display: bool) -> int:
        sign = "$$" if display and start - opened >= 2 else "$"
        if start - opened != len(sign) or self.text[opened] != "$":
            self.canvas.put_at_end(opened, start, sign)
            self.canvas.put(end, closed, sign)
        self.spans.append(Raw("math", start, end, opened, closed, display))
        for match in _INTERTEXT.finditer(self.text, start, end) if display else ():
            self.canvas.put_at_end(match.start(), match.end(), "\\text")
        return closed

    def _problem(self, start: int, end: int, code: str, opening: str) -> int:
        advice = "close it, or write \\$ for a dollar" if "$" in opening else "close it"
        if opening == "$" or opening not in self.unclosed:  # the first of several displays says it all
            self.spans.append(Raw(code, start, end, start, end, message=f"this {opening} is never closed; {advice}"))
        self.unclosed.add(opening)
        return end

    def _dollar(self, start: int, end: int) -> int:
        limit = self._paragraph_end(end)
        close = self._next("$", end)
        for _ in range(_MAXIMUM_NESTED):
            near = max(end, close - 200)
            if close < 0 or close >= limit or self.text.find("\\", near, close) < 0:
                break
            if _WORDS_OPEN.search(self.text, near, close) is None:
                break
            inner = self._next("$", close + 1)
            close = self._next("$", inner + 1) if 0 <= inner < limit else -1
        if close < 0 or close >= limit:
            self._problem(start, limit, "unclosed-dollar", "$")
            return end
        return self._formula(start, end, close, close + 1, False)

    def _display(self, start: int, end: int, sign: str, width: int, opening: str) -> int:
        close = self._next(sign, end)
        if close < 0:
            return self._problem(start, end, "unclosed-dollar" if "$" in opening else "unclosed-environment", opening)
        return self._formula(start, end, close, close + width, sign != "\\)" and opening != "\\begin{math}")

    # --- commands --------------------------------------------------------------------------------------------------------

    def _command(self, start: int, end: int, name: str) -> int:
        plain = name.rstrip("*")
        if plain in _ASIDES:
            opened = self._behind_optional(end)
            self.asides.append((start, self.braces.get(opened, opened)))
        if plain not in _SPECIAL and plain.isalpha():
            self.canvas.blank(start, end)
            return end
        if plain == "begin":
            return self._begin(start, end)
        if plain == "end":
            return self._end(start, end)
        if name in {"(", "["}:
            return self._display(start, end, "\\)" if name == "(" else "\\]", 2, "\\" + name)
        if name in {"verb", "verb*"} or plain == "lstinline":
            stop = behind_verb(self.text, start + len(plain) + 1)
            self.canvas.hide(start, stop)
            return stop
        if plain == "item":
            self.canvas.put(start, end, "\n- ")
            return end
        if plain in _SECTIONS:
            return self._heading(start, end, plain)
        if plain in _BREAKS:
            self.canvas.put(start, end, "\n\n")
            return end
        if name in {"\\", "newline"} or name == "\\*":
            self.canvas.put(start, end, "\n|" if self.tables else "\n")
            return self._behind_optional(end)
        if plain in _INPUTS:
            stop = self._behind_arguments(end, 2 if plain.endswith("import") else 1, blank=False)
            self.canvas.hide(start, stop)
            self.spans.append(Raw("input", start, stop, start, stop))
            return stop
        if plain in _REFERENCES:
            stop = self._behind_arguments(self._behind_optional(end), 1, blank=False)
            self.canvas.hide(start, stop)
            return stop
        if plain in _SILENT:
            self.canvas.blank(start, end)
            return self._behind_arguments(self._behind_optional(end), _SILENT[plain])
        if name[0] in "%&#_{} ":
            self.canvas.blank(start, start + 1)
        elif name == "$":
            self.canvas.hide(start, end)
        else:
            self.canvas.blank(start, end)
        return end

    def _behind_optional(self, position: int) -> int:
        while True:
            match = _OPTIONAL.match(self.text, position)
            if match is None:
                return position
            self.canvas.blank(position, match.end())
            position = match.end()

    def _behind_arguments(self, position: int, count: int, blank: bool = True) -> int:
        for _ in range(count):
            start = position
            while self.text[start : start + 1] in {" ", "\t"}:
                start += 1
            close = self.braces.get(start, -1)
            if close < 0:
                return position
            if blank:
                self.canvas.blank(position, close + 1)
            position = self._behind_optional(close + 1)
        return position

    def _heading(self, start: int, end: int, name: str) -> int:
        position = self._behind_optional(end)
        self.canvas.put(start, end, "\n\n")
        while self.text[position : position + 1] in {" ", "\t"}:
            position += 1
        close = self.braces.get(position, -1)
        title = self.text[position + 1 : close] if close >= 0 else ""
        self.headings.append((start, _SECTIONS[name], " ".join(title.split())))
        self._stand_in(start, len(self.headings))
        self.open, self.theorem = [], 0
        if close < 0:
            return position
        self.canvas.put(close, close + 1, "\n")
        self.canvas.blank(position, position + 1)
        return position + 1

    def _stand_in(self, offset: int, section: int) -> None:
        self.section = section
        self.scopes.append((offset, section))

    # --- environments ----------------------------------------------------------------------------------------------------

    def _begin(self, start: int, end: int) -> int:
        match = _ENVIRONMENT.match(self.text, end)
        if match is None:
            self.canvas.blank(start, end)
            return end
        written = match.group(1).strip()
        name, end = written.rstrip("*"), match.end()
        if name in _DISPLAYS:
            opened = end
            if name in _WITH_COLUMNS:
                close = self.braces.get(end, -1)
                end = close + 1 if close >= 0 else end
            return self._environment(start, end if end > opened else opened, written)
        if name in _VERBATIM:
            close = self.text.find(f"\\end{{{written}}}", end) if written in self._signs else -1
            stop = close + len(written) + 6 if close >= 0 else end
            self.canvas.hide(start, stop) if name.startswith("tikz") else self.canvas.blank(start, stop)
            if close < 0:
                self._problem(start, end, "unclosed-environment", f"\\begin{{{written}}}")
            return stop
        self.canvas.put(start, end, "\n\n")
        title = self.theorems.get(name)
        if name == "proof":
            self.open.append((name, self.section))
            if self.theorem:
                self._stand_in(start, self.theorem)
        elif title is not None and not _LASTING.search(title):
            self.open.append((name, self.section))
            self.headings.append((start, THEOREM_LEVEL, title))
            self._stand_in(start, len(self.headings))
            self.theorem = self.section
        elif name in _TABLES:
            self.tables += name.startswith(_WITH_ROWS)
            return self._behind_arguments(self._behind_optional(end), _TABLES[name])
        return (
            self._behind_optional(end)
            if name in _LISTS or name in {"figure", "table", "algorithm", "algorithmic"}
            else end
        )

    def _environment(self, start: int, end: int, written: str) -> int:
        close = self._next(written, end)
        opening = f"\\begin{{{written}}}"
        if close < 0:
            return self._problem(start, end, "unclosed-environment", opening)
        closed = self.text.index("}", close) + 1
        return self._formula(start, end, close, closed, written != "math")

    def _end(self, start: int, end: int) -> int:
        match = _ENVIRONMENT.match(self.text, end)
        stop = match.end() if match is not None else end
        self.canvas.put(start, stop, "\n\n")
        name = match.group(1).strip().rstrip("*") if match is not None else ""
        if name == "document":
            self.canvas.blank(stop, len(self.text))
            return len(self.text)
        self.tables -= bool(self.tables) and name.startswith(_WITH_ROWS)
        if self.open and self.open[-1][0] == name:
            self._stand_in(stop, self.open.pop()[1])
        return stop
