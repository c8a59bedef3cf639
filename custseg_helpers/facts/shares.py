"""A share is a number from 0 to 1, wherever the course asks for one: a percentage would count in silence."""

from custseg_helpers.words.text import T, UserError


def need_share(name: str, *values: float, inside: bool = False) -> None:
    """Stop with a sentence where a value called `name` is no share.

    Args:
        name: what the function calls it.
        values: what was given; one that is not known (NaN) passes, unless `inside`.
        inside: whether 0 and 1 themselves make no sense.

    Raises:
        UserError: if a value lies outside 0 to 1.

    >>> need_share("share", 0.2)
    >>> from custseg_helpers.words.text import use_language
    >>> use_language("en")
    >>> need_share("cuts", 20, 60)
    Traceback (most recent call last):
        ...
    custseg_helpers.words.text.UserError: `cuts` takes shares between 0 and 1: 20% is 0.2. Given: 20.
    """
    for value in values:
        if (inside and not 0 < value < 1) or value < 0 or value > 1:
            per_cent = value if 1 < value < 100 else 20
            raise UserError(
                T(
                    zh="`{name}` 要 0 和 1 之间的小数：{per_cent}% 写 {share}。现在是 {value}。",
                    en="`{name}` takes shares between 0 and 1: {per_cent}% is {share}. Given: {value}.",
                ).format(name=name, per_cent=f"{per_cent:g}", share=f"{per_cent / 100:g}", value=f"{value:g}")
            )
