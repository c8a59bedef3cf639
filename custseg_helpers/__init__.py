"""Customer segmentation for people who sell: the names a notebook uses.

Each name is loaded when it is first used, so that `import custseg_helpers` costs no more than pandas.
"""

from importlib import import_module
from typing import Any

from custseg_helpers.old_names import keep_old_names

__version__ = "0.1.0"

keep_old_names()

_NAMES = {
    "load": "mapping.load",
    "order_facts": "facts.per_customer",
    "money_by": "facts.per_customer",
    "interaction_facts": "facts.per_customer",
    "interactions_by": "facts.per_customer",
    "response_facts": "facts.per_customer",
    "customer_table": "tags.table",
    "read_catalogue": "tags.catalogue",
    "parse_catalogue": "tags.catalogue",
    "apply_tags": "tags.apply",
    "tag_coverage": "tags.apply",
    "tag_overlap": "tags.apply",
    "check_catalogue": "tags.findings",
    "T": "words.text",
    "label": "words.glossary",
    "labelled": "words.glossary",
    "use_language": "words.text",
    "check": "learn.check",
    "hint": "learn.check",
    "solution": "learn.check",
    "progress": "learn.progress",
    "quiz": "learn.quiz",
    "save_table": "learn.save",
    "work_folder": "learn.folder",
    "read_rubric": "learn.rubric",
    "assess": "learn.rubric",
}
"""Functions, and the module each stands in."""

_MODULES = {
    "catalogue": "tags.catalogue",
    "rules": "tags.rules",
    "value": "tiers.value",
    "cuts": "tiers.cuts",
    "rfm": "tiers.rfm",
    "lifecycle": "tiers.lifecycle",
    "cycle": "tiers.cycle",
    "cohort": "tiers.cohort",
    "behaviour": "tiers.behaviour",
    "quadrant": "tiers.quadrant",
    "cross": "tiers.cross",
    "clusters": "tiers.clusters",
    "clv": "tiers.clv",
    "persona": "tiers.persona",
    "strategy": "action.strategy",
    "recommend": "action.recommend",
    "channels": "action.channels",
    "playbook": "action.playbook",
    "targets": "action.targets",
    "levers": "action.levers",
    "allocation": "action.allocation",
    "experiment": "action.experiment",
    "sample_size": "action.sample_size",
    "before_after": "action.before_after",
    "chance": "action.chance",
    "evaluation": "action.evaluation",
    "migration": "action.migration",
    "quality": "action.quality",
    "scheme": "governance.scheme",
    "overrides": "governance.overrides",
    "kpis": "governance.kpis",
    "privacy": "governance.privacy",
    "capstone": "learn.capstone",
    "plots": "plots",
    "explore": "explore",
}
"""Modules that a notebook uses by name."""

__all__ = sorted(_NAMES | _MODULES)


def __getattr__(name: str) -> Any:
    if name in _NAMES:
        value = getattr(import_module(f"custseg_helpers.{_NAMES[name]}"), name)
    elif name in _MODULES:
        value = import_module(f"custseg_helpers.{_MODULES[name]}")
    else:
        raise AttributeError(f"module 'custseg_helpers' has no attribute '{name}'")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
