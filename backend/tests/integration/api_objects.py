"""Real objects for the parameters of paths, made through the API itself, and bodies that fit them."""
import itertools
import sqlite3
import time
import urllib.parse

_numbers = itertools.count(1)
LATER = "2031-01-01T00:00:00Z"


class Tenant:
    """One tenant with its people; objects are made when they are first asked for."""

    def __init__(self, server, mark, owner, local_folder=None):
        self.server, self.mark, self.owner, self.local_folder = server, mark, owner, local_folder
        self.made, self.secrets, self.ids = {}, set(), set()
        self.tenant_id = self.post("GET", "me")["tenant_id"]
        self.ids.add(self.post("GET", "me")["user_id"])

    def post(self, method, path, body=None, token=None, **headers):
        return self.server.must(method, "/api/v1/" + path, body, token or self.owner, **headers)

    def name(self, what):
        """A name of its own, by which what belongs to this tenant is known again."""
        return f"{self.mark}-{what}-{next(_numbers)}"

    def secret(self):
        made = f"S3cret.{self.mark}.{next(_numbers)}.zq"
        self.secrets.add(made)
        return made

    def get(self, kind):
        """The id of the one object of this kind that tests share."""
        if kind not in self.made:
            self.made[kind] = self.fresh(kind)
        return self.made[kind]

    def fresh(self, kind, token=None):
        """The id of a new object."""
        make = getattr(self, "make_" + kind, None)
        if make is None:
            raise AssertionError(f"nobody knows how to make a {kind}: add make_{kind} to api_objects.py")
        made = str(make(token or self.owner))
        self.ids.add(made)
        return made

    # --- people
    def invite(self, email, roles):
        link = self.post("POST", "invitations", {"email": email, "roles": roles})["link"]
        self.server.accept(link, self.name("person"))

    def make_user_id(self, _token):
        email = f"{self.name('user')}@{self.mark}.example"
        self.invite(email, ["viewer"])
        return next(user["user_id"] for user in self.post("GET", "users?limit=200")["items"] if user["email"] == email)

    def make_session_id(self, token):
        """The very session of who asks; API keys have none."""
        sessions = self.post("GET", "auth/sessions", token=token)["items"]
        return next((s["session_id"] for s in sessions if s["current"]), f"{self.mark}-no-session")

    def make_invitation_id(self, _token):
        body = {"email": f"{self.name('guest')}@{self.mark}.example", "roles": ["viewer"]}
        made = self.post("POST", "invitations", body)
        self.secrets.add(made["link"].rsplit("token=", 1)[1])
        return made["invitation"]["invitation_id"]

    def make_role_id(self, _token):
        return self.post("POST", "roles", {"name": self.name("role"), "permissions": ["projects.read"]})["role_id"]

    def make_team_id(self, _token):
        return self.post("POST", "teams", {"name": self.name("team")})["team_id"]

    def make_grant_id(self, _token):
        body = {"project_id": self.fresh("project_id"), "subject_kind": "user", "subject_id": self.get("user_id"),
                "role_id": "viewer"}
        return self.post("POST", "grants", body)["grant_id"]

    def make_key_id(self, _token):
        made = self.post("POST", "api-keys", {"name": self.name("key"), "permissions": ["projects.read"]})
        self.secrets.add(made["key"])
        return made["api_key"]["key_id"]

    # --- settings of the tenant
    def make_name(self, _token):
        return self.post("POST", "feature-flags", {"name": f"{self.mark}-flag-{next(_numbers)}", "enabled": True})["name"]

    def make_channel_id(self, _token):
        made = self.post("POST", "notification-channels",
                         {"kind": "webhook", "name": self.name("hook"), "target": "http://127.0.0.1:9/" + self.mark})
        channel = made.get("channel", made)
        if isinstance(made.get("secret"), str):
            self.secrets.add(made["secret"])
        return channel["channel_id"]

    def make_delivery_id(self, _token):
        channel = f"notification-channels/{self.get('channel_id')}"
        self.post("POST", channel + "/test", expect=(202,))
        return self.post("GET", channel + "/deliveries")["items"][0]["delivery_id"]

    def make_event(self, _token):
        return "run.failed"

    def make_notification_id(self, _token):
        """Nobody can make one by asking; it is one's own in any case."""
        return f"{self.mark}-no-notification"

    # --- connections, projects, plans
    def connection(self, url):
        name = self.name("connection")
        return name, self.post("POST", "connections", {"name": name, "url": url})["connection_id"]

    def make_connection_id(self, _token):
        return self.connection(f"postgresql://miq:{self.secret()}@127.0.0.1:9/nothing")[1]

    def make_project_id(self, _token):
        return self.post("POST", "projects", {"name": self.name("project")})["project_id"]

    def ends(self):
        """Names of a source and a target."""
        if "ends" not in self.made:
            self.made["ends"] = (self.connection("fake:lineitem?rows=10")[0], self.connection("assert:")[0])
        return self.made["ends"]

    def plan_text(self, ends=None, rest=""):
        source, target = ends or self.ends()
        return f"# {self.name('plan')}\nversion: 1\nsource: {{connection: {source}}}\ntarget: {{connection: {target}}}\n{rest}"

    def plan(self, text):
        body = {"name": self.name("plan"), "text": text}
        return self.post("POST", f"projects/{self.get('project_id')}/plans", body)["plan_id"]

    def make_plan_id(self, _token):
        return self.plan(self.plan_text())

    def make_number(self, _token):
        return 1

    def make_template_id(self, _token):
        text = "version: 1\nsource: {connection: '{{source}}'}\ntarget: {connection: '{{target}}'}\n"
        return self.post("POST", "templates", {"name": self.name("template"), "text": text})["template_id"]

    def make_comment_id(self, token):
        """By whom it will be changed, if they may comment."""
        path, body = f"/api/v1/projects/{self.get('project_id')}/comments", {"text": self.name("comment")}
        answer = self.server.ask("POST", path, body, token)
        made = answer if answer.status == 201 else self.server.ask("POST", path, body, self.owner)
        return made.json["comment_id"]

    # --- files
    def make_upload_id(self, _token):
        return self.post("POST", "uploads", {"name": self.name("upload") + ".csv", "size": 13})["upload_id"]

    def make_file_id(self, _token):
        text = f"id,v\n1,{self.name('cell')}\n".encode()
        upload = self.post("POST", "uploads", {"name": self.name("file") + ".csv", "size": len(text)})["upload_id"]
        headers = {"Upload-Offset": "0", "Content-Type": "application/octet-stream"}
        return self.post("PATCH", f"uploads/{upload}", text, **headers)["file"]["file_id"]

    # --- analyses
    def make_analysis_id(self, _token):
        """One that is finished."""
        connection = self.connection("fake:lineitem?rows=10")[1]
        body = {"project_id": self.get("project_id")}
        analysis = self.post("POST", f"connections/{connection}/analyses", body)["analysis_id"]
        self.wait_for_run(analysis, ("succeeded", "failed"))
        return analysis

    def make_waiting_analysis_id(self, _token):
        body = {"project_id": self.get("project_id"), "not_before": LATER}
        return self.post("POST", f"connections/{self.get('connection_id')}/analyses", body)["analysis_id"]

    def make_before_id(self, _token):
        return self.get("analysis_id")

    # --- matchings and models
    def make_matching_id(self, _token):
        """One that is finished: a table against itself."""
        connection = self.connection("fake:lineitem?rows=10")[1]
        body = {"source_connection_id": connection, "target_connection_id": connection}
        matching = self.post("POST", f"projects/{self.get('project_id')}/matchings", body)["matching_id"]
        self.wait_for_run(matching, ("succeeded", "failed"))
        self.post("POST", f"matchings/{matching}/accept", {"confidence": 0})
        return matching

    def make_model_id(self, _token):
        """Learned from so many decisions that a model is made of them; the less sure half was wrong: the shipped one is
        too sure, and the decisions can be told apart."""
        for _ in range(4):
            matching = self.fresh("matching_id")
            suggestions = self.post("GET", f"matchings/{matching}/suggestions")["items"]
            columns = sorted((one for one in suggestions if one.get("target_column")), key=lambda one: one["confidence"])
            for number in (one["number"] for one in columns[:len(columns) // 2]):
                self.post("POST", f"matchings/{matching}/suggestions/{number}/decision", {"decision": "rejected"})
        self.wait_for_run(self.post("POST", "models/train")["job_id"], ("succeeded", "failed"))
        return self.post("GET", "models")["items"][0].get("model_id", f"{self.mark}-no-model")

    # --- suites of checks
    def suite_text(self, most=1000000000):
        return f"version: 1\nchecks:\n  - {{kind: range, table: lineitem, column: l_orderkey, max: {most}, name: keys}}\n"

    def suite_body(self, **text):
        return {"name": self.name("suite"), "project_id": self.get("project_id"), "text": self.suite_text(**text),
                "source_connection_id": self.connection("fake:lineitem?rows=10")[1]}

    def make_suite_id(self, _token):
        return self.post("POST", "suites", self.suite_body())["suite_id"]

    def check_run(self, suite, body):
        return self.post("POST", f"suites/{suite}/check-runs", body)["check_run_id"]

    def make_check_run_id(self, _token):
        """One that is finished."""
        run = self.check_run(self.get("suite_id"), {})
        self.wait_for_run(run, ("succeeded", "failed"))
        return run

    def make_waiting_check_run_id(self, _token):
        return self.check_run(self.get("suite_id"), {"not_before": LATER})

    def make_alert_id(self, _token):
        suite = self.post("POST", "suites", self.suite_body(most=0))["suite_id"]
        self.wait_for_run(self.check_run(suite, {}), ("succeeded", "failed"))
        return self.post("GET", f"check-alerts?suite_id={suite}")["items"][0]["alert_id"]

    # --- runs
    def make_run_id(self, _token):
        """One that waits for its time."""
        return self.post("POST", "runs", {"plan_id": self.get("plan_id"), "not_before": LATER})["run_id"]

    def run_with_quarantine(self):
        """A run that has rejected one row; with a local folder only, else one without rows."""
        if self.local_folder is None:
            return self.get("run_id")
        for end, rows in (("source", "(1, 'a@x'), (2, 'a@x')"), ("target", None)):
            with sqlite3.connect(self.local_folder / f"{end}.db") as database:
                database.execute("CREATE TABLE customer (id INTEGER PRIMARY KEY, email VARCHAR(20) UNIQUE)"
                                 if end == "target" else "CREATE TABLE customer (id INTEGER PRIMARY KEY, email VARCHAR(20))")
                if rows:
                    database.execute("INSERT INTO customer VALUES " + rows)
        ends = [self.connection(f"sqlite:folder:{end}.db")[0] for end in ("source", "target")]
        plan = self.plan(self.plan_text(ends, "mappings: [{source: customer, target: customer, mode: append}]\n"))
        run = self.post("POST", "runs", {"plan_id": plan, "confirm": True})["run_id"]
        self.wait_for_run(run, ("succeeded", "failed"))
        return run

    def wait_for_run(self, run, states, seconds=60):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            view = self.post("GET", f"runs/{run}")
            if view["state"] in states and not view.get("waiting_for"):
                return view
            time.sleep(0.05)
        raise AssertionError(f"run {run} is still {view}")

    def make_quarantine_run_id(self, _token):
        return self.run_with_quarantine()

    def make_row_id(self, _token):
        rows = self.post("GET", f"runs/{self.get('quarantine_run_id')}/quarantine")["items"]
        return rows[0]["row_id"] if rows else 1

    def make_task_id(self, _token):
        run = self.post("POST", "runs", {"plan_id": self.get("plan_id")})["run_id"]
        self.wait_for_run(run, ("succeeded", "failed"))
        return self.post("GET", f"runs/{run}/tasks")["items"][0]["task_id"]

    def make_worker_id(self, _token):
        return self.post("GET", "monitor/workers")["items"][0]["worker_id"]

    def make_schedule_id(self, _token):
        body = {"plan_id": self.get("plan_id"), "name": self.name("schedule"), "once_at": LATER}
        return self.post("POST", "schedules", body)["schedule_id"]

    def make_window_id(self, _token):
        body = {"name": self.name("window"), "mode": "allow", "cron": "* * * * *", "time_zone": "UTC", "minutes": 60}
        return self.post("POST", "maintenance-windows", body)["window_id"]

    def make_tenant_id(self, _token):
        return self.tenant_id

    # --- what whole requests need
    def path_values(self, operation, fresh=False, token=None):
        """An id for each parameter of the path. The last one is new if wished; what stands below a run's quarantine
        belongs to a run that has one."""
        values = {}
        for name in operation.path_names:
            kind = "quarantine_run_id" if name == "run_id" and "row_id" in operation.path_names else name
            if operation.name in ("cancelAnalysis", "cancelCheckRun"):
                kind = "waiting_" + name
            last = name == operation.path_names[-1]
            below_key = kind in ("number", "row_id")
            values[name] = self.fresh(kind, token) if fresh and last and not below_key else self.get(kind)
        if operation.path.startswith("/api/v1/teams/{team_id}/members/{user_id}"):
            self.post("POST", f"teams/{values['team_id']}/members", {"user_id": values["user_id"]}, expect=(201, 409))
        if operation.path.startswith("/api/v1/projects/{project_id}/members/{grant_id}"):
            path, body = f"projects/{values['project_id']}/members", self.body_addMember()
            values["grant_id"] = self.post("POST", path, body)["grant_id"]
        return values

    def body(self, operation):
        """A body that the server accepts; nothing when the operation has none."""
        known = getattr(self, "body_" + operation.name, None)
        if known:
            return known()
        schema = operation.body_schema
        return operation.document.example(schema) if schema else None

    def body_createUser(self):
        return {"email": f"{self.name('user')}@{self.mark}.example", "roles": ["viewer"]}

    def body_createInvitation(self):
        return {"email": f"{self.name('guest')}@{self.mark}.example", "roles": ["viewer"]}

    def body_createRole(self):
        return {"name": self.name("role"), "permissions": []}

    def body_changeRole(self):
        return {"text": "changed"}

    def body_createGrant(self):
        return {"project_id": self.get("project_id"), "subject_kind": "user", "subject_id": self.get("user_id"),
                "role_id": "viewer"}

    def body_addMember(self):
        return {"kind": "team", "subject_id": self.fresh("team_id"), "role": "viewer"}

    def body_addTeamMember(self):
        return {"user_id": self.get("user_id")}

    def body_createApiKey(self):
        return {"name": self.name("key"), "permissions": []}

    def body_createTenant(self):
        name = self.name("tenant").lower()
        return {"name": name, "slug": name, "plan": "free", "owner_email": f"owner@{name}.example"}

    def body_createFeatureFlag(self):
        return {"name": f"{self.mark}-flag-{next(_numbers)}", "enabled": False}

    def body_createNotificationChannel(self):
        return {"kind": "webhook", "name": self.name("hook"), "target": "http://127.0.0.1:9/x"}

    def body_createConnection(self):
        return {"name": self.name("connection"), "url": f"postgresql://miq:{self.secret()}@127.0.0.1:9/nothing"}

    def body_changeConnection(self):
        return {"description": "changed"}

    def body_createProject(self):
        return {"name": self.name("project")}

    def body_importProject(self):
        source, target = self.ends()
        return {"name": self.name("project"), "text": self.plan_text(), "connections": {"source": source, "target": target}}

    def body_moveProject(self):
        return {"state": "analysing"}

    def body_writeComment(self):
        return {"text": self.name("comment")}

    def body_changeComment(self):
        return {"text": self.name("comment")}

    def body_createPlan(self):
        return {"name": self.name("plan"), "text": self.plan_text()}

    def body_changePlan(self):
        return {"text": self.plan_text()}

    def body_validatePlan(self):
        return {"text": self.plan_text()}

    def body_restorePlan(self):
        return {"number": 1}

    def body_samplePlan(self):
        return {"text": self.plan_text(), "table": "lineitem", "rows": 3}

    def body_checkExpression(self):
        return {"expression": "id + 1", "columns": [{"name": "id", "type": "int32"}]}

    def body_proposeNewPlan(self):
        source, target = (self.connection(url)[1] for url in ("fake:lineitem?rows=10", "assert:"))
        return {"source_connection_id": source, "target_connection_id": target}

    def body_createTemplate(self):
        text = "version: 1\nsource: {connection: '{{source}}'}\ntarget: {connection: '{{target}}'}\n"
        return {"name": self.name("template"), "text": text}

    def body_createUpload(self):
        return {"name": "a.csv", "size": 10}

    def body_startAnalysis(self):
        return {"project_id": self.get("project_id"), "not_before": LATER}

    def body_startMatching(self):
        source, target = (self.connection(url)[1] for url in ("fake:lineitem?rows=10", "fake:lineitem?rows=10"))
        return {"source_connection_id": source, "target_connection_id": target, "not_before": LATER}

    def body_decideSuggestion(self):
        return {"decision": "rejected"}

    def body_acceptSuggestions(self):
        return {"confidence": 0.99}

    def body_makePlanOfMatching(self):
        return {"name": self.name("plan")}

    def body_predict(self):
        table = {"columns": [{"name": "email"}]}
        return {"source": table, "target": table}

    def body_createSuite(self):
        return self.suite_body()

    def body_changeSuite(self):
        return {"text": self.suite_text()}

    def body_validateSuite(self):
        return {"text": self.suite_text()}

    def body_proposeSuite(self):
        return {"project_id": self.get("project_id")}

    def body_startCheckRun(self):
        return {"not_before": LATER}

    def body_muteCheckAlert(self):
        return {"until": LATER}

    def body_startRun(self):
        return {"plan_id": self.get("plan_id"), "not_before": LATER}

    def body_createSchedule(self):
        return {"plan_id": self.get("plan_id"), "name": self.name("schedule"), "once_at": LATER}

    def body_changeSchedule(self):
        return {"name": self.name("schedule")}

    def body_createMaintenanceWindow(self):
        return {"name": self.name("window"), "mode": "deny", "cron": "0 0 30 2 *", "time_zone": "UTC", "minutes": 1}

    def body_changeQuarantinedRow(self):
        return {"values": {"email": "b@x"}}

    def body_drainWorker(self):
        return {"drain": False}

    def body_changePassword(self):
        return {"current_password": "wrong-Harvest-99", "new_password": "green-Harvest-99-lamp"}

    def body_stepUp(self):
        return {"password": "blue-Harvest-99-lamp"}

    def query(self, operation):
        """What the query must have."""
        values = {}
        for parameter in operation.parameters:
            if parameter["in"] == "query" and parameter.get("required"):
                name = parameter["name"]
                values[name] = self.get(name) if name.endswith("_id") else 1
        return "?" + urllib.parse.urlencode(values) if values else ""


def path_of(operation, values):
    path = operation.path
    for name, value in values.items():
        path = path.replace("{" + name + "}", urllib.parse.quote(str(value), safe=""))
    return path


def headers_of(operation):
    headers = {"If-Match": "*"} if operation.conditional else {}
    if operation.raw_body:
        headers.update({"Content-Type": "application/octet-stream", "Upload-Offset": "0"})
    return headers
