"""Resident memory under mixed load: does it stay where it is?"""

import itertools
import statistics
import threading
import time

import listing
import sockets
from crowd import Crowd
from place import EMAIL, PASSWORD

WARM = 0.2         # of the time: pools, caches and the allocator fill up
ROWS = 20_000
PATIENCE = 5       # MiB that may come to it in ten minutes


class Load:
    """Threads that each do one kind of thing again and again until the end. A failed request ends it all."""

    def __init__(self, server, seconds):
        self.server, self.end = server, time.monotonic() + seconds
        self.done, self.failed, self.threads = {}, None, []

    def start(self, name, work, pause):
        def repeat():
            try:
                for self.done[name] in itertools.count():
                    if time.monotonic() > self.end or self.failed:
                        return
                    work()
                    time.sleep(pause)
            except Exception as error:  # pylint: disable=broad-except
                self.failed = f"{name}: {error}"
        self.threads.append(threading.Thread(target=repeat, daemon=True))
        self.threads[-1].start()

    def change_projects(self):
        project = self.server.call("POST", "projects", {"name": f"mixed {time.monotonic_ns()}"})
        match = {"If-Match": f'"v{project["version"]}"'}
        changed = self.server.call("PATCH", f"projects/{project['project_id']}", {"description": "changed"}, match)
        self.server.call("POST", f"projects/{project['project_id']}/comments", {"text": "a comment"})
        self.server.call("GET", f"projects/{project['project_id']}")
        self.server.call("POST", f"projects/{project['project_id']}/state", {"state": "archived"}, {"If-Match": f'"v{changed["version"]}"'})

    def sign_in_and_out(self):
        tokens = self.server.call("POST", "auth/login", {"email": EMAIL, "password": PASSWORD})
        self.server.call("POST", "auth/refresh", {"refresh_token": tokens["refresh_token"]})

    def ask_nonsense(self):
        for path, body in (("projects", {"nome": 1}), ("projects/none/plans", {}), ("auth/login", {"email": "x", "password": ["y"]})):
            try:
                self.server.call("POST", path, body)
            except RuntimeError:
                continue
            raise RuntimeError(f"{path} took nonsense")

    def come_and_go(self):
        crowd = Crowd(self.server)
        crowd.join(50, "tenant:default")
        crowd.listen(1)
        crowd.leave()

    def run(self, plan):
        run = sockets.start_run(self.server, plan, 0)
        while (state := self.server.call("GET", f"runs/{run}")["state"]) in ("queued", "running"):
            time.sleep(0.2)
        if state != "succeeded":
            raise RuntimeError(f"a run {state}")


def watch(server, load, seconds):
    """(moment, MiB), twice a second."""
    samples, begin = [], time.monotonic()
    while time.monotonic() - begin < seconds and not load.failed:
        samples.append((time.monotonic() - begin, server.memory_mib()))
        time.sleep(0.5)
    return samples


def growth(samples):
    """MiB a minute: the slope of the line that fits best, and the memory at its beginning, middle and end (means of a tenth each)."""
    warm = [sample for sample in samples if sample[0] >= samples[-1][0] * WARM]
    slope = statistics.linear_regression(*zip(*warm)).slope * 60
    tenth = max(1, len(warm) // 10)
    mean = lambda part: round(statistics.mean(mib for _, mib in part), 1)
    middle = len(warm) // 2
    return slope, mean(warm[:tenth]), mean(warm[middle - tenth // 2:middle + tenth // 2 + 1]), mean(warm[-tenth:])


def measure(place, seconds):
    server = place.server("memory", store__url=place.postgres().new_database("memory"), **listing.SETTINGS,
                          **sockets.files(place, "memory"))
    listing.seed(place.postgres(), "memory", "default")
    _, plan = sockets.make_plan(server, ROWS)
    load = Load(server, seconds)
    load.start("projects changed", load.change_projects, 0.05)
    load.start("sign-ins", load.sign_in_and_out, 1)
    load.start("nonsense", load.ask_nonsense, 0.2)
    load.start("crowds of 50 WebSockets", load.come_and_go, 1)
    load.start("runs", lambda: load.run(plan), 1)
    load.start("lists of 100 ms", lambda: listing.wrk(server.url("/api/v1/projects"), 1, server.token), 1)
    samples = watch(server, load, seconds)
    for thread in load.threads:
        thread.join(60)
    if load.failed:
        raise RuntimeError(load.failed)
    return line(samples, load.done, seconds)


def line(samples, done, seconds):
    slope, begin, middle, end = growth(samples)
    return {"case": "memory", "work": f"memory over {seconds} s of mixed load", "value": round(slope, 2), "unit": "MiB/minute", "begin_mib": begin,
            "middle_mib": middle, "end_mib": end, "goal": f"flat: under {PATIENCE} MiB in 10 minutes" if seconds >= 600 else None,
            "met": slope * 10 < PATIENCE if seconds >= 600 else None, "done": done,
            "mib_every_20_s": [round(mib, 1) for _, mib in samples[::40]]}
