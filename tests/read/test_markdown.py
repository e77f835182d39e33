"""Markdown: which formulas stand where, what is no text, and what is wrong with a file. Every span, cut from the file, is the formula."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derive.language.document import Declaration, Document, Formula
from derive.read import read_text


def formulas(document: Document) -> list[Formula]:
    return [item for item in document.items if isinstance(item, Formula)]


def found(text: str, path: str = "post.md") -> list[str]:
    """The formulas of a text as they stand in the file, displays between bars."""
    document = read_text(text, path)
    assert document.source is not None
    cut = []
    for formula in formulas(document):
        start, end = document.source.span(formula.start, formula.end)
        latex = document.source.text[start:end]
        cut.append(f"|{latex.strip()}|" if formula.display else latex)
    return cut


def problems(text: str, path: str = "post.md") -> list[tuple[int, int, str]]:
    return [(one.line, one.column, one.code) for one in read_text(text, path).problems]


DELIMITERS = {
    "a dollar": ("Text $x = 1$ text.", ["x = 1"]),
    "spaces inside": ("Text $ x = 1 $ text.", [" x = 1 "]),
    "a display": ("$$x = 1$$", ["|x = 1|"]),
    "a display over lines": ("$$\nx = 1\n$$", ["|x = 1|"]),
    "blank lines in a display": ("$$\n\n    x = 1\n\n$$\n\n$y$", ["|x = 1|", "y"]),
    "kramdown in the line": ("Let $$x = 1$$ be so.", ["x = 1"]),
    "kramdown in a list": ("- $$x = 1$$", ["|x = 1|"]),
    "a display with a number": ("$$x = 1$$ (1)", ["|x = 1|"]),
    "a display with a label": ("$$x = 1$$ {#eq-one}", ["|x = 1|"]),
    "round brackets": (r"Text \(x = 1\) text.", ["x = 1"]),
    "square brackets": (r"Text \[x = 1\] text.", ["|x = 1|"]),
    "doubled backslashes": (r"Text \\(x = 1\\) and \\[y = 2\\].", ["x = 1", "|y = 2|"]),
    "a row break is no bracket": ("$$\na \\\\[2pt] b\n$$", ["|a \\\\[2pt] b|"]),
    "an environment": ("\\begin{align}\na &= b\n\\end{align}", ["|a &= b|"]),
    "an environment with columns": ("\\begin{alignat*}{2}\na &= b\n\\end{alignat*}", ["|a &= b|"]),
    "cases keep their environment": ("\\begin{cases} a = b \\end{cases}", ["|\\begin{cases} a = b \\end{cases}|"]),
    "MyST fence": ("```{math}\nx = 1\n```", ["|x = 1|"]),
    "MyST fence on one line": ("```{math} x = 1\n```", ["|x = 1|"]),
    "MyST fence of colons": (":::{math}\nx = 1\n:::\n\n$y$", ["|x = 1|", "y"]),
    "MyST role": ("Text {math}`x = 1` text.", ["x = 1"]),
    "GitHub fence": ("```math\nx = 1\n```", ["|x = 1|"]),
    "GitHub dollars and backticks": ("Text $`x = 1`$ text.", ["x = 1"]),
    "a script": ('<script type="math/tex">x = 1</script>', ["x = 1"]),
    "a display script": ('<script type="math/tex; mode=display">x = 1</script>', ["|x = 1|"]),
    "Liquid": ("{% katex display %}x = 1{% endkatex %} {% katex %}y{% endkatex %}", ["|x = 1|", "y"]),
    "side by side": ("$a$$b$", ["a", "b"]),
    "a formula in words": (r"$x = 1 \text{ if $y$ is} z$ and $w$", [r"x = 1 \text{ if $y$ is} z", "w"]),
    "over two lines": ("Text $x\n= 1$ text.", ["x\n= 1"]),
    "in a table": ("| a | b |\n|---|---|\n| $x$ | $y$ |", ["x", "y"]),
    "in a heading": ("# The $x$\n\n$y$", ["x", "y"]),
    "CRLF": ("$x = 1$\r\n\r\n$$\r\ny = 2\r\n$$\r\n", ["x = 1", "|y = 2|"]),
    "Korean around": ("함수$f$는 $$g$$이다", ["f", "g"]),
}


@pytest.mark.parametrize("name", DELIMITERS)
def test_formulas(name: str) -> None:
    text, expected = DELIMITERS[name]
    assert found(text) == expected
    assert not problems(text)


NO_FORMULAS = {
    "a code span": "`$x$` and ``a ` $x$``",
    "a code span over lines": "Text `a\n$x$` text.",
    "a fence": "```python\n$x$\n```",
    "a fence of tildes": "~~~\n$x$\n```\n$y$\n~~~",
    "a longer fence around a shorter": "````\n```\n$x$\n```\n````",
    "a fence in a list": "- item\n\n  ```\n  $x$\n  ```",
    "a fence in a block quote": "> ```\n> $x$\n> ```",
    "indented code": "Text.\n\n    $x$\n    $y$\n\n    $z$",
    "indented code in a list": "- item\n\n      $x$",
    "an HTML comment": "<!-- $x$ -->",
    "a comment over lines": "<!--\n$x$\n```\n-->",
    "a declaration": "<!-- derive: x : real -->",
    "pre": "<pre>\n$x$\n\n$y$\n</pre>",
    "code": "Text <code>$x$</code> text.",
    "a script": "<script>\nlet a = `$x$`;\n\nlet b = '$y$';\n</script>",
    "a style": "<style>a { b: '$x$' }</style>",
    "an attribute": "<img alt=\"$x$\" src='$y$'>",
    "front matter": "---\ntitle: $x$\n---\n",
    "front matter of Hugo": '+++\ntitle = "$x$"\n+++\n',
    "Liquid tags": "{% include a.html b='$x$' %} {{ page.a | $x$ }}",
    "Liquid code": "{% highlight python %}\n$x$\n{% endhighlight %}",
    "a Liquid comment": "{% comment %} $x$ {% endcomment %}",
    "an attribute list": "{: .a data-b='$x$'}",
    "escaped dollars": r"\$x\$ and \$ y",
    "money": "It costs $5 and $6, or $7.",
    "one price": "It costs $5.",
    "a lone dollar": "A $ sign.",
    "a code fence of MyST": "```{code-block} python\n$x$\n```",
    "a footnote of d2l": ":label:`sec_$x$`",
    "macros in the text": "\\newcommand{\\a}{$x$}",
}


@pytest.mark.parametrize("name", NO_FORMULAS)
def test_no_formulas(name: str) -> None:
    text = NO_FORMULAS[name]
    assert found(text) == []
    assert not problems(text)
    assert found(text + "\n\n$after$\n") == ["after"]
    if not text.startswith(("---", "+++")):
        assert found("$before$\n\n" + text) == ["before"]


CONTAINERS = {
    "block quote": ("> Text.\n> $$\n> a\n> = b\n> $$\n> $c$", ["|> a\n> = b\n>|", "c"]),
    "nested block quotes": ("> > $$\n> > a > b\n> > $$\n\n$c$", ["|> > a > b\n> >|", "c"]),
    "a sign at the beginning of a line": ("$$\na\n> b\n$$", ["|a\n> b|"]),
    "a formula over quoted lines": ("> $a\n> = b$", ["a\n> = b"]),
    "a list item": ("1. Item\n\n   $$\n   a = b\n   $$\n\n2. $c$", ["|a = b|", "c"]),
    "a list item, four spaces": ("1. Item\n\n    $$\n    a = b\n    $$\n", ["|a = b|"]),
    "a list item, deep": ("- Item\n  - Item\n\n    $$a = b$$\n\n      $c$\n\nText.\n\n    $d$", ["|a = b|", "c"]),
    "a quoted list": ("> - Item $a$\n>\n>   $b$", ["a", "b"]),
    "a list around a quote": ("- item\n  > $a$\n\n    $b$\n", ["a", "b"]),
    "a continued paragraph is no code": ("Text\n    $x$", ["x"]),
    "lines that look like a list": ("$$\na\n- b\n+ c\n= d\n$$\n$e$", ["|a\n- b\n+ c\n= d|", "e"]),
    "a line that looks like a heading": ("$$\na\n=\n$$\n", ["|a\n=|"]),
    "a note of MyST": ("```{note}\n:class: a\n$x$\n```\n$y$", ["x", "y"]),
    "a fence in a note of MyST": ("````{note}\n$x$\n```\n$y$\n```\n$z$\n````", ["x", "z"]),
    "a div of pandoc": ("::: {.theorem}\n$x$\n:::", ["x"]),
    "HTML": ("<div>\n<p>$x$</p>\n</div>", ["x"]),
    "Liquid raw": ("{% raw %}$$ {{x}} $${% endraw %} $y$", ["{{x}}", "y"]),
}


@pytest.mark.parametrize("name", CONTAINERS)
def test_containers(name: str) -> None:
    text, expected = CONTAINERS[name]
    assert [one.strip() if one[0] == " " else one for one in found(text)] == expected
    assert not problems(text)


def test_the_signs_of_a_block_quote_are_no_part_of_the_formula() -> None:
    document = read_text("> $$\n> a\n> = b\n> $$\n")
    (formula,) = formulas(document)
    assert formula.latex.split() == ["a", "=", "b"]
    place = document.place(formula.start + formula.latex.index("b"))
    assert (place.line, place.column) == (3, 5)
    (formula,) = formulas(read_text("> > $$\n> > > a\n> > $$\n"))
    assert formula.latex.split() == [">", "a"]


RESPELLED = {
    "an underscore": (r"$x\_1 = \text{a}$", "x _1"),
    "an asterisk": (r"$a\*b$", "a *b"),
    "a starred operator": (r"$\operatorname*{argmax} x\_1$", r"\operatorname*{argmax} x _1"),
    "a row break with a star": ("$$a \\\\* b\\_1$$", "a \\\\* b _1"),
    "entities": ("$a &lt; b &amp; c$", "a    < b     & c"),
    "a label of bookdown": ("$a = b (\\#eq:one)$", "a = b           "),
    "raw of Liquid": ("$a {% raw %}{{x}}{% endraw %}$", "a          {{x}}"),
}


@pytest.mark.parametrize("name", RESPELLED)
def test_markup_inside_a_formula(name: str) -> None:
    text, expected = RESPELLED[name]
    (formula,) = formulas(read_text(text))
    assert expected in formula.latex
    assert len(formula.latex) == len(text.strip("$"))


def test_mdx() -> None:
    text = (
        "import A from '$x$';\nexport const b = {\n  c: '$y$',\n};\n\n# Title\n\n{/* $z$ */}\n\n<A b={'$u$'} c={{ d: '$v$' }} {...e} />\n\n"
        "{`${w}`} $f$\n"
    )
    assert found(text, "post.mdx") == ["f"]
    assert "A from" in read_text(text, "post.md").text


def test_headings() -> None:
    text = "# One #\n\nTwo\n===\n\nThree\nlines\n---\n\n> # Quoted\n\n```\n# no\n```\n\n<h2 id='a'>Four</h2>\n\n$$\n# no\n$$\n\n#no\n"
    headings = [(level, title) for _, level, title in read_text(text).headings]
    assert headings == [(1, "One"), (1, "Two"), (2, "Three lines"), (1, "Quoted"), (2, "Four"), (1, "no")]


def test_declarations() -> None:
    text = "---\nderive: |\n  a : real\n  b : integer\ntitle: x\n---\n\n<!-- derive: x : real;\n y : integer -->\n<!-- underived: z : real -->\n"
    items = [item for item in read_text(text).items if isinstance(item, Declaration)]
    assert [item.names for item in items] == [("a",), ("b",), ("x",), ("y",)]
    assert read_text(text).position(items[3].start) == (9, 2)


def test_prose_beside_formulas() -> None:
    document = read_text("Suppose that $x > 0$, then $y$.\n\nIf `code` $z$\n\n- for all $w$\n")
    assert [(one.before, one.after) for one in formulas(document)[:2]] == [
        ("Suppose that ", ", then "),
        (", then ", "."),
    ]
    first, _, opaque, last = formulas(document)
    assert first.parts[0].mark == "assume"  # type: ignore[union-attr]
    assert all(getattr(part, "mark", "") == "" for part in opaque.parts)
    assert last.before == "- for all "
    assert [one.paragraph for one in formulas(document)] == [0, 0, 1, 2]


PROBLEMS = {
    "an open dollar": ("Text $x = 1\n\n$y$", (1, 6, "unclosed-dollar"), ["y"]),
    "an open display": ("$$\nx = 1\n\n# Heading\n\n$y$", (1, 1, "unclosed-dollar"), ["y"]),
    "an open display before others": ("$$\nx\n\nThis is text with\n\n$$\ny\n$$", (1, 1, "unclosed-dollar"), ["|y|"]),
    "an open display in Korean": ("$$ x\n\n이것은 글이다\n\n$$ y $$", (1, 1, "unclosed-dollar"), ["|y|"]),
    "an open environment": ("$y$\n\\begin{align}\nx = 1\n", (2, 1, "unclosed-environment"), ["y"]),
    "an open fence": ("$y$\n\n```\n$x$\n", (3, 1, "unclosed-fence"), ["y"]),
    "an open comment": ("$y$ <!-- $x$\n", (1, 5, "unclosed-comment"), ["y", "x"]),
    "front matter": ("---\nmacros:\n  - a\n---\n$y$\n", (2, 1, "front-matter"), ["y"]),
}


@pytest.mark.parametrize("name", PROBLEMS)
def test_one_problem_with_its_place_and_the_rest_is_read(name: str) -> None:
    text, problem, rest = PROBLEMS[name]
    assert problems(text) == [problem]
    assert found(text) == rest


def test_the_first_of_several_problems_of_a_kind_says_it_all() -> None:
    assert len(problems("\\begin{align}\n\n" * 50)) == 1
    assert len(problems("<!-- \n\n" * 50)) == 1


# --- by construction -----------------------------------------------------------------------------------------------------

_FRAGMENTS = [
    ("Text ${0}$ and ${1}$ text.", 2), ("$$\n{0}\n$$", 1), ("$$\n\n  {0}\n\n$$", 1), ("- item ${0}$\n  - ${1}$\n\n    $${2}$$", 3), ("> ${0}$\n> $$\n> {1}\n> $$", 2),
    ("```\n${0}$\n```", 0), ("`${0}$`", 0), ("<!-- ${0}$ -->", 0), ("    ${0}$", 0), ("\\\\({0}\\\\) \\({1}\\)", 2), ("# Head ${0}$", 1), ("```{{math}}\n{0}\n```", 1),
    ("Let $${0}$$ be", 1), ("\\begin{{align}}{0}\\end{{align}}", 1), ("<b>${0}$</b>", 1), ("| ${0}$ | ${1}$ |", 2), ("It costs $5.", 0), ("{{math}}`{0}`", 1),
    ("{{% include a %}}", 0), ("<pre>${0}$</pre>", 0), ("1. a\n\n   ${0}$", 1), ("* * *", 0), ("~~~\n```\n${0}$\n~~~", 0), ("a\\\n${0}$", 1), ("\\$ ${0}$ \\$", 1),
]  # fmt: skip


@given(st.lists(st.sampled_from(_FRAGMENTS), max_size=12), st.sampled_from(["\n\n", "\n\n\n", "\n \n", "\r\n\r\n"]))
def test_documents_made_of_fragments(fragments: list[tuple[str, int]], between: str) -> None:
    """What is put into a document as a formula is found, in order and nothing else, and stands where it was put."""
    pieces: list[str] = []
    expected: list[str] = []
    for number, (fragment, count) in enumerate(fragments):
        names = [f"x_{{{number}}} = y_{{{index}}}" for index in range(3)]
        if fragment.startswith("    ") and pieces and pieces[-1][:2] in {"- ", "1."}:
            continue  # goes on with the list
        pieces.append(fragment.format(*names).replace("\n", "\r\n" if "\r" in between else "\n"))
        expected += names[:count]
    text = between.join(pieces)
    document = read_text(text)
    assert [one.latex.strip() for one in formulas(document)] == expected
    for formula in formulas(document):
        place = document.place(formula.start + len(formula.latex) - len(formula.latex.lstrip()))
        line = text.replace("\r\n", "\n").split("\n")[place.line - 1]
        assert line[place.column - 1 :].startswith(formula.latex.strip())
    assert not document.problems


@given(st.text(alphabet="$`\\[](){}<>!-~#>*%:|=x \n\r'\"/&;", max_size=60), st.sampled_from(["a.md", "a.mdx"]))
def test_any_text(text: str, path: str) -> None:
    """No exception; the read text is as long as the file, and every span lies in it."""
    document = read_text(text, path)
    if "\\" not in text:
        assert len(document.text) == len(text)
    last = -1
    for item in formulas(document):
        assert last < item.start <= item.end <= len(document.text)
        assert document.text[item.start : item.end] == item.latex
        last = item.end
    for problem in document.problems:
        assert problem.line > 0
        assert problem.message


@pytest.mark.parametrize(
    ("text", "formulas", "notes"),
    [
        ("Put it into $PATH and go.\n\nThen $x = y$.", ["x = y"], 1),
        ("Set $PATH and ${HOME} to $x = 1$.", ["x = 1"], 2),
        ("Set $AB $ and $x = 1$.", ["AB ", "x = 1"], 0),
        ("The matrix $AB$ and $AB = C$.", ["AB", "AB = C"], 0),
        ("Text\n\n    code $x = y$\n\ntext $z$\n\n    more $a$\n", ["z"], 1),
        ("Text\n\n    price $5\n\ntext $z$", ["z"], 0),
    ],
)
def test_notes(text: str, formulas: list[str], notes: int) -> None:
    document = read_text(text)
    assert [item.latex for item in document.items if isinstance(item, Formula)] == formulas
    assert len(document.notes) == notes
    assert not document.problems
