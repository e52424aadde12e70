#include "connectors/sqlite/sqlite_catalog.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "base/errors/data.hpp"
#include "connectors/sqlite/sqlite_create_parser.hpp"
#include "connectors/sqlite/sqlite_names.hpp"
#include "connectors/sqlite/sqlite_probe.hpp"
#include "connectors/sqlite/sqlite_types.hpp"

namespace migrateiq::sqlite {

namespace {

/// Compares names as SQLite does, so that a table is found however it was spelt.
struct NameLess {
  bool operator()(const std::string& a, const std::string& b) const { return Upper(a) < Upper(b); }
};

struct RawTable {
  Table table;
  std::string sql;
  ParsedTable parsed;
  std::map<int, std::string> key_parts;  ///< position in the primary key -> column
  bool key_has_index = false;
};

struct RawIndex {
  std::string table;
  Index index;
  std::string origin;
  ParsedIndex parsed;
};

class Discovery {
 public:
  Discovery(const Database& database, const DiscoverOptions& options) : database_(database), options_(options) {}

  Result<Catalog> Run() {
    MIQ_TRY(LoadTables());
    MIQ_TRY(LoadColumns());
    MIQ_TRY(LoadIndexes());
    MIQ_TRY(LoadIndexParts());
    FinishIndexes();
    MIQ_TRY(LoadForeignKeys());
    MIQ_TRY(LoadEstimates());
    MIQ_TRY(LoadIdentities());
    if (options_.probe_values) MIQ_TRY(Probe());
    if (options_.others) MIQ_TRY(LoadOthers());
    return Finish();
  }

 private:
  template <class OnRow>
  Status ForEach(std::string_view sql, OnRow&& on_row) {
    MIQ_ASSIGN(Statement statement, database_.Prepare(sql));
    while (true) {
      MIQ_ASSIGN(const bool found, statement.Step());
      if (!found) return {};
      on_row(statement);
    }
  }
  RawTable* FindTable(const std::string& name) {
    const auto found = tables_.find(name);
    return found == tables_.end() ? nullptr : &found->second;
  }

  Status LoadTables();
  Status LoadColumns();
  void AddColumn(const Statement& row);
  Status LoadIndexes();
  Status LoadIndexParts();
  void FinishIndexes();
  void FinishPrimaryKey(RawTable& raw);
  Status LoadForeignKeys();
  Status LoadEstimates();
  Status LoadIdentities();
  Status NextNumber(RawTable& raw, CatalogColumn& column);
  Status Probe();
  Status LoadOthers();
  void AddOther(const Statement& row);
  void AddConflicts();
  Catalog Finish();

