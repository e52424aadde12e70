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


def _server_pids():
    """The main processes of the two servers: those whose data folders the addresses' servers name."""
    folder = subprocess.run(["psql", "-X", "-At", POSTGRES, "-c", "SHOW data_directory"], check=True, capture_output=True, text=True)
    with open(folder.stdout.strip() + "/postmaster.pid") as file:
        postgres = int(file.readline())
    command, environment = mariadb_command()
    query = [*command.split(), "--batch", "--skip-column-names", "-e", "SELECT @@pid_file"]
    pid_file = subprocess.run(query, check=True, capture_output=True, text=True, env=environment).stdout.strip()
    with open(pid_file) as file:
        return {postgres, int(file.read())}


def server_cpu_seconds():
    """User and system time of the processes of both servers, finished children included."""
    servers, ticks = _server_pids(), 0
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/stat") as stat:
                fields = stat.read().rsplit(")", 1)[1].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(pid) in servers or int(fields[1]) in servers:
            ticks += sum(map(int, fields[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def postgres_rows(database, table):
    return int(psql(database, "-At", "-c", f"SELECT count(*) FROM {table}", capture_output=True, text=True).stdout)


def mariadb_rows(database, table):
    command, environment = mariadb_command(database)
    query = [*command.split(), "--batch", "--skip-column-names", "-e", f"SELECT count(*) FROM {table}"]
    return int(subprocess.run(query, check=True, capture_output=True, text=True, env=environment).stdout)
