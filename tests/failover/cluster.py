"""A PostgreSQL cluster by Patroni, with etcd and HAProxy, as ordinary processes below one folder."""

import json
import os
import pathlib
import pwd
import signal
import socket
import subprocess
import time
import urllib.request

FROZEN_SECONDS = 60


def free_ports(count):
    """Ports that no program listens on. They are all open at once, so they differ."""
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def find_postgres():
    """The folder of the newest PostgreSQL's programs."""
    found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda p: int(p.parts[4]))
    if not found:
        raise SystemExit("PostgreSQL is missing: apt install postgresql")
    return found[-1].parent


class Process:
    """A program that writes to a log file, in a session of its own."""

    def __init__(self, folder, name, command, user=None):
        self.log = folder / f"{name}.log"
        with open(self.log, "ab") as log:
            self.popen = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, cwd=folder,
                start_new_session=True, user=user, group=user and pwd.getpwnam(user).pw_gid, extra_groups=user and [])

    @property
    def pid(self):
        return self.popen.pid

    def end(self, with_signal=signal.SIGKILL, seconds=20):
        """Signals the process, if it runs, and waits for its end."""
        if self.popen.poll() is None:
            self.popen.send_signal(with_signal)
            try:
                self.popen.wait(seconds)
            except subprocess.TimeoutExpired:
                self.popen.kill()
                self.popen.wait()


class Node:
    """One PostgreSQL with the Patroni that controls it: what is one machine elsewhere."""

    def __init__(self, cluster, number):
        self.cluster, self.name = cluster, f"node{number}"
        self.port, self.rest = free_ports(2)
        self.data = cluster.folder / self.name
        self.config = cluster.folder / f"{self.name}.json"
        # YAML is a superset of JSON.
        self.config.write_text(json.dumps(self._settings()))
        self.patroni = None

    def start(self):
        self.patroni = Process(self.cluster.folder, self.name, ["patroni", str(self.config)], self.cluster.user)

    def signal(self, number):
        """Signals Patroni, the postmaster and everything that it has forked."""
        pids = self._postgres()
        if self.patroni.popen.poll() is None:
            pids.append(self.patroni.pid)
        for pid in pids:
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                pass

    def kill(self):
        """As a machine without power."""
        self.signal(signal.SIGKILL)
        self.patroni.popen.wait()

    def kill_agent(self):
        """Patroni is gone; PostgreSQL runs on, and nobody tells it that it is no longer the primary."""
        self.patroni.end()

    def _postgres(self):
        """The process of this data directory, and its children."""
        try:
            postmaster = int((self.data / "postmaster.pid").read_text().split()[0])
            command = pathlib.Path(f"/proc/{postmaster}/cmdline").read_bytes()
        except (OSError, IndexError, ValueError):
            return []
        # The file of a killed one stays, and its number may be another process's now.
        if str(self.data).encode() not in command:
            return []
        children = pathlib.Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
        return [postmaster, *map(int, children)]

    def _settings(self):
        cluster = self.cluster
        return {
            "scope": "failover",
            "name": self.name,
            "restapi": {"listen": f"127.0.0.1:{self.rest}", "connect_address": f"127.0.0.1:{self.rest}"},
            "etcd": {"host": f"127.0.0.1:{cluster.etcd_port}"},
            "bootstrap": {
                "dcs": {
                    "ttl": 20, "loop_wait": 5, "retry_timeout": 5, "maximum_lag_on_failover": 1048576,
                    "synchronous_mode": cluster.is_strict, "synchronous_mode_strict": cluster.is_strict,
                    "postgresql": {
                        "use_pg_rewind": True, "use_slots": True,
                        "parameters": {
                            "max_connections": 100, "shared_buffers": "64MB", "wal_log_hints": "on",
                            "wal_keep_size": "256MB",
                        },
                    },
                },
                "initdb": [{"encoding": "UTF8"}, {"locale": "C.UTF-8"}],
            },
            "postgresql": {
                "listen": f"127.0.0.1:{self.port}", "connect_address": f"127.0.0.1:{self.port}",
                "data_dir": str(self.data), "bin_dir": str(cluster.postgres),
                "pgpass": str(cluster.folder / f"{self.name}.pgpass"),
                "pg_hba": ["local all all trust", "host all all 127.0.0.1/32 trust",
                           "host replication all 127.0.0.1/32 trust"],
                "authentication": {"superuser": {"username": "postgres"}, "replication": {"username": "replicator"}},
                "parameters": {"unix_socket_directories": str(cluster.folder)},
            },
            "watchdog": {"mode": "off"},
        }


