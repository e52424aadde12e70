#include "connectors/mysql/mysql_catalog.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <sstream>

#include "connectors/mysql/mysql_dialect.hpp"
#include "connectors/mysql/mysql_other_objects.hpp"

namespace migrateiq::mysql {

namespace {

using Row = std::vector<std::optional<std::string>>;

std::string Text(const Row& row, size_t column) { return row[column].value_or(""); }

int64_t Count(const Row& row, size_t column, int64_t otherwise = -1) {
  int64_t value = otherwise;
  if (row[column]) std::from_chars(row[column]->data(), row[column]->data() + row[column]->size(), value);
  return value;
}

bool Says(std::string_view text, std::string_view word) {
  const auto same = [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; };
  return !std::ranges::search(text, word, same).empty();
}

/// Collects a catalog query by query; every step finds its tables by (database, name).
class Builder {
 public:
  Builder(Session& session, const std::string& database, const DiscoverOptions& options)
      : session_(session), database_(database), options_(options) {}

  Result<Catalog> Build() {
    MIQ_TRY(ReadTables());
    MIQ_TRY(ReadChecks());
    MIQ_TRY(ReadColumns());
    MIQ_TRY(ReadIndexes());
    MIQ_TRY(ReadForeignKeys());
    MIQ_TRY(ReadPartitions());
    MIQ_TRY(ReadSequences());
    if (options_.probe_values) MIQ_TRY(ProbeValues());
    if (options_.others) MIQ_TRY(ReadOtherObjects(session_, Databases(), catalog_));
    return std::move(catalog_);
  }

 private:
  using Key = std::pair<std::string, std::string>;

  std::string Databases() const {
    if (options_.schemas.empty()) return QuoteText(database_);
    std::string list;
    for (const std::string& schema : options_.schemas) {
      list += (list.empty() ? "" : ", ") + QuoteText(schema.empty() ? database_ : schema);
    }
    return list;
  }

  TableName NameOf(const std::string& schema, const std::string& name) const {
    return {schema == database_ ? "" : schema, name};
  }

  Table* Find(const Row& row) {
    const auto found = tables_.find({Text(row, 0), Text(row, 1)});
    return found == tables_.end() ? nullptr : &catalog_.tables[found->second];
  }

  Status ReadTables() {
    MIQ_ASSIGN(
        const QueryRows rows,
        session_.Query("SELECT table_schema, table_name, table_type, engine, table_rows, data_length, "
                       "table_comment, auto_increment, table_collation, create_options FROM information_schema.tables "
                       "WHERE table_schema IN (" +
                       Databases() +
                       ") AND table_type IN ('BASE TABLE', 'SYSTEM VERSIONED') ORDER BY table_schema, table_name"));
    for (const Row& row : rows) {
      if (!IsOurs(Text(row, 1))) AddTable(row);
    }
    return {};
  }

  void AddTable(const Row& row) {
    tables_[{Text(row, 0), Text(row, 1)}] = catalog_.tables.size();
    Table& table = catalog_.tables.emplace_back();
    table.name = NameOf(Text(row, 0), Text(row, 1));
    const std::string engine = Text(row, 3);
    table.transactional = Says(engine, "innodb") || Says(engine, "rocksdb") || Says(engine, "tokudb");
    table.row_estimate = Count(row, 4);
    table.byte_estimate = Count(row, 5);
    table.comment = Text(row, 6);
    next_[table.name] = row[7];
    table.collation = Text(row, 8);
    ListOptions(table.name, engine, Text(row, 9));
    if (Text(row, 2) != "SYSTEM VERSIONED") return;
    catalog_.others.push_back({"system versioning", table.name.ToString(), "WITH SYSTEM VERSIONING",
                               "only the current rows are read; the history is not"});
  }

  /// Tables are made in InnoDB with its usual rows; what the source says otherwise is listed.
  void ListOptions(const TableName& table, const std::string& engine, const std::string& options) {
    std::string source = Says(engine, "innodb") ? "" : "ENGINE=" + engine;
    std::istringstream words(options);
    for (std::string word; words >> word;) {
      if (!Says(word, "partitioned") && !Says(word, "row_format=dynamic")) source += (source.empty() ? "" : " ") + word;
    }
    if (source.empty()) return;
    catalog_.others.push_back(
        {"table option", table.ToString(), std::move(source), "how a table is stored is left to the target"});
  }

