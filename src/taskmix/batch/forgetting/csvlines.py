"""Take rows out of a CSV, or a name, and leave every other byte of it as it was."""

import csv
import io
from collections.abc import Callable, Sequence


def without_rows(
    text: str,
    is_gone: Callable[[dict[str, str]], bool],
    *,
    rewrite: Callable[[str], str] = str,
) -> tuple[str, int]:
    r"""Leave out the rows that `is_gone` says; lines, quotes and blanks of the others stay.

    Parameters
    ----------
    text : str
        With a header; separated by commas, semicolons or tabs.
    is_gone : callable
        Gets a row's cells by the names of their columns, in small letters.
    rewrite : callable, optional
        Gets the text of each row that stays, and returns what is to stand there.

    Returns
    -------
    text : str
    n : int
        How many rows were left out or written otherwise.

    Raises
    ------
    csv.Error
        If it is no CSV.

    Examples
    --------
    >>> without_rows('a,b\r\n1,"x\ny"\r\n2, z\r\n', lambda row: row["a"] == "1")
    ('a,b\r\n2, z\r\n', 1)
    """
    lines = list(io.StringIO(text, newline=""))
    reader = csv.reader(lines, delimiter=_delimiter(lines))
    names: list[str] = []
    kept, begin, changed = [], 0, 0
    for cells in reader:
        own = "".join(lines[begin : reader.line_num])
        begin = reader.line_num
        if not names and any(cells):
            names = [cell.strip("\ufeff ").casefold() for cell in cells]
        elif any(cells) and is_gone(dict(zip(names, (c.strip() for c in cells), strict=False))):
            changed += 1
            continue
        else:
            new = rewrite(own)
            changed += new != own
            own = new
        kept.append(own)
    return "".join(kept), changed


def columns_of(text: str) -> list[str]:
    """Return the names of the columns in small letters; empty where there is no header."""
    first = text.split("\n", 1)[0]
    cells = next(csv.reader([first.strip("\r\ufeff")], delimiter=_delimiter([first])), [])
    return [cell.strip("\ufeff ").casefold() for cell in cells]


def _delimiter(lines: Sequence[str]) -> str:
    # Where a decimal comma is usual, spreadsheets save with semicolons.
    return max((",", ";", "\t"), key=lines[0].count) if lines else ","
