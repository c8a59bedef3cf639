"""Module paths of the first edition: a learner's old notebook still finds what it imports.

`MOVED` is the one table; `custseg_helpers` puts `OldNames` among Python's finders.
"""

import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

PACKAGE = "custseg_helpers"
MOVED = {
    "author.anatomy": "course.anatomy",
    "author.build": "course.build",
    "author.compare": "course.compare",
    "author.compose": "course.compose",
    "author.execute": "course.execute",
    "author.frame": "course.frame",
    "author.languages": "course.languages",
    "author.lockfile": "course.lockfile",
    "author.markdown": "course.markdown",
    "author.new_lesson": "course.new_lesson",
    "author.notebooks": "course.notebooks",
    "author.parity": "course.parity",
    "author.prose": "course.prose",
    "author.quantities": "course.quantities",
    "author.slide_marks": "course.slide_marks",
    "author.solutions": "course.solutions",
    "author.source": "course.source",
    "author.twins": "course.twins",
    "cli": "commands.main",
    "data.audit": "audit.audit",
    "data.checks": "audit.table_audit",
    "data.clean": "mapping.clean",
    "data.cluster": "at_scale.spark",
    "data.companies": "company.company",
    "data.counts": "facts.counts",
    "data.database": "reading.database",
    "data.dates": "reading.dates",
    "data.decisions": "mapping.decisions",
    "data.dictionary": "company.dictionary",
    "data.draft": "mapping.draft",
    "data.draft_toml": "mapping.draft_toml",
    "data.duck": "at_scale.duck",
    "data.encodings": "reading.encodings",
    "data.engines": "facts.engines",
    "data.exchange": "files.exchange",
    "data.export": "files.folder",
    "data.facts": "facts.per_customer",
    "data.faults": "audit.faults",
    "data.fetch": "reading.fetch",
    "data.handed_over": "at_scale.handed_over",
    "data.in_lessons": "mapping.in_lessons",
    "data.init": "commands.own_data.init",
    "data.intake": "results.intake",
    "data.kernels": "facts.kernels",
    "data.mapping": "mapping.company_toml",
    "data.numbers": "reading.numbers",
    "data.own": "mapping.own_company",
    "data.parquet": "facts.parquet",
    "data.parts": "reading.parts",
    "data.propose": "mapping.propose",
    "data.raw": "company.raw",
    "data.read": "reading.read",
    "data.reduce": "at_scale.reduce",
    "data.reduced": "mapping.without_lines",
    "data.report": "files.page",
    "data.run": "results.run",
    "data.schema": "company.schema",
    "data.schema_check": "audit.schema_check",
    "data.separated": "reading.separated",
    "data.sheet": "reading.sheet",
    "data.simulate": "company.simulate",
    "data.staging": "at_scale.staging",
    "data.stated": "mapping.stated",
    "data.tallies": "facts.tallies",
    "data.text_ids": "facts.text_ids",
    "data.usual_names": "mapping.usual_names",
    "data.write_back": "results.write_back",
    "explore.adapt": "own_page.page",
    "explore.adapt_form": "own_page.form",
    "explore.adapt_html": "own_page.html",
    "explore.adapt_steps": "own_page.steps",
    "explore.app": "commands.own_data.app",
    "learn.compare": "diagnosis.compare",
    "learn.shown": "explore.still",
    "results.notebook": "results.report_notebook",
    "results.personal": "governance.personal",
    "results.said": "results.wording",
    "results.shown": "results.html_parts",
    "results.written": "results.result_files",
    "teach.answers": "grading.answers",
    "teach.attempts": "grading.attempts",
    "teach.class_report": "grading.class_report",
    "teach.class_tables": "grading.class_tables",
    "teach.collect": "grading.collect",
    "teach.grade": "grading.grade",
    "teach.graders": "grading.graders",
    "teach.handed_in": "grading.handed_in",
    "teach.nbgrader": "grading.nbgrader",
    "teach.otter": "grading.otter",
    "teach.pack_zip": "files.zips",
    "teach.restore": "grading.restore",
    "teach.run_cells": "grading.run_cells",
    "teach.sandbox": "grading.sandbox",
    "teach.syllabus": "course.syllabus",
    "teach.walls": "grading.walls",
    "text": "words.text",
}
"""Where each module of the first edition stands now."""
GONE = ("data", "author")
"""Rooms of the first edition that are there no more."""


class OldNames(MetaPathFinder, Loader):
    """Finds a module under its old path and hands out the one that stands elsewhere now."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Answer for the old paths only."""
        name = fullname.removeprefix(f"{PACKAGE}.")
        if name in GONE:
            return ModuleSpec(fullname, self, is_package=True)
        return ModuleSpec(fullname, self) if name in MOVED else None

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """Return the module that has moved; an old room is an empty one."""
        name = spec.name.removeprefix(f"{PACKAGE}.")
        if name in GONE:
            return None
        module = import_module(f"{PACKAGE}.{MOVED[name]}")
        spec.loader_state = module.__spec__
        return module

    def exec_module(self, module: ModuleType) -> None:
        """Leave the module as it is: it has run under its own name, and keeps it."""
        if module.__spec__ and module.__spec__.loader_state:
            module.__spec__ = module.__spec__.loader_state


def keep_old_names() -> None:
    """Let the old paths be imported.

    >>> from custseg_helpers.data.schema import columns
    >>> columns.__module__
    'custseg_helpers.company.schema'
    """
    if not any(isinstance(finder, OldNames) for finder in sys.meta_path):
        sys.meta_path.append(OldNames())