  Status ReadColumns() {
    MIQ_ASSIGN(const QueryRows rows,
               session_.Query("SELECT table_schema, table_name, column_name, column_default, is_nullable, data_type, "
                              "column_type, character_set_name, collation_name, extra, column_comment, "
                              "generation_expression FROM information_schema.columns WHERE table_schema IN (" +
                              Databases() + ") ORDER BY table_schema, table_name, ordinal_position"));
    for (const Row& row : rows) {
      if (Table* table = Find(row)) AddColumn(*table, row);
    }
    return {};
  }

  void AddColumn(Table& table, const Row& row) {
    ColumnFacts facts;
    facts.name = Text(row, 2);
    facts.default_text = row[3];
    facts.nullable = Text(row, 4) == "YES";
    facts.data_type = Text(row, 5);
    facts.column_type = Text(row, 6);
    facts.charset = Text(row, 7);
    facts.collation = Text(row, 8);
    facts.extra = Text(row, 9);
    facts.comment = Text(row, 10);
    facts.generation = Text(row, 11);
    facts.json_check = json_columns_.contains({table.name, facts.name});
    CatalogColumn column = MakeColumn(facts, session_.server().mariadb);
    if (column.default_sql) column.default_sql = WithoutDatabase(*column.default_sql);
    if (column.identity != Identity::kNone) column.identity_next = next_[table.name];
    table.columns.push_back(std::move(column));
  }

  /// MariaDB writes nextval(`database`.`sequence`); elsewhere the database has another name.
  std::string WithoutDatabase(std::string sql) const {
    const std::string prefix = QuoteName(database_) + ".";
    for (size_t at = sql.find(prefix); at != std::string::npos; at = sql.find(prefix, at)) sql.erase(at, prefix.size());
    return sql;
  }

  /// MariaDB says the level of a check; MySQL needs the table from elsewhere. Servers before both have none.
  Status ReadChecks() {
    const ServerKind& server = session_.server();
    if (!server.mariadb && server.version < 80016) return {};
    const std::string sql =
        server.mariadb ? "SELECT constraint_schema, table_name, constraint_name, check_clause, level FROM "
                         "information_schema.check_constraints WHERE constraint_schema IN (" +
                             Databases() + ")"
                       : "SELECT c.constraint_schema, t.table_name, c.constraint_name, c.check_clause, 'Table' FROM "
                         "information_schema.check_constraints c JOIN information_schema.table_constraints t ON "
                         "t.constraint_schema = c.constraint_schema AND t.constraint_name = c.constraint_name AND "
                         "t.constraint_type = 'CHECK' WHERE c.constraint_schema IN (" +
                             Databases() + ")";
    MIQ_ASSIGN(const QueryRows rows, session_.Query(sql));
    for (const Row& row : rows) {
      if (Table* table = Find(row)) AddCheck(*table, row);
    }
    return {};
  }

  void AddCheck(Table& table, const Row& row) {
    const std::string name = Text(row, 2), clause = Text(row, 3);
    const bool of_column = Text(row, 4) == "Column";
    if (of_column && clause == "json_valid(" + QuoteName(name) + ")") {
      json_columns_.insert({table.name, name});
      return;
    }
    table.checks.push_back({of_column ? "" : name, clause});
  }

  Status ReadIndexes() {
    const ServerKind& server = session_.server();
    const bool functional = !server.mariadb && server.version >= 80013;
    MIQ_ASSIGN(const QueryRows rows,
               session_.Query("SELECT table_schema, table_name, index_name, non_unique, column_name, collation, "
                              "sub_part, index_type, index_comment, " +
                              std::string(functional ? "expression" : "NULL") +
                              " FROM information_schema.statistics WHERE table_schema IN (" + Databases() +
                              ") ORDER BY table_schema, table_name, index_name, seq_in_index"));
    for (const Row& row : rows) {
      if (Table* table = Find(row)) AddIndexPart(*table, row);
    }
    return {};
  }

  static Index& IndexOf(Table& table, const std::string& name) {
    if (name == "PRIMARY") {
      if (!table.primary_key) table.primary_key.emplace();
      return *table.primary_key;
    }
    if (table.indexes.empty() || table.indexes.back().name != name) table.indexes.emplace_back();
    return table.indexes.back();
  }

  static void AddIndexPart(Table& table, const Row& row) {
    const std::string name = Text(row, 2), kind = Text(row, 7);
    Index& index = IndexOf(table, name);
    if (name != "PRIMARY") index.name = name;
    index.unique = Text(row, 3) == "0";
    index.constraint = index.unique;
    index.comment = Text(row, 8);
    if (kind == "FULLTEXT")
      index.method = "fulltext";
    else if (kind == "SPATIAL" || kind == "RTREE")
      index.method = "spatial";
    IndexPart part;
    part.column = Text(row, 4);
    part.expression = Text(row, 9);
    part.descending = Text(row, 5) == "D";
    const bool real_prefix = index.method == "btree";
    part.prefix = real_prefix ? static_cast<int32_t>(Count(row, 6, 0)) : 0;
    index.parts.push_back(std::move(part));
  }

