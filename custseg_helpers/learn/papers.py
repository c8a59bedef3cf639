"""The pages that lie beside the lessons: frequent questions, and what Excel calls what the course writes."""

from pathlib import Path

from custseg_helpers.words.text import Language, T, stand_in

PAPERS = {
    "faq": T(zh="常见问题", en="FAQ"),
    "cheat_sheet": T(zh="速查表", en="Cheat sheet"),
}
"""Their names and titles; their texts are in `pages/`, one folder a language."""
PAGES = Path(__file__).with_name("pages")


def paper(name: str, lang: Language) -> str:
    """Return one of the pages as Markdown.

    >>> paper("faq", "en").splitlines()[0]
    '# FAQ'
    """
    folder = PAGES / lang if (PAGES / lang).is_dir() else PAGES / stand_in(lang)
    return (folder / f"{name}.md").read_text(encoding="utf-8")


def papers(lang: Language) -> dict[str, str]:
    """Return every page by the name of its file in a learner's folder."""
    return {f"{name}.md": paper(name, lang) for name in PAPERS}
