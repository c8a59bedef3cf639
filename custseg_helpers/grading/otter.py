"""`custseg otter`: workbooks as master notebooks for `otter assign`.

Learners get what they always get, and need no otter: the tests are hidden ones, which travel in the autograder only.
"""

import ast
import builtins
from textwrap import indent

import nbformat
from nbformat.v4 import new_code_cell, new_raw_cell

from custseg_helpers.course.notebooks import notebook
from custseg_helpers.course.solutions import BEGIN
from custseg_helpers.course.source import Lesson
from custseg_helpers.grading import graders

_ASSIGNMENT = """\
# ASSIGNMENT CONFIG
name: {name}
init_cell: false
export_cell: false
generate: true
tests:
    ok_format: false"""
_TEST = '''\
""" # BEGIN TEST CONFIG
hidden: true
""" # END TEST CONFIG
def test({names}):
    from custseg_helpers import check
{calls}'''


def master(lesson: Lesson, lang: str) -> nbformat.NotebookNode:
    """Return a lesson's workbook as a master notebook for `otter assign`; each exercise passed is one point.

    A written answer is a question graded by hand and has no test.
    """
    cells = graders.marked(lesson, lang)
    by_hand = graders.texts(cells)
    book = notebook(cells, lang)
    woven = [_raw("assignment", _ASSIGNMENT.format(name=lesson.name))]
    for cell, made in zip(cells, book.cells, strict=True):
        name, identity = cell.attributes.get("exercise"), graders.checked(cell)
        if cell.kind == "code" and name:
            made.source = made.source.replace(BEGIN, f"{BEGIN} NO PROMPT")
            manual = "\nmanual: true" if name in by_hand else ""
            question = f"# BEGIN QUESTION\nname: {name}\npoints: {graders.POINTS}{manual}"
            woven += [
                _raw(f"{name}-question", question),
                _raw(f"{name}-answer", "# BEGIN SOLUTION"),
                made,
                _raw(f"{name}-answered", "# END SOLUTION"),
            ]
        elif identity in by_hand:
            woven += [_raw(f"{identity}-end", "# END QUESTION"), made]
        elif identity:
            woven += [
                _raw(f"{identity}-tests", "# BEGIN TESTS"),
                new_code_cell(hidden_test(cell.text), id=f"{identity}-test"),
                _raw(f"{identity}-tested", "# END TESTS"),
                _raw(f"{identity}-end", "# END QUESTION"),
                made,
            ]
        else:
            woven.append(made)
    book.cells = woven
    return book


def hidden_test(code: str) -> str:
    r"""Return a check cell as a hidden test: a function whose arguments otter takes from the learner's notebook.

    >>> print(hidden_test('check("rfm-recency", recency)').partition("CONFIG\ndef ")[2])
    test(recency):
        from custseg_helpers import check
        check('rfm-recency', recency, strict=True)
    """
    calls = graders.strict(code)
    used = {node.id for node in ast.walk(ast.parse(calls)) if isinstance(node, ast.Name)}
    names = sorted(name for name in used - {"check"} if not hasattr(builtins, name))
    return _TEST.format(names=", ".join(names), calls=indent(calls, "    "))


def _raw(identity: str, text: str) -> nbformat.NotebookNode:
    return new_raw_cell(text, id=identity)