  const Database& database_;
  const DiscoverOptions& options_;
  std::map<std::string, RawTable, NameLess> tables_;
  std::vector<std::string> order_;  ///< of creation
  std::map<std::string, RawIndex, NameLess> indexes_;
  std::vector<std::string> index_order_;
  std::map<std::string, int64_t, NameLess> sequence_;
  Catalog catalog_;
};

constexpr std::string_view kShadowSuffixes[] = {"_data",   "_idx",   "_content",  "_docsize", "_config", "_node",
                                                "_parent", "_rowid", "_segments", "_segdir",  "_stat"};

bool EndsLikeShadow(std::string_view name) {
  return std::ranges::any_of(kShadowSuffixes, [&](std::string_view suffix) { return name.ends_with(suffix); });
}

// Shadow tables are told by SQLite when it has the module; else by their names beside a virtual table.
constexpr std::string_view kTablesSql = R"(
SELECT m.name, m.sql, l.wr, l.strict,
       EXISTS (SELECT 1 FROM sqlite_schema v WHERE v.type = 'table' AND v.sql LIKE 'CREATE VIRTUAL%'
               AND substr(m.name, 1, length(v.name) + 1) = v.name || '_')
FROM sqlite_schema m JOIN pragma_table_list l ON l.name = m.name AND l.schema = 'main'
WHERE m.type = 'table' AND l.type = 'table' AND m.name NOT LIKE 'sqlite\_%' ESCAPE '\'
ORDER BY m.rowid)";

Status Discovery::LoadTables() {
  return ForEach(kTablesSql, [this](const Statement& row) {
    std::string name = row.Text(0);
    if (IsOurs(name) || (row.Int(4) != 0 && EndsLikeShadow(name))) return;
    RawTable raw{.sql = row.Text(1)};
    raw.table.name.name = name;
    raw.table.without_rowid = row.Int(2) != 0;
    raw.table.strict = row.Int(3) != 0;
    raw.parsed = ParseCreateTable(raw.sql);
    for (const ParsedCheck& check : raw.parsed.checks) raw.table.checks.push_back({check.name, check.expression});
    order_.push_back(name);
    tables_.emplace(std::move(name), std::move(raw));
  });
}

std::string WithoutBlanks(std::string_view text) {
  std::string packed;
  for (const char c : text) {
    if (c != ' ') packed += UpperChar(c);
  }
  return packed;
}

/// SQLite's many spellings of "now" as the standard one; double-quoted texts as texts; NULL as no default.
std::optional<std::string> NormalDefault(const std::string& sql) {
  static const std::map<std::string, std::string, std::less<>> kNow{
      {"DATETIME('NOW')", "CURRENT_TIMESTAMP"},
      {"DATETIME()", "CURRENT_TIMESTAMP"},
      {"STRFTIME('%Y-%M-%D%H:%M:%S','NOW')", "CURRENT_TIMESTAMP"},
      {"DATE('NOW')", "CURRENT_DATE"},
      {"DATE()", "CURRENT_DATE"},
      {"STRFTIME('%Y-%M-%D','NOW')", "CURRENT_DATE"},
      {"TIME('NOW')", "CURRENT_TIME"},
      {"TIME()", "CURRENT_TIME"},
      {"STRFTIME('%H:%M:%S','NOW')", "CURRENT_TIME"},
  };
  const std::string packed = WithoutBlanks(sql);
  if (packed == "NULL") return std::nullopt;
  if (const auto found = kNow.find(packed); found != kNow.end()) return found->second;
  const bool quoted = sql.size() >= 2 && sql.front() == '"' && sql.back() == '"';
  return quoted ? QuoteText(std::string_view(sql).substr(1, sql.size() - 2)) : sql;
}

constexpr std::string_view kColumnsSql = R"(
SELECT l.name, c.name, c.type, c."notnull", c.dflt_value, c.pk, c.hidden
FROM pragma_table_list l JOIN pragma_table_xinfo(l.name) c
WHERE l.schema = 'main' AND l.type = 'table' ORDER BY l.name, c.cid)";

Status Discovery::LoadColumns() {
  return ForEach(kColumnsSql, [this](const Statement& row) { AddColumn(row); });
}

void ApplyCollation(const std::string& collation, CatalogColumn& column) {
  column.collation = collation;
  column.case_insensitive = SameName(collation, "NOCASE");
  column.pad_space = SameName(collation, "RTRIM");
}

void Discovery::AddColumn(const Statement& row) {
  RawTable* raw = FindTable(row.Text(0));
  if (raw == nullptr) return;
  CatalogColumn column{.name = row.Text(1), .native = row.Text(2)};
  column.type = TypeOfDeclared(column.native);
  const auto key_part = static_cast<int>(row.Int(5));
  // SQLite lets NULL into the primary key of a table that has row ids, unless that key is the row id.
  column.nullable = row.Int(3) == 0 && (key_part == 0 || !(raw->table.without_rowid || raw->table.strict));
  if (!row.IsNull(4)) column.default_sql = NormalDefault(row.Text(4));
  const ParsedColumn* parsed = raw->parsed.Find(column.name);
  if (parsed != nullptr) ApplyCollation(parsed->collation, column);
  const int64_t hidden = row.Int(6);
  if (hidden >= 2 && parsed != nullptr) column.generated_sql = parsed->generated;
  column.generated_stored = hidden != 2;
  if (key_part > 0) raw->key_parts[key_part] = column.name;
  raw->table.columns.push_back(std::move(column));
}

constexpr std::string_view kIndexesSql = R"(
SELECT l.name, i.name, i."unique", i.origin, m.sql
FROM pragma_table_list l JOIN pragma_index_list(l.name) i
LEFT JOIN sqlite_schema m ON m.type = 'index' AND m.name = i.name
WHERE l.schema = 'main' AND l.type = 'table' ORDER BY l.name, i.seq DESC)";

