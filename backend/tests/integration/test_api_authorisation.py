"""Who may do what, for every operation of the server's own document: each built-in role, somebody without any permission,
somebody with a role in one project, API keys with less than their owner, bad credentials; own objects and another tenant's.

What is expected follows from the permission that the document states and from the table of roles that the server answers.
"""
import datetime
import itertools
import os
import pathlib
import re
import sqlite3
import unittest

import api_document
import api_objects
import api_server
import support

OWN, OTHER = "qzfirst", "qzsecond"
UNAUTHENTICATED, FORBIDDEN, STEP_UP = "MIQ-API-005", "MIQ-API-006", "MIQ-API-008"
# Answers that depend on what the asker may see, instead of a refusal.
FILTERED = {"listProjects"}
# What belongs to the server as a whole, or to nobody.
SHARED = {"worker_id", "tenant_id", "event"}
# Where an id in the query picks what is looked at: a stranger's does what none does.
CHOOSING = {"listSteps"}
# Only who made a thing changes it; an upload that is complete is none any more.
OWN_WORK = {"changeComment", "appendUpload"}
# What cannot succeed here: another person, a second factor, a notification or another state would be needed.
NEVER_SUCCEEDS = {"changePassword", "confirmTotp", "makeRecoveryCodes", "readNotification", "getRunReport", "previewUndo",
                  "pauseRun", "resumeRun", "retryRun", "undoRun", "acceptRun", "approveRun", "rejectRun",
                  "replayQuarantine", "retryTask", "revokeTask", "retryDelivery", "getRepairSql", "stepUp", "removeTenant"}


class Person:
    """Somebody who asks: what they may do in the tenant, and in the one project that tests share."""

    def __init__(self, name, token, permissions, project_permissions=(), is_key=False, email=None):
        self.name, self.token, self.permissions = name, token, set(permissions)
        self.project_permissions, self.is_key, self.email = set(project_permissions), is_key, email

    def may(self, operation, is_operator=True):
        if operation.step_up and self.is_key:
            return False
        if operation.access in ("public", "signed-in"):
            return True
        if operation.operators_only and not is_operator:
            return False
        return operation.permission in self.permissions or (
            operation.permission in self.project_permissions and names_a_project(operation))


def names_a_project(operation):
    """Does the request say which project it is about, by its path, query or body?"""
    names = [*operation.path_names, *operation.named("query"), *(operation.body_schema or {}).get("properties", {})]
    return operation.permission is not None and any(
        name in names for name in ("project_id", "plan_id", "run_id", "schedule_id", "analysis_id", "matching_id", "suite_id",
                                    "check_run_id", "alert_id"))


