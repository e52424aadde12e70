"""The systems that are measured: addresses from the environment, loading of the data, CPU time of the servers."""

import os
import subprocess
import urllib.parse

POSTGRES = os.environ["MIQ_TEST_POSTGRES"]
MARIADB = os.environ["MIQ_TEST_MARIADB"]


def in_database(url, database):
    return urllib.parse.urlunsplit(urllib.parse.urlsplit(url)._replace(path="/" + database))


def psql(database, *arguments, **options):
    return subprocess.run(["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", in_database(POSTGRES, database), *arguments],
                          check=True, **options)


def mariadb_command(database=""):
    parts = urllib.parse.urlsplit(MARIADB)
    return (f"mariadb --no-defaults --local-infile=1 -h {parts.hostname} -P {parts.port} -u {parts.username} {database}",
            {**os.environ, "MYSQL_PWD": urllib.parse.unquote(parts.password or "")})


def mariadb(sql, database=""):
    command, environment = mariadb_command(database)
    subprocess.run(command.split(), input=sql, text=True, check=True, env=environment)


def fresh_postgres(database):
    psql("postgres", "-c", f'DROP DATABASE IF EXISTS "{database}"', "-c", f'CREATE DATABASE "{database}"', stderr=subprocess.DEVNULL)
    psql("postgres", "-c", "CHECKPOINT")


def fresh_mariadb(database):
    mariadb(f"DROP DATABASE IF EXISTS `{database}`; CREATE DATABASE `{database}` CHARACTER SET utf8mb4")


def server_cpu_seconds():
    """User and system time of all processes of both servers, finished children included."""
    ticks = 0
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/comm") as name, open(f"/proc/{pid}/stat") as stat:
                if name.read().strip() in ("postgres", "mariadbd"):
                    ticks += sum(map(int, stat.read().rsplit(")", 1)[1].split()[11:15]))
        except (FileNotFoundError, ProcessLookupError):
            continue
    return ticks / os.sysconf("SC_CLK_TCK")
