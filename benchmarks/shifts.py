"""How often a shift is found where there is none, and how well it is told where there is one.

The figures of docs/ai-shift.md. With ``--bench`` also the test bench in full size: 2,000 people, 40
teams, 36 months, about a minute a seed.
"""

import sys

import numpy as np
import pandas as pd
from scipy.stats import f as f_distribution

from taskmix.measures import Scope, ai_by_month, find_shifts, months_of, rollup
from taskmix.measures.shifts.critical import critical_value, shift_p_value
from taskmix.measures.shifts.curvefit import fit_curve
from taskmix.measures.shifts.form import form_of_shift
from taskmix.measures.shifts.logistic import logistic
from taskmix.measures.shifts.noise import draw_noise
from taskmix.measures.shifts.series import day_of
from taskmix.measures.shifts.shapes import Shapes, best_shapes, sup_f
from taskmix.periods import parse_period
from taskmix.synth.bench import Bench, make_bench

LEVEL = 0.05
SCOPE = Scope("2026-Q3", "2026-Q2", None, "quarter", ("2026-Q3",))


def alarms(series: np.ndarray, months: np.ndarray) -> float:
    found, rho = sup_f(series, months)
    p = [shift_p_value(f, r, months) for f, r in zip(found, rho, strict=True)]
    return float(np.mean(np.array(p) <= LEVEL))


def of_the_test(n: int, *, n_series: int = 2000) -> None:
    months = np.arange(float(n))
    rng = np.random.default_rng(1)
    table = f_distribution.ppf(1 - LEVEL, 1, n - 3)
    print(f"\n{n} months: part of {n_series} series in which a shift is found")
    print("memory  steady  F table  memory ignored  step of 5 sd  S-curve of 15 sd in 8 months")
    for rho in (0.0, 0.3, 0.6, 0.8):
        noise = draw_noise(rho, months, n=n_series, rng=rng)
        plain = best_shapes(noise, Shapes.of(months)).f
        forgetful = np.mean(plain > critical_value(0.0, months, level=LEVEL))
        some = noise[: n_series // 4]
        step = alarms(some + 5 * (months >= n // 2), months)
        curve = alarms(some + 15 * logistic(months, (n - 1) / 2, 8.0), months)
        print(f"{rho:6.1f} {alarms(noise, months):7.1%} {np.mean(plain > table):8.1%} "
              f"{forgetful:15.1%} {step:13.1%} {curve:13.1%}")  # fmt: skip


def of_the_form(n: int, *, n_series: int = 400) -> None:
    months = np.arange(float(n))
    noise = draw_noise(0.3, months, n=n_series, rng=np.random.default_rng(2))
    print(f"\n{n} months: how {n_series} shifts are called")
    shapes = {"step of 8 sd": 8.0 * (months >= n // 2)}
    shapes |= {f"S-curve of 15 sd in {width} months": 15 * logistic(months, (n - 1) / 2, width)
               for width in (6, 12, 20)}  # fmt: skip
    for name, shape in shapes.items():
        forms = [form_of_shift(months, shape + row, rho=0.3) for row in noise]
        parts = {
            form: f"{forms.count(form) / n_series:.1%}" for form in ("sudden", "gradual", "unclear")
        }
        print(f"{name:32}", parts)


def of_the_curve(n: int, *, n_series: int = 300) -> None:
    months = np.arange(float(n))
    rng = np.random.default_rng(3)
    print(f"\n{n} months: 95% intervals that hold the middle, the width, of {n_series} curves")
    for width in (1.0, 4.0, 8.0, 16.0):
        for name, rho, counted in (("independent", 0.0, None), ("memory 0.4", 0.4, None),
                                   ("40 tasks", 0.0, 40)):  # fmt: skip
            held = []
            for _ in range(n_series):
                middle = rng.uniform(0.35 * n, 0.65 * n)
                values = 0.05 + 0.6 * logistic(months, middle, width)
                if counted is None:
                    values = values + 0.04 * draw_noise(rho, months, n=1, rng=rng)[0]
                    curve = fit_curve(months, values)
                else:
                    values = rng.binomial(counted, values) / counted
                    curve = fit_curve(months, values, n_counted=np.full(n, float(counted)))
                held.append([curve.middle_range[0] <= middle <= curve.middle_range[1],
                             curve.width_range[0] <= width <= curve.width_range[1]])  # fmt: skip
            at, wide = np.mean(held, axis=0)
            print(f"width {width:4.0f}, {name:11} {at:6.1%} {wide:6.1%}")


def on_the_bench(bench: Bench, *, noise: float) -> None:
    cells = rollup(bench.tasks, bench.sorted_by_truth(noise=noise), frequency="month")
    months = months_of(SCOPE, first=pd.Timestamp(f"{bench.truth['month'].min()}-01"))
    figures = ai_by_month(cells, months, by=("team",))
    found = find_shifts(figures, value="part", by=("team",), n_counted="n_known")
    first = parse_period(bench.truth["month"].min()).ordinal
    teams = bench.parameters.teams.set_index("team").reindex(found["team"]).reset_index()
    true_day = pd.Series(
        [pd.NaT if pd.isna(at) else day_of(first + at) for at in teams["midpoint"]]
    )
    known = found["midpoint"].notna() & ~teams["never"]
    off = (found["midpoint"] - true_day).dt.days[known] / 30.5
    slack = pd.Timedelta(days=1)
    inside = true_day.between(found["midpoint_low"] - slack, found["midpoint_high"] + slack)[known]
    print(
        f"seed {bench.options.seed}, the sorter wrong in {noise:.0%}: {known.sum()} of "
        f"{(~teams['never']).sum()} teams have a midpoint, {(off.abs() <= 1).sum()} within a "
        f"month, {inside.mean():.0%} in their interval, mean error {off.mean():+.2f} months; "
        f"alarms where AI never came: {(found['kind'] != 'steady')[teams['never']].sum()}"
    )


def main() -> None:
    for n in (12, 24, 36):
        of_the_test(n)
    of_the_form(24)
    for n in (24, 36):
        of_the_curve(n)
    if "--bench" in sys.argv:
        for seed in (0, 3):
            bench = make_bench(seed=seed)
            on_the_bench(bench, noise=0.25)
            on_the_bench(bench, noise=0.0)


if __name__ == "__main__":
    main()
