"""The command line against a server of its own: signs in, and does what it does on this machine."""
import json
import os
import pathlib
import re
import stat
import subprocess
import time

import support

PASSWORD = "correct horse battery staple 9"
EMAIL = "ada@example.com"


class Client(support.Case):
    def setUp(self):
        super().setUp()
        if "serve" not in subprocess.run([os.environ["MIQ_BINARY"], "--help"], capture_output=True, text=True).stdout:
            self.skipTest("this binary has no server")
        self.server_state = f"{self.folder}/server"
        self.call(["admin", "create-owner", "--email", EMAIL, "--name", "Ada", "--state", self.server_state], PASSWORD + "\n")
        self.url = self.serve()

    def call(self, words, text="", expect=0, env=None):
        done = subprocess.run([os.environ["MIQ_BINARY"], *words], input=text, capture_output=True, text=True, timeout=120,
                              env={**os.environ, "XDG_STATE_HOME": self.state, "NO_COLOR": "1", **(env or {})},
                              cwd=self.folder)
        self.assertEqual(done.returncode, expect, f"{words}\n{done.stderr[-3000:]}\n{done.stdout[-3000:]}")
        return done

    def serve(self):
        """Starts the server on a free port; its address."""
        log = pathlib.Path(self.folder) / "server.log"
        with open(log, "wb") as out:
            process = subprocess.Popen([os.environ["MIQ_BINARY"], "serve", "--port", "0", "--state", self.server_state],
                                       stdin=subprocess.DEVNULL, stdout=out, stderr=out)
        self.addCleanup(self.end, process)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            found = re.search(r"listening on (http://\S+)", log.read_text())
            if found:
                return found.group(1)
            self.assertIsNone(process.poll(), log.read_text()[-3000:])
            time.sleep(0.05)
        self.fail("the server did not start")

    @staticmethod
    def end(process):
        process.terminate()
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def log_in(self):
        return self.call(["login", "--server", self.url, "--email", EMAIL], PASSWORD + "\n")

    def json(self, *words, expect=0, env=None):
        return json.loads(self.call([*words, "--json"], expect=expect, env=env).stdout)

    def test_login_and_logout(self):
        wrong = self.call(["login", "--server", self.url, "--email", EMAIL], "wrong password 123\n", expect=2)
        self.assertIn("MIQ-AUTH-001", wrong.stderr)
        self.log_in()
        files = [path for path in pathlib.Path(self.state).rglob("*") if path.is_file()]
        self.assertTrue(files)
        for path in files:
            self.assertEqual(stat.S_IMODE(path.stat().st_mode) & 0o077, 0, path)
            self.assertNotIn(PASSWORD, path.read_text())
        self.assertEqual(self.json("runs"), {"runs": []})
        self.call(["logout"])
        self.assertIn("MIQ-API-005", self.call(["runs", "--server", self.url], expect=2).stderr)
        self.assertEqual(self.json("runs"), {"runs": []}, "this machine again")

    def test_the_life_of_a_run(self):
        self.log_in()
        report = self.json("copy", "fake:lineitem?rows=2000&seed=7", "assert:")
        self.assertEqual(report["status"], "succeeded")
        self.assertEqual(report["tables"][0]["rows_written"], 2000)
        run_id = report["run_id"]
        self.assertEqual([run["run_id"] for run in self.json("runs")["runs"]], [run_id])
        self.assertEqual(self.json("runs", "--local"), {"runs": []})
        status = self.json("status", run_id)
        self.assertEqual(status["status"], "succeeded")
        self.assertEqual(status["report"]["run_id"], run_id)
        self.assertTrue(status["events"])
        self.assertIn("MIQ-RUN-001", self.call(["status", "0190-nothing"], expect=2).stderr)
        self.assertEqual(self.json("doctor")["findings"][0]["level"], "ok")

    def test_a_plan_file_is_imported_and_rehearsed(self):
        self.log_in()
        pathlib.Path(f"{self.folder}/small.yaml").write_text(
            'version: 1\nsource: {url: "fake:orders?rows=300"}\ntarget: {url: "assert:"}\n')
        report = self.json("rehearse", "small.yaml")
        self.assertEqual(report["tables"][0]["rows_read"], 300)
        self.assertTrue(report["rehearsal"])
        report = self.json("run", "small.yaml")
        self.assertEqual(report["status"], "succeeded")

    def test_a_database_is_filled_confirmed_undone(self):
        target = self.database("postgres")
        env = {"TARGET_URL": target.url}
        self.log_in()
        words = ["copy", "fake:orders?rows=500&seed=3", "${TARGET_URL}"]
        first = self.json(*words, env=env)
        self.assertEqual(first["status"], "succeeded")
        again = self.call([*words, "--schema", "replace"], expect=2, env=env)
        self.assertIn("MIQ-RUN-008", again.stderr)
        second = self.json(*words, "--schema", "replace", "--yes", env=env)
        self.assertEqual(second["tables"][0]["rows_written"], 500)
        self.assertEqual(self.json("undo", second["run_id"], "--yes")["status"], "undone")
        self.assertEqual(self.json("status", second["run_id"])["status"], "undone")
        self.assertEqual(self.json("verify", *words[1:], env=env)["status"], "succeeded")
        self.assertEqual(self.json("accept", first["run_id"], "--yes")["status"], "accepted")
        self.assertNotIn(target.server.password, pathlib.Path(f"{self.folder}/server.log").read_text())
