#include "connectors/postgres/postgres_catalog.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>

#include "base/errors/data.hpp"
#include "connectors/postgres/catalog_sql.hpp"
#include "connectors/postgres/postgres_dialect.hpp"
#include "connectors/postgres/postgres_types.hpp"

namespace migrateiq::postgres {

namespace {

std::vector<std::string> SplitOn(std::string_view text, char separator) {
  std::vector<std::string> parts;
  if (text.empty()) return parts;
  for (size_t from = 0;;) {
    const size_t end = text.find(separator, from);
    parts.emplace_back(text.substr(from, end - from));
    if (end == std::string_view::npos) return parts;
    from = end + 1;
  }
}

/// Saturating, as a sequence at its end is.
std::string Plus(int64_t last, int64_t step) {
  int64_t sum = 0;
  if (__builtin_add_overflow(last, step, &sum)) sum = step > 0 ? INT64_MAX : INT64_MIN;
  return std::to_string(sum);
}

FkAction ActionOf(std::string_view code) {
  switch (code.empty() ? 'a' : code[0]) {
    case 'r': return FkAction::kRestrict;
    case 'c': return FkAction::kCascade;
    case 'n': return FkAction::kSetNull;
    case 'd': return FkAction::kSetDefault;
    default: return FkAction::kNoAction;
  }
}

/// Collects the answers of the discovery queries into a Catalog.
class Builder {
 public:
  Builder(Session& session, const CatalogScope& scope) : session_(session), scope_(scope) {}

  Result<Catalog> Build() {
    MIQ_TRY(ReadTables());
    MIQ_TRY(ReadEnums());
    MIQ_TRY(ReadColumns());
    MIQ_TRY(ReadSequences());
    MIQ_TRY(ReadIndexes());
    MIQ_TRY(ReadConstraints());
    MIQ_TRY(ReadPartitions());
    if (scope_.others) MIQ_TRY(ReadOthers());
    if (scope_.others) ListTablesWithoutColumns();
    KeepUsedEnums();
    return std::move(catalog_);
  }

 private:
  Table* TableOf(const Rows& rows, int row) {
    const auto found = by_oid_.find(rows.Text(row, 0));
    return found == by_oid_.end() ? nullptr : &catalog_.tables[found->second];
  }

  /// PostgreSQL alone has them. Their rows hold nothing but their number.
  void ListTablesWithoutColumns() {
    for (const Table& table : catalog_.tables) {
      if (!table.columns.empty()) continue;
      catalog_.others.push_back({"table", table.name.ToString(),
                                 "CREATE TABLE " + PostgresDialect::Instance().Quote(table.name) + " ()",
                                 "it has no columns"});
    }
    std::erase_if(catalog_.tables, [](const Table& table) { return table.columns.empty(); });
  }

  Status ReadTables() {
    MIQ_ASSIGN(const Rows rows, session_.Query(catalog_sql::Tables(scope_)));
    for (int i = 0; i < rows.count(); ++i) {
      Table table{.name = {rows.Text(i, 1), rows.Text(i, 2)}};
      table.row_estimate = rows.IsNull(i, 4) ? -1 : rows.Int(i, 4);
      table.byte_estimate = rows.Int(i, 5, -1);
      if (table.byte_estimate == 0) table.row_estimate = 0;
      table.partitioning = rows.Text(i, 6);
      table.comment = rows.Text(i, 7);
      by_oid_[rows.Text(i, 0)] = catalog_.tables.size();
      catalog_.tables.push_back(std::move(table));
    }
    return {};
  }

  Status ReadEnums() {
    MIQ_ASSIGN(const Rows rows, session_.Query(catalog_sql::Enums()));
    for (int i = 0; i < rows.count(); ++i) {
      enums_[rows.Text(i, 0)] = {{rows.Text(i, 1), rows.Text(i, 2)}, SplitOn(rows.At(i, 3), '\x1f')};
    }
    return {};
  }

