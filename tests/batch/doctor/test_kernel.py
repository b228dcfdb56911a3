"""The kernel of the notebooks is really started."""

import json
import sys

import pytest
from jupyter_client.kernelspec import NoSuchKernel

from taskmix.batch.doctor import kernel

STARTS = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]


@pytest.fixture
def register(tmp_path, monkeypatch):
    """Register another kernel named python3 before this environment's."""

    def write(argv, **env):
        folder = tmp_path / "jupyter" / "kernels" / "python3"
        folder.mkdir(parents=True)
        spec = {"argv": argv, "display_name": "Mine", "language": "python", "env": env}
        (folder / "kernel.json").write_text(json.dumps(spec))
        monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))

    return write


def test_this_environments_kernel_starts_and_finds_this_taskmix():
    found = kernel.kernel()
    assert (found.state, found.found) == (
        "ok", "the kernel python3 starts and finds this taskmix",
    )  # fmt: skip


def test_a_kernel_that_dies_at_once_is_a_fault(register):
    register([sys.executable, "-c", "raise SystemExit(1)"])
    found = kernel.kernel()
    assert found.state == "fault"
    assert found.found.startswith(f"the kernel python3 ({sys.executable}) does not start (")
    assert "ipykernel install" in found.todo


def test_a_kernel_whose_program_is_gone_is_a_fault(register):
    register(["/no/such/python", "-f", "{connection_file}"])
    found = kernel.kernel()
    assert found.found == "the kernel python3 (/no/such/python) does not start (FileNotFoundError)"


def test_a_kernel_with_another_taskmix_is_a_fault(register, tmp_path):
    (tmp_path / "other" / "taskmix").mkdir(parents=True)
    (tmp_path / "other" / "taskmix" / "__init__.py").write_text("")
    register(STARTS, PYTHONPATH=str(tmp_path / "other"))
    found = kernel.kernel()
    assert found.state == "fault"
    assert "where it finds another taskmix than the one in" in found.found


def test_no_kernel_at_all_is_a_fault(monkeypatch):
    def refuse(self, name):
        raise NoSuchKernel(name)

    monkeypatch.setattr(kernel.KernelSpecManager, "get_kernel_spec", refuse)
    found = kernel.kernel()
    assert (found.state, found.found) == ("fault", "there is no Jupyter kernel named python3")
