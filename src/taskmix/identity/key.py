"""The key that turns names into pseudonyms: outside the data, known in it by its fingerprint."""

import hashlib
import hmac
import os
import secrets
import stat
from dataclasses import dataclass, field
from pathlib import Path

from taskmix.errors import KeyFileError
from taskmix.identity.names import name_key
from taskmix.settings import Settings

FINGERPRINT_FILE = "key.fingerprint"
_BYTES = 32
_DIGITS = 16


@dataclass(frozen=True)
class Key:
    """A workspace's key.

    Attributes
    ----------
    fingerprint : str
        What the workspace knows it by; tells nothing about the key.
    path : pathlib.Path or None
        Where it lies; None for a key that was only made to try something.
    """

    secret: bytes = field(repr=False)
    fingerprint: str
    path: Path | None = None

    def pseudonym(self, name: str) -> str:
        """Return the pseudonym of a name: HMAC-SHA256 of it, cut to 64 bits.

        Examples
        --------
        >>> key = Key(b"only an example", "x")
        >>> key.pseudonym("Ana Ruiz") == key.pseudonym("ana ruiz"), len(key.pseudonym("a"))
        (True, 18)
        """
        digest = hmac.new(self.secret, name_key(name).encode("utf-8", "replace"), hashlib.sha256)
        return f"p-{digest.hexdigest()[:_DIGITS]}"


def load_key(settings: Settings, *, create: bool) -> Key:
    """Load the workspace's key, or make one where the workspace has none yet.

    Parameters
    ----------
    settings : Settings
    create : bool
        Whether a new key is kept: the key in the user's configuration folder (mode 0600), its
        fingerprint in ``data/processed``. Without, a key that lasts as long as the program.

    Raises
    ------
    KeyFileError
        If the key is lost, is not the workspace's, or may be read by others. Nothing is
        written then.
    """
    note = settings.processed / FINGERPRINT_FILE
    if not note.exists():
        _refuse_log_without_note(settings, note)
        return _make_key(settings, note) if create else _from_secret(secrets.token_bytes(_BYTES))
    return load_named_key(settings, _read(note).strip())


def load_named_key(settings: Settings, fingerprint: str) -> Key:
    """Load the key of a fingerprint, the workspace's or an earlier one.

    Raises
    ------
    KeyFileError
        If the key is lost, is another one, or may be read by others.
    """
    path = settings.key_folder / f"{fingerprint}.key"
    if not path.exists():
        raise KeyFileError(
            f"{path}: the key of this workspace (fingerprint {fingerprint}) is not here; copy it "
            "from your backup to this place, or set [privacy] key_folder to where it lies. "
            "Without it the people of new rows could not be joined with those of the log"
        )
    _refuse_open_to_others(path)
    try:
        key = _from_secret(bytes.fromhex(_read(path).strip()), path)
    except ValueError as error:
        raise KeyFileError(f"{path}: is no key of taskmix; restore it from your backup") from error
    if key.fingerprint != fingerprint:
        raise KeyFileError(
            f"{path}: holds another key (fingerprint {key.fingerprint}) than the workspace's "
            f"({fingerprint}); restore the right one from your backup"
        )
    return key


def describe_key(settings: Settings) -> dict[str, str | bool]:
    """Tell where the workspace's key is, without reading it into the answer.

    Returns
    -------
    dict
        ``folder``; and where the workspace has a key, ``path`` and ``fingerprint``.

    Raises
    ------
    KeyFileError
        If the key is lost, wrong or open to others.
    """
    note = settings.processed / FINGERPRINT_FILE
    if not note.exists():
        _refuse_log_without_note(settings, note)
        return {"made": False, "folder": str(settings.key_folder)}
    key = load_key(settings, create=False)
    return {
        "made": True,
        "folder": str(settings.key_folder),
        "path": str(key.path),
        "fingerprint": key.fingerprint,
    }


def _refuse_log_without_note(settings: Settings, note: Path) -> None:
    if (settings.processed / "tasks" / "_delta_log").is_dir():
        raise KeyFileError(
            f"{note}: is missing, though the workspace holds a log; restore it from a backup, "
            "or remove data/processed and ingest data/raw again (people get new pseudonyms)"
        )


def _from_secret(secret: bytes, path: Path | None = None) -> Key:
    fingerprint = hashlib.sha256(b"taskmix key fingerprint\x00" + secret).hexdigest()[:_DIGITS]
    return Key(secret, fingerprint, path)


def _make_key(settings: Settings, note: Path) -> Key:
    """Make and keep a key; the fingerprint last, so that no workspace names a key never kept."""
    folder = settings.key_folder
    if folder.resolve().is_relative_to(settings.project.resolve()):
        raise KeyFileError(
            f"{folder}: the key must lie outside the workspace, which is copied and shared; set "
            "[privacy] key_folder to another folder"
        )
    secret = secrets.token_bytes(_BYTES)
    made = _from_secret(secret)
    path = folder / f"{made.fingerprint}.key"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secret.hex() + "\n")
            file.flush()
            os.fsync(file.fileno())
        note.parent.mkdir(parents=True, exist_ok=True)
        part = note.with_name(f".{note.name}.part")
        part.write_text(made.fingerprint + "\n", encoding="ascii")
        part.replace(note)
    except OSError as error:
        raise KeyFileError(
            f"{error.filename or folder}: the key for pseudonyms cannot be kept "
            f"({error.strerror}); set [privacy] key_folder to a folder that can be written"
        ) from error
    return Key(secret, made.fingerprint, path)


def _refuse_open_to_others(path: Path) -> None:
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise KeyFileError(f"{path}: others may read this key; run `chmod 600 {path}`")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace")
    except OSError as error:
        raise KeyFileError(f"{path}: cannot be opened ({error.strerror or error})") from error