  Status ReadForeignKeys() {
    MIQ_ASSIGN(const QueryRows rows,
               session_.Query("SELECT k.table_schema, k.table_name, k.constraint_name, k.column_name, "
                              "k.referenced_table_schema, k.referenced_table_name, k.referenced_column_name, "
                              "r.delete_rule, r.update_rule FROM information_schema.key_column_usage k JOIN "
                              "information_schema.referential_constraints r ON r.constraint_schema = "
                              "k.constraint_schema AND r.constraint_name = k.constraint_name AND r.table_name = "
                              "k.table_name WHERE k.table_schema IN (" +
                              Databases() +
                              ") AND k.referenced_table_name IS NOT NULL ORDER BY k.table_schema, k.table_name, "
                              "k.constraint_name, k.ordinal_position"));
    for (const Row& row : rows) {
      if (Table* table = Find(row)) AddForeignKeyPart(*table, row);
    }
    return {};
  }

  static FkAction ActionOf(const std::string& rule) {
    if (rule == "CASCADE") return FkAction::kCascade;
    if (rule == "SET NULL") return FkAction::kSetNull;
    if (rule == "SET DEFAULT") return FkAction::kSetDefault;
    return rule == "RESTRICT" ? FkAction::kRestrict : FkAction::kNoAction;
  }

  void AddForeignKeyPart(Table& table, const Row& row) {
    const std::string name = Text(row, 2);
    if (table.foreign_keys.empty() || table.foreign_keys.back().name != name) {
      ForeignKey& key = table.foreign_keys.emplace_back();
      key.name = name;
      key.parent = NameOf(Text(row, 4), Text(row, 5));
      key.on_delete = ActionOf(Text(row, 7));
      key.on_update = ActionOf(Text(row, 8));
    }
    table.foreign_keys.back().columns.push_back(Text(row, 3));
    table.foreign_keys.back().parent_columns.push_back(Text(row, 6));
  }

  Status ReadPartitions() {
    MIQ_ASSIGN(
        const QueryRows rows,
        session_.Query(
            "SELECT table_schema, table_name, partition_name, partition_method, "
            "partition_expression, partition_description, subpartition_method FROM information_schema.partitions WHERE "
            "table_schema IN (" +
            Databases() +
            ") AND partition_name IS NOT NULL AND COALESCE(subpartition_ordinal_position, 1) = 1 "
            "ORDER BY table_schema, table_name, partition_ordinal_position"));
    for (const Row& row : rows) {
      if (Table* table = Find(row)) AddPartition(*table, row);
    }
    for (Table& table : catalog_.tables) ClosePartitions(table);
    return {};
  }

  void AddPartition(Table& table, const Row& row) {
    if (row[6] && table.partitioning.empty()) {
      catalog_.others.push_back({"subpartitioning", table.name.ToString(), "SUBPARTITION BY " + *row[6],
                                 "the partitions are kept, without their parts"});
    }
    const std::string method = Text(row, 3), limit = Text(row, 5);
    if (table.partitioning.empty()) table.partitioning = "PARTITION BY " + method + " (" + Text(row, 4) + ")";
    std::string definition = "PARTITION " + QuoteName(Text(row, 2));
    if (method.starts_with("RANGE")) {
      definition += " VALUES LESS THAN " + (limit == "MAXVALUE" ? limit : "(" + limit + ")");
    } else if (method.starts_with("LIST")) {
      definition += limit == "DEFAULT" ? " DEFAULT" : " VALUES IN (" + limit + ")";
    }
    table.partitions.push_back(std::move(definition));
  }

  static void ClosePartitions(Table& table) {
    if (table.partitioning.empty() || table.partitioning.contains("SYSTEM_TIME")) return;
    std::string all;
    for (const std::string& partition : table.partitions) all += (all.empty() ? "" : ", ") + partition;
    table.partitioning += " (" + all + ")";
  }

  Status ReadSequences() {
    if (!session_.server().mariadb || session_.server().version < 100300) return {};
    MIQ_ASSIGN(const QueryRows names,
               session_.Query("SELECT table_schema, table_name FROM information_schema.tables WHERE table_schema IN (" +
                              Databases() + ") AND table_type = 'SEQUENCE' ORDER BY 1, 2"));
    for (const Row& name : names) {
      MIQ_ASSIGN(const QueryRows values,
                 session_.Query("SELECT start_value, increment, minimum_value, maximum_value, cycle_option, "
                                "next_not_cached_value FROM " +
                                QuoteName(TableName{Text(name, 0), Text(name, 1)})));
      if (!values.empty()) AddSequence(NameOf(Text(name, 0), Text(name, 1)), values[0]);
    }
    return {};
  }

