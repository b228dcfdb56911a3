"""What the sorter accepts as tasks and labels, read into one plain form."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_array, column_or_1d

from taskmix.errors import SortingError
from taskmix.sorting._titles import normalise_titles

#: Width of a step of log(1 + hours). Exact durations would make every row its own.
_HOURS_STEP = 0.5


class SorterInputError(SortingError, ValueError):
    """Tasks or labels that the sorter cannot read.

    It is a ValueError too, which is what scikit-learn's tools expect of an estimator.
    """


@dataclass(frozen=True)
class TaskTable:
    """Tasks in plain form.

    Attributes
    ----------
    rows : DataFrame
        One row per task, numbered from 0. Column ``title`` holds normalised titles (absent
        in a table of numbers alone); text columns hold "" where missing, number columns NaN.
    numbers : tuple of str
        The columns that hold numbers.
    named : bool
        True where the columns had names of their own, as in a DataFrame.
    """

    rows: pd.DataFrame
    numbers: tuple[str, ...]
    named: bool

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns, in order."""
        return tuple(self.rows.columns)


def read_tasks(X: object, *, context: Sequence[str]) -> TaskTable:
    """Read what a caller passes as tasks.

    Parameters
    ----------
    X : DataFrame, one-dimensional of str, or two-dimensional array-like
        A DataFrame needs a column ``title``; of its others, those in `context` are used. One
        dimension holds titles. A two-dimensional array of numbers is context without titles;
        of any other, the first column holds the titles.
    context : sequence of str
        Columns of a DataFrame to use beside the title.

    Returns
    -------
    TaskTable

    Raises
    ------
    SorterInputError
        If a DataFrame has no ``title``, or a number is infinite.
    ValueError
        As scikit-learn's ``check_array`` words it, for arrays of a wrong shape or kind.
    """
    # without a name for any column a frame is an array, for scikit-learn too
    if isinstance(X, pd.DataFrame) and any(isinstance(name, str) for name in X.columns):
        return _read_frame(X, context)
    if _holds_titles(X):
        return TaskTable(pd.DataFrame({"title": normalise_titles(X)}), (), named=False)  # type: ignore[arg-type]
    array = check_array(X, dtype=None, ensure_all_finite=False)
    if array.dtype.kind in "OUS":
        try:
            array = array.astype(float)
        except (TypeError, ValueError):
            frame = pd.DataFrame(array).rename(columns=lambda i: "title" if i == 0 else f"x{i}")
            return _plain(frame.infer_objects(), named=False)
    array = check_array(array, dtype=np.float64, ensure_all_finite="allow-nan")
    frame = pd.DataFrame(array, columns=[f"x{i}" for i in range(array.shape[1])])
    return TaskTable(frame, tuple(frame.columns), named=False)


def fit_to(table: TaskTable, columns: Sequence[str], numbers: Sequence[str]) -> pd.DataFrame:
    """Return the rows with the columns known from fitting, each of the kind it had then.

    Parameters
    ----------
    table : TaskTable
    columns, numbers : sequence of str
        All columns at fit, and those of them that held numbers.

    Returns
    -------
    DataFrame
        Exactly `columns`; further ones are left out.

    Raises
    ------
    SorterInputError
        If a column is missing, or holds text where there were numbers.
    """
    if not table.named and len(table.columns) != len(columns):
        raise SorterInputError(
            f"X has {len(table.columns)} features, but TaskSorter is expecting {len(columns)} "
            f"features as input: {', '.join(columns)}."
        )
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise SorterInputError(
            f"The tasks lack {', '.join(map(repr, missing))}, which the sorter was fitted with; "
            f"found {', '.join(table.columns)}. Pass the same columns, empty where not known."
        )
    rows = table.rows[list(columns)].copy()
    for column in columns:
        if column in numbers and column not in table.numbers:
            try:
                rows[column] = pd.to_numeric(rows[column].replace("", np.nan)).astype(float)
            except ValueError as error:
                raise SorterInputError(
                    f"Column {column!r} held numbers when the sorter was fitted, and now holds "
                    f"text: {error}."
                ) from error
        elif column not in numbers and column in table.numbers:
            rows[column] = _texts(rows[column])
    return rows


