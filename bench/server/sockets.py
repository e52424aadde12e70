"""Thousands of WebSocket clients: memory while they are idle, and a run's progress to all of them."""

import datetime
import statistics
import time

from crowd import Crowd

ROWS = 3_000_000
PLAN = "version: 1\nname: crowd\nsource: {connection: source}\ntarget: {connection: target}\nrun: {schema: replace}\n"
SETTINGS = {"gateway__rate_per_address": 0, "gateway__rate_per_user": 0, "gateway__rate_per_tenant": 0, "server__connections_per_address": 0}


def make_plan(server, rows):
    """Project and plan: so many made rows into a SQLite file; their ids."""
    server.call("POST", "connections", {"name": "source", "url": f"fake:lineitem?rows={rows}&seed=7"})
    server.call("POST", "connections", {"name": "target", "url": "sqlite:folder:target.db"})
    project = server.call("POST", "projects", {"name": "crowd"})["project_id"]
    return project, server.call("POST", f"projects/{project}/plans", {"name": "crowd", "text": PLAN})["plan_id"]


def files(place, name):
    """The settings for a folder of files that connections may name."""
    folder = place.folder / f"{name}-files"
    folder.mkdir()
    return {"connections__local_folders": f"default={folder}"}


def start_run(server, plan, wait):
    moment = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=wait)
    return server.call("POST", "runs", {"plan_id": plan, "not_before": moment.strftime("%Y-%m-%dT%H:%M:%SZ"), "confirm": True})["run_id"]


def per_second(moments):
    return (len(moments) - 1) / (moments[-1] - moments[0]) if len(moments) > 2 else 0


def measure(place, clients, tls=False):
    name = "sockets_tls" if tls else "sockets"
    server = place.server(name, **SETTINGS, **files(place, name), **(place.certificate() if tls else {}))
    project, plan = make_plan(server, ROWS)
    before = server.memory_mib()
    crowd = Crowd(server)
    crowd.join(clients)
    crowd.listen(2)
    idle = server.memory_mib()
    numbers = {"case": name, "clients": clients, "before_mib": round(before, 1), "idle_mib": round(idle, 1),
               "kib_per_client": round((idle - before) * 1024 / clients, 1)}
    numbers |= broadcast(server, crowd, project, clients)
    numbers |= follow_run(server, crowd, plan, clients)
    crowd.leave()
    return line(numbers, tls)


def broadcast(server, crowd, project, clients):
    """A comment in a project that all of them have open."""
    crowd.say({"do": "subscribe", "topic": f"project:{project}"})
    if not crowd.listen(60, lambda: crowd.reached("subscribed") == clients):
        raise RuntimeError(f"only {crowd.reached('subscribed')} of {clients} could subscribe")
    took = []
    for number in range(5):
        begin = time.monotonic()
        server.call("POST", f"projects/{project}/comments", {"text": f"number {number}"})
        comments = lambda: [one for one in crowd.messages("event") if one.message["topic"].startswith("project:") and len(one.times) == clients]
        if not crowd.listen(30, lambda: len(comments()) > number):
            raise RuntimeError("a comment did not reach everybody")
        took.append(max(max(one.times.values()) for one in comments()) - begin)
    return {"broadcast_ms": round(statistics.median(took) * 1000, 1)}


def follow_run(server, crowd, plan, clients):
    """A real run, which begins when all of them listen; the server's memory meanwhile."""
    run = start_run(server, plan, 10)
    crowd.heard.clear()
    crowd.say({"do": "subscribe", "topic": f"run:{run}"})
    if not crowd.listen(60, lambda: crowd.reached("subscribed") == clients):
        raise RuntimeError("not everybody could subscribe to the run")
    peak, done = 0, lambda: any(one.message["data"].get("state") == "succeeded" and len(one.times) == clients
                                for one in crowd.messages("event", "run.state"))
    for _ in range(300):
        if crowd.listen(1, done):
            break
        peak = max(peak, server.memory_mib())
    progress = [one for one in crowd.messages("event", "run.progress") if len(one.times) == clients]
    return {"progress_clients": crowd.reached("event", "run.progress"), "finished_clients": clients if done() else 0,
            "updates": len(crowd.messages("event", "run.progress")), "updates_to_all": len(progress),
            "most_a_second": round(max(map(per_second, crowd.progress.values()), default=0), 2),
            "update_ms": round(statistics.median(one.took() for one in progress) * 1000, 1) if progress else None,
            "update_ms_most": round(max(one.took() for one in progress) * 1000, 1) if progress else None,
            "run_peak_mib": round(peak, 1), "closed": crowd.closed}


def line(numbers, tls):
    """The goal for memory is for connections in the clear; over TLS it is told only."""
    met = (numbers["progress_clients"] == numbers["finished_clients"] == numbers["clients"]
           and numbers["most_a_second"] <= 10 and numbers["closed"] == 0 and (tls or numbers["idle_mib"] < 200))
    goal = "each gets the run's progress, at most 10 a second" + ("" if tls else "; under 200 MiB")
    return {**numbers, "work": f"{numbers['clients']:,} WebSockets" + (" over TLS" if tls else "") + ": memory while idle", "value": numbers["idle_mib"],
            "unit": "MiB", "goal": goal, "met": met}