  void AddSequence(TableName name, const Row& row) {
    Sequence& sequence = catalog_.sequences.emplace_back();
    sequence.name = std::move(name);
    sequence.start = Text(row, 0);
    sequence.increment = Text(row, 1);
    sequence.minimum = Text(row, 2);
    sequence.maximum = Text(row, 3);
    sequence.cycle = Text(row, 4) == "1";
    sequence.next_value = Text(row, 5);
  }

  /// What the declared type does not tell. A query for each table that has such columns, and another where it finds
  /// something, to know the columns: telling them apart costs twice as much.
  Status ProbeValues() {
    for (Table& table : catalog_.tables) {
      std::vector<CatalogColumn*> columns;
      std::string any, each;
      for (CatalogColumn& column : table.columns) {
        column.required_if_whole = options_.leave_dates && HoldsRequiredDates(column);
        const std::string odd = column.required_if_whole ? "" : OddValue(column);
        if (odd.empty()) continue;
        columns.push_back(&column);
        any += (any.empty() ? "" : " OR ") + odd;
        each += (each.empty() ? "MAX(" : ", MAX(") + odd + ")";
      }
      if (!columns.empty()) MIQ_TRY(ProbeTable(table, columns, any, each));
    }
    return {};
  }

  Status ProbeTable(const Table& table, const std::vector<CatalogColumn*>& columns, const std::string& any,
                    const std::string& each) {
    const std::string from = " FROM " + QuoteName(table.name);
    MIQ_ASSIGN(const QueryRows found, session_.Query("SELECT 1" + from + " WHERE " + any + " LIMIT 1"));
    if (found.empty()) return {};
    MIQ_ASSIGN(const QueryRows rows, session_.Query("SELECT " + each + from));
    for (size_t i = 0; i < columns.size() && !rows.empty(); ++i) {
      if (rows[0][i] == "1") TakeProbe(*columns[i]);
    }
    return {};
  }

  static bool HoldsRequiredDates(const CatalogColumn& column) {
    const TypeKind kind = column.type.kind;
    return !column.nullable &&
           (kind == TypeKind::kDate || kind == TypeKind::kTimestamp || kind == TypeKind::kTimestampTz);
  }

  /// TIME is a span of -838 to 838 hours, but most columns hold times of day. A zero or impossible date will be NULL,
  /// which matters where NULL is not allowed; date arithmetic yields NULL for exactly these.
  /// Days up to the 28th are in every month, which spares most rows the arithmetic.
  static std::string OddValue(const CatalogColumn& column) {
    const std::string name = QuoteName(column.name);
    const TypeKind kind = column.type.kind;
    if (kind == TypeKind::kTime) return "(" + name + " < '00:00:00' OR " + name + " >= '24:00:00')";
    if (!HoldsRequiredDates(column)) return "";
    if (kind == TypeKind::kTimestampTz) return name + " = 0";
    return "((DAYOFMONTH(" + name + ") NOT BETWEEN 1 AND 28 OR MONTH(" + name + ") = 0) AND " + name +
           " + INTERVAL 0 DAY IS NULL)";
  }

  static void TakeProbe(CatalogColumn& column) {
    if (column.type.kind != TypeKind::kTime) {
      column.note = "holds zero or impossible dates";
      return;
    }
    column.type.kind = TypeKind::kInterval;
    column.note = "holds values below 0 or from 24 hours on, so it is read as an interval";
  }

  Session& session_;
  const std::string& database_;
  const DiscoverOptions& options_;
  Catalog catalog_;
  std::map<Key, size_t> tables_;
  std::map<TableName, std::optional<std::string>> next_;
  std::set<std::pair<TableName, std::string>> json_columns_;
};

}  // namespace

bool IsOurs(std::string_view table) {
  const auto ledger = [&](std::string_view name) {
    return table == name || (table.starts_with(name) && table.substr(name.size()) == kAsideSuffix);
  };
  return ledger(kChunkTable) || ledger(kJournalTable) || table.starts_with(ShadowPrefix()) ||
         table.starts_with(AsidePrefix());
}

Result<Catalog> ReadCatalog(Session& session, const std::string& database, const DiscoverOptions& options) {
  return Builder(session, database, options).Build();
}

}  // namespace migrateiq::mysql
