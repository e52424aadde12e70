"""Runs one command and says what it cost."""

import os
import subprocess
import time
from dataclasses import dataclass

from systems import server_cpu_seconds


@dataclass
class Cost:
    seconds: float
    client_cpu: float
    server_cpu: float
    peak_mib: float


def run(command, environment=None):
    """A command line for bash; its whole process tree counts as the client. Raises when it fails."""
    server_before, begin = server_cpu_seconds(), time.monotonic()
    process = subprocess.Popen(["bash", "-c", "set -euo pipefail\n" + command], env=environment or os.environ,
                               stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.monotonic() - begin
    if status != 0:
        raise RuntimeError(f"failed ({os.waitstatus_to_exitcode(status)}): {command}\n{errors.decode(errors='replace')[-2000:]}")
    return Cost(seconds, usage.ru_utime + usage.ru_stime, server_cpu_seconds() - server_before, usage.ru_maxrss / 1024)