  LogicalType TypeOf(const Rows& rows, int i, const std::string& native) {
    if (const auto known = ParsePgType(native)) return known->type;
    if (const auto found = enums_.find(rows.Text(i, 5)); found != enums_.end()) {
      used_enums_.insert(found->first);
      LogicalType type = LogicalType::Of(TypeKind::kEnum);
      type.labels = found->second.labels;
      return type;
    }
    return native.ends_with("]") ? LogicalType::Of(TypeKind::kArray) : LogicalType::String();
  }

  CatalogColumn ColumnOf(const Rows& rows, int i) {
    CatalogColumn column{.name = rows.Text(i, 2), .native = rows.Text(i, 3)};
    column.type = TypeOf(rows, i, column.native);
    column.nullable = !rows.Bool(i, 8);
    if (rows.At(i, 11) == "s")
      column.generated_sql = rows.Text(i, 9);
    else
      column.default_sql = rows.Optional(i, 9);
    if (rows.At(i, 10) == "a") column.identity = Identity::kAlways;
    if (rows.At(i, 10) == "d") column.identity = Identity::kByDefault;
    column.collation = rows.Text(i, 12);
    column.comment = rows.Text(i, 13);
    column.case_insensitive = rows.At(i, 7) == "citext";
    column.pad_space = column.type.kind == TypeKind::kChar;
    if (!rows.IsNull(i, 4)) column.note = "domain " + rows.Text(i, 4) + " is read as its base type " + column.native;
    if (!rows.IsNull(i, 14))
      column.note += (column.note.empty() ? "" : "; ") + ("collation " + rows.Text(i, 14)) + " is not carried over";
    return column;
  }

  Status ReadColumns() {
    MIQ_ASSIGN(const Rows rows, session_.Query(catalog_sql::Columns(scope_, session_.server_version())));
    for (int i = 0; i < rows.count(); ++i) {
      Table* table = TableOf(rows, i);
      if (table == nullptr) continue;
      column_places_[rows.Text(i, 0) + "." + rows.Text(i, 1)] = {by_oid_[rows.Text(i, 0)], table->columns.size()};
      table->columns.push_back(ColumnOf(rows, i));
    }
    return {};
  }

  CatalogColumn* OwnerOf(const Rows& rows, int i) {
    const auto found = column_places_.find(rows.Text(i, 10) + "." + rows.Text(i, 11));
    if (found == column_places_.end()) return nullptr;
    return &catalog_.tables[found->second.first].columns[found->second.second];
  }

  /// Takes the sequence as the column's own counter when it is one.
  static bool BecomesIdentity(CatalogColumn* column, const std::string& next) {
    if (column == nullptr) return false;
    const bool serial = column->default_sql && column->default_sql->starts_with("nextval(");
    if (column->identity == Identity::kNone && !serial) return false;
    if (serial) {
      column->default_sql.reset();
      column->identity = Identity::kByDefault;
    }
    if (!next.empty()) column->identity_next = next;
    return true;
  }

  /// Whether an identity column counts as one does that says nothing else: up by one from 1.
  static bool IsPlain(const Sequence& sequence) {
    return sequence.increment == "1" && sequence.start == "1" && sequence.minimum == "1" && !sequence.cycle &&
           (sequence.maximum == "32767" || sequence.maximum == "2147483647" ||
            sequence.maximum == "9223372036854775807");
  }

  static Sequence SequenceOf(const Rows& rows, int i) {
    return {.name = {rows.Text(i, 0), rows.Text(i, 1)},
            .type = rows.Text(i, 2),
            .start = rows.Text(i, 3),
            .increment = rows.Text(i, 4),
            .minimum = rows.Text(i, 5),
            .maximum = rows.Text(i, 6),
            .cycle = rows.Bool(i, 7),
            .owned_by = {rows.Text(i, 12), rows.Text(i, 13)},
            .owned_column = rows.Text(i, 14)};
  }

