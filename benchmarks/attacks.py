"""What attackers tell of hidden teams from what is published: with release plans, and without.

The attacks of `tests/disclosure`, on its simulated organisations whose truth is known. Target:
execution's share in a hidden team and period. Loss: mean absolute points. The guess is the share of
the smallest group shown around it; the gain is what the attack is better by. Without plans every
group of ten people is published. Then of how many teams below ten people subtracting tells how many
they are. Prints a line an attack; with ``--json`` one JSON object last: ``attacks``, each with
``on`` and ``off`` of ``n``, ``loss``, ``guess`` and ``gain`` (null where nothing is left to
attack), and ``counts_told`` of ``on`` and ``off``, each ``told`` and ``of``.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "disclosure"))
import trials


def figures_of(trial: trials.Trial) -> dict[str, Any]:
    told = {name: round(getattr(trial, name), 1) for name in ("loss", "guess", "gain")}
    return {"n": trial.n, **(told if trial.n else dict.fromkeys(told))}


def line(name: str, *sides: dict[str, Any]) -> str:
    cells = [
        f"{side[key]:>8}" if side[key] is not None else f"{'–':>8}"
        for side in sides
        for key in ("n", "loss", "guess", "gain")
    ]
    return f"{name:<76}" + "".join(cells)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print one JSON object last")
    options = parser.parse_args()
    heads = {key: key for key in ("n", "loss", "guess", "gain")}
    print(f"{'':<76}{'with plans':>32}{'without':>32}")
    print(line("", heads, heads))
    found = {}
    for name, attack in trials.ATTACKS.items():
        on, off = map(figures_of, attack())
        found[name] = {"on": on, "off": off}
        print(line(name, on, off))
    counts = trials.counts_told()
    told = {
        side: {"told": told, "of": of}
        for side, (told, of) in zip(("on", "off"), counts, strict=True)
    }
    print("numbers of people of small teams told: {told} of {of} with plans, ".format(**told["on"])
          + "{told} of {of} without".format(**told["off"]))  # fmt: skip
    if options.json:
        print(json.dumps({"attacks": found, "counts_told": told}))


if __name__ == "__main__":
    main()
