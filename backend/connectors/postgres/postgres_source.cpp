#include "connectors/postgres/postgres_source.hpp"

#include <algorithm>

#include "base/errors/connect.hpp"
#include "base/errors/plan.hpp"
#include "base/errors/run.hpp"
#include "connectors/postgres/postgres_catalog.hpp"
#include "connectors/postgres/postgres_dialect.hpp"
#include "connectors/postgres/postgres_reader.hpp"
#include "connectors/postgres/postgres_splits.hpp"

namespace migrateiq::postgres {

namespace {

constexpr const char* kBegin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

std::string Quoted(const TableName& name) {
  return name.schema.empty() ? QuoteIdentifier(name.name)
                             : QuoteIdentifier(name.schema) + "." + QuoteIdentifier(name.name);
}

std::string PathSql(const std::vector<std::string>& schemas) {
  std::string path;
  for (const std::string& schema : schemas) path += (path.empty() ? "" : ", ") + QuoteIdentifier(schema);
  return "SET search_path = " + (path.empty() ? "pg_catalog" : path);
}

std::vector<std::string> PathOf(const Url& url) {
  std::vector<std::string> schemas = SchemasOf(url);
  if (schemas.empty()) schemas.emplace_back("public");
  return schemas;
}

std::string WhereOf(const std::string& bounds, const std::string& filter) {
  if (bounds.empty() && filter.empty()) return "";
  if (filter.empty()) return " WHERE " + bounds;
  return " WHERE " + (bounds.empty() ? "" : bounds + " AND ") + "(" + filter + "\n)";
}

bool IsPartitioned(const Table& table) { return !table.partitioning.empty(); }

}  // namespace

Result<std::unique_ptr<Source>> PostgresSource::Open(const Url& url, const OpenOptions& options) {
  std::unique_ptr<PostgresSource> source(new PostgresSource(url, options.stop));
  MIQ_ASSIGN(source->main_, source->Connect());
  return source;
}

const Dialect& PostgresSource::dialect() const { return PostgresDialect::Instance(); }

Result<std::shared_ptr<Session>> PostgresSource::Connect() {
  MIQ_ASSIGN(auto session, Session::Open(url_, {.stop = stop_, .search_path = PathOf(url_), .lock_timeout = "10s"}));
  return std::shared_ptr<Session>(std::move(session));
}

Result<Catalog> PostgresSource::Discover(const DiscoverOptions& options) {
  CatalogScope scope{.schemas = options.schemas.empty() ? SchemasOf(url_) : options.schemas, .others = options.others};
  if (!held_) MIQ_TRY(main_->Execute(kBegin));
  MIQ_TRY(main_->Execute(PathSql({})));
  auto catalog = ReadCatalog(*main_, scope);
  if (!held_) (void)main_->Execute("ROLLBACK");
  if (!catalog) return catalog;
  MIQ_TRY(main_->Execute(PathSql(PathOf(url_))));
  return catalog;
}

Result<Table> PostgresSource::DescribeQuery(const std::string& sql) { return DescribeColumns(*main_, sql); }

/// Keeps the chosen tables from being truncated or rewritten, which a snapshot would not survive. Must come before the
/// snapshot is taken.
Status PostgresSource::LockTables(const std::vector<TableName>& tables) {
  if (tables.empty()) return {};
  std::string sql = "LOCK TABLE ";
  for (size_t i = 0; i < tables.size(); ++i) sql += (i == 0 ? "" : ", ") + Quoted(tables[i]);
  return main_->Execute(sql + " IN ACCESS SHARE MODE");
}

Result<std::string> PostgresSource::ExportSnapshot(const std::vector<TableName>& tables, HeldMoment& moment) {
  MIQ_TRY(main_->Execute(kBegin));
  if (const Status locked = LockTables(tables); !locked) {
    if (main_->broken()) return Fail(locked.error());
    moment.warnings.push_back("the tables could not be locked against TRUNCATE and rewrites: " +
                              locked.error().message);
    MIQ_TRY(main_->Execute(std::string("ROLLBACK; ") + kBegin));
  }
  auto exported = main_->Query("SELECT pg_export_snapshot()");
  if (exported) return exported->Text(0, 0);
  if (main_->broken()) return Fail(exported.error());
  moment.warnings.push_back("the server does not export snapshots (" + exported.error().message +
                            "): one reader at a time");
  MIQ_TRY(main_->Execute(std::string("ROLLBACK; ") + kBegin));
  return std::string();
}

Status PostgresSource::OpenSlots(int readers, const std::string& snapshot, HeldMoment& moment) {
  for (int i = 0; i < readers; ++i) {
    auto session = Connect();
    Status joined;
    if (session) {
      joined = (*session)->Execute(
          snapshot.empty() ? kBegin : std::string(kBegin) + "; SET TRANSACTION SNAPSHOT " + QuoteText(snapshot));
    }
    if (session && joined) {
      slots_.push_back(std::move(*session));
      continue;
    }
    const Error error = session ? joined.error() : session.error();
    if (slots_.empty() || error.Is(codes::kRunInterrupted)) return Fail(error);
    moment.warnings.push_back("only " + std::to_string(i) + " of " + std::to_string(readers) +
                              " readers: " + error.message);
    break;
  }
  moment.readers = static_cast<int>(slots_.size());
  return {};
}

Result<HeldMoment> PostgresSource::HoldMoment(int readers, const std::vector<TableName>& tables) {
  if (held_) return Fail(codes::kInternal, "the moment is already held");
  HeldMoment moment;
  MIQ_ASSIGN(const std::string snapshot, ExportSnapshot(tables, moment));
  slots_.clear();
  MIQ_TRY(OpenSlots(snapshot.empty() ? 1 : std::max(readers, 1), snapshot, moment));
  held_ = true;
  moment.description = snapshot.empty() ? "one transaction" : "exported snapshot " + snapshot;
  moment.token = snapshot;
  return moment;
}

/// The questions' session joins too: what partitions there are is asked in the same moment.
Result<HeldMoment> PostgresSource::JoinMoment(const std::string& token, int readers) {
  if (held_) return Fail(codes::kInternal, "the moment is already held");
  HeldMoment moment{.description = "joined snapshot " + token, .token = token};
  MIQ_TRY(main_->Execute(std::string(kBegin) + "; SET TRANSACTION SNAPSHOT " + QuoteText(token)));
  slots_.clear();
  MIQ_TRY(OpenSlots(std::max(readers, 1), token, moment));
  held_ = true;
  return moment;
}

namespace {

struct HeapPart {
  std::string relation;  ///< quoted
  int64_t bytes = 0, rows = -1;
};

/// The heaps of a table: itself, or its partitions.
Result<std::vector<HeapPart>> HeapsOf(Session& session, const Table& table, bool& all_heaps) {
  MIQ_ASSIGN(
      const Rows rows,
      session.Query(
          "WITH RECURSIVE tree AS (SELECT " + QuoteText(Quoted(table.name)) +
          "::regclass::oid AS leaf UNION ALL SELECT i.inhrelid FROM tree "
          "JOIN pg_inherits i ON i.inhparent = tree.leaf JOIN pg_class k ON k.oid = i.inhrelid AND k.relispartition) "
          "SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname), pg_relation_size(c.oid), "
          "c.reltuples::bigint, c.relpages, "
          "am.amname IS NOT DISTINCT FROM 'heap' OR current_setting('server_version_num')::int < 120000, c.relkind, "
          "pg_table_size(c.oid), current_setting('block_size')::int "
          "FROM tree JOIN pg_class c ON c.oid = tree.leaf JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN "
          "pg_am am ON am.oid = c.relam WHERE c.relkind <> "
          "'p' ORDER BY 1"));
  std::vector<HeapPart> heaps;
  for (int i = 0; i < rows.count(); ++i) {
    if (!rows.Bool(i, 4) || rows.At(i, 5) != "r") all_heaps = false;
    HeapPart part{rows.Text(i, 0), rows.Int(i, 1), -1};
    const int64_t tuples = rows.Int(i, 2), pages = rows.Int(i, 3), block = rows.Int(i, 7, 8192);
    if (tuples >= 0 && pages > 0)
      part.rows = static_cast<int64_t>(static_cast<double>(tuples) * static_cast<double>(part.bytes) /
                                       static_cast<double>(block) / static_cast<double>(pages));
    heaps.push_back(std::move(part));
  }
  return heaps;
}

constexpr int64_t kBlock = 8192;

/// Blocks per split: by bytes, or by rows where asked.
int64_t BlocksPerSplit(const HeapPart& part, const SplitOptions& options) {
  if (options.target_rows <= 0) return std::max<int64_t>(options.target_bytes / kBlock, 1);
  const int64_t blocks = part.bytes / kBlock;
  const int64_t rows = part.rows > 0 ? part.rows : blocks * 60;
  return std::max<int64_t>(static_cast<int64_t>(static_cast<double>(blocks) * static_cast<double>(options.target_rows) /
                                                static_cast<double>(std::max<int64_t>(rows, 1))),
                           1);
}

}  // namespace

Result<std::vector<Split>> PostgresSource::BlockSplits(const ReadRequest& request, const SplitOptions& options) {
  bool heaps_only = true;
  MIQ_ASSIGN(const std::vector<HeapPart> parts, HeapsOf(*main_, *request.table, heaps_only));
  int64_t bytes = 0, rows = 0;
  bool small = true;
  for (const HeapPart& part : parts) {
    bytes += part.bytes;
    rows = rows < 0 || part.rows < 0 ? -1 : rows + part.rows;
    small = small && part.bytes / kBlock <= BlocksPerSplit(part, options);
  }
  const bool one = bytes <= options.target_bytes && (options.target_rows <= 0 || small);
  if (one || (!heaps_only && main_->server_version() >= 140000)) return std::vector<Split>{{"all", rows, bytes}};
  if (main_->server_version() < 140000) {
    MIQ_ASSIGN(std::vector<Split> splits, KeySplits(request, bytes / std::max<int64_t>(options.target_bytes, 1) + 1));
    return splits;
  }
  std::vector<Split> splits;
  Bounds rest{.kind = Bounds::Kind::kRest};
  for (const HeapPart& part : parts) {
    Bounds shape{.kind = Bounds::Kind::kCtid};
    if (IsPartitioned(*request.table)) shape = {.kind = Bounds::Kind::kLeaf, .relation = part.relation};
    rest.relations.push_back(part.relation);
    std::ranges::move(CutBlocks(shape, part.bytes / kBlock, BlocksPerSplit(part, options), part.rows, part.bytes),
                      std::back_inserter(splits));
  }
  if (IsPartitioned(*request.table)) splits.push_back({ToText(rest), 0, 0});
  return splits;
}

/// Before version 14 a ctid range is a scan of the whole table: an integer key is cut instead, where there is one.
Result<std::vector<Split>> PostgresSource::KeySplits(const ReadRequest& request, int64_t pieces) {
  const std::vector<std::string> key = request.table->KeyColumns();
  const CatalogColumn* column = key.size() == 1 ? request.table->Find(key[0]) : nullptr;
  if (column == nullptr || !IsInteger(column->type.kind)) return std::vector<Split>{{"all"}};
  const std::string name = QuoteIdentifier(key[0]);
  MIQ_ASSIGN(const Rows ends,
             main_->Query("SELECT min(" + name + "), max(" + name + ") FROM " + Quoted(request.table->name)));
  if (ends.IsNull(0, 0)) return std::vector<Split>{{"all"}};
  const double low = static_cast<double>(ends.Int(0, 0)), width = static_cast<double>(ends.Int(0, 1)) - low;
  std::vector<Split> splits;
  Bounds bounds{.kind = Bounds::Kind::kKey, .relation = name};
  for (int64_t i = 0; i < pieces; ++i) {
    bounds.from = bounds.to;
    bounds.to.reset();
    if (i + 1 < pieces)
      bounds.to = static_cast<int64_t>(low + width * static_cast<double>(i + 1) / static_cast<double>(pieces));
    splits.push_back({ToText(bounds)});
  }
  return splits;
}

Result<std::vector<Split>> PostgresSource::PlanSplits(const ReadRequest& request, const SplitOptions& options) {
  if (request.table == nullptr) return std::vector<Split>{{"all"}};
  return BlockSplits(request, options);
}

/// The partitions of `relation` that are not among `known`, as one relation; empty when there are none.
Result<std::string> PostgresSource::RestOf(const std::string& relation, const std::vector<std::string>& known) {
  std::string names;
  for (const std::string& name : known) names += (names.empty() ? "" : ", ") + QuoteText(name);
  MIQ_ASSIGN(
      const Rows rows,
      main_->Query(
          "WITH RECURSIVE tree AS (SELECT " + QuoteText(relation) +
          "::regclass::oid AS leaf UNION ALL SELECT i.inhrelid FROM tree "
          "JOIN pg_inherits i ON i.inhparent = tree.leaf) SELECT quote_ident(n.nspname) || '.' || "
          "quote_ident(c.relname) AS name FROM tree "
          "JOIN pg_class c ON c.oid = tree.leaf JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind <> 'p' "
          "AND quote_ident(n.nspname) || '.' || quote_ident(c.relname) <> ALL (ARRAY[" +
          names + "]::text[]) ORDER BY 1"));
  std::string condition;
  for (int i = 0; i < rows.count(); ++i)
    condition += (i == 0 ? "" : ", ") + QuoteText(rows.At(i, 0)) + "::pg_catalog.regclass";
  return condition.empty() ? std::string("false") : "tableoid IN (" + condition + ")";
}

Result<std::string> PostgresSource::FromClause(const ReadRequest& request, const std::string& text) {
  if (request.table == nullptr) return " FROM (" + request.sql + "\n) AS q" + WhereOf("", request.where);
  MIQ_ASSIGN(const Bounds bounds, ParseBounds(text));
  const std::string name = Quoted(request.table->name);
  std::string condition = ConditionOf(bounds);
  if (bounds.kind == Bounds::Kind::kRest) { MIQ_ASSIGN(condition, RestOf(name, bounds.relations)); }
  const std::string where = WhereOf(condition, request.where);
  if (bounds.kind == Bounds::Kind::kLeaf)
    return " FROM ONLY " + bounds.relation + " AS " + QuoteIdentifier(request.table->name.name) + where;
  return (IsPartitioned(*request.table) ? " FROM " : " FROM ONLY ") + name + where;
}

Result<std::vector<WireColumn>> PostgresSource::ColumnsOf(const ReadRequest& request) {
  std::vector<WireColumn> all;
  if (request.table != nullptr) {
    all = MakeWireColumns(request.table->columns);
  } else {
    MIQ_ASSIGN(const Table described, DescribeQuery(request.sql));
    all = MakeWireColumns(described.columns);
  }
  if (request.columns.empty()) return all;
  std::vector<WireColumn> chosen;
  for (const std::string& name : request.columns) {
    const auto found = std::ranges::find(all, name, &WireColumn::name);
    if (found == all.end()) return Fail(Error(codes::kSchemaMissing, "no column " + name).Column(name));
    chosen.push_back(*found);
  }
  return chosen;
}

Result<std::unique_ptr<Reader>> PostgresSource::OpenReader(const ReadRequest& request, const Split& split, int slot) {
  if (slot < 0 || (held_ && slot >= static_cast<int>(slots_.size())))
    return Fail(codes::kInternal, "no such reader slot");
  if (slot >= static_cast<int>(slots_.size())) slots_.resize(static_cast<size_t>(slot) + 1);
  std::shared_ptr<Session>& session = slots_[static_cast<size_t>(slot)];
  if (session == nullptr || (session->broken() && !held_)) { MIQ_ASSIGN(session, Connect()); }
  MIQ_ASSIGN(std::vector<WireColumn> columns, ColumnsOf(request));
  MIQ_ASSIGN(const std::string from, FromClause(request, split.bounds));
  std::string query = "SELECT ";
  for (size_t i = 0; i < columns.size(); ++i) query += (i == 0 ? "" : ", ") + SelectExpression(columns[i]);
  auto reader = PostgresReader::Open(session, std::move(columns), query + from);
  if (!reader && request.table != nullptr) return Fail(std::move(reader).error().Table(request.table->name.ToString()));
  return reader;
}

Result<int64_t> PostgresSource::CountRows(const ReadRequest& request) {
  MIQ_ASSIGN(const std::string from, FromClause(request, "all"));
  MIQ_ASSIGN(const Rows rows, main_->Query("SELECT count(*)" + from));
  return rows.Int(0, 0);
}

Result<QueryRows> PostgresSource::Query(const std::string& sql) {
  if (!held_) return Fail(codes::kInternal, "a query needs the held moment");
  MIQ_ASSIGN(const Rows rows, main_->Query(sql));
  return AllTexts(rows);
}

/// Without the role the view shows the sessions of other users, but not what they do.
Result<int64_t> PostgresSource::StatementsOfOthers() {
  MIQ_ASSIGN(
      const Rows rows,
      main_->Query("SELECT CASE WHEN current_setting('is_superuser') = 'on' OR EXISTS (SELECT FROM pg_roles WHERE "
                   "rolname = 'pg_read_all_stats' AND pg_has_role(oid, 'USAGE')) THEN (SELECT count(*) FROM "
                   "pg_stat_activity WHERE state = 'active' AND datname IS NOT NULL AND "
                   "application_name <> current_setting('application_name')) END"));
  if (!rows.IsNull(0, 0)) return rows.Int(0, 0);
  return Fail(codes::kConnPrivilege,
              "run.throttle.pause_when_source_load_above needs to see what others do: GRANT pg_read_all_stats to the "
              "user of the source");
}

}  // namespace migrateiq::postgres
