#include "connectors/sqlite/sqlite_source.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>

#include "base/errors/connect.hpp"
#include "base/errors/data.hpp"
#include "base/errors/plan.hpp"
#include "connectors/sqlite/sqlite_catalog.hpp"
#include "connectors/sqlite/sqlite_dialect.hpp"
#include "connectors/sqlite/sqlite_names.hpp"
#include "connectors/sqlite/sqlite_reader.hpp"
#include "connectors/sqlite/sqlite_splits.hpp"

namespace migrateiq::sqlite {

namespace {

constexpr int kAlignTries = 20;
constexpr int kLockPatience = 10'000;  // milliseconds for another writer to finish

/// Changes whenever something is committed.
struct FileMark {
  int64_t size = -1, seconds = 0, nanoseconds = 0;
  bool operator==(const FileMark&) const = default;
};

FileMark MarkOf(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) return {};
  return {status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec};
}

Status CheckFile(const std::string& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) return Fail(codes::kConnOpenFile, "there is no file " + path);
  if (std::filesystem::is_directory(status))
    return Fail(codes::kConnOpenFile, path + " is a folder, not a database file");
  return {};
}

Status BeginRead(const Database& database) {
  if (database.InTransaction()) MIQ_TRY(database.Run("ROLLBACK"));
  MIQ_TRY(database.Run("BEGIN"));
  MIQ_TRY(database.QueryInt("SELECT count(*) FROM sqlite_schema"));
  return {};
}

std::string FromOf(const ReadRequest& request) {
  return request.table == nullptr ? "(" + request.sql + "\n)" : TheDialect().Quote(request.table->name);
}

void AddCondition(std::string& conditions, const std::string& condition) {
  conditions += (conditions.empty() ? " WHERE (" : " AND (") + condition + ")";
}

std::string ConditionsOf(const ReadRequest& request, const RowidRange& range) {
  std::string conditions;
  const std::string rowid = request.table == nullptr ? "" : QuoteName(RowidName(*request.table));
  if (range.begin) AddCondition(conditions, rowid + " >= " + std::to_string(*range.begin));
  if (range.end) AddCondition(conditions, rowid + " < " + std::to_string(*range.end));
  if (!request.where.empty()) AddCondition(conditions, request.where + "\n");
  return conditions;
}

std::string SelectOf(const Schema& schema, const ReadRequest& request, const RowidRange& range) {
  std::string columns;
  for (const Field& field : schema.fields) columns += (columns.empty() ? "" : ", ") + QuoteName(field.name);
  return "SELECT " + columns + " FROM " + FromOf(request) + ConditionsOf(request, range);
}

Result<Field> FieldOf(const Table& table, const std::string& name) {
  const CatalogColumn* column = table.Find(name);
  if (column == nullptr)
    return Fail(Error(codes::kSchemaMissing, "no such column").Table(table.name.ToString()).Column(name));
  return Field{column->name, column->type, column->nullable};
}

Result<SchemaPtr> MakeSchema(const Table& table, const std::vector<std::string>& columns) {
  auto schema = std::make_shared<Schema>();
  for (const std::string& name : columns) {
    MIQ_ASSIGN(Field field, FieldOf(table, name));
    schema->fields.push_back(std::move(field));
  }
  if (!columns.empty()) return schema;
  for (const CatalogColumn& column : table.columns)
    schema->fields.push_back({column.name, column.type, column.nullable});
  return schema;
}

}  // namespace

Result<Database> SqliteSource::Connect(Access access) const {
  return Database::Open(path_, access, stop_, busy_milliseconds_);
}

/// Opens, and learns what the file is.
Status SqliteSource::Start() {
  MIQ_ASSIGN(control_, Connect(access_));
  MIQ_TRY(control_.QueryInt("SELECT count(*) FROM sqlite_schema"));
  MIQ_ASSIGN(const std::string encoding, control_.QueryText("PRAGMA encoding"));
  MIQ_ASSIGN(const std::string journal, control_.QueryText("PRAGMA journal_mode"));
  utf8_ = encoding == "UTF-8";
  wal_ = journal == "wal";
  return {};
}

Result<std::unique_ptr<Source>> SqliteSource::Open(const std::string& path, const OpenOptions& options,
                                                   int busy_milliseconds) {
  MIQ_TRY(CheckFile(path));
  std::unique_ptr<SqliteSource> source(new SqliteSource(path, options.stop, busy_milliseconds));
  Status started = source->Start();
  const bool no_locks =
      !started && (started.error().Is(codes::kConnOpenFile) || started.error().Is(codes::kConnPrivilege));
  // A write-ahead log with content would be passed over, so only a file without one may be read this way.
  if (no_locks && MarkOf(source->WalPath()).size <= 0) {
    source->access_ = Access::kImmutable;
    if (source->Start()) started = {};
  }
  if (!started) {
    Error error = std::move(started).error();
    error.message = path + ": " + error.message;
    return Fail(std::move(error));
  }
  return source;
}

