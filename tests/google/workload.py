"""Accounts without a key: who stands behind a workload's own token, and whom a call would act as."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

CLOUD: Final = "https://www.googleapis.com/auth/cloud-platform"
IAM: Final = "https://www.googleapis.com/auth/iam"
"""The scopes that let a caller act as a service account."""

_IMPERSONATION: Final = re.compile(r"/v1/projects/-/serviceAccounts/([^/:]+):generateAccessToken")


def impersonated(path: str) -> str:
    """The service account of a generateAccessToken path; empty for another path."""
    found = _IMPERSONATION.fullmatch(path)
    return found[1] if found else ""


def federation_file(subject_file: str, acts_as: str) -> Mapping[str, object]:
    """The content of a workload's credentials file, which reads its own token from another file."""
    return {
        "type": "external_account",
        "audience": "//iam.googleapis.com/projects/123456789/locations/global/workloadIdentityPools/ci/providers/jobs",
        "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
        "token_url": "https://sts.googleapis.com/v1/token",
        "credential_source": {"file": subject_file},
        "service_account_impersonation_url": _address(acts_as),
    }


def impersonation_file(source: Mapping[str, object], acts_as: str) -> Mapping[str, object]:
    """The content of a credentials file of someone who acts as a service account."""
    return {
        "type": "impersonated_service_account",
        "service_account_impersonation_url": _address(acts_as),
        "source_credentials": source,
        "delegates": [],
    }


def _address(email: str) -> str:
    return f"https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/{email}:generateAccessToken"
