"""A PostgreSQL 15 with passwords and TLS, as providers give one: its administrator is no superuser."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import manifests

PROGRAMS = Path("/usr/lib/postgresql/15/bin")
DATABASE = "phase_ledger"
OWNER = "phase_ledger_owner"
APP = "phase_ledger_app"
ADMIN = "provider_admin"


class Postgres:
    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="phase-ledger-deploy-"))
        self.data = self.folder / "data"
        self.port = free_port()
        self.as_postgres = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] * (os.geteuid() == 0)
        if self.as_postgres:
            shutil.chown(self.folder, "postgres")

    def __enter__(self) -> Postgres:
        access = ["-A", "scram-sha-256", "--auth-local=trust"]
        self.run("initdb", "--no-sync", "-D", self.data, "-U", "postgres", "-E", "UTF8", "--locale=C", *access)
        self.call(
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=deploy", "-days", "2",
            "-keyout", self.data / "server.key", "-out", self.data / "server.crt",
        )
        settings = f"-p {self.port} -c listen_addresses=127.0.0.1 -k {self.folder} -c ssl=on -c fsync=off"
        self.run("pg_ctl", "start", "-w", "-D", self.data, "-l", self.folder / "log", "-o", settings)
        self.local("postgres", f"CREATE ROLE {ADMIN} LOGIN CREATEROLE CREATEDB")
        return self

    def __exit__(self, *exception: object) -> None:
        self.run("pg_ctl", "stop", "-w", "-D", self.data, "-m", "immediate")
        shutil.rmtree(self.folder)

    def make_roles(self) -> None:
        self.psql(
            ["-h", str(self.folder), "-U", ADMIN, "-d", "postgres", "-f", str(manifests.DEPLOY / "roles.sql")],
            dict(manifests.SECRETS),
        )

    def local(self, database: str, sql: str) -> str:
        return self.psql(["-h", str(self.folder), "-U", "postgres", "-d", database, "-c", sql], {})

    def ask(self, role: str, sql: str) -> str:
        """What it answers to this role, by its password; fails with the SQLSTATE in what psql printed."""
        password = {APP: manifests.APP_PASSWORD, OWNER: manifests.OWNER_PASSWORD}[role]
        address = ["-h", "127.0.0.1", "-U", role, "-d", DATABASE]
        return self.psql([*address, "-v", "VERBOSITY=sqlstate", "-c", sql], {"PGPASSWORD": password})

    def psql(self, arguments: list[str], env: dict[str, str]) -> str:
        command = ["psql", "-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", "-p", str(self.port), *arguments]
        ended = subprocess.run(command, env={"PATH": os.environ["PATH"]} | env, capture_output=True, text=True)
        if ended.returncode != 0:
            raise Refused(ended.stderr)
        return ended.stdout.strip()

    def run(self, program: str, *arguments: object) -> None:
        self.call(PROGRAMS / program, *arguments)

    def call(self, *command: object) -> None:
        subprocess.run(
            [*self.as_postgres, *map(str, command)],
            check=True,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


class Refused(Exception):
    """What psql printed."""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]
