"""Make pages: each notebook runs in a process of its own, which writes its page out too."""

import shutil
import uuid
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from taskmix.batch.dressing import dress
from taskmix.batch.execute import execute
from taskmix.batch.publishing.staged import Staged
from taskmix.batch.warm.work import TIME_LIMIT, Ended, Work, WorkersError, can_fork, value_of
from taskmix.batch.warm.workers import shared_workers
from taskmix.errors import ReportError
from taskmix.store import handed_over


@dataclass(frozen=True)
class Form:
    """What kind of page is wanted.

    Attributes
    ----------
    on_site : bool
        Whether it goes on the site if its notebook's end allows that.
    alone : bool
        A single file, which has nothing beside it.
    browser : str
        The browser that prints a PDF; empty for none.
    """

    on_site: bool
    alone: bool = False
    browser: str = ""


@dataclass(frozen=True)
class PageJob:
    """A page to be made.

    Attributes
    ----------
    notebook : pathlib.Path
    values : dict
        Its parameters, checked.
    form : Form
    folder : pathlib.Path
        What it leaves goes here: the executed notebook (half-run where it failed), the page, its
        tables and PDF. It has to exist, and to be nobody else's.
    shared : pathlib.Path, optional
        The folder of frames that are the same for many pages of one log and one set of settings.
    """

    notebook: Path
    values: dict[str, Any]
    form: Form
    folder: Path
    shared: Path | None = None


@dataclass(frozen=True)
class Made:
    """How a page's making ended.

    Attributes
    ----------
    page : Staged or None
        None where it failed.
    error : Exception or None
        Why. A `ReportError` is known; anything else is a fault.
    seconds, cpu_s, peak_mb : float
        What it cost; `cpu_s` and `peak_mb` are 0 where it ran in no process of its own.
    log : str
        What was printed past the notebook.
    """

    page: Staged | None
    error: Exception | None = None
    seconds: float = 0.0
    cpu_s: float = 0.0
    peak_mb: float = 0.0
    log: str = ""


def make_pages(
    jobs: Sequence[PageJob],
    *,
    n_workers: int,
    time_limit: float = TIME_LIMIT,
    started: Callable[[PageJob], None] | None = None,
) -> Iterator[tuple[PageJob, Made]]:
    """Make pages side by side, and give each as soon as it is made, or failed.

    Parameters
    ----------
    n_workers : int
        How many run at once.
    time_limit : float
        Seconds after which a notebook's process is ended.
    started : callable, optional
        Told of each job that begins.

    Yields
    ------
    tuple of (PageJob, Made)
    """
    tell = started or (lambda _: None)
    if not can_fork():
        for job in jobs:
            tell(job)
            yield job, _here(job)
        return
    left, running = list(jobs), dict[Future[Ended], tuple[PageJob, Work]]()
    try:
        while left or running:
            while left and len(running) < n_workers:
                job = left.pop(0)
                tell(job)
                work = _work(job, time_limit)
                running[shared_workers().submit(work)] = job, work
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                job, _ = running.pop(future)
                yield job, _made(job, future)
    finally:
        # Whoever stops listening, or is stopped, leaves nothing running.
        for _, work in running.values():
            shared_workers().end(work.name)


def make_page(
    notebook: str,
    values: dict[str, Any],
    folder: str,
    form: dict[str, Any],
    shared: str | None = None,
) -> dict[str, Any]:
    """Run a notebook and write its page beside it; this is what a process of its own does.

    Returns
    -------
    dict
        ``facts``, which the last cell left, and ``on_site``: the form that the page has.

    Raises
    ------
    ReportError
        If the notebook fails, or the page cannot be made.
    """
    source, wanted = Path(notebook), Form(**form)
    executed = Path(folder) / source.name
    with handed_over(Path(shared)) if shared else nullcontext():
        facts = execute(notebook, str(executed), values)
    on_site = wanted.on_site and may_be_on_site(facts)
    staged = dress(
        Staged(source.stem, executed.read_bytes(), facts),
        on_site=on_site, alone=wanted.alone, browser=wanted.browser,
    )  # fmt: skip
    executed.with_suffix(".html").write_text(staged.html, "utf-8")
    executed.with_suffix(".xlsx").write_bytes(staged.tables)
    if staged.pdf:
        executed.with_suffix(".pdf").write_bytes(staged.pdf)
    return {"facts": facts, "on_site": on_site}


def may_be_on_site(facts: dict[str, Any]) -> bool:
    """Whether a notebook's end allows its page on the site: only a stored plan decided on it."""
    release = facts.get("release") or {}
    return bool(facts.get("publishable")) and bool(release.get("stored"))


def read_made(folder: Path, notebook: str, made: dict[str, Any]) -> Staged:
    """Read what `make_page` left in a folder."""
    stem = folder / notebook
    pdf = stem.with_suffix(".pdf")
    return Staged(
        notebook=notebook,
        executed=stem.with_suffix(".ipynb").read_bytes(),
        facts=made["facts"],
        html=stem.with_suffix(".html").read_text("utf-8"),
        tables=stem.with_suffix(".xlsx").read_bytes(),
        pdf=pdf.read_bytes() if pdf.is_file() else b"",
        for_site=made["on_site"],
    )


def _arguments(job: PageJob) -> dict[str, Any]:
    return {
        "notebook": str(job.notebook.resolve()),
        "values": job.values,
        "folder": str(job.folder.resolve()),
        "form": asdict(job.form),
        "shared": None if job.shared is None else str(job.shared.resolve()),
    }


def _work(job: PageJob, time_limit: float) -> Work:
    return Work(
        name=uuid.uuid4().hex, task="taskmix.batch.making:make_page", arguments=_arguments(job),
        folder=_clean(job.folder), limit=time_limit,
    )  # fmt: skip


def _clean(folder: Path) -> Path:
    """Empty a folder of what an earlier try left: it would pass for this one's."""
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    return folder


def _made(job: PageJob, future: "Future[Ended]") -> Made:
    try:
        ended = future.result()
    except WorkersError as lost:
        # It fails alone as well: for the next one a warmed process is started anew.
        return Made(None, ReportError(str(lost)))
    page: Staged | None = None
    error: Exception | None = None
    try:
        made = value_of(ended, of=job.notebook.name)
        page = read_made(job.folder, job.notebook.stem, made)
    except (ReportError, RuntimeError) as raised:
        error = raised
    return Made(page, error, ended.seconds, ended.cpu_s, ended.peak_mb, ended.log)


def _here(job: PageJob) -> Made:
    try:
        made = make_page(**_arguments(job))
    except ReportError as error:
        return Made(None, error)
    return Made(read_made(job.folder, job.notebook.stem, made))