  /// Sequences that were never called keep their next value in last_value, which only they themselves show.
  Result<std::map<int, std::string>> UncalledValues(const Rows& rows) {
    std::string sql;
    for (int i = 0; i < rows.count(); ++i) {
      if (!rows.IsNull(i, 8) || !rows.Bool(i, 9)) continue;
      sql += (sql.empty() ? "SELECT " : " UNION ALL SELECT ") + std::to_string(i) + ", last_value FROM " +
             QuoteIdentifier(rows.At(i, 0)) + "." + QuoteIdentifier(rows.At(i, 1));
    }
    std::map<int, std::string> values;
    if (sql.empty()) return values;
    MIQ_ASSIGN(const Rows found, session_.Query(sql));
    for (int i = 0; i < found.count(); ++i) values[static_cast<int>(found.Int(i, 0))] = found.Text(i, 1);
    return values;
  }

  Status ReadSequences() {
    MIQ_ASSIGN(const Rows rows, session_.Query(catalog_sql::Sequences(scope_)));
    MIQ_ASSIGN(auto uncalled, UncalledValues(rows));
    for (int i = 0; i < rows.count(); ++i) {
      Sequence sequence = SequenceOf(rows, i);
      sequence.next_value = rows.IsNull(i, 8) ? uncalled[i] : Plus(rows.Int(i, 8), rows.Int(i, 4));
      const bool counts = BecomesIdentity(OwnerOf(rows, i), sequence.next_value);
      if (!counts || !IsPlain(sequence)) catalog_.sequences.push_back(std::move(sequence));
    }
    return {};
  }

  static IndexPart PartOf(const std::string& text, bool btree) {
    const std::vector<std::string> fields = SplitOn(text, '\x1e');
    IndexPart part;
    if (fields.size() != 5) return part;
    part.column = fields[0];
    part.expression = fields[1];
    const int option = std::atoi(fields[2].c_str());
    part.descending = (option & 1) != 0;
    const bool nulls_first = (option & 2) != 0;
    if (btree && nulls_first != part.descending) part.nulls_first = nulls_first;
    part.collation = fields[3];
    part.opclass = fields[4];
    return part;
  }

  static Index IndexOf(const Rows& rows, int i) {
    Index index{.name = rows.Text(i, 1),
                .unique = rows.Bool(i, 2),
                .constraint = rows.At(i, 8) == "u",
                .nulls_not_distinct = rows.Bool(i, 4),
                .deferrable = rows.Bool(i, 9),
                .initially_deferred = rows.Bool(i, 10),
                .method = rows.Text(i, 5),
                .where = rows.Text(i, 6),
                .comment = rows.Text(i, 11),
                .definition = rows.Text(i, 7)};
    const std::vector<std::string> parts = SplitOn(rows.At(i, 13), '\x1f');
    const auto keys = static_cast<size_t>(rows.Int(i, 12));
    for (size_t k = 0; k < parts.size(); ++k) {
      IndexPart part = PartOf(parts[k], index.method == "btree");
      if (k < keys)
        index.parts.push_back(std::move(part));
      else
        index.include.push_back(part.column);
    }
    return index;
  }

  Status ReadIndexes() {
    MIQ_ASSIGN(const Rows rows, session_.Query(catalog_sql::Indexes(scope_, session_.server_version())));
    for (int i = 0; i < rows.count(); ++i) {
      Table* table = TableOf(rows, i);
      if (table == nullptr) continue;
      if (rows.Bool(i, 3))
        table->primary_key = IndexOf(rows, i);
      else
        table->indexes.push_back(IndexOf(rows, i));
    }
    return {};
  }

