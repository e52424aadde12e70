#include "connectors/mysql/key_range.hpp"

#include <algorithm>

#include "connectors/mysql/mysql_session.hpp"

namespace migrateiq::mysql {

namespace {

std::optional<KeyForm> FormOf(TypeKind kind) {
  switch (kind) {
    case TypeKind::kBool:
    case TypeKind::kInt8:
    case TypeKind::kInt16:
    case TypeKind::kInt32:
    case TypeKind::kInt64:
    case TypeKind::kUInt64:
    case TypeKind::kDecimal: return KeyForm::kNumber;
    case TypeKind::kDate:
    case TypeKind::kTime:
    case TypeKind::kInterval:
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampTz:
    case TypeKind::kUuid: return KeyForm::kQuoted;
    case TypeKind::kString:
    case TypeKind::kChar: return KeyForm::kText;
    case TypeKind::kBytes: return KeyForm::kBytes;
    case TypeKind::kEnum:
    case TypeKind::kBit: return KeyForm::kOrdinal;
    // The text of a float has fewer digits than the value; json, arrays and geometry have no useful order.
    default: return std::nullopt;
  }
}

/// The address types of MariaDB travel as text but are compared by value.
KeyForm FormFor(const CatalogColumn& column, KeyForm natural) {
  const bool by_value = column.native.starts_with("inet") || column.native.starts_with("uuid");
  return by_value ? KeyForm::kQuoted : natural;
}

std::vector<KeyColumn> KeyFrom(const Index& index, const Table& table) {
  std::vector<KeyColumn> key;
  if (index.method != "btree" && index.method != "hash") return {};
  for (const IndexPart& part : index.parts) {
    const CatalogColumn* column = table.Find(part.column);
    if (column == nullptr || part.prefix != 0 || part.descending) return {};
    const auto form = FormOf(column->type.kind);
    if (!form || (column->nullable && &index != &*table.primary_key)) return {};
    const bool integer = IsInteger(column->type.kind) || column->type.kind == TypeKind::kBool;
    key.push_back({.name = column->name, .form = FormFor(*column, *form), .integer = integer});
  }
  return key;
}

std::string Literal(const KeyColumn& column, const std::string& value) {
  switch (column.form) {
    case KeyForm::kNumber:
    case KeyForm::kOrdinal: return value;
    case KeyForm::kQuoted: return QuoteText(value);
    case KeyForm::kBytes: return "X'" + value + "'";
    case KeyForm::kText: break;
  }
  const std::string bytes = "X'" + value + "'";
  return column.charset.empty() ? bytes : "_" + column.charset + " " + bytes + " COLLATE " + column.collation;
}

std::string Compare(const KeyColumn& column, const char* operation, const std::string& value) {
  return QuoteName(column.name) + " " + operation + " " + Literal(column, value);
}

struct Operators {
  const char* last;    ///< for the last column
  const char* outer;   ///< for a column before it, equality allowed
  const char* strict;  ///< equality excluded
};

std::string Expand(const std::vector<KeyColumn>& key, const KeyValue& value, size_t at, const Operators& operators) {
  if (at + 1 == key.size()) return Compare(key[at], operators.last, value[at]);
  return Compare(key[at], operators.outer, value[at]) + " AND (" + Compare(key[at], operators.strict, value[at]) +
         " OR (" + Expand(key, value, at + 1, operators) + "))";
}

}  // namespace

std::vector<KeyColumn> ChooseKey(const Table& table) {
  if (table.primary_key) {
    if (auto key = KeyFrom(*table.primary_key, table); !key.empty()) return key;
  }
  for (const Index& index : table.indexes) {
    if (!index.unique || !index.where.empty()) continue;
    if (auto key = KeyFrom(index, table); !key.empty()) return key;
  }
  return {};
}

std::string KeySelect(const std::vector<KeyColumn>& key) {
  std::string sql;
  for (const KeyColumn& column : key) {
    sql += sql.empty() ? "" : ", ";
    const std::string name = QuoteName(column.name);
    if (column.form == KeyForm::kText || column.form == KeyForm::kBytes)
      sql += "HEX(" + name + ")";
    else
      sql += column.form == KeyForm::kOrdinal ? name + " + 0" : name;
  }
  return sql;
}

std::string KeyOrder(const std::vector<KeyColumn>& key) {
  std::string sql;
  for (const KeyColumn& column : key) sql += (sql.empty() ? "" : ", ") + QuoteName(column.name);
  return sql;
}

std::string KeyAtLeast(const std::vector<KeyColumn>& key, const KeyValue& value) {
  return Expand(key, value, 0, {">=", ">=", ">"});
}

std::string KeyBelow(const std::vector<KeyColumn>& key, const KeyValue& value) {
  return Expand(key, value, 0, {"<", "<=", "<"});
}

std::string KeyRange(const std::vector<KeyColumn>& key, const std::optional<KeyValue>& from,
                     const std::optional<KeyValue>& to) {
  std::string sql = from ? KeyAtLeast(key, *from) : "";
  if (!to) return sql;
  return (sql.empty() ? "" : sql + " AND ") + KeyBelow(key, *to);
}

}  // namespace migrateiq::mysql