const Dialect& SqliteSource::dialect() const { return TheDialect(); }

Result<Catalog> SqliteSource::Discover(const DiscoverOptions& options) { return DiscoverCatalog(control_, options); }

Result<Table> SqliteSource::DescribeQuery(const std::string& sql) {
  MIQ_ASSIGN(Table table, DescribeSelect(control_, sql));
  queries_[sql] = table;
  return table;
}

Status SqliteSource::OpenSlots(int readers) {
  MIQ_TRY(BeginRead(control_));
  while (std::cmp_less(slots_.size(), readers)) {
    MIQ_ASSIGN(Database slot, Connect(access_));
    slots_.push_back(std::move(slot));
  }
  for (const Database& slot : slots_) MIQ_TRY(BeginRead(slot));
  return {};
}

/// Without the right to lock: a rollback journal lets nobody commit while one of us reads; with a write-ahead log all
/// readers are opened again until nothing was committed meanwhile.
Status SqliteSource::HoldWithoutLock(HeldMoment& moment) {
  for (int attempt = 0; attempt < kAlignTries; ++attempt) {
    const FileMark before[] = {MarkOf(path_), MarkOf(WalPath())};
    MIQ_TRY(OpenSlots(moment.readers));
    if (!wal_ || (before[0] == MarkOf(path_) && before[1] == MarkOf(WalPath()))) return {};
  }
  slots_.resize(1);
  moment.readers = 1;
  moment.warnings.push_back("the file is being written and cannot be locked: it is read by one connection");
  return {};
}

Result<HeldMoment> SqliteSource::HoldMoment(int readers, const std::vector<TableName>&) {
  HeldMoment moment{.description = "read transactions on the file", .readers = std::max(readers, 1)};
  auto lock = access_ == Access::kImmutable ? Result<Database>(Fail(codes::kConnPrivilege, "read-only"))
                                            : Database::Open(path_, Access::kReadWrite, stop_, kLockPatience);
  if (lock && lock->Run("BEGIN IMMEDIATE")) {
    moment.description += ", opened under one write lock";
    MIQ_TRY(OpenSlots(moment.readers));
    MIQ_TRY(lock->Run("ROLLBACK"));
  } else {
    MIQ_TRY(HoldWithoutLock(moment));
  }
  if (access_ == Access::kImmutable) {
    moment.description = "file opened as immutable";
    moment.warnings.push_back("no locks can be made beside the file: nobody may write it meanwhile");
  } else if (!wal_) {
    moment.warnings.push_back("without write-ahead logging other programs cannot commit to the file while it is read");
  }
  return moment;
}

Result<std::vector<Split>> SqliteSource::PlanSplits(const ReadRequest& request, const SplitOptions& options) {
  if (request.table == nullptr) return std::vector<Split>{{RowidRange{}.ToString()}};
  return PlanRowidSplits(control_, *request.table, options);
}

Result<SchemaPtr> SqliteSource::SchemaOf(const ReadRequest& request) {
  if (request.table != nullptr) return MakeSchema(*request.table, request.columns);
  if (!queries_.contains(request.sql)) MIQ_TRY(DescribeQuery(request.sql));
  return MakeSchema(queries_.at(request.sql), request.columns);
}

Result<std::unique_ptr<Reader>> SqliteSource::OpenReader(const ReadRequest& request, const Split& split, int slot) {
  MIQ_ASSIGN(const RowidRange range, RowidRange::Parse(split.bounds));
  MIQ_ASSIGN(SchemaPtr schema, SchemaOf(request));
  const Database& database = slots_.empty() ? control_ : slots_.at(static_cast<size_t>(slot));
  auto statement = database.Prepare(SelectOf(*schema, request, range));
  if (!statement) {
    Error error = std::move(statement).error();
    if (request.table != nullptr) error.table = request.table->name.ToString();
    error.place = split.bounds;
    return Fail(std::move(error));
  }
  return std::make_unique<SqliteReader>(std::move(*statement), std::move(schema), split.bounds, utf8_);
}

Result<int64_t> SqliteSource::CountRows(const ReadRequest& request) {
  return control_.QueryInt("SELECT count(*) FROM " + FromOf(request) + ConditionsOf(request, {}));
}

Result<QueryRows> SqliteSource::Query(const std::string& sql) {
  MIQ_ASSIGN(Statement statement, control_.Prepare(sql));
  if (statement.get() == nullptr || sqlite3_stmt_readonly(statement.get()) == 0)
    return Fail(codes::kReadUnsupported, "the statement would change the source");
  return AllTexts(statement);
}

}  // namespace migrateiq::sqlite