class World:
    """A server with two tenants and all the people."""

    def __init__(self, folder, database=None):
        """`database`: a PostgreSQL database for the store, instead of SQLite."""
        self.folder, self.database = pathlib.Path(folder), database
        local = self.folder / "local"
        local.mkdir()
        settings = [f"connections.local_folders=default={local}", "auth.require_totp=none"]
        self.server = api_server.Server(folder, settings, environment={"MIGRATEIQ_STORE_URL": database.url} if database else {})
        self.server.start()
        owner = self.server.set_up()
        self.own = api_objects.Tenant(self.server, OWN, owner, local)
        self.document = api_document.Document(self.server.must("GET", "/api/v1/openapi.json"))
        self.other = self.make_other_tenant()
        self.permissions = {p["name"]: p for p in self.own.post("GET", "permissions")["items"]}
        self.people = self.make_people()

    def make_other_tenant(self):
        body = {"name": "Second", "slug": "second", "plan": "unlimited", "owner_email": "boss@second.example"}
        made = self.own.post("POST", "tenants", body)
        self.server.accept(made["invitation_link"], "Boss")
        return api_objects.Tenant(self.server, OTHER, self.server.log_in("boss@second.example")["access_token"])

    def make_people(self):
        people = [Person("owner", self.own.owner, self.permissions, email="olga@first.example")]
        for role in self.own.post("GET", "roles")["items"]:
            if role["built_in"] and role["role_id"] != "owner":
                people.append(self.join(role["role_id"], [role["role_id"]], role["permissions"]))
        nothing = self.own.post("POST", "roles", {"name": "Nothing", "permissions": []})["role_id"]
        people.append(self.join("without permission", [nothing], []))
        people.append(self.granted(nothing))
        people += [self.key("key that reads", [p for p in self.permissions if p.endswith(".read")]),
                   self.key("key for everything", list(self.permissions)), self.key("key for nothing", [])]
        return people

    def join(self, name, roles, permissions, project_permissions=()):
        email = f"{re.sub('[^a-z]', '-', name)}@first.example"
        self.own.invite(email, roles)
        return Person(name, self.server.log_in(email)["access_token"], permissions, project_permissions, email=email)

    def granted(self, nothing):
        engineer = next(r for r in self.own.post("GET", "roles")["items"] if r["role_id"] == "engineer")
        in_project = [p for p in engineer["permissions"] if self.permissions[p]["in_project"]]
        person = self.join("engineer in one project", [nothing], [], in_project)
        user = self.own.post("GET", "me", token=person.token)["user_id"]
        self.own.post("POST", f"projects/{self.own.get('project_id')}/members", {"subject_id": user, "role": "engineer"})
        return person

    def key(self, name, permissions):
        made = self.own.post("POST", "api-keys", {"name": name, "permissions": permissions})
        self.own.secrets.add(made["key"])
        return Person(name, made["key"], permissions, is_key=True)

    def change(self, *statements):
        """In the store, behind the server's back; how many rows."""
        if self.database:
            said = [self.database.client(f"WITH changed AS ({s} RETURNING 1) SELECT count(*) FROM changed") for s in statements]
            return sum(int(text) for text in said)
        with sqlite3.connect(self.folder / "state/state.db") as database:
            return sum(database.execute(statement).rowcount for statement in statements)

    def operations(self):
        return [operation for operation in self.document.operations if operation.access != "public"]

    def request(self, tenant, operation, fresh=False, token=None, project=False):
        """(path, body, headers) of a request that would succeed, for who may."""
        values = tenant.path_values(operation, fresh or operation.name in OWN_WORK, token)
        path = api_objects.path_of(operation, values) + tenant.query(operation)
        if project and "project_id" in operation.named("query"):
            path += ("&" if "?" in path else "?") + "project_id=" + tenant.get("project_id")
        body = b"id,v\n1,2\n3,4\n" if operation.raw_body else tenant.body(operation)
        return path, body, api_objects.headers_of(operation)