Status Discovery::LoadIndexes() {
  return ForEach(kIndexesSql, [this](const Statement& row) {
    RawIndex raw{.table = row.Text(0), .origin = row.Text(3)};
    if (FindTable(raw.table) == nullptr) return;
    raw.index.name = row.Text(1);
    raw.index.unique = row.Int(2) != 0;
    raw.index.constraint = raw.origin != "c";
    raw.index.definition = row.Text(4);
    raw.parsed = ParseCreateIndex(raw.index.definition);
    raw.index.where = raw.parsed.where;
    index_order_.push_back(raw.index.name);
    indexes_.emplace(raw.index.name, std::move(raw));
  });
}

constexpr std::string_view kIndexPartsSql = R"(
SELECT i.name, x.name, x."desc", x.coll, x.seqno
FROM pragma_table_list l JOIN pragma_index_list(l.name) i JOIN pragma_index_xinfo(i.name) x
WHERE l.schema = 'main' AND l.type = 'table' AND x.key = 1 ORDER BY i.name, x.seqno)";

Status Discovery::LoadIndexParts() {
  return ForEach(kIndexPartsSql, [this](const Statement& row) {
    const auto found = indexes_.find(row.Text(0));
    if (found == indexes_.end()) return;
    RawIndex& raw = found->second;
    const auto position = static_cast<size_t>(row.Int(4));
    IndexPart part{.column = row.Text(1), .descending = row.Int(2) != 0};
    if (row.IsNull(1) && position < raw.parsed.items.size()) part.expression = raw.parsed.items[position];
    const CatalogColumn* column = FindTable(raw.table)->table.Find(part.column);
    const std::string usual = column == nullptr || column->collation.empty() ? "BINARY" : column->collation;
    if (const std::string collation = row.Text(3); !SameName(collation, usual)) part.collation = collation;
    raw.index.parts.push_back(std::move(part));
  });
}

std::vector<std::string> ColumnsOf(const Index& index) {
  std::vector<std::string> names;
  for (const IndexPart& part : index.parts) names.push_back(part.column);
  return names;
}

bool SameColumns(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::ranges::equal(a, b, [](const auto& x, const auto& y) { return SameName(x, y); });
}

/// The name a constraint was given, or one made of table and columns: SQLite's own automatic names are reserved.
std::string ConstraintName(const RawTable& raw, const Index& index) {
  const std::vector<std::string> columns = ColumnsOf(index);
  for (const ParsedKey& key : raw.parsed.keys) {
    if (!key.primary && SameColumns(key.columns, columns)) return key.name;
  }
  std::string name = raw.table.name.name;
  for (const std::string& column : columns) name += "_" + column;
  return name + "_key";
}

void Discovery::FinishPrimaryKey(RawTable& raw) {
  if (raw.key_parts.empty()) return;
  if (!raw.table.primary_key) {
    raw.table.primary_key.emplace();
    for (const auto& [position, column] : raw.key_parts) raw.table.primary_key->parts.push_back({.column = column});
  }
  Index& key = *raw.table.primary_key;
  key.unique = true;
  key.constraint = true;
  key.definition.clear();
  key.name.clear();
  for (const ParsedKey& parsed : raw.parsed.keys) {
    if (parsed.primary) key.name = parsed.name;
  }
  const bool rowid = raw.key_parts.size() == 1 && !raw.key_has_index && !raw.table.without_rowid;
  for (CatalogColumn& column : raw.table.columns) {
    if (rowid && column.name == key.parts.front().column) {
      const ParsedColumn* parsed = raw.parsed.Find(column.name);
      column.identity = Identity::kByDefault;
      column.identity_returns = parsed != nullptr && !parsed->autoincrement;
      column.nullable = false;
    }
  }
}

void Discovery::FinishIndexes() {
  for (const std::string& name : index_order_) {
    RawIndex& raw = indexes_.at(name);
    RawTable& table = *FindTable(raw.table);
    if (raw.origin == "pk") {
      table.key_has_index = true;
      table.table.primary_key = std::move(raw.index);
      continue;
    }
    if (raw.origin == "u") raw.index.name = ConstraintName(table, raw.index);
    table.table.indexes.push_back(std::move(raw.index));
  }
  for (auto& [name, raw] : tables_) FinishPrimaryKey(raw);
}