def hours_of_step(step: float) -> tuple[float, float]:
    """Return from how many hours to how many a step of the column ``hours`` reaches.

    Examples
    --------
    >>> [round(end, 2) for end in hours_of_step(1.0)]
    [1.12, 2.49]
    """
    ends = np.expm1([max(step - _HOURS_STEP / 2, 0.0), step + _HOURS_STEP / 2])
    return float(ends[0]), float(ends[1])


def read_labels(y: object, n_rows: int) -> tuple[np.ndarray, np.ndarray]:
    """Read labels of which any may be missing.

    Parameters
    ----------
    y : array-like or None
        None, NaN and NA stand for a task that nobody tagged.
    n_rows : int
        How many there must be.

    Returns
    -------
    codes : ndarray of int
        Position of each label in `classes`, -1 where missing.
    classes : ndarray
        The labels that occur, sorted.

    Raises
    ------
    SorterInputError
        If there are more or fewer labels than tasks.
    ValueError
        As scikit-learn words it, if the labels are no classes.
    """
    if y is None:
        return np.full(n_rows, -1), np.array([], dtype=str)
    if isinstance(y, pd.Series):
        y = y.to_numpy(dtype=object)
    labels = column_or_1d(y, warn=True)
    if len(labels) != n_rows:
        raise SorterInputError(f"There are {n_rows} tasks and {len(labels)} labels.")
    missing = np.asarray(pd.isna(labels))
    # through a list, so that objects which are all texts or all numbers get that type
    present = np.asarray(labels[~missing].tolist()) if labels.dtype == object else labels[~missing]
    if present.size:
        if present.dtype.kind == "f" and np.isinf(present).any():
            raise SorterInputError("The labels hold infinity, which is no class.")
        check_classification_targets(present)
    classes, positions = np.unique(present, return_inverse=True)
    codes = np.full(n_rows, -1)
    codes[~missing] = positions
    return codes, classes if present.size else np.array([], dtype=str)


def _holds_titles(X: object) -> bool:
    """Tell a one-dimensional sequence of texts from everything else."""
    if isinstance(X, pd.Series):
        return not (pd.api.types.is_numeric_dtype(X) or pd.api.types.is_datetime64_any_dtype(X))
    if isinstance(X, list | tuple):
        return any(isinstance(x, str) or x is None for x in X) and all(map(_is_title, X))
    kinds = np.ndarray | pd.api.extensions.ExtensionArray | pd.Index
    return isinstance(X, kinds) and X.ndim == 1 and X.dtype.kind in "OUT"


def _is_title(value: object) -> bool:
    return isinstance(value, str) or (pd.api.types.is_scalar(value) and pd.isna(value))


def _read_frame(frame: pd.DataFrame, context: Sequence[str]) -> TaskTable:
    if "title" not in frame.columns:
        raise SorterInputError(
            f"The tasks have no column 'title'; found {', '.join(map(str, frame.columns))}. "
            "Rename the column that says what was done."
        )
    used = ["title", *(c for c in context if c in frame.columns and c != "title")]
    doubled = frame.columns[frame.columns.isin(used) & frame.columns.duplicated()]
    if len(doubled):
        raise SorterInputError(f"The tasks have two columns {doubled[0]!r}; keep one.")
    return _plain(frame[used].reset_index(drop=True), named=True)


def _plain(frame: pd.DataFrame, *, named: bool) -> TaskTable:
    """Normalise titles, and turn every other column into texts or numbers."""
    columns: dict[str, object] = {"title": normalise_titles(frame["title"])}
    numbers = []
    for column in frame.columns.drop("title"):
        values = frame[column]
        if pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values):
            columns[column] = _finite(values)
            numbers.append(column)
        else:
            columns[column] = _texts(values)
    return TaskTable(pd.DataFrame(columns), tuple(numbers), named=named)


def _finite(values: pd.Series) -> np.ndarray:
    found = values.to_numpy(dtype=float, na_value=np.nan)
    if np.isinf(found).any():
        raise SorterInputError(f"Column {values.name!r} holds an infinite number.")
    if values.name == "hours":
        found = np.round(np.log1p(np.clip(found, 0, None)) / _HOURS_STEP) * _HOURS_STEP
    return found


def _texts(values: pd.Series) -> np.ndarray:
    return values.astype(object).where(values.notna(), "").astype(str).to_numpy(dtype=object)