class Authorisation(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = support.tempfile.mkdtemp(prefix="miq-authorisation-")
        cls.addClassCleanup(support.shutil.rmtree, folder, ignore_errors=True)
        cls.world = World(folder, cls.make_database(folder))
        cls.addClassCleanup(lambda: cls.world.server.stop())
        cls.succeeded, cls.asked = set(), 0

    @classmethod
    def make_database(cls, _folder):
        return None

    def ask(self, operation, request, token, foreign_to=OTHER):
        """Asks, and looks whether the answer tells what it should not."""
        path, body, headers = request
        answer = self.world.server.ask(operation.method, path, body, token, **headers)
        type(self).asked += 1
        self.assertLess(answer.status, 500, f"{operation}: {answer.text[:500]}")
        self.look_for_leaks(operation, f"{path} {body}", answer, foreign_to)
        return answer

    def look_for_leaks(self, operation, said, answer, foreign_to):
        """What the asker said themselves may be repeated."""
        foreign = self.world.other if foreign_to == OTHER else self.world.own
        text = answer.text
        for secret in self.world.own.secrets | self.world.other.secrets:
            self.assertNotIn(secret, text, f"{operation} tells a secret")
        if operation.operators_only:
            return
        told = {name for name in re.findall(foreign_to + r"-[a-z]+-\d+", text) if name not in said}
        told |= {made for made in foreign.ids - {foreign.tenant_id} if len(made) > 8 and made in text and made not in said}
        self.assertEqual(told, set(), f"{operation} tells what belongs to another tenant")

    def test_1_every_role_does_what_the_table_says(self):
        for operation in self.world.operations():
            for person in self.world.people:
                with self.subTest(operation=operation.name, who=person.name):
                    self.check_own(operation, person)
        never = {o.name for o in self.world.operations()} - self.succeeded
        self.assertEqual(never - NEVER_SUCCEEDS, set(), "these succeeded for nobody: the test asks wrongly")

    def check_own(self, operation, person):
        allowed = person.may(operation)
        token = person.token
        if operation.name in ("logOut", "endSession") and person.email:
            token = self.world.server.log_in(person.email)["access_token"]
        request = self.world.request(self.world.own, operation, allowed and operation.method == "DELETE", token,
                                     project=bool(person.project_permissions))
        answer = self.ask(operation, request, token)
        if operation.access == "signed-in":
            self.check_signed_in(operation, person, answer)
        elif allowed:
            self.assertNotIn(answer.status, (401, 403, 404), f"{person.name} may, but: {answer.text[:500]}")
        elif operation.name in FILTERED:
            shown = [item["project_id"] for item in answer.json["items"]]
            self.assertEqual(shown, [self.world.own.get("project_id")] if person.project_permissions else [])
        else:
            self.assertEqual(answer.status, 403, f"{person.name} may not, but: {answer.text[:500]}")
            self.assertIn(answer.code, (FORBIDDEN, STEP_UP))
        if 200 <= answer.status < 300:
            self.succeeded.add(operation.name)
            self.assertEqual(operation.answer_faults(answer), [], "the document says otherwise")

    def check_signed_in(self, operation, person, answer):
        self.assertNotEqual(answer.code, UNAUTHENTICATED)
        self.assertNotEqual(answer.code, FORBIDDEN)
        self.assertEqual(answer.code == STEP_UP, operation.step_up and person.is_key, answer.text[:300])

    def test_2_another_tenants_objects_do_not_exist(self):
        for operation in self.foreign_operations():
            for person in self.world.people:
                with self.subTest(operation=operation.name, who=person.name):
                    self.check_foreign(operation, person, self.world.other, OTHER)
            boss = Person("the other owner", self.world.other.owner, self.world.permissions)
            with self.subTest(operation=operation.name, who=boss.name):
                self.check_foreign(operation, boss, self.world.own, OWN)

    def foreign_operations(self):
        return [o for o in self.world.operations() if set(o.path_names) - SHARED]

    def check_foreign(self, operation, person, tenant, mark):
        path, body, headers = self.world.request(tenant, operation)
        answer = self.ask(operation, (path, body, headers), person.token, mark)
        # Where the permission is known before the object, lacking it is told first; that is so for any id.
        expected = {404} if person.may(operation) and not person.project_permissions else {403, 404}
        self.assertIn(answer.status, expected, answer.text[:500])

    def test_3_another_tenants_object_is_like_no_object(self):
        owner = self.world.people[0]
        for operation in self.foreign_operations():
            foreign = self.world.request(self.world.other, operation)
            values = self.world.other.path_values(operation)
            last = operation.path_names[-1]
            unknown = {**values, last: re.sub(r"\w{4}$", "0zz0", str(values[last]))}
            if last in ("number", "row_id"):
                first = operation.path_names[0]
                unknown = {**values, first: re.sub(r"\w{4}$", "0zz0", str(values[first]))}
            with self.subTest(operation=operation.name):
                answers = [self.ask(operation, foreign, owner.token),
                           self.ask(operation, (api_objects.path_of(operation, unknown) + self.world.other.query(operation), *foreign[1:]), owner.token)]
                told = [(a.status, a.code, self.without_ids(a.json["detail"])) for a in answers]
                self.assertEqual(told[0], told[1])

    @staticmethod
    def without_ids(text):
        return re.sub(r"[\w-]*(0zz0|-[0-9a-f]{12}|flag-\d+|no-notification)|\d{8}-\d{6}-\w+", "ID", text)

    def test_4_what_a_body_names_is_ones_own(self):
        """A foreign id in a body or a query never works, and never answers what is foreign."""
        kinds = {"subject_id": "user_id", "role": "role_id", "depends_on": "run_id", "parent_id": "comment_id"}
        owner, tried = self.world.people[0], 0
        for operation in self.world.operations():
            members = (operation.body_schema or {}).get("properties", {})
            for name, schema in members.items():
                kind = kinds.get(name, name)
                if not hasattr(self.world.own, f"make_{kind}") or kind in ("name", "number"):
                    continue
                with self.subTest(operation=operation.name, member=name):
                    tried += 1
                    foreign = self.world.other.get(kind)
                    path, body, headers = self.world.request(self.world.own, operation)
                    is_list = operation.document.resolve(schema).get("type") == "array"
                    answer = self.ask(operation, (path, {**body, name: [foreign] if is_list else foreign}, headers), owner.token)
                    self.assertIn(answer.status, (404, 409, 422), answer.text[:500])
            for name in operation.named("query"):
                if name.endswith("_id") and hasattr(self.world.own, f"make_{name}"):
                    with self.subTest(operation=operation.name, query=name):
                        path = api_objects.path_of(operation, self.world.own.path_values(operation))
                        foreign = f"{path}?{name}={self.world.other.get(name)}"
                        answer = self.ask(operation, (foreign, None, {}), owner.token)
                        if operation.name in CHOOSING:
                            self.assertEqual(answer.json, self.ask(operation, (path, None, {}), owner.token).json)
                        elif answer.status == 200:
                            self.assertEqual(answer.json["items"], [])
        self.assertGreater(tried, 10)

    def test_4_members_of_answers_cannot_be_set(self):
        """What an answer shows and the body does not take: ids, owners, states, versions."""
        owner, tried = self.world.people[0], 0
        for operation in self.world.operations():
            schema = operation.body_schema
            if schema is None or schema.get("additionalProperties") is not False:
                continue
            shown = {"tenant_id", "user_id", "version", "permissions", "created_by", "is_admin", *self.answer_members(operation)}
            for name in shown - set(schema.get("properties", {})):
                with self.subTest(operation=operation.name, member=name):
                    tried += 1
                    path, body, headers = self.world.request(self.world.own, operation)
                    answer = self.ask(operation, (path, {**body, name: "x"}, headers), owner.token)
                    self.assertEqual(answer.status, 422, answer.text[:500])
                    self.assertIn(f"/{name}", [fault["pointer"] for fault in answer.json["errors"]])
        self.assertGreater(tried, 200)

    @staticmethod
    def answer_members(operation):
        content = operation.value["responses"][str(operation.success)].get("content", {})
        schema = operation.document.resolve(content.get("application/json", {}).get("schema", {}))
        return schema.get("properties", {})

    def test_5_bad_credentials_open_nothing(self):
        bad = self.bad_credentials()
        for operation in self.world.operations():
            request = self.world.request(self.world.own, operation)
            for name, token in bad.items():
                with self.subTest(operation=operation.name, credentials=name):
                    answer = self.ask(operation, request, token)
                    self.assertEqual((answer.status, answer.code), (401, UNAUTHENTICATED), answer.text[:500])

    def bad_credentials(self):
        """Each was good, or looks so."""
        own, server = self.world.own, self.world.server
        email = "leaver@first.example"
        own.invite(email, ["owner"])
        ended, expired, disabled = (server.log_in(email) for _ in range(3))
        server.must("POST", "/api/v1/auth/logout", token=ended["access_token"])
        session = own.post("GET", "auth/sessions", token=expired["access_token"])["items"]
        current = next(s["session_id"] for s in session if s["current"])
        keys = {name: own.post("POST", "api-keys", {"name": name, "permissions": list(self.world.permissions)})
                for name in ("revoked", "expired")}
        own.post("DELETE", "api-keys/" + keys["revoked"]["api_key"]["key_id"])
        self.outdate(current, keys["expired"]["api_key"]["key_id"])
        leaver = Person("disabled", self.world.join("disabled", ["admin"], []).token, [])
        user = own.post("GET", "me", token=leaver.token)["user_id"]
        own.post("POST", f"users/{user}/disable")
        head, payload, signature = disabled["access_token"].split(".")
        swapped = signature[:10] + ("A" if signature[10] != "A" else "B") + signature[11:]
        return {"none": None, "garbage": "nonsense", "signed out": ended["access_token"], "expired": expired["access_token"],
                "refresh token": disabled["refresh_token"], "changed signature": f"{head}.{payload}.{swapped}",
                "without signature": f"eyJhbGciOiJub25lIn0.{payload}.", "revoked key": keys["revoked"]["key"],
                "expired key": keys["expired"]["key"], "unknown key": "miq_0_" + "x" * 43, "disabled user": leaver.token}

    def outdate(self, session_id, key_id):
        """Lets a session and a key end now, in the store; the server has not looked at either yet, or looks again."""
        past = int((datetime.datetime.now().timestamp() - 60) * 1e6)
        self.world.server.stop()
        changed = self.world.change(f"UPDATE user_session SET expires_at = {past} WHERE session_id = '{session_id}'",
                                    f"UPDATE api_key SET expires_at = {past} WHERE key_id = '{key_id}'")
        self.assertEqual(changed, 2)
        self.world.server.start()

    def test_6_the_log_tells_no_secrets(self):
        log = self.world.server.log()
        for secret in itertools.chain(self.world.own.secrets, self.world.other.secrets, [api_server.PASSWORD]):
            self.assertNotIn(secret, log)
        print(f"          {self.asked} requests to {len(self.world.operations())} operations as {len(self.world.people)} people")


if support.SLOW:

    class AuthorisationOverPostgres(Authorisation):
        """With row-level security below."""

        @classmethod
        def make_database(cls, folder):
            if not os.environ.get("MIQ_TEST_POSTGRES"):
                raise unittest.SkipTest("MIQ_TEST_POSTGRES is not set")
            database = support.Database("postgres", folder)
            cls.addClassCleanup(database.drop)
            return database


if __name__ == "__main__":
    unittest.main()