FkAction ParseAction(std::string_view action) {
  if (action == "CASCADE") return FkAction::kCascade;
  if (action == "RESTRICT") return FkAction::kRestrict;
  if (action == "SET NULL") return FkAction::kSetNull;
  return action == "SET DEFAULT" ? FkAction::kSetDefault : FkAction::kNoAction;
}

// SQLite numbers foreign keys from the last one declared to the first.
constexpr std::string_view kForeignKeysSql = R"(
SELECT l.name, f.seq, f."table", f."from", f."to", f.on_update, f.on_delete
FROM pragma_table_list l JOIN pragma_foreign_key_list(l.name) f
WHERE l.schema = 'main' AND l.type = 'table' ORDER BY l.name, f.id DESC, f.seq)";

/// The column as the table spells it.
std::string ProperColumn(const Table* table, const std::string& column) {
  if (table == nullptr) return column;
  const auto found = std::ranges::find_if(table->columns, [&](const auto& c) { return SameName(c.name, column); });
  return found == table->columns.end() ? column : found->name;
}

Status Discovery::LoadForeignKeys() {
  MIQ_TRY(ForEach(kForeignKeysSql, [this](const Statement& row) {
    RawTable* raw = FindTable(row.Text(0));
    if (raw == nullptr) return;
    std::vector<ForeignKey>& keys = raw->table.foreign_keys;
    RawTable* parent = FindTable(row.Text(2));
    if (row.Int(1) == 0) {
      keys.push_back({.parent = {.name = parent == nullptr ? row.Text(2) : parent->table.name.name},
                      .on_delete = ParseAction(row.Text(6)),
                      .on_update = ParseAction(row.Text(5))});
    }
    keys.back().columns.push_back(ProperColumn(&raw->table, row.Text(3)));
    if (!row.IsNull(4)) {
      keys.back().parent_columns.push_back(ProperColumn(parent == nullptr ? nullptr : &parent->table, row.Text(4)));
    }
  }));
  for (auto& [name, raw] : tables_) {
    const bool told = raw.parsed.foreign_keys.size() == raw.table.foreign_keys.size();
    for (size_t i = 0; i < raw.table.foreign_keys.size(); ++i) {
      ForeignKey& key = raw.table.foreign_keys[i];
      const RawTable* parent = FindTable(key.parent.name);
      if (key.parent_columns.empty() && parent != nullptr && parent->table.primary_key) {
        key.parent_columns = ColumnsOf(*parent->table.primary_key);
      }
      if (!told) continue;
      key.name = raw.parsed.foreign_keys[i].name;
      key.deferrable = raw.parsed.foreign_keys[i].deferrable;
      key.initially_deferred = raw.parsed.foreign_keys[i].initially_deferred;
    }
  }
  return {};
}

constexpr std::string_view kOwnTablesSql =
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name IN ('sqlite_sequence', 'sqlite_stat1')";

Status Discovery::LoadEstimates() {
  std::vector<std::string> own;
  MIQ_TRY(ForEach(kOwnTablesSql, [&](const Statement& row) { own.push_back(row.Text(0)); }));
  if (std::ranges::find(own, "sqlite_stat1") != own.end()) {
    MIQ_TRY(ForEach("SELECT tbl, stat FROM sqlite_stat1", [this](const Statement& row) {
      RawTable* raw = FindTable(row.Text(0));
      const std::string stat = row.Text(1);
      int64_t rows = -1;
      std::from_chars(stat.data(), stat.data() + stat.size(), rows);
      if (raw != nullptr) raw->table.row_estimate = std::max(raw->table.row_estimate, rows);
    }));
  }
  if (std::ranges::find(own, "sqlite_sequence") == own.end()) return {};
  return ForEach("SELECT name, seq FROM sqlite_sequence",
                 [this](const Statement& row) { sequence_[row.Text(0)] = row.Int(1); });
}

