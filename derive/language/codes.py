"""The codes that reports carry: what each means and what an author can do. `derive explain CODE` prints them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """One line, an explanation, and a way out."""

    summary: str
    explanation: str
    way_out: str


CODES: dict[str, Code] = {
    # --- refuted ---
    "refuted-by-evaluation": Code(
        "the relation is false at an exact point",
        "The kernel evaluated both sides exactly at the point that is printed. The point lies in the declared domain and satisfies every "
        "hypothesis, definition and condition in scope; both sides are defined there and the relation does not hold.",
        "Correct the relation, or add the hypothesis that excludes the point: `<!-- derive: assume x > 0 -->`.",
    ),
    "equality-holds-rounded": Code(
        "an equals sign where only the rounded values agree",
        "Decimals are exact, 2/3 = 0.67 is false. With \\approx in its place the relation is proved: the printed decimal, or each in a list, is the rounded value.",
        "Write \\approx, or the exact value.",
    ),
    "equality-holds-to-first-order": Code(
        "an equals sign where only the first-order terms agree",
        "As an equality it is refuted or cannot be shown; the relation with an approximation sign in its place is proved: both sides agree up to o(|increment|).",
        "Write \\cong or \\approx, or add the remainder: + O(|\\Delta|^2).",
    ),
    "equality-holds-to-second-order": Code(
        "an equals sign where only the terms up to second order agree",
        "As an equality it is refuted or cannot be shown; with an approximation sign of second order it is proved.",
        "Write \\cong or \\approx, or add the remainder.",
    ),
    "equality-holds-to-higher-order": Code(
        "an equals sign where only the terms up to some order agree",
        "As an equality it is refuted or cannot be shown; with an approximation sign it is proved to the order that the message names.",
        "Write \\cong or \\approx, or add the remainder.",
    ),
    "evaluated-at-part-of-a-point": Code(
        "a derivative evaluated in some coordinates only",
        "The evaluation bar gives a value to some arguments of the function and leaves the others free, so the result still varies with them.",
        "Evaluate at the whole point: \\bigg\\rvert_{\\vec w = \\vec w_k}.",
    ),
    "no-such-angle": Code(
        "a definition of an angle that does not exist",
        "The quotient that is to be the cosine leaves [-1, 1] at the point that is printed.",
        "Check the quotient: for vectors it is their inner product over the product of their lengths.",
    ),
    "ill-sorted": Code(
        "the sorts of the two sides cannot fit",
        "A row is equated with a column, sizes differ, or a number is added to a vector. Both sorts are printed.",
        "Add the missing transpose, or declare the sorts: `<!-- derive: w : row(n); g : vector(n) -->`.",
    ),
    # --- unknown ---
    "perhaps-restricted": Code(
        "a point refutes it, unless the text excludes that point",
        "The relation fails at the point that is printed. But something in scope that may exclude the point is not understood: a word of the text "
        "(positive, integer, unit, 'if', ...), a formula that was not read, a condition of an earlier paragraph. So nothing is said to be false.",
        "Declare what is meant, e.g. <!-- derive: x : positive real --> or <!-- derive: assume a < b -->; or correct the relation.",
    ),
    "perhaps-not-supposed": Code(
        "it follows from something that is perhaps not supposed here",
        "There is a proof by a condition or a value that the text says elsewhere: in an item of a list, before a heading, without a word that supposes it, "
        "or of a letter of which this sentence speaks in general. Whether it still holds here is not clear, so nothing is proved.",
        "Say it again where it is used (\"for x > 2\"), or declare it: <!-- derive: assume x > 2 -->.",
    ),
    "defect": Code(
        "a defect of derive itself",
        "Reading this relation failed in a way that should not happen. The rest of the document was still checked; nothing is said of this relation.",
        "Please report the formula.",
    ),
    "name-clash": Code(
        "a name that is both defined and bound",
        "A sum, integral or derivative here uses a variable whose name a definition in scope gives a value, or that such a value speaks of. Putting the "
        "definition in would change what is said, so nothing is decided.",
        "Give the bound variable another name.",
    ),
    "no-meaning-yet": Code(
        "a notation that is read, and of which nothing is known yet",
        "The formula is understood as far as its shape: which parts it has and what they apply to. But expectations, probabilities, sets, sequences with "
        "dots and the like have no meaning here yet, so the relation is neither proved nor refuted.",
        "Nothing is wrong. Check with --show-reading that it was read as you meant it.",
    ),
    "structured-variable": Code(
        "a derivative by a matrix that is declared to be symmetric, diagonal or the like",
        "The entries of such a matrix cannot change each by itself, so its derivative is not that by a free matrix, and authors differ on what they mean by "
        "it. The relation is neither proved nor refuted.",
        "Declare the matrix without its structure, and say afterwards at which matrix the derivative is taken.",
    ),
    "shapes-differ": Code(
        "the symbols of a relation have other shapes elsewhere in the text",
        "By itself the relation makes sense; with the shapes that its symbols have by the other formulas (a number, a row, a column of another size) it does "
        "not. A letter may be used anew, so this is no error, but it is open which of its meanings holds here: the relation is neither proved nor refuted.",
        "Declare the symbol, or use another letter; a heading begins a new scope.",
    ),
    "shape-open": Code(
        "a symbol that is a number, a vector or a matrix, and nothing says which",
        "In another formula a product of these letters is a vector or a matrix, so one of them is no number; nothing says which. What holds of numbers need "
        "not hold of it: the relation is neither proved nor refuted.",
        "Declare it.",
    ),
    "sum-open": Code(
        "a letter that is once an upper and once a lower index in one product",
        "In `\\tilde{v}^i = v^m J^i_m` a sum over m may be meant, which is not written; the relation is neither proved nor refuted, and defines nothing.",
        "Write the sum: \\sum_m v^m J^i_m.",
    ),
    "subscript-open": Code(
        "a subscript of letters that stand by themselves on the other side",
        "In `\\gamma_{cv}(t) = \\gamma_v(ct)` the subscript may be a name, two indices, or a product. The relation may define the symbol or say something of all "
        "values of the letters: it does neither here, and is neither proved nor refuted.",
        "Write \\gamma_{c, v} for two indices, or \\gamma_{c \\cdot v} for the product.",
    ),
    "named-statement": Code(
        "a hypothesis or a model with a name",
        "`H_0: \\mu = 0` says what H_0 is. Whether it holds is not said, so it is neither judged nor used; a counterexample below may be excluded by it.",
        "Nothing is wrong. To use it, write it without its name, or declare it: assume \\mu = 0.",
    ),
    "shape-not-settled": Code(
        "a symbol that may be a number, a vector or a matrix",
        "A bare letter beside a matrix is taken for a matrix or a vector; here that does not fit, and if it is a number there may be no error.",
        "Declare it.",
    ),
    "indexed-family": Code(
        "an entry or a member whose index is a letter",
        "x_i inside a sum over i, or A_{ij} of a matrix A, stands for many numbers; it is not taken for one free symbol.",
        "Write it with vectors and matrices where that says the same.",
    ),
    "probability": Code(
        "an expectation or a probability",
        "E[...] and the like are recognised; nothing is known about them yet.",
        "Nothing to do; the rest of the document is checked. If the letter is a number, write a sign: E \\cdot [...].",
    ),
    "readers-disagree": Code(
        "two independent readers read a formula differently",
        "With --second-reader, sides of relations that both readers know are read by latex2sympy2 too. Their values differ at an exact point.",
        "Write the formula with more brackets or braces, and report it: one of the readers is wrong.",
    ),
    "not-decided": Code(
        "neither proved nor refuted",
        "No procedure found a certificate that the kernel accepts, and no counterexample was found. That says nothing about the truth.",
        "Add an intermediate step, or the hypotheses that the step uses.",
    ),
    "rests-on-refuted": Code(
        "follows only from a statement that is refuted",
        "The step itself is right: it follows from earlier lines. One of these is refuted, so nothing is said of the step.",
        "Correct the line that is named; this one is then judged again.",
    ),
    "rests-on-unknown": Code(
        "follows only from a statement that is not proved",
        "The step itself is right: it follows from earlier lines, one of which is neither proved nor refuted.",
        "Settle the line that is named.",
    ),
    "empty-claim": Code(
        "the claim is defined nowhere",
        "On the declared domain, under the hypotheses, there is no point at which both sides are defined. Any statement holds of no points; it is not called proved.",
        "Check the domains: a logarithm of a negative number, a division by zero.",
    ),
    "contradictory-hypotheses": Code(
        "the hypotheses contradict each other",
        "The kernel accepted a proof that the hypotheses in scope cannot hold together. Everything would follow from them, so nothing is called proved.",
        "Look for two conditions that exclude each other; a heading ends the scope of the ones above it.",
    ),
    "work-limit": Code(
        "the search was ended by its limit on work",
        "Searches may spend a counted amount of work, so that verdicts do not depend on the machine.",
        "Split the step, or make it simpler.",
    ),
    "time-limit": Code(
        "the search was ended by the safety net on time",
        "The worker process was ended after the seconds of --time-limit. Verdicts of this code depend on the machine.",
        "Raise --time-limit, and report the formula: the limits on work should have ended the search before.",
    ),
    "crashed": Code(
        "the worker process ended unexpectedly",
        "The process that worked on this line raised an error or was ended from outside, for example for want of memory.",
        "Report the formula.",
    ),
    "internal-disagreement": Code(
        "a proof and a counterexample were both accepted",
        "This is a defect of derive: one of the two must be wrong. Nothing is said of the claim.",
        "Please report the formula.",
    ),
    "internal-error": Code(
        "derive failed on this file",
        "This is a defect of derive. The other files were still checked.",
        "Please report the file.",
    ),
    "fresh-symbol": Code(
        "a symbol that occurs nowhere else",
        "The relation may define the symbol; nothing says so, and as a claim it is not proved.",
        "Write Let or := where it defines something.",
    ),
    "recalled-formula": Code(
        "a formula about things that occur nowhere else",
        "Its function and arguments are unknown here, so it can be neither proved nor refuted.",
        "Say what the symbols are, or use them.",
    ),
    "increment-not-settled": Code(
        "an approximation without a clear small quantity",
        "The text does not settle what is small or to which order the two sides agree.",
        "Declare it: `<!-- derive: small \\Delta -->`.",
    ),
    "relation-not-judged": Code(
        "a relation that is not judged yet",
        "The sign is read, but no theory gives it a meaning yet.",
        "Write the relation with =, <, \\le or \\cong if it can be.",
    ),
    "said-to-be-false": Code(
        "the text says that this does not hold",
        "The words around the relation deny it, so it is not a claim.",
        "Nothing to do.",
    ),
    "definition-not-shown": Code(
        "a definition whose object is not shown to exist",
        "An implicit definition, such as an angle by its cosine, needs its equation to have a solution; that is not proved here.",
        "Add what makes it exist as a hypothesis, or show it in a step before.",
    ),
    "not-expressible": Code(
        "the claim cannot be built",
        "Unfolding the definitions leads to a term that the kernel does not accept, for instance one nested too deep.",
        "Split the step.",
    ),
    "hypotheses-on-the-variable": Code(
        "an approximation under hypotheses about what varies",
        "The variable of an approximation takes all values near the base, so hypotheses about it cannot be used, and without them the claim fails.",
        "State the approximation without them.",
    ),
    # --- assumed ---
    "one-of-several": Code(
        "a value that is possible, but does not follow",
        "What stands above admits the value, and another one too. The text may speak of one case, or lose a branch (x = 3 below x^2 = 9).",
        "Write all values, x = \\pm 3 or x = 3 \\lor x = -3, or the condition that leaves one: x > 0.",
    ),
    "alternative": Code(
        "one of several cases that are stated together",
        "The text joins it by \"or\" to the relation before it; what is claimed is that one of them holds, and that is judged there.",
        "Nothing needs to be done.",
    ),
    "case": Code(
        "a value of one case, of an outcome or at a place, and no definition",
        "The letter stands for more than this value in the text: it is an argument, an index, a random variable or bound there, or another value stands beside this one. "
        "So what follows is not proved from it, and refuted only if it is false with it too.",
        "If the value holds from here on, write 'let' before it: Let $x = 3$.",
    ),
    "no-point-found": Code(
        "it may be a condition, but nothing is known that satisfies it",
        "Read as a condition the relation would restrict what follows; from one that nothing satisfies everything would follow. No point was found, so it is not "
        "assumed, and what rests on it is unknown.",
        "If it is a condition, declare it: `<!-- derive: assume ... -->`.",
    ),
    "equivalent-in-words": Code(
        "said to be equivalent to something that stands in words",
        "One side of the arrow is not understood, so that the other is equivalent to it is neither proved nor refuted, and the other by itself is not claimed.",
        "Write both sides of the equivalence as relations, or declare what the words say.",
    ),
    "several-equations": Code(
        "a definition beside another equation for the same name",
        "The first equation with a new name alone on a side is its definition. Here the text has another one for it: this one may also be a theorem that is proved from the other, or a value in one "
        "example of several. As long as the other does not follow from it, nothing is proved or refuted by it.",
        "Say which one defines: let, where or := before it.",
    ),
    "definition-not-applied": Code(
        "a function is used with arguments of another shape than it is defined for",
        "The definition above says what the function is for other arguments (a vector, or another number of them). What it is here is not said, and it is not free to be anything.",
        "Write the arguments in the shape of the definition, or give the second function another name.",
    ),
    "to-be-shown": Code(
        "a goal stated before it is shown",
        "The text says that this is a theorem, or that it is to be shown, wished or guessed: nothing is supposed or defined by it. What the symbol on its left is may be said below; nothing proved it "
        "there, or only under assumptions that the goal does not have.",
        "State the assumptions in the goal, define the symbol before it, or say let or suppose.",
    ),
    "not-what-is-shown": Code(
        "a goal that differs from what is shown below it",
        "With the definition that stands below, in its proof, the goal fails at the point that is printed. It is not refuted: the symbol may be meant otherwise in it.",
        "Compare the goal with the last line of its proof.",
    ),
    "read-as-condition": Code(
        "read as a condition on the symbols",
        "An equation that opens its derivation, is no identity, and sets an expression to a constant is taken as an equation to be solved: it is assumed below.",
        "Mark it (Solve, Suppose, if) where that is meant; where an identity is meant, correct it.",
    ),
    # --- unread ---
    "unread": Code(
        "not understood",
        "The reader stopped at the token that is named. Nothing is guessed and nothing is skipped.",
        "Write it with a notation that derive knows, or declare the symbol.",
    ),
    "unread-declaration": Code(
        "a declaration that is not understood",
        "The item of the derive comment, the front matter or --declare does not follow the grammar of declarations.",
        "For example: `x, y : positive real`, `L : function(row(n)) -> real, C2`, `assume a < b`.",
    ),
    "ambiguous-application": Code(
        "application or product?",
        "name(...) could be a function applied to an argument or a product, and the document does not settle which.",
        "Declare the name: `<!-- derive: f : function(real) -> real -->` or `<!-- derive: a : real -->`.",
    ),
    "word-or-product": Code(
        "letters side by side: a word or a product?",
        "Letters without a space between them are a product in LaTeX; these look like a word.",
        "Write the word as \\text{...}, or put spaces between the factors.",
    ),
    "ambiguous-argument": Code(
        "where does the argument of the function end?",
        "An author could mean either, and the value differs.",
        "Put the argument into parentheses.",
    ),
    "ambiguous-bound": Code(
        "a bound, an exponent or a subscript of several digits without braces",
        "TeX takes the first digit only: \\int_0^10 has the upper bound 1, x^23 is x^2 3, and x_12 is x_1 2.",
        "Write braces around it: \\int_0^{10}.",
    ),
    "ambiguous-norm": Code(
        "the norm of a matrix: which one?",
        "Frobenius norm and operator norm are both written so.",
        "Write the Frobenius norm as \\sqrt{\\operatorname{tr}(A^T A)}.",
    ),
    "nested-too-deep": Code(
        "nested too deep",
        "Formulas are read down to a fixed depth, so that no input can exhaust memory or stack.",
        "Name the inner expressions.",
    ),
    "too-large": Code(
        "too large",
        "A number or a formula exceeds a fixed bound, so that no input can exhaust memory or time.",
        "Name the large part.",
    ),
    "not-understood": Code(
        "read, but without a meaning yet",
        "The formula parses, but no theory of derive gives this construction a meaning.",
        "Write it in other terms.",
    ),
    "unknown-function": Code(
        "a function that is not known yet",
        "The name is that of a function, but no theory of derive gives it a meaning.",
        "Define it, or declare it as an unknown function.",
    ),
    "no-relation": Code(
        "no relation to judge",
        "Only statements have verdicts: an equation, an inequality, an implication.",
        "Write the whole statement.",
    ),
    "nothing-to-continue": Code(
        "begins with a relation, but nothing stands above",
        "A leading = or \\le continues the last member of the statement above; here there is none, since a heading cuts.",
        "Repeat the left side.",
    ),
    "function-without-argument": Code(
        "a function where a value is expected",
        "The name is a function in this document; without its argument it is not a number.",
        "Write the argument.",
    ),
    "not-a-function": Code(
        "used as a function but declared as something else",
        "The declaration and the use do not fit.",
        "Declare it as function(...) -> real, or put a multiplication sign.",
    ),
    "argument-count": Code(
        "a function with a different number of arguments than elsewhere",
        "All uses of one function in a document have the same number of arguments.",
        "Check the arguments, or use another name.",
    ),
    "not-a-statement": Code("a statement is expected here", "A hypothesis or a part of a connective is true or false.", "Write a relation."),
    "not-a-value": Code("a value is expected here", "This is not a number, vector or matrix.", "Write the value."),
    "plus-minus": Code(
        "a plus-minus sign outside an equation",
        "In an equation it stands for two cases; elsewhere its meaning is open.",
        "Write the two cases.",
    ),
    "ragged-matrix": Code("a matrix whose rows differ in length", "Every row of a matrix has the same number of entries.", "Check the & signs."),
    "root-index": Code("a root whose index is not a number", "Only roots of a fixed index are defined.", "Write a power."),
    "symbolic-order": Code(
        "a derivative of symbolic order",
        "f^{(n)} with a letter n is not known yet; f^n(a) is a power of f(a).",
        "Write the order as a number.",
    ),
    "circular-definition": Code("defined by itself", "The definition mentions what it defines.", "Use another name on one side."),
    "derivative-of-definition": Code(
        "the derivative of something defined",
        "The definition must be written as a function of the variable before it can be differentiated.",
        "Write f(x) = ... and then the derivative of f.",
    ),
    # --- unread: what stopped the reader ---
    "unread-tail": Code("something is left over", "The formula was understood up to the token that is named.", "Correct or remove what follows."),
    "unknown-macro": Code(
        "a control word that is not known",
        "Its meaning cannot be guessed from its name.",
        "Define it (\\newcommand), put it among the macros of derive.toml, or write it with standard control words.",
    ),
    "missing": Code("something is missing at the end", "The formula ends where an operand is expected.", "Complete it."),
    "missing-side": Code("a relation sign without its right side", "Nothing follows the sign.", "Complete the relation."),
    "missing-argument": Code("an argument is missing", "A control word or group lacks what it applies to.", "Complete it."),
    "missing-statement": Code("a connective without its statement", "An arrow or an \\text{and} joins two statements.", "Complete the statement."),
    "words": Code("words inside an expression", "Words stand between statements, not inside one.", "Move the words out of the formula."),
    "superscript": Code("a superscript that is not understood", "It is no power, transpose, prime or index.", "Write the operation out."),
    "ambiguous-superscript": Code(
        "an upper index or a power?",
        "The document writes this letter as an upper index of other names.",
        "Write x^{(i)} for an index, (x)^i for a power.",
    ),
    "ambiguous-subscript": Code(
        "a product of indices, or an index that is summed over?",
        "A dot between two indices, y_{i \\cdot m}, is a product for some, and the place of an index that is summed over for others.",
        "Give the product a name, or write y_{i \\bullet m}.",
    ),
    "ambiguous-difference": Code(
        "a difference, or \\Delta times something?",
        "\\Delta before a name is the difference of it, and \\Delta is a symbol of its own too.",
        "Write \\cdot for a product, or another letter for one of them.",
    ),
    "ambiguous-entry": Code(
        "a power before two indices", "A^2_{ij} could be the entry (A^2)_{ij} or the power A_{ij}^2.", "Write brackets."
    ),
    "spoilt-subscript": Code(
        "an asterisk before a brace",
        "A formatter of Markdown may have made it of an underscore.",
        "Write _ for a subscript, \\cdot for a product.",
    ),
    "subscript": Code("a subscript on an expression", "Only names have subscripts.", "Name the expression."),
    "tuple": Code("a list in brackets as a value", "A list could be a row, a column, a point or a set.", "Write a bmatrix."),
    "inner": Code("angle brackets that do not hold two vectors", "\\langle a, b \\rangle is the inner product.", "Write two vectors."),
    "environment": Code("an environment that is not understood here", "Only matrices and cases stand inside an expression.", "Write it apart."),
    "unbalanced": Code("brackets that do not match", "Another closing bracket is expected at the token that is named.", "Match the brackets."),
    "unbalanced-bar": Code("a bar that is not closed", "Bars of absolute values and norms come in pairs.", "Write \\lvert ... \\rvert or \\lVert ... \\rVert."),
    "braces-as-brackets": Code("braces that are not printed, as brackets", "The page shows {a + b} c as a + b c, and the formula means (a + b) c.", "Write brackets, or leave the braces out."),
    "unbalanced-brace": Code("a brace that is not closed", "Every { has its }.", "Match the braces."),
    "unbalanced-environment": Code("an environment that is not closed", "Every \\begin has its \\end.", "Close it."),
    "sum-bounds": Code("a sum whose bounds are not understood", "Sums run from i = a to b.", "Write \\sum_{i=1}^{n}."),
    "integral": Code("an integral that is not understood", "An integral ends with d and its variable.", "Write \\int_a^b f(x) \\, dx."),
    "limit": Code("a limit that is not understood", "A limit names its variable and its point.", "Write \\lim_{x \\to a}."),
    "derivative": Code(
        "a derivative that is not understood",
        "Numerator and denominator do not fit together.",
        "Write \\frac{\\partial L}{\\partial w} or \\frac{d}{dx}.",
    ),
    "evaluation-bar": Code("an evaluation bar that is not understood", "The bar carries bindings such as x = a, and \\left. or brackets show what it stands behind.", "Write \\left. ... \\right|_{x = a}."),
    "arrow-chain": Code("a chain of arrows", "A \\implies B \\implies C could be read in two ways.", "Write one statement for each."),
    "negated-relation": Code("a negated relation that is not known", "Only \\neq is.", "Write the opposite relation."),
    "adjacent-numbers": Code("two numbers side by side", "2 3 could be a product or a slip.", "Write \\cdot between them."),
    "ambiguous-inverse": Code(
        "an inverse function or a reciprocal?",
        "f^{-1}(x) is written for both.",
        "Write \\arcsin, or \\frac{1}{f(x)}.",
    ),
    "ambiguous-fraction": Code("a slash before several factors", "a/bc could be a/(bc) or (a/b)c.", "Write \\frac or brackets."),
    "ambiguous-relation": Code("`!=` or `<-` without a space", "A factorial and =, or \\ne as programs write it; less than minus, or an arrow.", "Write n! = and < - with a space, or \\ne and \\leftarrow."),
    "ambiguous-numeral": Code("a numeral of mathematics, or of a program?", "0x1F can be a numeral or a product, 7 \\% 3 a remainder or 7/100 times 3.", "Write the number to the base ten, \\cdot, or \\bmod."),
    "ambiguous-connective": Code("'and' beside 'or' without brackets", "The two orders say different things.", "Put brackets."),
    "ambiguous-sum": Code(
        "a sign inside a box or over a brace, and what stands behind that",
        "In a \\boxed{- b} c the box is a term; whether c belongs to b or to all of the box is open.",
        "Write the sign before the box.",
    ),
    "ambiguous-sets": Code(
        "different operations of sets side by side",
        "A \\cup B \\cap C could be (A \\cup B) \\cap C or A \\cup (B \\cap C).",
        "Put brackets.",
    ),
    "too-long": Code("a formula that is too long", "Formulas of more than 20,000 characters are not read.", "Split it."),
    "definition": Code(
        "a definition",
        "The relation gives a symbol or a function its value. Where it cannot be read as one, what is defined must be a symbol or a function of symbols.",
        "Where it is meant as a claim, declare the symbol.",
    ),
    "relation": Code("a relation inside a statement that is not understood", "This sign has no meaning inside a connective.", "Write =, <, \\le or \\neq."),
    "ambiguous-constant": Code(
        "e or i without a declaration",
        "The letter can be the constant or a variable.",
        "Declare it, `e : real`, or write \\exp(1).",
    ),
    "ambiguous-naturals": Code(
        "whether 0 is a natural number",
        "Authors differ on it, and what holds for all of them would be another hypothesis.",
        "Write n \\ge 0 or n \\ge 1, and declare `n : integer`.",
    ),
    "ambiguous-scope": Code(
        "a quantifier before an implication of which one side does not speak of its variable",
        "It can hold of the whole, or of the first part only; these are different statements.",
        "Put brackets around what is said of all: (\\forall x: f(x) > 0) \\implies c > 0.",
    ),
    "quantifier": Code(
        "a quantifier without a variable",
        "Behind \\forall stand names, each alone or in a relation that restricts it, then a colon and the statement.",
        "Write \\forall x, y \\in [0, 1]: ..., or \\forall x > 0: ...",
    ),
    "ambiguous-transpose": Code(
        "a number to the power T",
        "T can be an exponent or the sign of transposition; for a number it cannot be told.",
        "Declare the base as a vector or a matrix, or rename the exponent.",
    ),
    "entry-by-entry": Code(
        "the square or the bars of a vector: of the whole, or entry by entry?",
        "The relation does not fit as it is read, and may in the other reading.",
        "Write \\vec v \\cdot \\vec v or \\vec v \\odot \\vec v, and \\|x\\| for the length.",
    ),
    "ambiguous-differential": Code(
        "d before a name: a differential or a factor",
        "In this document the letter d stands before names, as differentials do, and also for itself, as numbers do.",
        "Declare `d : real` where it is a number, or write \\mathrm{d} for differentials.",
    ),
    "increments-not-settled": Code(
        "a differential of something that depends on nothing that moves",
        "d y is the difference that the increments of its variables make; the text writes no increment of a variable that y depends on.",
        "Define y by its variables, and write their differentials.",
    ),
    "value-not-shown": Code(
        "the value of a derivative or limit is not shown",
        "A relation with a derivative or limit is judged by its value, which has to be proved first: to first order.",
        "Write the value in a line of its own.",
    ),
    "best-value-not-settled": Code(
        "a best value or its place, of which nothing is shown or refuted",
        "That it satisfies the constraints, that no other point is better and none as good has to be shown, and one of it was not. Quadratic functions "
        "under one quadratic constraint or linear equations are decided.",
        "Prove the inequality in a statement of its own.",
    ),
    "restricted-variable": Code(
        "a letter that is bound in a best value, and of which the text says more",
        "A condition on the letter that the sign binds may be meant as a constraint or be about another value of the letter.",
        "Write the constraint below the sign, or behind \\text{s.t.}; or use another letter.",
    ),
    "maximiser-not-settled": Code(
        "two places of a best value that are not shown to be the same",
        "They are the same where the functions differ by a constant and a positive factor, or by log or exp. That is not shown here.",
        "Say which constant or factor is dropped, or that what stands under a log is positive.",
    ),
    "arrow-not-settled": Code(
        "an arrow before an expression whose meaning is not said",
        "A => B between expressions can mean that they are equal, equal to first order, greatest at the same place, or that B is the derivative or the series of A.",
        "Write = or \\cong, or say in words which is meant.",
    ),
    "neither-equal-nor-to-first-order": Code(
        "a step that is neither an equality nor one to first order",
        "Behind the arrow stands neither what stood before it, nor that up to products of increments.",
        "The counterexample shows where they differ.",
    ),
    "condition": Code(
        "a condition under which the text speaks",
        "Words beside it (if, suppose, for, solve, ...) say that it is supposed. It is used below, and a counterexample has to satisfy it.",
        "Nothing, if that is meant.",
    ),
    "kind-not-settled": Code(
        "letters read as numbers that the words around may mean otherwise",
        "What is proved of numbers need not hold of matrices, operators, complex numbers or members of a group, and the words beside a letter name such things.",
        "Declare the letters: <!-- derive: A, B: matrix(n, n) -->, or <!-- derive: x: real -->.",
    ),
    "converse-not-shown": Code(
        "an equivalence of which one direction is shown",
        "A <=> B says that B follows from A and A from B. The second is neither proved nor refuted.",
        "Write => if that is meant, or prove the other direction in lines of its own.",
    ),
    "glued-macro": Code(
        "a control word that a letter sticks to",
        "TeX takes all letters behind a backslash for one control word.",
        "Put a space behind the control word, as the message shows.",
    ),
    "restated": Code(
        "a definition once more",
        "An equation with a new name alone on a side was taken as the definition of that name. This one says the same again. It is not proved by the first: if that was the claim, and "
        "another line defines the name, it would be proved by itself.",
        "Define the name in words where it is defined (\"let $L = a - b$\", \\text{where}, :=): what follows from that is proved.",
    ),
    "update": Code(
        "an assignment of the next value",
        "From this line on the symbol has its next value; what was said above was said of the value before.",
        "Write an index, w_{k+1} and w_k, where both values are spoken of.",
    ),
    "density-of-support": Code(
        "a density under a sum or an integral",
        "The density is known on its support only; a sum or an integral may leave it.",
        "Write the bounds of the support and the formula of the density.",
    ),
    "outside-support": Code(
        "a density outside of its support",
        "The density is known on its support only; elsewhere it is 0 or not defined, which is for the text to say.",
        "Say what the density is there, or speak of a point of the support.",
    ),
    # --- files ---
    "missing-file": Code("the file does not exist", "No file of this name was found.", "Check the path."),
    "not-utf-8": Code("the file is not UTF-8 text", "Posts are read as UTF-8, with or without a byte order mark.", "Convert the file."),
    "binary": Code("the file is not text", "It contains bytes that no text contains.", "Give the source text."),
    "unreadable-input": Code("the file cannot be read", "The message says why.", "Correct what the message names."),
    "empty": Code("the file is empty", "There is nothing to check.", "Check the path."),
    "no-documents": Code(
        "no documents were found",
        "A folder is searched for .md, .markdown, .tex and .ipynb; Python proofs are only run when they are named.",
        "Name the files.",
    ),
    "broken-notebook": Code(
        "the file is no Jupyter notebook that can be read",
        "A .ipynb file is JSON with a list of cells. The message says where that fails.",
        "Open and save it in Jupyter, or resolve the conflict marks of a merge.",
    ),
    "front-matter": Code(
        "something in the front matter is not understood",
        "Of the front matter, `derive:` (declarations) and `macros:` (names and bodies) are read.",
        "Write `macros:` as a mapping: one line `name: 'body'` for each, in single quotes.",
    ),
    "macro": Code(
        "a macro whose use is not understood",
        "It expands without end or to too much, lacks an argument, or is defined in a way that is not read (delimited arguments). Nothing is guessed of it.",
        "Define it with \\newcommand, or write the formula without it.",
    ),
    "settings": Code(
        "the settings are not understood",
        "derive.toml, or [tool.derive] of pyproject.toml, has the keys macros, declare, assume, exclude and strict.",
        "Correct what the message names.",
    ),
    "unclosed-dollar": Code(
        "a formula that is never closed",
        "What follows the dollar may be a formula or not, so it is not read.",
        "Close it, or write \\$ for a dollar.",
    ),
    "unclosed-environment": Code("an environment that is never closed", "Its \\end is missing, so it is not read.", "Add the \\end."),
    "unclosed-fence": Code(
        "a code fence that is never closed",
        "All text behind it is code, by the rules of Markdown, so no formula there is read.",
        "Close the fence.",
    ),
    "unclosed-comment": Code("an HTML comment that is never closed", "A browser hides all that follows.", "Close it with -->."),
    "proof-file": Code(
        "a Python proof that fails",
        "The file was run and raised, or has no function derivation(dimension) that returns a Derivation.",
        "The message names the line of the file.",
    ),
}  # fmt: skip
