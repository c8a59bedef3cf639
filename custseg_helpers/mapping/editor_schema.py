"""A JSON schema of `company.toml`: with it an editor (Taplo, Even Better TOML) completes keys, explains them and
underlines slips. It follows the declaration (`keys`) and speaks the reader's language; `custseg init` writes it
beside the draft.
"""

from collections.abc import Mapping
from typing import Any, get_args, get_origin

import attrs
import pandas as pd

from custseg_helpers.company.schema import KINDS
from custseg_helpers.decision.questions import Answer
from custseg_helpers.mapping import keys
from custseg_helpers.mapping.columns import field_kinds, field_titles
from custseg_helpers.mapping.keys import Key, keys_of
from custseg_helpers.mapping.stated import Files, Per
from custseg_helpers.words.text import FURTHER, LANGUAGES, T

NAME = "company.schema.json"
TEXT = {"type": "string", "minLength": 1}
TEXTS = {"type": "array", "items": TEXT}
IN_EVERY_LANGUAGE = {
    "type": "object",
    "properties": {code: {"type": "string"} for code in LANGUAGES},
    "required": [code for code in LANGUAGES if code not in FURTHER],
    "additionalProperties": False,
}


def schema() -> dict[str, Any]:
    """Return the schema of a whole `company.toml`.

    >>> schema()["properties"]["orders"]["properties"]["rows"]["enum"]
    ['lines', 'orders', 'days']
    """
    return {"$schema": "http://json-schema.org/draft-07/schema#"} | _table(keys.OwnData)


def _table(declared: Any) -> dict[str, Any]:
    found = keys_of(declared)
    return {
        "type": "object",
        "properties": {key.path: _described(key, declared) for key in found},
        "required": [key.path for key in found if key.default is attrs.NOTHING],
        "additionalProperties": False,
    }


def _described(key: Key, declared: Any) -> dict[str, Any]:
    made = {"description": str(key.told.about)} | _kind(key, declared)
    if key.told.choices:
        made["enum"] = list(key.told.choices)
        made["x-taplo"] = {"docs": {"enumValues": [str(said) for said in key.told.choices.values()]}}
    if isinstance(key.default, str | int):
        made["default"] = key.default
    return made


def _kind(key: Key, declared: Any) -> dict[str, Any]:
    kinds = (key.type, *get_args(key.type))
    if key.inside:
        inside = _table(key.inside)
        if get_origin(key.type) is Mapping:
            return {"type": "object", "additionalProperties": inside}
        return {"type": "array", "items": inside} if get_origin(key.type) is tuple else inside
    if key.type == Mapping[str, Any]:
        return {"type": "object"}
    if key.type == Mapping[str, float]:
        return {"type": "object", "additionalProperties": {"type": "number", "exclusiveMinimum": 0}}
    if key.type == Mapping[str, Per]:
        return {"type": "object", "additionalProperties": {"enum": list(keys.PARTS)}}
    if key.type is bool:
        return {"type": "boolean"}
    if get_origin(key.type) is Mapping:
        return _fields(declared.table, TEXT if key.type == Mapping[str, str] else TEXTS)
    if Files in kinds:
        return {"anyOf": [TEXT, TEXTS | {"minItems": 1}]}
    if key.type == Answer:
        return {"anyOf": [{"type": "integer"}, {"type": "array", "items": {"type": "integer"}}]}
    if T in kinds:
        return IN_EVERY_LANGUAGE
    if pd.Timestamp in kinds:
        return {"type": "string", "format": "date"}
    if int in kinds:
        return {"type": "integer"}
    return TEXTS if key.type == tuple[str, ...] else TEXT


def _fields(table: str, kind: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a table of fields, `columns` or `skip`."""
    said = {
        name: T(zh="{title}（{kind}）", en="{title} ({kind})").format(
            title=title, kind=KINDS[field_kinds(table)[name]]
        )
        for name, title in field_titles(table).items()
    }
    return {
        "type": "object",
        "properties": {name: kind | {"description": str(text)} for name, text in said.items()},
        "additionalProperties": False,
    }
