"""An issuer of tokens with a key of its own, made and used by openssl."""

from __future__ import annotations

import base64
import json
import subprocess
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class Issuer:
    def __init__(self) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="phase-ledger-issuer-")
        self.key = Path(self.folder.name) / "key.pem"
        openssl("genrsa", "-out", str(self.key), "2048")
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.folder.cleanup()

    def documents(self) -> dict[str, object]:
        modulus = openssl("rsa", "-in", str(self.key), "-noout", "-modulus").decode().strip().removeprefix("Modulus=")
        key = {"kty": "RSA", "kid": "1", "alg": "RS256", "use": "sig", "n": url64(bytes.fromhex(modulus)), "e": "AQAB"}
        discovery = {
            "issuer": self.url,
            "jwks_uri": self.url + "/keys",
            "authorization_endpoint": self.url + "/authorize",
            "token_endpoint": self.url + "/token",
        }
        return {"/.well-known/openid-configuration": discovery, "/keys": {"keys": [key]}}

    def handler(self) -> type[BaseHTTPRequestHandler]:
        issuer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                document = issuer.documents().get(self.path)
                self.send_response(200 if document else 404)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(json.dumps(document).encode())

            def log_message(self, format: str, *args: object) -> None:
                pass

        return Handler

    def token(self, **claims: object) -> str:
        now = int(time.time())
        payload = {"iss": self.url, "sub": "1", "iat": now, "exp": now + 600} | claims
        signed = ".".join(url64(json.dumps(part).encode()) for part in ({"alg": "RS256", "kid": "1"}, payload))
        signature = openssl("dgst", "-sha256", "-sign", str(self.key), given=signed.encode())
        return signed + "." + url64(signature)


def openssl(*arguments: str, given: bytes = b"") -> bytes:
    return subprocess.run(["openssl", *arguments], input=given, capture_output=True, check=True).stdout


def url64(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")
