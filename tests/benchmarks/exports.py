"""Exports of any size to read: the same bytes for the same size, with numbers that fit each other."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

DAYS_PER_CAMPAIGN = 500
FIRST_DAY = np.datetime64("2023-01-01")
FIRST_ID = 120_200_000_000_000


def write_days(path: Path, rows: int) -> None:
    """A Meta export of campaigns by day: 500 days of each campaign."""
    place = np.arange(rows)
    _meta(place // DAYS_PER_CAMPAIGN, place % DAYS_PER_CAMPAIGN).to_csv(path, index=False)


def write_campaigns(path: Path, rows: int) -> None:
    """A Meta export in which each row is another campaign."""
    place = np.arange(rows)
    _meta(place, place * 7 % DAYS_PER_CAMPAIGN).to_csv(path, index=False)


def write_untidy(path: Path, rows: int) -> None:
    """Campaigns by day as people send them: shuffled, German numbers, dashes for nothing, a total, spaces at names."""
    place = np.random.default_rng(2).permutation(rows)
    frame = _meta(place // DAYS_PER_CAMPAIGN, place % DAYS_PER_CAMPAIGN)
    frame["Campaign name"] = np.where(place % 50 == 0, frame["Campaign name"] + " ", frame["Campaign name"])
    measures = [name for name in frame.select_dtypes("number").columns if "rate" not in name]
    total = pd.DataFrame([{"Campaign name": "Total", **frame[measures].sum()}])
    lines = pd.concat([frame, total.astype(frame[measures].dtypes)], ignore_index=True)
    lines["Purchases"] = lines["Purchases"].astype(object).where(lines["Purchases"] > 0, "--")
    lines.to_csv(path, index=False, sep=";", decimal=",")


def write_workbook(path: Path, rows: int) -> None:
    """Campaigns by day in an Excel workbook, with dates as Excel stores them."""
    place = np.arange(rows)
    frame = _meta(place // DAYS_PER_CAMPAIGN, place % DAYS_PER_CAMPAIGN).astype({"Campaign ID": str})
    dates = {name: pd.to_datetime(frame[name]) for name in ("Day", "Reporting starts", "Reporting ends")}
    frame.assign(**dates).to_excel(path, index=False, engine="xlsxwriter")


KINDS: dict[str, Callable[[Path, int], None]] = {
    "campaign × day": write_days,
    "distinct campaigns": write_campaigns,
    "untidy": write_untidy,
}
"""What each kind of file is called in the tables."""


def written(folder: Path, kind: str, rows: int) -> Path:
    """The file of this kind and size, made by a process of its own: a child's peak memory begins at its parent's."""
    path = folder / f"{kind} {rows}{'.xlsx' if kind == 'workbook' else '.csv'}"
    if not path.exists():
        subprocess.run([sys.executable, "-m", "tests.benchmarks.exports", kind, str(rows), str(path)], check=True)
    return path


def _meta(campaign: np.ndarray, day: np.ndarray) -> pd.DataFrame:
    rng, size = np.random.default_rng(1), len(campaign)
    impressions = rng.integers(200, 90_000, size)
    clicks = rng.binomial(impressions, 0.015)
    purchases = rng.binomial(clicks, 0.06)
    count = int(campaign.max()) + 1
    names = [f"{('US', 'UK', 'DE')[n % 3]} | {('Brand', 'Retargeting')[n % 2]} | {n:07d}" for n in range(count)]
    days = (FIRST_DAY + day).astype(str)
    return pd.DataFrame(
        {
            "Campaign name": np.array(names, dtype=object)[campaign],
            "Campaign ID": (FIRST_ID + campaign).astype(str),
            "Day": days,
            "Amount spent (USD)": np.round(clicks * rng.uniform(0.2, 1.4, size), 2),
            "Impressions": impressions,
            "Reach": (impressions * rng.uniform(0.4, 0.95, size)).astype(np.int64),
            "Link clicks": clicks,
            "Post engagement": clicks + rng.integers(0, 500, size),
            "Purchases": purchases,
            "Purchases conversion value": np.round(purchases * rng.uniform(10, 90, size), 2),
            "CTR (link click-through rate)": np.round(clicks / impressions * 100, 6),
            "Reporting starts": days,
            "Reporting ends": days,
        }
    )


if __name__ == "__main__":
    write = write_workbook if sys.argv[1] == "workbook" else KINDS[sys.argv[1]]
    write(Path(sys.argv[3]), int(sys.argv[2]))
