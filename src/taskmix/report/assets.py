"""plotly.js as the installed plotly package brings it, shared by a site or packed into a page."""

import base64
import gzip
import hashlib
import os
import tempfile
from functools import cache
from importlib.resources import files
from pathlib import Path

from plotly.offline import get_plotlyjs_version


def _plotly_js() -> bytes:
    return files("plotly").joinpath("package_data/plotly.min.js").read_bytes()


def asset_name() -> str:
    """Return the file name of plotly.js in a site's assets folder."""
    return f"plotly-{get_plotlyjs_version()}.min.js"


def install_assets(folder: str | Path) -> str:
    """Put plotly.js into a site's assets folder, unless it is there already.

    The file appears in one step, so a page being read meanwhile never meets half of it.

    Parameters
    ----------
    folder : path
        The folder; made if missing.

    Returns
    -------
    str
        The file's name, such as ``plotly-4.1.1.min.js``.
    """
    target = Path(folder) / asset_name()
    script = _plotly_js()
    if not target.exists() or target.stat().st_size != len(script):
        write_atomically(target, script)
    return target.name


def write_atomically(target: Path, content: bytes) -> None:
    """Write a file so that readers see the old one or the new one, never a part."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}-")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        # A temporary file is its owner's alone; a site is read by others.
        part.chmod(0o644)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


@cache
def packed_plotly_js() -> tuple[str, str]:
    """Return plotly.js as base64 of gzip, and the policy's hash of the unpacked script."""
    script = _plotly_js()
    packed = base64.b64encode(gzip.compress(script, compresslevel=9, mtime=0)).decode("ascii")
    return packed, script_hash(script)


def script_hash(script: bytes) -> str:
    """Return the source expression by which a content-security policy knows an inline script.

    Examples
    --------
    >>> script_hash(b"")
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    digest = base64.b64encode(hashlib.sha256(script).digest()).decode("ascii")
    return f"'sha256-{digest}'"