  Status ReadConstraints() {
    MIQ_ASSIGN(const Rows rows, session_.Query(catalog_sql::Constraints(scope_, session_.server_version())));
    for (int i = 0; i < rows.count(); ++i) {
      Table* table = TableOf(rows, i);
      if (table == nullptr) continue;
      if (rows.At(i, 2) == "c") {
        table->checks.push_back({rows.Text(i, 1), rows.Text(i, 13)});
        continue;
      }
      table->foreign_keys.push_back({.name = rows.Text(i, 1),
                                     .columns = SplitOn(rows.At(i, 3), '\x1f'),
                                     .parent = {rows.Text(i, 4), rows.Text(i, 5)},
                                     .parent_columns = SplitOn(rows.At(i, 6), '\x1f'),
                                     .on_delete = ActionOf(rows.At(i, 7)),
                                     .on_update = ActionOf(rows.At(i, 8)),
                                     .deferrable = rows.Bool(i, 10),
                                     .initially_deferred = rows.Bool(i, 11),
                                     .match_full = rows.At(i, 9) == "f",
                                     .validated = rows.Bool(i, 12)});
    }
    return {};
  }

  Status ReadPartitions() {
    MIQ_ASSIGN(const Rows rows, session_.Query(catalog_sql::Partitions(scope_)));
    for (int i = 0; i < rows.count(); ++i) {
      if (Table* table = TableOf(rows, i)) table->partitions.push_back(rows.Text(i, 1));
    }
    return {};
  }

  Status ReadOthers() {
    MIQ_ASSIGN(const Rows rows, session_.Query(catalog_sql::Others(scope_, session_.server_version())));
    for (int i = 0; i < rows.count(); ++i) {
      catalog_.others.push_back({rows.Text(i, 0), rows.Text(i, 1), rows.Text(i, 2), rows.Text(i, 3)});
    }
    return {};
  }

  void KeepUsedEnums() {
    for (const std::string& oid : used_enums_) catalog_.enums.push_back(enums_[oid]);
    std::ranges::sort(catalog_.enums, {}, &EnumType::name);
  }

  Session& session_;
  const CatalogScope& scope_;
  Catalog catalog_;
  std::map<std::string, size_t> by_oid_;
  std::map<std::string, std::pair<size_t, size_t>> column_places_;  ///< "oid.attnum" -> table, column
  std::map<std::string, EnumType> enums_;
  std::set<std::string> used_enums_;
};

}  // namespace

Result<Catalog> ReadCatalog(Session& session, const CatalogScope& scope) { return Builder(session, scope).Build(); }

Result<Table> DescribeColumns(Session& session, const std::string& sql) {
  MIQ_ASSIGN(const Rows shape, session.Query("SELECT * FROM (" + sql + "\n) AS q LIMIT 0"));
  std::string values;
  for (int i = 0; i < shape.columns(); ++i) {
    values += (i == 0 ? "(" : ", (") + std::to_string(i) + ", " + std::to_string(PQftype(shape.get(), i)) + ", " +
              std::to_string(PQfmod(shape.get(), i)) + ")";
  }
  Table table;
  if (values.empty()) return Fail(codes::kReadUnsupported, "the query has no columns");
  MIQ_ASSIGN(const Rows path, session.Query("SELECT current_setting('search_path')"));
  MIQ_TRY(session.Execute("SET search_path = pg_catalog"));  // so that types are printed with their schemas
  MIQ_ASSIGN(const Rows types, session.Query(catalog_sql::TypesOf(values)));
  MIQ_ASSIGN(const Rows enums, session.Query(catalog_sql::Enums()));
  MIQ_TRY(session.Execute("SET search_path = " + path.Text(0, 0)));
  for (int i = 0; i < types.count(); ++i) {
    CatalogColumn column{.name = PQfname(shape.get(), i), .native = types.Text(i, 0)};
    if (types.At(i, 2) == "e") {
      column.type = LogicalType::Of(TypeKind::kEnum);
      for (int e = 0; e < enums.count(); ++e) {
        if (enums.At(e, 0) == types.At(i, 1)) column.type.labels = SplitOn(enums.At(e, 3), '\x1f');
      }
    }
    const WireColumn wire = MakeWireColumn(column);
    column.type = wire.type;
    table.columns.push_back(std::move(column));
  }
  return table;
}

}  // namespace migrateiq::postgres
