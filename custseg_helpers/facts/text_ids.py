"""Text ids that are a number in a fixed frame, such as `C00012345`: read the digits instead of hashing the text."""

import numpy as np
import pandas as pd

DIGITS = 18


def numbers_in(ids: pd.Series) -> np.ndarray | None:
    """Return the number in each id, or `None` unless all ids have one length and differ in nothing but digits.

    Different ids then have different numbers. Only for text that Arrow holds, which lies in one piece.

    >>> ids = pd.Series(["C007", "C012"], dtype="string[pyarrow]")
    >>> numbers_in(ids).tolist(), numbers_in(ids.str.replace("C01", "D01"))
    ([7, 12], None)
    """
    if not isinstance(ids.dtype, pd.ArrowDtype) and getattr(ids.dtype, "storage", "") != "pyarrow":
        return None
    import pyarrow as pa

    text = pa.array(ids.array, type=pa.large_string())
    text = text.combine_chunks() if isinstance(text, pa.ChunkedArray) else text
    if text.null_count or not len(text):
        return None
    _, offsets, data = text.buffers()
    ends = np.frombuffer(offsets, dtype="int64")[text.offset : text.offset + len(text) + 1]
    width = int(ends[1] - ends[0])
    if not width or (np.diff(ends) != width).any():
        return None
    characters = np.frombuffer(data, dtype="uint8")[ends[0] : ends[-1]].reshape(-1, width)
    limits = [(column.min(), column.max()) for column in characters.T]
    differing = [place for place, (low, high) in enumerate(limits) if low != high]
    if len(differing) > DIGITS or any(limits[p][0] < ord("0") or limits[p][1] > ord("9") for p in differing):
        return None
    numbers = np.zeros(len(text), dtype="int64")
    for place in differing:
        numbers *= 10
        numbers += characters[:, place]
        numbers -= ord("0")
    return numbers
