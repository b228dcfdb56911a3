"""Which kept models have seen a person's tasks or tags: they hold words of titles, and go."""

from pathlib import Path

from taskmix.batch.models import models_folder
from taskmix.batch.person import Person
from taskmix.errors import SortingError, StoreError
from taskmix.settings import Settings
from taskmix.sorting.kept import kept_models, model_files, read_card
from taskmix.store import read_table


def models_that_saw(settings: Settings, person: Person) -> list[str]:
    """Name the kept models that learned from the person's tasks, or from tags that they gave.

    A model reads the words of every title that was in the log, tagged or not. Where it cannot be
    told what a model saw, it is taken to have seen the person.
    """
    folder = models_folder(settings)
    return [name for name in kept_models(folder) if _saw(settings, folder, name, person)]


def remove_models(settings: Settings, names: list[str]) -> None:
    """Remove the files of models, and what a run that was cut off left beside them.

    Raises
    ------
    SortingError
        If a file cannot be removed.
    """
    folder = models_folder(settings)
    files = [file for name in names for file in model_files(folder, name).values()]
    try:
        # The card first: without it the others are no model.
        for file in [*reversed(files), *folder.glob("*.part")]:
            file.unlink(missing_ok=True)
    except OSError as error:
        raise SortingError(
            f"{error.filename or folder}: the model cannot be removed ({error.strerror or error}); "
            "it may hold words of the person's titles. Remove it, and run the same command again"
        ) from error


def _saw(settings: Settings, folder: Path, name: str, person: Person) -> bool:
    try:
        tables = read_card(folder, name).tables
        own = set(person.pseudonyms)
        for table, columns in (("tasks", ["person", "logged_as"]), ("tags", ["tagger"])):
            version = tables.get(table)
            if version is None:
                continue
            rows = read_table(settings.processed, table, columns=columns, version=version)
            if any(rows[column].isin(own).any() for column in columns):
                return True
    except (SortingError, StoreError):
        # No card, or a version that was taken away since.
        return True
    return False
