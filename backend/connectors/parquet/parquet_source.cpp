#include "connectors/parquet/parquet_source.hpp"

#include <algorithm>

#include "base/errors/data.hpp"
#include "base/errors/plan.hpp"
#include "base/errors/run.hpp"
#include "base/nearest.hpp"
#include "connectors/parquet/parquet_catalog.hpp"
#include "connectors/parquet/parquet_target.hpp"
#include "connectors/parquet/split_bounds.hpp"
#include "connectors/parquet/storage.hpp"
#include "pipeline/batch/text.hpp"
#include "pipeline/schema/convert.hpp"

namespace migrateiq::parquet {

namespace fs = std::filesystem;

namespace {

constexpr int kMemoryMegabytes = 150;
constexpr const char* kQueryBounds = "query";
constexpr const char* kRowNumber = "file_row_number";

const std::vector<std::string_view>& Suffixes() {
  static const std::vector<std::string_view> suffixes{".parquet"};
  return suffixes;
}

/// The folder that holds everything the path can match.
fs::path RootOf(const std::string& path) {
  std::error_code ignored;
  fs::path root = path.substr(0, path.find_first_of("*?["));
  const bool glob = root.string().size() != path.size();
  if ((glob && !path.substr(0, root.string().size()).ends_with('/')) || !fs::is_directory(root, ignored)) {
    root = root.parent_path();
  }
  return fs::absolute(root.empty() ? fs::path(".") : root, ignored).lexically_normal();
}

/// The request's columns, in its order, with the types its table gives them.
Result<std::vector<Field>> WantedFields(const ReadRequest& request, const std::vector<CatalogColumn>& columns) {
  std::vector<Field> fields;
  if (request.columns.empty()) {
    for (const CatalogColumn& column : columns) fields.push_back({column.name, column.type, column.nullable});
    return fields;
  }
  for (const std::string& name : request.columns) {
    const auto found = std::ranges::find(columns, name, &CatalogColumn::name);
    if (found != columns.end()) {
      fields.push_back({found->name, found->type, found->nullable});
      continue;
    }
    std::vector<std::string> names;
    for (const CatalogColumn& column : columns) names.push_back(column.name);
    return Fail(
        Error(codes::kSchemaMissing, "there is no column '" + name + "'" + DidYouMean(name, names)).Column(name));
  }
  return fields;
}

bool HasColumn(const Table& table, std::string_view name) { return table.Find(name) != nullptr; }

}  // namespace

ParquetSource::ParquetSource(std::string path, duck::Database database, duck::Connection connection,
                             std::stop_token stop)
    : path_(std::move(path)),
      database_(std::make_shared<const duck::Database>(std::move(database))),
      connection_(std::move(connection)),
      stop_(std::move(stop)) {}

Result<std::unique_ptr<Source>> ParquetSource::Open(const std::string& path, const OpenOptions& options) {
  MIQ_TRY(files::ListTables(path, Suffixes()));
  MIQ_ASSIGN(duck::Database database,
             duck::Database::Open({.folders = {RootOf(path).string()}, .memory_megabytes = kMemoryMegabytes}));
  MIQ_ASSIGN(duck::Connection connection, database.Connect());
  return std::unique_ptr<Source>(new ParquetSource(path, std::move(database), std::move(connection), options.stop));
}

const Dialect& ParquetSource::dialect() const { return ParquetDialect(); }

Result<files::FileTable> ParquetSource::Find(const TableName& table) const {
  return files::FindTable(path_, Suffixes(), table);
}

Result<Catalog> ParquetSource::Discover(const DiscoverOptions& options) {
  MIQ_ASSIGN(files::Listing listing, files::ListTables(path_, Suffixes()));
  Catalog catalog;
  for (const files::FileTable& files : listing.tables) {
    if (stop_.stop_requested()) return Fail(codes::kRunInterrupted, "stopped while looking at files");
    MIQ_ASSIGN(Table table, DescribeTable(connection_, files));
    catalog.tables.push_back(std::move(table));
  }
  if (options.others) catalog.others = std::move(listing.others);
  return catalog;
}

/// Queries see each table under its name.
Status ParquetSource::MakeViews(const duck::Connection& connection) const {
  MIQ_ASSIGN(const files::Listing listing, files::ListTables(path_, Suffixes()));
  for (const files::FileTable& table : listing.tables) {
    const auto made = connection.Run("CREATE OR REPLACE VIEW " + duck::Identifier(table.name.ToString()) +
                                     " AS SELECT * FROM " + ScanFiles(table.files));
    if (!made) return Fail(FileError(made.error(), codes::kReadMalformed, table.name.ToString()));
  }
  return {};
}

Result<std::string> ParquetSource::Relation(const ReadRequest& request) {
  if (request.table != nullptr) {
    MIQ_ASSIGN(const files::FileTable files, Find(request.table->name));
    return ScanFiles(files.files);
  }
  if (!views_made_) MIQ_TRY(MakeViews(connection_));
  views_made_ = true;
  return "(" + request.sql + "\n)";
}

Result<Table> ParquetSource::DescribeQuery(const std::string& sql) {
  MIQ_ASSIGN(const std::string relation, Relation({.sql = sql}));
  Table table;
  const auto statement = connection_.Prepare("SELECT * FROM " + relation);
  if (!statement) return Fail(codes::kExprSyntax, "the query: " + statement.error().message);
  MIQ_ASSIGN(table.columns, DescribeColumns(connection_, "SELECT * FROM " + relation, "the query"));
  return table;
}

Result<files::FileIdentity> ParquetSource::IdentityOf(const fs::path& file) {
  const std::lock_guard guard(mutex_);
  if (const auto known = moment_.find(file.string()); known != moment_.end()) return known->second;
  MIQ_ASSIGN(const files::FileIdentity identity, files::Identify(file));
  return moment_.emplace(file.string(), identity).first->second;
}

Result<HeldMoment> ParquetSource::HoldMoment(int readers, const std::vector<TableName>& tables) {
  for (const TableName& table : tables) {
    MIQ_ASSIGN(const files::FileTable files, Find(table));
    for (const fs::path& file : files.files) MIQ_TRY(IdentityOf(file));
  }
  return HeldMoment{.description = "files as they are now", .readers = std::max(1, readers)};
}

Result<std::vector<Split>> ParquetSource::PlanSplits(const ReadRequest& request, const SplitOptions& options) {
  if (request.table == nullptr) return std::vector<Split>{{.bounds = kQueryBounds}};
  MIQ_ASSIGN(const files::FileTable files, Find(request.table->name));
  std::vector<Split> splits;
  for (const fs::path& file : files.files) {
    MIQ_ASSIGN(const files::FileIdentity identity, IdentityOf(file));
    MIQ_ASSIGN(const std::vector<RowGroup> groups, RowGroups(connection_, file));
    SplitOptions cut = options;
    if (HasColumn(*request.table, kRowNumber)) cut = {.target_bytes = INT64_MAX};  // the name is taken: whole files
    for (Split& split : SplitFile(file, identity, groups, cut)) splits.push_back(std::move(split));
  }
  return splits;
}

Result<Scan> ParquetSource::QueryScan(const ReadRequest& request) {
  const std::lock_guard guard(mutex_);
  MIQ_ASSIGN(const std::string relation, Relation(request));
  Scan scan{.relation = relation, .where = request.where, .subject = "the query"};
  MIQ_ASSIGN(const std::vector<CatalogColumn> columns,
             DescribeColumns(connection_, "SELECT * FROM " + relation, scan.subject));
  MIQ_ASSIGN(scan.fields, WantedFields(request, columns));
  return scan;
}

Result<Scan> ParquetSource::MakeScan(const ReadRequest& request, const std::string& text) {
  if (request.table == nullptr) return QueryScan(request);
  const std::optional<SplitBounds> bounds = SplitBounds::Parse(text);
  if (!bounds) return Fail(codes::kInternal, "bounds '" + text + "' are not of a Parquet file");
  MIQ_TRY(files::CheckUnchanged(bounds->file, bounds->identity));
  Scan scan{.subject = bounds->file.filename().string(), .first_row = bounds->first};
  MIQ_ASSIGN(scan.fields, WantedFields(request, request.table->columns));
  const bool numbered = !HasColumn(*request.table, kRowNumber);
  scan.relation = "read_parquet(" + duck::Literal(fs::absolute(bounds->file).string()) + ", hive_partitioning = false" +
                  (numbered ? ", file_row_number = true)" : ")");
  if (numbered) {
    scan.where = std::string(kRowNumber) + " >= " + std::to_string(bounds->first) + " AND " + kRowNumber + " < " +
                 std::to_string(bounds->end);
  }
  if (request.where.empty())
    scan.rows = bounds->end - bounds->first;
  else
    scan.where += (scan.where.empty() ? "(" : " AND (") + request.where + "\n)";
  return scan;
}

Result<std::unique_ptr<Reader>> ParquetSource::OpenReader(const ReadRequest& request, const Split& split, int) {
  MIQ_ASSIGN(Scan scan, MakeScan(request, split.bounds));
  return ParquetReader::Open(database_, std::move(scan), stop_);
}

Result<int64_t> ParquetSource::CountRows(const ReadRequest& request) {
  MIQ_ASSIGN(const std::string relation, Relation(request));
  const std::string where = request.where.empty() ? "" : " WHERE (" + request.where + "\n)";
  const auto rows = connection_.Texts("SELECT count(*) FROM " + relation + where);
  const std::string subject = request.table != nullptr ? request.table->name.ToString() : "the query";
  if (!rows) return Fail(FileError(rows.error(), codes::kReadMalformed, subject));
  return text::ParseInt(rows->front().front().value_or("0")).value_or(0);
}

}  // namespace migrateiq::parquet
