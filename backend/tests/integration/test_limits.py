"""Memory, disk and numbers of tables."""
import os
import pathlib
import subprocess
import time

import support

MEGABYTE = 1 << 20


class Limits(support.Case):
    def peak(self, source, target, *options):
        """Exit status and peak memory in MB of one copy."""
        process = self.start("copy", source, target, "--json", *options)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        return process.returncode, usage.ru_maxrss / 1024

    def test_memory_does_not_grow_with_the_table(self):
        rows = 50_000_000 if support.SLOW else 2_000_000
        status, peak = self.peak(f"fake:lineitem?rows={rows}&seed=1", "assert:", "--workers", "2")
        self.assertEqual(status, 0, self.said()[1][-2000:])
        self.assertLess(peak, 200, "MB")

    def test_full_disk_is_an_error_with_advice(self):
        if os.geteuid() != 0:
            self.skipTest("mounting a small file system needs root")
        small = pathlib.Path(self.folder) / "small"
        small.mkdir()
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(small)], capture_output=True).returncode != 0:
            self.skipTest("a file system cannot be mounted here")
        self.addCleanup(subprocess.run, ["umount", "-l", str(small)], check=False)
        report = self.migrateiq("copy", "fake:lineitem?rows=200000&seed=1", f"sqlite://{small}/full.db", expect=1)
        self.assertEqual(report["errors"][0]["code"], "MIQ-CONN-009")

    def test_many_small_tables(self):
        count = 2000 if support.SLOW else 300
        source, target = self.database("sqlite"), self.database("postgres")
        source.client("".join(f"CREATE TABLE t{i} (id INTEGER PRIMARY KEY, v TEXT); INSERT INTO t{i} VALUES (1, 'a'), (2, 'b');\n"
                              for i in range(count)))
        begin = time.monotonic()
        report = self.copy(source, target)
        took = time.monotonic() - begin
        self.assertEqual(len(report["tables"]), count)
        begin = time.monotonic()
        target.client("CREATE SCHEMA plain;" + "".join(
            f"CREATE TABLE plain.t{i} (id bigint, v text); INSERT INTO plain.t{i} VALUES (1, 'a'), (2, 'b');"
            f"ALTER TABLE plain.t{i} ADD PRIMARY KEY (id); ANALYZE plain.t{i}; SELECT count(*) FROM plain.t{i};\n"
            for i in range(count)))
        statements_alone = time.monotonic() - begin
        self.assertLess(took, 10 + 3 * statements_alone)