Status Discovery::NextNumber(RawTable& raw, CatalogColumn& column) {
  const std::string from = " FROM " + QuoteName(raw.table.name.name);
  MIQ_ASSIGN(const int64_t largest, database_.QueryInt("SELECT max(" + QuoteName(column.name) + ")" + from));
  const auto counted = sequence_.find(raw.table.name.name);
  const int64_t last = std::max<int64_t>({largest, counted == sequence_.end() ? 0 : counted->second, 0});
  column.identity_next = last == INT64_MAX ? "9223372036854775808" : std::to_string(last + 1);
  MIQ_ASSIGN(const int64_t smallest, database_.QueryInt("SELECT min(" + QuoteName(column.name) + ")" + from));
  const bool counts_rows = smallest >= 0 && largest - smallest < INT64_MAX - 1;
  if (raw.table.row_estimate < 0 && counts_rows) raw.table.row_estimate = largest == 0 ? 0 : largest - smallest + 1;
  return {};
}

Status Discovery::LoadIdentities() {
  for (auto& [name, raw] : tables_) {
    for (CatalogColumn& column : raw.table.columns) {
      if (column.identity != Identity::kNone) MIQ_TRY(NextNumber(raw, column));
    }
  }
  return {};
}

Status Discovery::Probe() {
  for (auto& [name, raw] : tables_) MIQ_TRY(ProbeTable(database_, QuoteName(name), raw.table));
  return {};
}

// Shadow tables of virtual ones are part of these, and triggers on them too.
constexpr std::string_view kOthersSql = R"(
SELECT type, name, sql FROM sqlite_schema
WHERE type IN ('view', 'trigger') OR (type = 'table' AND sql LIKE 'CREATE VIRTUAL%') ORDER BY rowid)";

void Discovery::AddOther(const Statement& row) {
  OtherObject other{.kind = row.Text(0), .name = row.Text(1), .source = row.Text(2)};
  if (other.kind == "table") {
    other.kind = "virtual table";
    other.why = "its module exists in SQLite only; the rows can be read by a query mapping";
  }
  catalog_.others.push_back(std::move(other));
}

/// What a table of another system cannot say: `UNIQUE ("a", "b") ON CONFLICT REPLACE`.
OtherObject OfConflict(const std::string& table, const ParsedConflict& conflict) {
  std::string list;
  for (const std::string& column : conflict.columns) list += (list.empty() ? "" : ", ") + QuoteName(column);
  return {.kind = "conflict clause",
          .name = table,
          .source = conflict.constraint + " (" + list + ") ON CONFLICT " + conflict.resolution,
          .why =
              "rows that break the rule are refused at the target; give the resolution in the statements that write "
              "there"};
}

void Discovery::AddConflicts() {
  for (const std::string& name : order_) {
    for (const ParsedConflict& conflict : tables_.at(name).parsed.conflicts)
      catalog_.others.push_back(OfConflict(name, conflict));
  }
}

Status Discovery::LoadOthers() {
  AddConflicts();
  return ForEach(kOthersSql, [this](const Statement& row) { AddOther(row); });
}

Catalog Discovery::Finish() {
  for (const std::string& name : order_) catalog_.tables.push_back(std::move(tables_.at(name).table));
  return std::move(catalog_);
}

Status CheckReading(const Statement& statement) {
  if (statement.get() == nullptr || sqlite3_column_count(statement.get()) == 0) {
    return Fail(codes::kReadUnsupported, "the query yields no columns");
  }
  if (sqlite3_stmt_readonly(statement.get()) == 0) {
    return Fail(codes::kReadUnsupported, "the statement would change the source");
  }
  return {};
}

}  // namespace

Result<Catalog> DiscoverCatalog(const Database& database, const DiscoverOptions& options) {
  return Discovery(database, options).Run();
}

Result<Table> DescribeSelect(const Database& database, const std::string& sql) {
  const std::string from = "(" + sql + "\n)";
  MIQ_ASSIGN(const Statement statement, database.Prepare("SELECT * FROM " + from));
  MIQ_TRY(CheckReading(statement));
  Table table;
  for (int c = 0; c < sqlite3_column_count(statement.get()); ++c) {
    const char* declared = sqlite3_column_decltype(statement.get(), c);
    CatalogColumn column{.name = sqlite3_column_name(statement.get(), c),
                         .native = declared == nullptr ? "" : declared};
    column.type = TypeOfDeclared(column.native);
    table.columns.push_back(std::move(column));
  }
  MIQ_TRY(ProbeTable(database, from, table));
  return table;
}

}  // namespace migrateiq::sqlite