class Cluster:
    """Three nodes, one etcd, one HAProxy. They run as the user postgres if this program runs as root."""

    def __init__(self, folder, is_strict):
        self.folder, self.is_strict = folder, is_strict
        self.user = "postgres" if os.geteuid() == 0 else None
        self.postgres = find_postgres()
        if self.user:
            os.chown(folder, pwd.getpwnam(self.user).pw_uid, -1)
        self.etcd_port, peers, self.proxy_port = free_ports(3)
        self.etcd = Process(folder, "etcd", [
            "etcd", "--enable-v2", "--data-dir", str(folder / "etcd"), "--log-level", "warn",
            "--listen-client-urls", f"http://127.0.0.1:{self.etcd_port}",
            "--advertise-client-urls", f"http://127.0.0.1:{self.etcd_port}",
            "--listen-peer-urls", f"http://127.0.0.1:{peers}",
            "--initial-advertise-peer-urls", f"http://127.0.0.1:{peers}",
            "--initial-cluster", f"default=http://127.0.0.1:{peers}"], self.user)
        self.nodes = [Node(self, number) for number in (1, 2, 3)]
        self.proxy = Process(folder, "haproxy", ["haproxy", "-db", "-f", str(self._proxy_settings())], self.user)

    def start(self):
        self.nodes[0].start()
        self.wait(lambda: self.leader() is not None, 60, "no primary")
        for node in self.nodes[1:]:
            node.start()
        self.wait_until_healthy()

    def stop(self):
        for node in self.nodes:
            if node.patroni:
                node.signal(signal.SIGCONT)
                node.kill()
        self.proxy.end()
        self.etcd.end()

    def leader(self):
        """The node that Patroni calls the leader, if it runs."""
        members = self._members()
        names = [m["name"] for m in members if m["role"] == "leader" and m["state"] == "running"]
        return next((node for node in self.nodes if node.name in names), None)

    def wait_until_healthy(self, seconds=180):
        self.wait(self._is_healthy, seconds, "the cluster is not complete")

    def wait_for_another(self, than, seconds=90):
        """Waits for another primary."""
        self.wait(lambda: self.leader() not in (None, than), seconds, "no other primary")

    def switch_over(self):
        leader = self.leader()
        body = json.dumps({"leader": leader.name}).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{leader.rest}/switchover", body, method="POST")
        urllib.request.urlopen(request, timeout=60).read()

    def query(self, statement, database="messaging_services"):
        """Asks the primary. A row is a list of texts."""
        done = subprocess.run(
            ["psql", "-h", "127.0.0.1", "-p", str(self.leader().port), "-U", "postgres", "-d", database, "-qAt",
             "-F", "\t", "-v", "ON_ERROR_STOP=1", "-c", statement], capture_output=True, text=True, timeout=120)
        if done.returncode:
            raise RuntimeError(done.stderr)
        return [line.split("\t") for line in done.stdout.splitlines()]

    @staticmethod
    def wait(condition, seconds, failure):
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                raise RuntimeError(failure)
            time.sleep(0.5)

    def _is_healthy(self):
        members = self._members()
        roles = [member["role"] for member in members]
        lines = {member.get("timeline") for member in members}
        return (len(members) == len(self.nodes) and len(lines) == 1 and roles.count("leader") == 1
                and all(member["state"] in ("running", "streaming") for member in members)
                and roles.count("sync_standby") == int(self.is_strict))

    def _members(self):
        for node in self.nodes:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{node.rest}/cluster", timeout=1) as answer:
                    return json.load(answer)["members"]
            except OSError:
                continue
        return []

    def _proxy_settings(self):
        servers = "\n".join(f"    server {node.name} 127.0.0.1:{node.port} check port {node.rest}"
                            for node in self.nodes)
        file = self.folder / "haproxy.cfg"
        file.write_text(f"""
defaults
    mode tcp
    timeout connect 2s
    timeout check 2s
    timeout client 1h
    timeout server 1h
listen primary
    bind 127.0.0.1:{self.proxy_port}
    option httpchk OPTIONS /primary
    http-check expect status 200
    default-server inter 1s fall 3 rise 1 on-marked-down shutdown-sessions
{servers}
""")
        return file
