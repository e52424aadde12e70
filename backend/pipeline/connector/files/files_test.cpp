#include <gtest/gtest.h>

#include <fstream>

#include "base/errors/connect.hpp"
#include "base/errors/plan.hpp"
#include "base/errors/run.hpp"
#include "pipeline/connector/files/file_target.hpp"
#include "pipeline/connector/files/io.hpp"
#include "pipeline/connector/files/listing.hpp"
#include "tests/support/temporary_folder.hpp"

namespace migrateiq::files {
namespace {

namespace fs = std::filesystem;

/// A folder that goes away with the test.
class FilesTest : public testing::Test {
 protected:
  void Put(const std::string& name, const std::string& text) {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }
  std::string Get(const std::string& name) { return ReadWhole(folder_ / name).value_or("(none)"); }
  bool Has(const std::string& name) { return fs::exists(folder_ / name); }

  test_support::TemporaryFolder temporary_;
  const fs::path folder_ = temporary_.path();
};

ChunkKey Chunk(const std::string& chunk) { return {.run_id = "r1", .table = "t", .chunk = chunk}; }
LedgerLine Line(const std::string& chunk) {
  return {.key = Chunk(chunk),
          .rows_read = 3,
          .rows_written = 2,
          .digest = {.low = 1, .high = ~0ULL, .rows = 2},
          .details = "{}"};
}
const TableName kTable{.schema = "", .name = "t"};

class TextTarget : public FileTarget {
 public:
  using FileTarget::FileTarget;
  using FileTarget::staging;
  Result<std::unique_ptr<Writer>> OpenWriter(const WriteRequest&) override { return Fail(codes::kInternal, "unused"); }

