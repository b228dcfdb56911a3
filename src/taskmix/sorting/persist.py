"""Keep a fitted sorter in a file that cannot run code.

The file is a zip written by skops, with ``taskmix.json`` in it that says what made it.
"""

import json
import zipfile
import zlib
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import sklearn
from sklearn.utils.validation import check_is_fitted

from taskmix.errors import SortingError
from taskmix.sorting.sorter import TaskSorter

#: All that a model file may hold beside numbers, texts and what skops itself trusts.
TRUSTED_TYPES = (
    "taskmix.sorting._cues.CueWords",
    "taskmix.sorting._features.TaskFeatures",
    "taskmix.sorting._terms.TitleTerms",
    "taskmix.sorting.sorter.TaskSorter",
)

_ABOUT = "taskmix.json"
# What reading a file that is cut off, altered or no model at all can raise.
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, AttributeError, EOFError,
    NotImplementedError, ImportError, IndexError,
)  # fmt: skip


@dataclass(frozen=True)
class SorterFile:
    """What a model file says about itself.

    Attributes
    ----------
    taskmix, sklearn : str
        The versions that wrote it.
    model_id : str
        As ``TaskSorter.model_id_``.
    """

    taskmix: str
    sklearn: str
    model_id: str


def save_sorter(sorter: TaskSorter, path: str | Path) -> SorterFile:
    """Write a fitted sorter to a file.

    Parameters
    ----------
    sorter : TaskSorter
    path : str or Path
        Is replaced where it exists, at once and never half. Only its owner may read it: the
        sorter holds words of the titles.

    Returns
    -------
    SorterFile

    Raises
    ------
    sklearn.exceptions.NotFittedError
        If the sorter was not fitted.
    SortingError
        If the file cannot be written.
    """
    import skops.io  # noqa: PLC0415 - it imports all of scikit-learn, which takes seconds

    check_is_fitted(sorter, "coef_")
    about = SorterFile(version("taskmix"), sklearn.__version__, sorter.model_id_)
    path = Path(path)
    half = path.with_name(f"{path.name}.part")
    try:
        # the sorter knows words of titles: its file is for its owner alone from the start
        half.unlink(missing_ok=True)
        half.touch(mode=0o600)
        skops.io.dump(sorter, half, compression=zipfile.ZIP_DEFLATED)
        with zipfile.ZipFile(half, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(_ABOUT, json.dumps(vars(about)))
        half.replace(path)
    except OSError as error:
        raise SortingError(f"{path}: the sorter cannot be written there: {error}.") from error
    return about


def describe_sorter(path: str | Path) -> SorterFile:
    """Read what a model file says about itself, without loading the model.

    Parameters
    ----------
    path : str or Path

    Returns
    -------
    SorterFile

    Raises
    ------
    SortingError
        If the file is not there or is no sorter.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            about = json.loads(archive.read(_ABOUT))
        return SorterFile(about["taskmix"], about["sklearn"], about["model_id"])
    except OSError as error:
        raise SortingError(f"{path}: the sorter cannot be read: {error}.") from error
    except _DAMAGE as error:
        raise _damaged(path, error) from error


def load_sorter(path: str | Path) -> TaskSorter:
    """Read a sorter that :func:`save_sorter` wrote.

    Parameters
    ----------
    path : str or Path

    Returns
    -------
    TaskSorter

    Raises
    ------
    SortingError
        If the file is not there, is damaged, holds a type that is not on taskmix's own list,
        or was written with another minor version of scikit-learn.
    """
    import skops.io  # noqa: PLC0415 - it imports all of scikit-learn, which takes seconds

    about = describe_sorter(path)
    if not same_minor(about.sklearn, sklearn.__version__):
        raise SortingError(
            f"{path}: was written with scikit-learn {about.sklearn}; {sklearn.__version__} is "
            "installed, which may sort differently. Fit the sorter again from the tags."
        )
    try:
        foreign = set(skops.io.get_untrusted_types(file=path)) - set(TRUSTED_TYPES)
        if not foreign:
            sorter = skops.io.load(path, trusted=list(TRUSTED_TYPES))
    except OSError as error:
        raise SortingError(f"{path}: the sorter cannot be read: {error}.") from error
    except _DAMAGE as error:
        raise _damaged(path, error) from error
    if foreign:
        raise SortingError(
            f"{path}: holds {', '.join(sorted(foreign))}, which no sorter of taskmix holds, and "
            "was not opened. Use a file that taskmix wrote, or fit the sorter again."
        )
    if not isinstance(sorter, TaskSorter) or getattr(sorter, "model_id_", "") != about.model_id:
        raise SortingError(
            f"{path}: holds {type(sorter).__name__}, not the sorter {about.model_id} that it "
            "names. Fit the sorter again from the tags."
        )
    return sorter


def same_minor(one: str, other: str) -> bool:
    """Tell whether two versions differ at most in their last part: 1.8.0 and 1.8.2."""
    return one.split(".")[:2] == other.split(".")[:2]


def _damaged(path: str | Path, error: Exception) -> SortingError:
    return SortingError(
        f"{path}: is no sorter that taskmix wrote, or is damaged "
        f"({type(error).__name__}: {error}). Fit the sorter again from the tags."
    )
