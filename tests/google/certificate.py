"""A throw-away certificate authority for the names of Google's hosts."""

from __future__ import annotations

import datetime
import ssl
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOSTS: Final = (
    "sheets.googleapis.com",
    "oauth2.googleapis.com",
    "sts.googleapis.com",
    "cloudresourcemanager.googleapis.com",
    "www.googleapis.com",
    "iamcredentials.googleapis.com",
    "accounts.google.com",
)
_LIFETIME: Final = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Authority:
    """A certificate authority in a folder of its own: `bundle` is what a client trusts."""

    folder: Path

    @cached_property
    def bundle(self) -> Path:
        """The authority's certificate, as a file."""
        return self._write("ca.pem", _pem(self._root))

    @cached_property
    def server_context(self) -> ssl.SSLContext:
        """TLS as Google's hosts speak it."""
        key, certificate = self._host_certificate()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self._write("host.pem", _key_pem(key) + _pem(certificate)))
        return context

    @cached_property
    def _key(self) -> ec.EllipticCurvePrivateKey:
        return ec.generate_private_key(ec.SECP256R1())

    @cached_property
    def _root(self) -> x509.Certificate:
        name = _name("Sheets double")
        builder = _builder(name, name, self._key.public_key())
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        usage = x509.KeyUsage(True, False, False, False, False, True, True, False, False)
        builder = builder.add_extension(usage, critical=True)
        identifier = x509.SubjectKeyIdentifier.from_public_key(self._key.public_key())
        return builder.add_extension(identifier, critical=False).sign(self._key, hashes.SHA256())

    def _host_certificate(self) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
        key = ec.generate_private_key(ec.SECP256R1())
        builder = _builder(_name(HOSTS[0]), self._root.subject, key.public_key())
        names = x509.SubjectAlternativeName([x509.DNSName(host) for host in HOSTS])
        builder = builder.add_extension(names, critical=False)
        issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key())
        return key, builder.add_extension(issuer, critical=False).sign(self._key, hashes.SHA256())

    def _write(self, name: str, content: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content)
        return path


def _builder(subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
    now = datetime.datetime.now(datetime.UTC)
    builder = x509.CertificateBuilder(issuer, subject, key, x509.random_serial_number())
    return builder.not_valid_before(now - _LIFETIME).not_valid_after(now + _LIFETIME)


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _key_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