 protected:
  Result<bool> HasRows(const fs::path& file) override { return fs::file_size(file) > 2; }
  Status WriteEmpty(const fs::path& file, const std::vector<Field>& columns) override {
    return WriteAtomically(file, columns.at(0).name + "\n");
  }
};

const FileDialect kDialect("text", false);
FormatTraits Traits() { return {.suffix = ".txt", .suffixes = {".txt"}, .appendable = true, .part_bytes = 1000}; }
OpenOptions Options(int parts = 0) { return {.parts = parts, .run_id = "r1"}; }

/// One chunk as a writer would write it.
void WriteChunk(Staging& staging, const std::string& chunk, const std::string& bytes) {
  ASSERT_TRUE(staging.BeginChunk(Chunk(chunk), {}).value());
  PartLease lease = staging.TakePart("r1", kTable, {}).value();
  const FileDescriptor file = OpenForWriting(lease.path).value();
  ASSERT_EQ(::ftruncate(file.get(), lease.bytes), 0);
  ASSERT_EQ(::lseek(file.get(), 0, SEEK_END), lease.bytes);
  ASSERT_TRUE(WriteAll(file, lease.path, bytes));
  ASSERT_TRUE(staging.Commit(Line(chunk), lease, lease.bytes + static_cast<int64_t>(bytes.size()), 2));
  staging.EndChunk(Chunk(chunk));
}

TEST_F(FilesTest, ListsFilesAndFoldersOfParts) {
  Put("b.txt", "");
  Put("a.TXT", "");
  Put("c/part-0002.txt", "");
  Put("c/part-0001.txt", "");
  Put("c/_SUCCESS", "");
  Put("_migrateiq.json", "{}");
  Put(".hidden.txt", "");
  Put("d.txt.gz", "");
  Put("readme.md", "");
  const Listing listing = ListTables(folder_.string(), {".txt"}).value();
  ASSERT_EQ(listing.tables.size(), 3U);
  EXPECT_EQ(listing.tables[0].name.name, "a");
  EXPECT_EQ(listing.tables[2].name.name, "c");
  ASSERT_EQ(listing.tables[2].files.size(), 2U);
  EXPECT_EQ(listing.tables[2].files[0].filename(), "part-0001.txt");
  ASSERT_EQ(listing.others.size(), 1U);
  EXPECT_EQ(listing.others[0].name, "d.txt.gz");
}

TEST_F(FilesTest, ListsOneFileAGlobAndAFolderOfParts) {
  Put("one.dat", "");
  Put("two.dat", "");
  Put("c/part-1.txt", "");
  EXPECT_EQ(ListTables((folder_ / "one.dat").string(), {".txt"})->tables.at(0).name.name, "one");
  EXPECT_EQ(ListTables((folder_ / "*.dat").string(), {".txt"})->tables.size(), 2U);
  EXPECT_EQ(ListTables((folder_ / "c").string(), {".txt"})->tables.at(0).name.name, "c");
  EXPECT_TRUE(ListTables((folder_ / "none*").string(), {".txt"}).error().Is(codes::kConnOpenFile));
  EXPECT_TRUE(ListTables((folder_ / "none").string(), {".txt"}).error().Is(codes::kConnOpenFile));
}

TEST_F(FilesTest, RefusesATableThatIsThereTwice) {
  Put("t.txt", "");
  Put("t/part-1.txt", "");
  EXPECT_TRUE(ListTables(folder_.string(), {".txt"}).error().Is(codes::kSchemaCollision));
}

TEST(FileNames, EncodeAnyNameAndDecodeItAgain) {
  for (const std::string name : {"orders", "a/b", "..", "a%2Fb", "50%", "x\ny", "a\\b", "ä ö", "%25", ".hidden"}) {
    const std::string file = EncodeFileName(name);
    EXPECT_EQ(file.find('/'), std::string::npos);
    EXPECT_FALSE(file.starts_with('.'));
    EXPECT_EQ(DecodeFileName(file), name);
  }
  EXPECT_EQ(DecodeFileName("a%20b"), "a%20b");
}

TEST_F(FilesTest, ManifestKeepsWhatItIsGiven) {
  Manifest manifest(folder_);
  ASSERT_TRUE(manifest.Update([](ManifestData& data) -> Status {
    RunEntry& run = data.runs["r1"];
    run.ledger.push_back(Line("c1"));
    run.journal.push_back({.sequence = 7, .kind = "part", .object = "\"x\"", .detail = "{}", .done = true});
    run.tables["t"] = {.columns = {{"a", "int64"}}, .parts = {{"part-0001.txt", 12, 3}}, .seed = "s"};
    return {};
  }));
  const ManifestData read = Manifest(folder_).Read().value();
  const RunEntry& run = read.runs.at("r1");
  EXPECT_EQ(run.ledger.at(0).digest, Line("c1").digest);
  EXPECT_EQ(run.ledger.at(0).rows_written, 2);
  EXPECT_EQ(run.journal.at(0).sequence, 7);
  EXPECT_EQ(run.tables.at("t").parts.at(0).bytes, 12);
  EXPECT_FALSE(manifest.Update([](ManifestData& data) -> Status {
    data.runs.clear();
    return Fail(codes::kInternal, "");
  }));
  EXPECT_EQ(manifest.Read()->runs.size(), 1U);
  ASSERT_TRUE(manifest.Update([](ManifestData& data) -> Status {
    data.runs.clear();
    return {};
  }));
  EXPECT_FALSE(fs::exists(manifest.path()));
}

TEST_F(FilesTest, ForeignManifestIsRefused) {
  Put("_migrateiq.json", "{\"runs\": 3}");
  EXPECT_TRUE(Manifest(folder_).Read().error().Is(codes::kStateQuery));
}

TEST_F(FilesTest, AppendsChunksAndPublishesOneFile) {
  TextTarget target(folder_.string(), Traits(), kDialect, Options());
  ASSERT_TRUE(target.Prepare());
  WriteChunk(*target.staging(), "c1", "one\n");
  WriteChunk(*target.staging(), "c2", "two\n");
  EXPECT_FALSE(target.staging()->BeginChunk(Chunk("c1"), {}).value());
  EXPECT_EQ(target.ReadLedger("r1")->size(), 2U);
  EXPECT_FALSE(Has("t.txt"));
  ASSERT_TRUE(target.Publish("r1", kTable));
  ASSERT_TRUE(target.Publish("r1", kTable));
  EXPECT_EQ(Get("t.txt"), "one\ntwo\n");
  EXPECT_FALSE(Has("_migrateiq_r1"));
  ASSERT_TRUE(target.ForgetRun("r1"));
  EXPECT_FALSE(Has("_migrateiq.json"));
}

TEST_F(FilesTest, CutsOffWhatACrashLeftBehind) {
  {
    TextTarget target(folder_.string(), Traits(), kDialect, Options());
    WriteChunk(*target.staging(), "c1", "one\n");
  }
  std::ofstream(folder_ / "_migrateiq_r1/t/part-0001.txt", std::ios::app) << "half a chu";
  TextTarget target(folder_.string(), Traits(), kDialect, Options());
  ASSERT_TRUE(target.Prepare());
  WriteChunk(*target.staging(), "c2", "two\n");
  std::ofstream(folder_ / "_migrateiq_r1/t/part-0001.txt", std::ios::app) << "another";
  ASSERT_TRUE(target.Publish("r1", kTable));
  EXPECT_EQ(Get("t.txt"), "one\ntwo\n");
}

TEST_F(FilesTest, SeveralPartsMakeAFolder) {
  TextTarget target(folder_.string(), Traits(), kDialect, Options());
  WriteChunk(*target.staging(), "c1", std::string(999, 'x') + "\n");
  WriteChunk(*target.staging(), "c2", "two\n");
  ASSERT_TRUE(target.Publish("r1", kTable));
  EXPECT_EQ(Get("t/part-0002.txt"), "two\n");
  EXPECT_FALSE(Has("t.txt"));
}

TEST_F(FilesTest, PartsOptionSpreadsChunks) {
  TextTarget target(folder_.string(), Traits(), kDialect, Options(2));
  for (const char* chunk : {"c1", "c2", "c3"}) WriteChunk(*target.staging(), chunk, std::string(chunk) + "\n");
  ASSERT_TRUE(target.Publish("r1", kTable));
  EXPECT_EQ(ListTables(folder_.string(), {".txt"})->tables.at(0).files.size(), 2U);
}

TEST_F(FilesTest, RowsAddedLaterKeepTheFileOne) {
  Put("t.txt", "old\n");
  TextTarget target(folder_.string(), Traits(), kDialect, Options());
  WriteChunk(*target.staging(), "c1", "new\n");
  EXPECT_EQ(Get("t.txt"), "old\n");
  ASSERT_TRUE(target.Publish("r1", kTable));
  EXPECT_EQ(Get("t.txt"), "old\nnew\n");
  WriteChunk(*target.staging(), "c2", "replayed\n");
  ASSERT_TRUE(target.Publish("r1", kTable));
  EXPECT_EQ(Get("t.txt"), "old\nnew\nreplayed\n");
}

TEST_F(FilesTest, FileThatChangesWhileRowsAreAddedIsNotOverwritten) {
  Put("t.txt", "old\n");
  TextTarget target(folder_.string(), Traits(), kDialect, Options());
  WriteChunk(*target.staging(), "c1", "new\n");
  Put("t.txt", "somebody else's\n");
  EXPECT_TRUE(target.Publish("r1", kTable).error().Is(codes::kRunChanged));
  EXPECT_EQ(Get("t.txt"), "somebody else's\n");
}

TEST_F(FilesTest, FormatsThatCannotAppendMakeAPartAChunk) {
  FormatTraits traits = Traits();
  traits.appendable = false;
  Put("t.txt", "old");
  TextTarget target(folder_.string(), traits, kDialect, Options());
  WriteChunk(*target.staging(), "c1", "one");
  WriteChunk(*target.staging(), "c2", "two");
  ASSERT_TRUE(target.Publish("r1", kTable));
  EXPECT_EQ(Get("t/part-0001.txt"), "old");
  EXPECT_EQ(Get("t/part-0003.txt"), "two");
}

TEST_F(FilesTest, EmptyTableIsPublishedFromItsColumns) {
  TextTarget target(folder_.string(), Traits(), kDialect, Options());
  const Table table{.name = kTable, .columns = {{.name = "a", .type = LogicalType::Decimal(12, 2)}}};
  ASSERT_TRUE(target.Execute(kDialect.CreateSteps(table).at(0).statements));
  ASSERT_TRUE(target.Publish("r1", kTable));
  EXPECT_EQ(Get("t.txt"), "a\n");
  EXPECT_TRUE(target.NonEmpty({kTable})->empty());
  ASSERT_TRUE(target.Execute({kDialect.DropTable(kTable)}));
  EXPECT_FALSE(Has("t.txt"));
  EXPECT_TRUE(target.Execute({"SELECT 1"}).error().Is(codes::kSchemaUnsupported));
}

TEST_F(FilesTest, EmptyTableForgetsItsChunks) {
  TextTarget target(folder_.string(), Traits(), kDialect, Options());
  WriteChunk(*target.staging(), "c1", "one\n");
  ASSERT_TRUE(target.EmptyTable("r1", "t", kTable));
  EXPECT_TRUE(target.ReadLedger("r1")->empty());
  WriteChunk(*target.staging(), "c1", "again\n");
  ASSERT_TRUE(target.Publish("r1", kTable));
  EXPECT_EQ(Get("t.txt"), "again\n");
}

TEST_F(FilesTest, SwapPutsTheOldAsideAndSwapBackReturnsIt) {
  TextTarget target(folder_.string(), Traits(), kDialect, Options());
  const SwapTable swap{
      .live = kTable, .shadow = target.ShadowName(kTable, "r1"), .aside = target.AsideName(kTable, "r1")};
  Put("t.txt", "old");
  Put(swap.shadow.name + "/part-0001.txt", "new");
  EXPECT_EQ(ListTables(folder_.string(), {".txt"})->tables.size(), 1U);
  EXPECT_EQ(FindTable(folder_.string(), {".txt"}, swap.shadow)->files.size(), 1U);
  ASSERT_TRUE(target.Swap({swap}));
  ASSERT_TRUE(target.Swap({swap}));
  EXPECT_EQ(Get("t/part-0001.txt"), "new");
  EXPECT_FALSE(Has("t.txt"));
  ASSERT_TRUE(target.SwapBack({swap}));
  EXPECT_EQ(Get("t.txt"), "old");
  EXPECT_FALSE(Has("t"));
}

TEST_F(FilesTest, JournalEntriesAreReplacedBySequence) {
  TextTarget target(folder_.string(), Traits(), kDialect, Options());
  ASSERT_TRUE(target.AppendJournal("r1", {.sequence = 2, .kind = "b"}));
  ASSERT_TRUE(target.AppendJournal("r1", {.sequence = 1, .kind = "a"}));
  ASSERT_TRUE(target.AppendJournal("r1", {.sequence = 2, .kind = "b", .done = true}));
  const std::vector<JournalEntry> journal = target.ReadJournal("r1").value();
  ASSERT_EQ(journal.size(), 2U);
  EXPECT_EQ(journal[0].kind, "a");
  EXPECT_TRUE(journal[1].done);
}

TEST_F(FilesTest, ChangedFileIsNoticed) {
  Put("t.txt", "one");
  const FileIdentity identity = Identify(folder_ / "t.txt").value();
  EXPECT_TRUE(CheckUnchanged(folder_ / "t.txt", identity));
  Put("t.txt", "two!");
  EXPECT_TRUE(CheckUnchanged(folder_ / "t.txt", identity).error().Is(codes::kRunChanged));
}

TEST(FileTypes, NamesAreInverse) {
  std::vector<LogicalType> types;
  for (int kind = 0; kind <= static_cast<int>(TypeKind::kGeometry); ++kind) {
    types.push_back(LogicalType::Of(static_cast<TypeKind>(kind)));
  }
  types[static_cast<size_t>(TypeKind::kDecimal)].scale = -1;
  types.push_back(LogicalType::Decimal(12, 2));
  types.push_back(LogicalType::Decimal(5, -2));
  types.push_back(LogicalType::String(40));
  types.push_back({.kind = TypeKind::kTimestampTz, .precision = 3});
  types.push_back({.kind = TypeKind::kJson, .parsed = true});
  types.push_back({.kind = TypeKind::kEnum, .set = true, .labels = {"a", "it's", "x,)", ""}});
  for (const LogicalType& type : types) {
    const Result<LogicalType> parsed = ParseTypeName(FormatType(type));
    ASSERT_TRUE(parsed) << FormatType(type);
    EXPECT_EQ(*parsed, type) << FormatType(type);
  }
  for (const char* bad : {"", "intt", "string(x)", "enum('a)", "decimal(", "int32(4)", "timestamp(9)"}) {
    EXPECT_FALSE(ParseTypeName(bad)) << bad;
  }
}

TEST(FileDialect, CreateStatementIsReadBack) {
  Table table{.name = {"", "odd \"name\""}};
  table.columns.push_back({.name = "a \"b\", c", .type = LogicalType::Decimal(12, 2)});
  table.columns.push_back({.name = "e", .type = {.kind = TypeKind::kEnum, .labels = {"x)", "it's"}}});
  const auto create = ParseCreate(WriteCreate(table));
  ASSERT_TRUE(create);
  EXPECT_EQ(create->table, table.name);
  ASSERT_EQ(create->columns.size(), 2U);
  EXPECT_EQ(create->columns[0].first, "a \"b\", c");
  EXPECT_EQ(create->columns[1].second, "enum('x)','it''s')");
  EXPECT_EQ(ParseDrop(kDialect.DropTable(table.name)), table.name);
  EXPECT_FALSE(ParseCreate("CREATE TABLE \"x\" (\"a\" int"));
  EXPECT_FALSE(ParseDrop("DROP TABLE x"));
}

}  // namespace
}  // namespace migrateiq::files
