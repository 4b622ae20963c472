"""One sample of the default options and one large enough for averages."""

from __future__ import annotations

import pytest

from sheetgen.sources.sample import Sample, SampleOptions, generate_sample


@pytest.fixture(scope="session")
def sample() -> Sample:
    """60 campaigns, as `sheetgen generate` makes them without options."""
    return generate_sample(SampleOptions())


@pytest.fixture(scope="session")
def large_sample() -> Sample:
    """600 campaigns: averages by platform and type settle."""
    return generate_sample(SampleOptions(campaigns=600, seed=5))
