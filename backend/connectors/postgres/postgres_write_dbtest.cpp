#include <chrono>
#include <optional>
#include <thread>

#include "base/errors/data.hpp"
#include "connectors/postgres/postgres_test_support.hpp"

namespace migrateiq::postgres {
namespace {

using PostgresWrite = PostgresDb;

TEST_F(PostgresWrite, AChunkIsCommittedOnce) {
  Run("CREATE TABLE t (id int)");
  const Catalog catalog = Discover();
  const Table& table = *catalog.Find({"public", "t"});
  const auto schema = std::make_shared<Schema>(Schema{{{"id", LogicalType::Of(TypeKind::kInt32)}}});
  Batch batch(schema);
  batch.columns[0].Append(int32_t{7});
  batch.rows = 1;
  auto first = target_->OpenWriter({.table = &table, .schema = schema});
  auto second = target_->OpenWriter({.table = &table, .schema = schema});
  ASSERT_TRUE(first && second);
  const ChunkKey key{"run", "public.t", "c1"};
  ASSERT_TRUE(*(*first)->Begin(key));
  ASSERT_TRUE((*first)->Write(batch));
  std::optional<bool> begun;
  std::thread waiting([&] { begun = *(*second)->Begin(key); });
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  EXPECT_FALSE(begun.has_value());
  LedgerLine line{.key = key, .rows_read = 1, .rows_written = 1, .bytes = 8, .details = R"({"a": "it's \\"})"};
  line.digest.Add(1, 2);
  ASSERT_TRUE((*first)->Commit(line));
  waiting.join();
  EXPECT_EQ(begun, false);
  const auto lines = target_->ReadLedger("run");
  ASSERT_TRUE(lines);
  ASSERT_EQ(lines->size(), 1U);
  EXPECT_EQ(lines->front().digest, line.digest);
  EXPECT_EQ(lines->front().details, line.details);
  EXPECT_EQ(Ask("SELECT count(*) FROM t"), "1");
  ASSERT_TRUE(*(*second)->Begin({"run", "public.t", "c2"}));
  ASSERT_TRUE((*second)->Write(batch));
  second->reset();
  EXPECT_EQ(Ask("SELECT count(*) FROM t"), "1");
  ASSERT_TRUE(target_->EmptyTable("run", "public.t", {"public", "t"}));
  EXPECT_TRUE(target_->ReadLedger("run")->empty());
  ASSERT_TRUE(target_->ForgetRun("run"));
  EXPECT_EQ(Ask("SELECT to_regnamespace('migrateiq')"), "NULL");
}

TEST_F(PostgresWrite, RefusedRowsLeaveTheChunkUsableInAtomicMode) {
  Run("CREATE TABLE t (id int PRIMARY KEY, v varchar(3) CHECK (v <> 'bad'))");
  const Catalog catalog = Discover();
  const Table& table = *catalog.Find({"public", "t"});
  const auto schema =
      std::make_shared<Schema>(Schema{{{"id", LogicalType::Of(TypeKind::kInt32)}, {"v", LogicalType::String(3)}}});
  auto writer = target_->OpenWriter({.table = &table, .schema = schema});
  ASSERT_TRUE(writer);
  const auto batch = [&](int id, const char* text) {
    Batch made(schema);
    made.columns[0].Append(int32_t{id});
    made.columns[1].AppendBytes(text);
    made.rows = 1;
    return made;
  };
  ASSERT_TRUE(*(*writer)->Begin({"r", "t", "1"}));
  ASSERT_TRUE((*writer)->Write(batch(1, "bad")));
  const Status streamed = (*writer)->Commit({.key = {"r", "t", "1"}});
  ASSERT_FALSE(streamed);
  EXPECT_TRUE(streamed.error().Is(codes::kDataRefused)) << streamed.error().ToString();
  (*writer)->Abort();
  ASSERT_TRUE(*(*writer)->Begin({"r", "t", "1"}));
  ASSERT_TRUE((*writer)->SetAtomic(true));
  EXPECT_TRUE((*writer)->Write(batch(1, "ok")));
  const Status twice = (*writer)->Write(batch(1, "ok"));
  ASSERT_FALSE(twice);
  EXPECT_TRUE(twice.error().Is(codes::kDataRefused));
  EXPECT_NE(twice.error().message.find("t_pkey"), std::string::npos) << twice.error().message;
  const Status bad = (*writer)->Write(batch(2, "bad"));
  ASSERT_FALSE(bad);
  EXPECT_TRUE(bad.error().Is(codes::kDataRefused));
  const Status too_long = (*writer)->Write(batch(3, "long"));
  ASSERT_FALSE(too_long);
  EXPECT_TRUE(too_long.error().Is(codes::kDataRefused));
  EXPECT_EQ(too_long.error().column, "v");
  EXPECT_TRUE((*writer)->Write(batch(4, "ok")));
  const Status committed = (*writer)->Commit({.key = {"r", "t", "1"}});
  ASSERT_TRUE(committed) << committed.error().ToString();
  EXPECT_EQ(Ask("SELECT string_agg(id::text, ',' ORDER BY id) FROM t"), "1,4");
}

TEST_F(PostgresWrite, UpsertUpdatesWhatIsThere) {
  Run("CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, v text); INSERT INTO t (v) VALUES ('old'), "
      "('kept')");
  const Catalog catalog = Discover();
  const Table& table = *catalog.Find({"public", "t"});
  const auto schema =
      std::make_shared<Schema>(Schema{{{"id", LogicalType::Of(TypeKind::kInt32)}, {"v", LogicalType::String()}}});
  for (const bool atomic : {false, true}) {
    auto writer = target_->OpenWriter({.table = &table, .schema = schema, .mode = WriteMode::kUpsert, .key = {"id"}});
    ASSERT_TRUE(writer) << writer.error().ToString();
    Batch batch(schema);
    for (const int id : {1, 5}) {
      batch.columns[0].Append(int32_t{id});
      batch.columns[1].AppendBytes(atomic ? "atomic" : "new");
      ++batch.rows;
    }
    const ChunkKey key{"r", "t", atomic ? "1" : "2"};
    ASSERT_TRUE(*(*writer)->Begin(key));
    ASSERT_TRUE((*writer)->SetAtomic(atomic));
    const Status written = (*writer)->Write(batch);
    ASSERT_TRUE(written) << written.error().ToString();
    const Status committed = (*writer)->Commit({.key = key});
    ASSERT_TRUE(committed) << committed.error().ToString();
    EXPECT_EQ(Ask("SELECT string_agg(id || v, ',' ORDER BY id) FROM t"),
              atomic ? "1atomic,2kept,5atomic" : "1new,2kept,5new");
  }
}

TEST_F(PostgresWrite, TriggersOfExistingTablesKeepStill) {
  Run("CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (id int REFERENCES p); CREATE TABLE log (id int);"
      "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO public.log VALUES (NEW.id); RETURN "
      "NEW; END';"
      "CREATE TRIGGER a AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();"
      "CREATE TRIGGER b AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f(); ALTER TABLE t ENABLE ALWAYS TRIGGER b");
  const Catalog catalog = Discover();
  const Table& table = *catalog.Find({"public", "t"});
  const auto schema = std::make_shared<Schema>(Schema{{{"id", LogicalType::Of(TypeKind::kInt32)}}});
  auto writer = target_->OpenWriter({.table = &table, .schema = schema});
  ASSERT_TRUE(writer);
  EXPECT_TRUE((*writer)->notes().foreign_keys_bypassed);
  Batch batch(schema);
  batch.columns[0].Append(int32_t{1});
  batch.rows = 1;
  ASSERT_TRUE(*(*writer)->Begin({"r", "t", "1"}));
  ASSERT_TRUE((*writer)->Write(batch));
  const Status committed = (*writer)->Commit({.key = {"r", "t", "1"}});
  ASSERT_TRUE(committed) << committed.error().ToString();
  EXPECT_EQ(Ask("SELECT count(*) FROM t"), "1");
  EXPECT_EQ(Ask("SELECT count(*) FROM log"), "0");
  EXPECT_EQ(
      Ask("SELECT string_agg(tgname || tgenabled::text, ',' ORDER BY tgname) FROM pg_trigger WHERE NOT tgisinternal"),
      "aO,bA");
}

}  // namespace
}  // namespace migrateiq::postgres
