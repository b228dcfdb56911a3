"""What a process imports before it is forked."""

from importlib import import_module

#: What the notebooks of a workspace import, and what makes pages of them.
_MODULES = (
    "papermill.engines",
    "taskmix.batch.making",
    "taskmix.batch.warm.engine",
    "taskmix.batch.dressing",
    "taskmix.batch.audited",
    "taskmix.charts",
    "taskmix.report",
    "taskmix.report.analyst",
    "taskmix.measures.estimation",
    "taskmix.measures.markers",
    "narwhals._duckdb.namespace",
    "taskmix.report.intakewords",
    "taskmix.batch.evaluate",
)


def import_everything() -> None:
    """Import the libraries, and draw one figure: the first one costs seconds of imports."""
    for name in _MODULES:
        import_module(name)
    _draw_figure()


def _draw_figure() -> None:
    import plotly.graph_objects as go  # noqa: PLC0415

    go.Figure(go.Bar(x=[1], y=[1]))._repr_mimebundle_()
