"""Markdown to formulas with exact offsets, in linear time: CommonMark with the mathematics of pandoc, kramdown, MyST, GitHub and MathJax.

First the blocks, line by line: front matter, fences, indented code, block quotes, lists, headings; a display that goes over several lines is no
block. Then what stands in the lines: code, comments, tags, Liquid, and formulas. Everything that is no text is blanked out in place.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from derive.language.document import Problem
from derive.read.front_matter import FrontMatter, front_matter
from derive.read.macros import DEFINING, Macro, blanked
from derive.read.page_configuration import macros_of_script
from derive.read.scanned import Canvas, Places, Raw, Scanned

# Environments that are displays of their own; those that only stand inside a formula keep their \begin and \end.
_OUTER = frozenset(
    {"equation", "align", "gather", "multline", "eqnarray", "alignat", "flalign", "displaymath", "math", "dmath"}
)
_INNER = frozenset(
    {"aligned", "gathered", "split", "cases", "alignedat", "array", "matrix", "bmatrix", "pmatrix", "vmatrix"}
)
_CODE_ELEMENTS = ("pre", "code", "script", "style", "textarea", "svg", "math", "noscript")
# Directives of MyST whose content is Markdown; that of all others is code.
_PROSE_DIRECTIVES = frozenset(
    {
     "admonition", "attention", "caution", "danger", "error", "hint", "important", "note", "seealso", "tip", "warning", "dropdown", "margin",
     "sidebar", "topic", "card", "tab-set", "tab-item", "grid", "grid-item", "exercise", "exercise-start", "solution", "proof", "theorem",
     "lemma", "definition", "corollary", "proposition", "example", "remark", "conjecture", "assumption", "axiom", "observation", "property",
     "criterion", "claim", "quote", "epigraph", "aside"
    }
)  # fmt: skip
_BLANK_LINE = re.compile(r"\n[ \t]*(?=\n)")
_BLANK_LINES = re.compile(r"(?:[ \t]*\n)+")
_ORDINARY_LINES = re.compile(r"(?:[A-Za-z\u00c0-\u024f\u3131-\ucb4c][^\n$\\<`]*\n)+")
_FENCE = re.compile(r"(`{3,}|~{3,})([^\n]*)")
_COLON_FENCE = re.compile(r"(:{3,})[ \t]*(\{[^}\n]*\})?")
_DIRECTIVE = re.compile(r"\{(?:prf:)?([a-z-]+)\}")
_OPTION = re.compile(r"[ \t>]*:[A-Za-z-]+:[^\n]*(?:\n|\Z)")
_QUOTE_SIGN = re.compile(r"[ \t]*+> ?")
_LIST_MARKER = re.compile(r"(?:[-*+]|\d{1,9}[.)])(?=[ \t\n]|\Z)[ \t]*")
_HEADING = re.compile(r"(#{1,6})(?:[ \t]|\Z)")
_RULE = re.compile(r"(?:(?:\*[ \t]*+){3,}+|(?:-[ \t]*+){3,}+|(?:_[ \t]*+){3,}+)")
_UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*\Z")
_PARAGRAPH_OF_PROSE = re.compile(r"\n[ \t]*\n[ \t]*(?:[A-Z]?[a-z]+ [a-z]+ |[^\n\\$]{0,40}[\uac00-\ud7a3]{2})")
_BLOCK_INSIDE = re.compile(r"\n[ \t>]*(?:```|~~~|#{1,6}[ \t])")
_MULTILINE = re.compile(
    r"\\\\?\[|\\begin\{(?P<name>[A-Za-z]+)\*?\}|\\.|(?P<code>`+)|(?P<double>\$\$)|(?P<single>\$)|(?P<comment><!--)",
    re.DOTALL,
)
_INLINE = re.compile(
    r"(?P<escaped>\\\\(?![(\[])|\\[^\\(\[A-Za-z])|(?P<role>\{math\}`+)|(?P<ticks>`+)|(?P<comment><!--)|(?P<display>\$\$)|(?P<inline>\$)"
    r"|(?P<round>\\{1,2}\()|(?P<square>\\{1,2}\[)|(?P<environment>\\begin\{[A-Za-z]+\*?\})"
    rf"|(?P<definition>\\(?:{DEFINING})(?![A-Za-z]))|(?P<liquid>\{{%|\{{\{{)|(?P<tag></?[A-Za-z])|(?P<attributes>\{{:)|(?P<brace>\{{)"
    r"|(?P<label>^:[a-z_-]+:(?=`))",
    re.MULTILINE,
)
_ENVIRONMENT_ARGUMENT = re.compile(r"[ \t]*(?:\{\d+\}|\[[tbc]\])")
_TAG = re.compile(
    r"</?[A-Za-z][A-Za-z0-9.-]*+(?:\s++(?:\{\.\.\.[^{}]*+\}|[A-Za-z_:@][\w.:@-]*+"
    r"(?:\s*+=\s*+(?:[^\s\"'=<>`{]++|'[^']*+'|\"[^\"]*+\"|\{(?:[^{}]++|\{[^{}]*+\})*+\}))?+))*+\s*+/?+>"
)
_MAXIMUM_TAG = 2_000
_MAXIMUM_SIGNS = 100_000
_MAXIMUM_MARGIN = 40  # before a display
_MAXIMUM_BESIDE = 200
_MAXIMUM_NESTED = 20  # formulas in the words of a formula
_BLOCK_TAG = re.compile(
    r"</?(?:p|div|li|ul|ol|table|tr|td|th|h[1-6]|section|blockquote|details|summary)\b", re.IGNORECASE
)
_STRUCK_OUT = re.compile(r"</?(?:del|s|strike)\b", re.IGNORECASE)
_HTML_HEADING = re.compile(r"<h([1-6])\b[^>\n]{0,300}>(.{0,300}?)</h\1>", re.IGNORECASE | re.DOTALL)
_ELEMENT = re.compile(rf"<({'|'.join(_CODE_ELEMENTS)})(?=[\s>])", re.IGNORECASE)
_MATH_SCRIPT = re.compile(r"type\s*=\s*[\"']math/tex([^\"']*)")
_LIQUID_BLOCK = re.compile(r"\{%-?\s*(highlight|comment|katex|latex|math)\b([^%\n]*)%\}")
_LIQUID_RAW = re.compile(r"\{%-?\s*(?:end)?raw\s*-?%\}")
_WORDS_OPEN = re.compile(r"\\(?:text\w*|mbox|hbox|mathrm|tag)\s*\{[^{}$]*\Z")
_ENTITIES = re.compile(r"&(?:(lt)|(gt)|(amp)|nbsp|ensp|emsp|thinsp|quot);")
_MARKDOWN_ESCAPE = re.compile(r"\\\\|(?:operatorname|tag|hspace|vspace)\*|\\([_*])")
_BOOKDOWN_LABEL = re.compile(r"\(\\#[\w:.-]+\)")
_BRACES = re.compile(r"[{}]")
_DOLLARS = re.compile(r"\$\$?[^$\s\n](?:[^$\n]{0,300}[^$\s\n])?\$")
_VARIABLE = re.compile(r"(?:[A-Z_][A-Z0-9_]+|\{[A-Z_][A-Z0-9_]+\})(?![A-Za-z0-9_{}\\^=+$])")  # $PATH, ${HOME}


def scan(text: str, extended: bool = False, front: bool = True) -> Scanned:
    """The formulas, declarations and headings of a Markdown text.

    `extended` is MDX, in which braces and imports are code; `front`: front matter may stand before it.
    """
    scanner = _Scanner(text, extended)
    try:
        return scanner.scanned(front)
    except _TooManyError:
        message = "too many short lines and signs of formulas for its length; split the file"
        return Scanned(blanked(text), problems=[Problem(message, code="too-large")])


class _TooManyError(Exception):
    """A text of nothing but signs, which would take long."""


class _Scanner:
    def __init__(self, text: str, extended: bool) -> None:
        # One character a line end, so that nothing below has to know of others; offsets stay.
        self.text = text.replace("\r\n", " \n").replace("\r", "\n") if "\r" in text else text
        self.extended = extended
        self.canvas = Canvas(self.text)
        self.spans: list[Raw] = []
        self.headings: list[tuple[int, int, str]] = []
        self.macros: list[Macro] = []  # of the page's own scripts
        self.blocked: list[tuple[int, int]] = []  # no text: code and the like
        self._paragraphs = Places([match.start() for match in _BLANK_LINE.finditer(self.text)])
        dollars = _dollars(self.text)
        self._double = Places([start for start, length in dollars if length >= 2])
        self._single = Places([start for start, _ in dollars])
        self._runs: dict[int, list[int]] = {}
        for match in re.finditer(r"`+", self.text):
            self._runs.setdefault(len(match.group()), []).append(match.start())
        self.unclosed: set[str] = set()
        self.left = _MAXIMUM_SIGNS + len(self.text) // 100  # how many lines and signs may still be looked at
        self.indented: list[tuple[int, int]] = []  # what looks like a formula in indented code
        self._known: dict[str, Places] = {}
        self._line = self._paragraph = (0, -1)  # the pieces of a line and of a paragraph that were last asked for
        self._closing_braces: dict[int, int] | None = None

    def scanned(self, may_have_front: bool) -> Scanned:
        front = front_matter(self.text) if may_have_front else FrontMatter()
        position = 0
        for raw in front.spans:
            self.canvas.blank(position, raw.start)
            position = raw.end
        self.canvas.blank(position, front.end)
        self.spans += front.spans
        self._blocks(front.end)
        self._in_lines(front.end)
        if self.indented:
            (start, end), more = self.indented[0], len(self.indented) - 1
            others = f", and {more} more below" if more else ""
            message = f"this formula stands in indented code and is not read{others}; indent it less than four columns"
            self.spans.append(Raw("note", start, end, start, end, message=message))
        spans = sorted(self.spans, key=lambda raw: raw.start)
        # What the front matter says is meant for this tool, and comes before what the page says to its renderer.
        macros = [*self.macros, *front.macros]
        return Scanned(self.canvas.done(), spans, sorted(self.headings), macros=macros, problems=front.problems)

    # --- where things stand ----------------------------------------------------------------------------------------------

    def _next(self, sign: str, position: int) -> int:
        """The next place of a sign, or -1."""
        if sign not in self._known:
            found = re.finditer(re.escape(sign), self.text, re.IGNORECASE)
            self._known[sign] = Places([match.start() for match in found])
        return self._known[sign].after(position)

    def _paragraph_end(self, position: int) -> int:
        begin, end = self._paragraph
        if not begin <= position <= end:
            end = self._paragraphs.after(position)
            end = len(self.text) if end < 0 else end
            self._paragraph = (position, end)
        return end

    def _line_end(self, position: int) -> int:
        begin, end = self._line
        if not begin <= position <= end:
            end = self.text.find("\n", position)
            end = len(self.text) if end < 0 else end
            self._line = (position, end)
        return end

    def _code_end(self, start: int, length: int) -> int:
        """Where the code span that begins with this run of backticks is closed, in its paragraph, or -1."""
        places = self._runs.get(length, [])
        index = bisect_left(places, start + length)
        return places[index] if index < len(places) and places[index] < self._paragraph_end(start) else -1

    def _display_end(self, end: int) -> int:
        """Where the `$$` that opens before `end` is closed, or -1. A display holds no fence, no heading and no paragraph of prose."""
        close = self._double.after(end)
        if close < 0 or self.text.find("\n", end, close) < 0:
            return close
        inside = self.text[end:close]
        return -1 if _BLOCK_INSIDE.search(inside) or _PARAGRAPH_OF_PROSE.search(inside) else close

    def _closing_brace(self, position: int) -> int:
        """The brace that closes the one at this position, or -1."""
        if self._closing_braces is None:
            self._closing_braces = {}
            opened: list[int] = []
            for match in _BRACES.finditer(self.text):
                if match.group() == "{":
                    opened.append(match.start())
                elif opened:
                    self._closing_braces[opened.pop()] = match.start()
        return self._closing_braces.get(position, -1)

    # --- blocks ----------------------------------------------------------------------------------------------------------

    def _blocks(self, position: int) -> None:
        text, size = self.text, len(self.text)
        lists: list[int] = []  # the columns where the contents of the open list items begin
        outside: list[int] = []  # those of the lists around a block quote
        directives: list[tuple[str, int]] = []  # open directives whose content is Markdown
        was_blank, was_code, paragraph, quoted = True, False, -1, False
        while position < size:
            self.left -= 1
            if self.left < 0:
                raise _TooManyError
            blank = _BLANK_LINES.match(text, position)
            if blank is not None:
                was_blank, paragraph, position = True, -1, blank.end()
                continue
            if not quoted and not (was_blank and self.extended):
                ordinary = _ORDINARY_LINES.match(text, position)
                if ordinary is not None:
                    if was_blank:
                        lists.clear()
                    paragraph = -1 if lists else position if paragraph < 0 else paragraph
                    was_blank, was_code, position = False, False, ordinary.end()
                    continue
            end = self._line_end(position)
            at, depth = self._behind_quotes(position, end, 12 if lists else 3)
            stripped = text[at:end].lstrip(" \t")
            if not stripped:
                was_blank, paragraph, position = True, -1, end + 1
                continue
            first = end - len(stripped)
            indent = len(text[at:first].expandtabs(4))
            if depth and not quoted and was_blank:  # it ends the lists that it does not stand in
                margin = len(text[position : text.index(">", position)].expandtabs(4))
                while lists and margin < lists[-1]:
                    lists.pop()
            if (depth > 0) != quoted:
                was_blank, quoted = was_blank or quoted, depth > 0
                lists, outside = ([], lists) if quoted else (outside, [])
            rule = stripped[0] in "*-_" and _RULE.fullmatch(stripped) is not None
            marker = _LIST_MARKER.match(text, first, end) if stripped[0] in "-*+0123456789" and not rule else None
            while lists and indent < lists[-1] and (was_blank or rule or marker is not None):
                lists.pop()
            if (was_blank or was_code) and indent >= (lists[-1] if lists else 0) + 4:
                self._code(position, end)
                formula = _DOLLARS.search(text, position, end)
                self.indented += [formula.span()] if formula is not None else []
                was_blank, was_code, position = False, True, end + 1
                continue
            was_code = False
            behind = self._special(first, end, stripped, depth, directives, was_blank)
            if behind < 0 and stripped[0] == "#" and self._heading(first, stripped):
                behind = end + 1
            if behind < 0 and stripped[0] in "=-" and paragraph >= 0 and indent < 4 and _UNDERLINE.match(stripped):
                self.headings.append(
                    (paragraph, 1 if stripped[0] == "=" else 2, " ".join(text[paragraph:position].split()))
                )
                self.canvas.blank(first, end)
                behind = end + 1
            if behind < 0 and rule:
                behind = end + 1
            if behind >= 0:
                was_blank, paragraph, position = True, -1, behind
                continue
            is_prose = not depth and marker is None and not lists and stripped[0] not in "|<{$"
            while marker is not None:
                width = len(marker.group().expandtabs(4))
                width = (
                    width
                    if width - len(marker.group().strip()) <= 4 and marker.end() < end
                    else len(marker.group().strip()) + 1
                )
                indent += width
                lists.append(indent)
                first = marker.end()
                marker = _LIST_MARKER.match(text, first, end) if text[first : first + 1] in {"-", "*", "+"} else None
            stop = self._behind_displays(first, end, depth)
            paragraph = (position if paragraph < 0 else paragraph) if is_prose and stop == end else -1
            was_blank = False
            position = stop + 1

    def _behind_quotes(self, position: int, end: int, limit: int) -> tuple[int, int]:
        """Behind the signs of block quotes, which are blanked out, and how many there are."""
        at, depth = position, 0
        while True:
            match = _QUOTE_SIGN.match(self.text, at, end)
            if match is None or match.end() - at > limit + 2:
                self.canvas.blank(position, at)
                return at, depth
            depth += 1
            at = match.end()

    def _code(self, start: int, end: int) -> None:
        self.blocked.append((start, end))
        self.canvas.blank(start, end)

    def _special(
        self, first: int, end: int, stripped: str, depth: int, directives: list[tuple[str, int]], was_blank: bool
    ) -> int:
        """Behind a block that is no text and begins with this line, or -1."""
        close = -1
        if stripped[0] in "`~":
            fence = _FENCE.match(stripped)
            if fence is not None and not (fence.group(1)[0] == "`" and "`" in fence.group(2)):
                return self._fence(first, end, fence, depth, directives)
        elif stripped.startswith(":::"):
            fence = _COLON_FENCE.match(stripped)
            close = self._next("\n:::", end) if fence is not None and fence.group(2) == "{math}" else -1
            if close >= 0:
                stop = self._line_end(close + 1)
                self._math_block(first, end + 1, close + 1, stop)
                return stop + 1
            self._code(first, end)
            return end + 1
        elif stripped.startswith("<!--"):  # what it says is seen with the lines
            close = self._next("-->", first)
        elif stripped[0] == "<":
            element = _ELEMENT.match(stripped)
            close = self._next(f"</{element.group(1)}", first) if element is not None else -1
        elif stripped.startswith("{%"):
            block = _LIQUID_BLOCK.match(stripped)
            close = self._liquid_end(first, block.group(1)) if block is not None else -1
        elif self.extended and was_blank and stripped.startswith(("import ", "export ")):
            close = self._paragraph_end(first)
            self._code(first, close)
            return close + 1
        return self._line_end(close) + 1 if close >= 0 else -1

    def _fence(self, first: int, end: int, fence: re.Match[str], depth: int, directives: list[tuple[str, int]]) -> int:
        sign, length, words = fence.group(1)[0], len(fence.group(1)), fence.group(2).strip()
        if not words and directives and directives[-1][0] == sign and directives[-1][1] <= length:
            directives.pop()
            self._code(first, end)
            return end + 1
        directive = _DIRECTIVE.match(words)
        if directive is not None and directive.group(1) in _PROSE_DIRECTIVES:
            directives.append((sign, length))
            stop = self._behind_options(end + 1, len(self.text))
            self._code(first, stop - 1)
            return stop
        position = end + 1
        while position < len(self.text):
            stop = self._line_end(position)
            at, quotes = self._behind_quotes(position, stop, 3) if depth else (position, 0)
            if depth and not quotes:
                break  # the block quote ends, and with it the fence
            inside = self.text[at:stop].strip(" \t")
            if inside.startswith(sign * length) and inside == sign * len(inside):
                if words in {"math", "{math}"}:
                    self._math_block(first, end + 1, at, stop)
                elif words.startswith("{math}"):
                    self._math_block(first, self.text.find("}", first) + 1, at, stop)
                else:
                    self._code(first, stop)
                return stop + 1
            position = stop + 1
        if not depth:
            message = f"this {sign * length} is never closed, so all that follows is code; close it"
            self.spans.append(Raw("unclosed-fence", first, first + length, first, end, message=message))
        self._code(first, min(position, len(self.text)))
        return position

    def _behind_options(self, position: int, end: int) -> int:
        """Behind the options of a directive."""
        option = _OPTION.match(self.text, position, end)
        while option is not None:
            position = option.end()
            option = _OPTION.match(self.text, position, end)
        return position

    def _math_block(self, first: int, start: int, close: int, end: int) -> None:
        """A directive whose content is a formula."""
        start = min(start, close)
        self.canvas.blank(start, self._behind_options(start, close))
        self.blocked.append((first, end))
        self._formula(first, start, close, end, True)

    def _heading(self, first: int, stripped: str) -> bool:
        match = _HEADING.match(stripped)
        if match is None:
            return False
        title = stripped[match.end() :].strip(" \t")
        without = title.rstrip("#")
        if not without or without[-1] in " \t":  # signs that close the heading
            title = without.rstrip(" \t")
        self.headings.append((first, len(match.group(1)), title))
        return True

    def _behind_displays(self, start: int, end: int, depth: int) -> int:
        """The end of the line in which the last display is closed that begins in this line."""
        text = self.text
        if not any(text.find(sign, start, end) >= 0 for sign in ("$$", "\\", "<!--", "`")):
            return end
        position = start
        while True:
            match = _MULTILINE.search(text, position, end)
            if match is None:
                return end
            position = match.end()
            if match["code"]:
                close = self._code_end(match.start(), len(match.group()))
                position = close + len(match.group()) if close >= 0 else position
            elif match["double"]:
                close = self._display_end(position)
                position = close + 2 if close >= 0 else position
            elif match["single"]:
                close = self._single.after(position)
                position = close + 1 if 0 <= close < end else position
                close = -1 if close >= end else close
            elif match["comment"]:
                close = self._next("-->", position)
            elif match["name"] in _OUTER | _INNER:
                close = self._next("\\end" + match.group()[6:], position)
            elif match.group()[-1] == "[":
                close = self._next(match.group().replace("[", "]"), position)
            else:
                continue
            position = max(position, close)
            if close > end:
                if depth:
                    self._unquote(end + 1, close, depth)
                end = self._line_end(close)

    def _unquote(self, start: int, end: int, depth: int) -> None:
        """Blanks the signs of a block quote out of the lines of a display: as many a line as there are in its first one."""
        while start < end:
            stop = self._line_end(start)
            at = start
            for _ in range(depth):
                while at < stop and self.text[at] in " \t":
                    at += 1
                if self.text[at : at + 1] == ">":
                    self.canvas.blank(at, at + 1)
                    at += 1
            start = stop + 1

    def _liquid_end(self, start: int, name: str) -> int:
        """Where the closing tag of a Liquid block ends, or -1."""
        for sign in (f"{{% end{name}", f"{{%end{name}", f"{{%- end{name}"):
            close = self._next(sign, start)
            if close >= 0:
                end = self._next("%}", close)
                return end + 2 if end >= 0 else -1
        return -1

    # --- in the lines ----------------------------------------------------------------------------------------------------

    def _in_lines(self, position: int) -> None:
        readers = {name: getattr(self, f"_{name}") for name in _INLINE.groupindex}
        blocked = iter(sorted(self.blocked))
        block = next(blocked, None)
        while True:
            match = _INLINE.search(self.text, position)
            if match is None:
                return
            self.left -= 1
            if self.left < 0:
                raise _TooManyError
            start = match.start()
            while block is not None and block[1] <= start:
                block = next(blocked, None)
            if block is not None and block[0] <= start:
                position = block[1]
                continue
            position = readers[match.lastgroup or ""](start, match.end(), match.group())

    def _formula(self, opened: int, start: int, end: int, closed: int, display: bool, bare: bool = False) -> None:
        """A formula with its delimiters, which become `$` or `$$`."""
        sign = "$$" if display else "$"
        if not bare and not (self.text[opened] == "$" and start - opened <= 2 and self.text[start - 1] == "$"):
            self.canvas.put_at_end(opened, start, sign)
            self.canvas.put(end, closed, sign)
        self.spans.append(Raw("math", start, end, opened, closed, display))
        inside = self.text[start:end]
        if "&" in inside:
            for match in _ENTITIES.finditer(inside):
                sign = "<" if match.group(1) else ">" if match.group(2) else "&" if match.group(3) else " "
                self.canvas.put_at_end(start + match.start(), start + match.end(), sign)
        if "\\_" in inside or "\\*" in inside:
            for match in _MARKDOWN_ESCAPE.finditer(inside):
                if match.group(1):
                    self.canvas.blank(start + match.start(), start + match.start() + 1)
        if "(\\#" in inside:  # the label of an equation in bookdown
            for match in _BOOKDOWN_LABEL.finditer(inside):
                self.canvas.blank(start + match.start(), start + match.end())
        if "{%" in inside:
            for match in _LIQUID_RAW.finditer(inside):
                self.canvas.blank(start + match.start(), start + match.end())

    def _problem(self, code: str, start: int, end: int, message: str) -> None:
        self.spans.append(Raw(code, start, end, start, end, message=message))

    def _escaped(self, start: int, end: int, sign: str) -> int:
        return end

    def _role(self, start: int, end: int, sign: str) -> int:
        ticks = len(sign) - len("{math}")
        close = self._code_end(end - ticks, ticks)
        if close < 0:
            return end
        self._formula(start, end, close, close + ticks, False)
        return close + ticks

    def _ticks(self, start: int, end: int, sign: str) -> int:
        close = self._code_end(start, end - start)
        if close < 0:
            return end
        self.canvas.hide(start, close + end - start)
        return close + end - start

    def _label(self, start: int, end: int, sign: str) -> int:
        """`:eqlabel:` and the like, which stand alone in their line."""
        close = self._code_end(end, 1)
        if close < 0:
            return end
        self.canvas.blank(start, close + 1)
        return close + 1

    def _comment(self, start: int, end: int, sign: str) -> int:
        close = self._next("-->", end)
        if close < 0:
            if sign not in self.unclosed:
                self._problem("unclosed-comment", start, end, "this <!-- is never closed; close it with -->")
            self.unclosed.add(sign)
            return end
        declaration = re.compile(r"\s*derive:").match(self.text, end, close)
        if declaration is None:
            self.canvas.blank(start, close + 3)
            return close + 3
        self.spans.append(Raw("declaration", declaration.end(), close, start, close + 3))
        self.canvas.blank(start, declaration.end())
        self.canvas.blank(close, close + 3)
        return close + 3

    def _display(self, start: int, end: int, sign: str) -> int:
        close = self._display_end(end)
        if close < 0:
            self._problem(
                "unclosed-dollar",
                start,
                self._paragraph_end(start),
                "this $$ is never closed; close it, or write \\$ for a dollar",
            )
            while self.text.startswith("$", end):
                end += 1
            return end
        self._formula(start, end, close, close + 2, self._stands_alone(start, close + 2))
        return close + 2

    def _stands_alone(self, start: int, end: int) -> bool:
        """Whether a `$$` formula is a display: kramdown has it in the line too, where words stand beside it."""
        if self.text.find("\n", start, end) >= 0:
            return True
        line = self.text.rfind("\n", max(0, start - _MAXIMUM_MARGIN), start) + 1
        if not line and start > _MAXIMUM_MARGIN:
            return False
        before = self.text[line:start].strip(" \t>")
        marker = _LIST_MARKER.match(before)
        if before[marker.end() :] if marker is not None else before:
            return False
        after = self.text[end : end + _MAXIMUM_BESIDE].split("\n", 1)[0]
        return not re.search(r"[^\W\d_]|\$", re.sub(r"\{[^}]*\}|\([^)]*\)|`[^`]*`|:[a-z]+:", "", after))

    def _inline(self, start: int, end: int, sign: str) -> int:
        """`$...$` within a paragraph. Money is no formula: a digit behind the dollar, and no closing one that can close."""
        text = self.text
        limit = self._paragraph_end(end)
        if text.startswith("`", end):
            close = self._next("`$", end + 1)
            if end + 1 < close < limit:
                self._formula(start, end + 1, close, close + 2, False)
                return close + 2
        close = self._single.after(end)
        for _ in range(_MAXIMUM_NESTED):
            near = max(end, close - 200)
            if (
                close < 0
                or close >= limit
                or text.find("\\", near, close) < 0
                or not _WORDS_OPEN.search(text, near, close)
            ):
                break
            inner = self._single.after(close + 1)
            close = self._single.after(inner + 1) if 0 <= inner < limit else -1
        variable = _VARIABLE.match(text, end)
        alone = close < 0 or close >= limit
        if variable is not None and (alone or (text[close - 1].isspace() and text[variable.end() : close].strip())):
            message = "this $ opens no formula, but names a variable of a shell; write \\$ for a dollar"
            self.spans.append(Raw("note", start, variable.end(), start, variable.end(), message=message))
            return variable.end()
        if close < 0 or close >= limit:
            if not self._is_money(end):
                self._problem(
                    "unclosed-dollar", start, limit, "this $ is never closed; close it, or write \\$ for a dollar"
                )
            return end
        before, after = text[close - 1], text[close + 1 : close + 2]
        if text[end].isdigit() and (before.isspace() or after.isdigit()):
            return end
        if (
            before.isspace()
            and after
            and not after.isspace()
            and start
            and text[start - 1].isalnum()
            and text[end].isspace()
        ):
            return end  # a stray dollar before a formula: "US$ and $x$"
        self._formula(start, end, close, close + 1, False)
        return close + 1

    def _is_money(self, end: int) -> bool:
        """Whether a dollar without a partner may stand for itself: $5, US$, a lone $."""
        after = self.text[end : end + 1]
        return not after or after.isdigit() or after.isspace() or after in ".,;:!?)"

    def _round(self, start: int, end: int, sign: str) -> int:
        return self._bracketed(start, end, sign.replace("(", ")"), False, self._paragraph_end(end))

    def _square(self, start: int, end: int, sign: str) -> int:
        return self._bracketed(start, end, sign.replace("[", "]"), True, len(self.text))

    def _bracketed(self, start: int, end: int, closing: str, display: bool, limit: int) -> int:
        close = self._next(closing, end)
        if close < 0 or close >= limit:
            return end
        self._formula(start, end, close, close + len(closing), display)
        return close + len(closing)

    def _environment(self, start: int, end: int, sign: str) -> int:
        name = sign[7:-1].rstrip("*")
        if name not in _OUTER and name not in _INNER:
            return end
        close = self._next("\\end" + sign[6:], end)
        if close < 0:
            if sign not in self.unclosed:  # the first of several says it all
                self._problem("unclosed-environment", start, end, f"this {sign} is never closed; close it")
            self.unclosed.add(sign)
            return end
        closed = close + len(sign) - 2
        if name in _INNER:
            self._formula(start, start, closed, closed, True, bare=True)
            return closed
        argument = _ENVIRONMENT_ARGUMENT.match(self.text, end, close)
        self._formula(start, argument.end() if argument is not None else end, close, closed, name != "math")
        return closed

    def _definition(self, start: int, end: int, sign: str) -> int:
        """Definitions of macros in the text, as pandoc reads them: the line, and those that its braces go on to."""
        stop = self._line_end(end)
        depth = self.text.count("{", start, stop) - self.text.count("}", start, stop)
        while depth > 0 and stop < len(self.text) and stop - start < _MAXIMUM_TAG:
            line = stop + 1
            stop = self._line_end(line)
            depth += self.text.count("{", line, stop) - self.text.count("}", line, stop)
        self.spans.append(Raw("definition", start, stop, start, stop))
        self.canvas.blank(start, stop)
        return stop

    def _liquid(self, start: int, end: int, sign: str) -> int:
        block = _LIQUID_BLOCK.match(self.text, start) if sign == "{%" else None
        if block is not None:
            close = self._liquid_end(start, block.group(1))
            if close >= 0:
                opening = self.text.rfind("{%", start, close)
                if block.group(1) in {"katex", "latex", "math"}:
                    self._formula(
                        start, block.end(), opening, close, block.group(1) == "math" or "display" in block.group(2)
                    )
                else:
                    self.canvas.blank(start, close)
                return close
        close = self._next("%}" if sign == "{%" else "}}", end)
        if close < 0 or close > end + _MAXIMUM_TAG:
            return end
        (self.canvas.hide if sign == "{{" else self.canvas.blank)(start, close + 2)
        return close + 2

    def _tag(self, start: int, end: int, sign: str) -> int:
        """An HTML tag; of code elements and scripts all that is in them. A script may hold a formula."""
        match = _TAG.match(self.text, start, start + _MAXIMUM_TAG)
        if match is None:
            return end
        titled = sign in {"<h", "<H"} and 0 <= self._next("</h", end) < match.end() + 400
        heading = _HTML_HEADING.match(self.text, start) if titled else None
        if heading is not None:
            self.headings.append((start, int(heading.group(1)), re.sub(r"<[^>]*>", "", heading.group(2)).strip()))
        element = _ELEMENT.match(self.text, start)
        close = self._next(f"</{element.group(1)}", match.end()) if element is not None else -1
        stop = self._next(">", close) if close >= 0 else -1
        if element is None or stop < 0 or match.group().endswith("/>"):
            if _BLOCK_TAG.match(match.group()):
                self.canvas.put(start, match.end(), "\n- " if match.group()[:3].lower() == "<li" else "\n\n")
            elif _STRUCK_OUT.match(match.group()):
                self.canvas.put(start, match.end(), "~~")
            else:
                self.canvas.blank(start, match.end())
            return match.end()
        script = _MATH_SCRIPT.search(match.group())
        if script is not None and element.group(1).lower() == "script":
            self._formula(start, match.end(), close, stop + 1, "display" in script.group(1))
        elif element.group(1).lower() in {"code", "math", "svg"}:
            self.canvas.hide(start, stop + 1)
        else:
            self.canvas.blank(start, stop + 1)
            if element.group(1).lower() == "script":
                self.macros += macros_of_script(self.text[match.end() : close])
        return stop + 1

    def _attributes(self, start: int, end: int, sign: str) -> int:
        """An attribute list of kramdown."""
        close = self._next("}", end)
        if close < 0 or close > self._line_end(end):
            return end
        self.canvas.blank(start, close + 1)
        return close + 1

    def _brace(self, start: int, end: int, sign: str) -> int:
        """An expression of MDX."""
        if not self.extended:
            return end
        comment = self.text.startswith("/*", end)
        close = self._next("*/}", end) + 2 if comment else self._closing_brace(start)
        if close < start:
            return end
        (self.canvas.blank if comment else self.canvas.hide)(start, close + 1)
        return close + 1


def _dollars(text: str) -> list[tuple[int, int]]:
    """The runs of dollars, the escaped ones left out, as (offset, length)."""
    found: list[tuple[int, int]] = []
    for match in re.finditer(r"\$+", text):
        start, end = match.span()
        if start and text[start - 1] == "\\":
            slashes = start
            while slashes and text[slashes - 1] == "\\":
                slashes -= 1
            start += (start - slashes) % 2
        if start < end:
            found.append((start, end - start))
    return found
