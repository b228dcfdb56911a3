"""The kernel that notebooks run in: whether it starts, and in which environment."""

import importlib.util
import json
import subprocess
import sys
from typing import Any

from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
from jupyter_client.manager import start_new_kernel

from taskmix.batch.doctor.verdict import Verdict, fault, ok

_LIMIT = 120
_WHERE = (
    "import importlib.util, json, sys; found = importlib.util.find_spec('taskmix')\n"
    "print(json.dumps([sys.prefix, found and found.origin]))"
)
_REGISTER = (
    "run `python -m ipykernel install --sys-prefix` in taskmix's environment, or remove the other "
    "kernel named python3 (`jupyter kernelspec list` shows where it lies)"
)


def kernel() -> Verdict:
    """Start the kernel ``python3``, as a report does, and ask it where it runs."""
    try:
        spec = KernelSpecManager().get_kernel_spec("python3")
    except NoSuchKernel:
        return fault(
            "there is no Jupyter kernel named python3",
            todo="install ipykernel into taskmix's environment: pip install ipykernel",
        )
    try:
        prefix, taskmix = _ask(_WHERE)
    except (RuntimeError, OSError, TimeoutError, ValueError) as error:
        return fault(
            f"the kernel python3 ({spec.argv[0]}) does not start ({type(error).__name__})",
            todo=_REGISTER,
        )
    own = importlib.util.find_spec("taskmix")
    if taskmix is None or own is None or taskmix != own.origin:
        return fault(
            f"the kernel python3 runs in {prefix}, where it finds another taskmix than the one in "
            f"{sys.prefix}, or none",
            todo=_REGISTER,
        )
    return ok("the kernel python3 starts and finds this taskmix")


def _ask(code: str) -> list[Any]:
    """Run code in a new kernel and return what it prints, which is JSON."""
    printed: list[str] = []

    def keep(message: dict[str, Any]) -> None:
        if message["msg_type"] == "stream":
            printed.append(message["content"]["text"])

    manager, client = start_new_kernel(
        startup_timeout=_LIMIT, kernel_name="python3",
        # Else it warns of its connection on this command's screen.
        extra_arguments=["--IPKernelApp.log_level=ERROR"], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        client.execute_interactive(code, timeout=_LIMIT, output_hook=keep, store_history=False)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    return list(json.loads("".join(printed)))
