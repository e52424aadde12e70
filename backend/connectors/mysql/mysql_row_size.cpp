#include "connectors/mysql/mysql_row_size.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include "base/errors/plan.hpp"
#include "connectors/mysql/mysql_dialect.hpp"

namespace migrateiq::mysql {

namespace {

constexpr int64_t kRecordHeader = 5, kSystemColumns = 13, kHiddenKey = 6;
constexpr int64_t kMostShort = 255;     ///< longer values can be stored outside of the page
constexpr int64_t kReference = 21;      ///< to such a value, with its length
constexpr int64_t kPageOverhead = 132;  ///< of an empty page
constexpr int64_t kMostRecord = 16383;

/// Bytes of types whose size is fixed, without the fraction of seconds.
const std::map<std::string_view, int64_t>& FixedBytes() {
  static const std::map<std::string_view, int64_t> bytes = {
      {"tinyint", 1},  {"bool", 1},      {"boolean", 1}, {"smallint", 2}, {"mediumint", 3}, {"int", 4},
      {"integer", 4},  {"float", 4},     {"bigint", 8},  {"double", 8},   {"date", 3},      {"time", 3},
      {"datetime", 5}, {"timestamp", 4}, {"year", 1},    {"enum", 1},     {"set", 1}};
  return bytes;
}

int64_t Argument(const NativeType& type, size_t index, int64_t otherwise) {
  return index < type.arguments.size() ? std::atoll(type.arguments[index].c_str()) : otherwise;
}

/// Nine digits take four bytes.
int64_t DigitBytes(int64_t digits) {
  constexpr std::array<int64_t, 9> kRest = {0, 1, 1, 2, 2, 3, 3, 4, 4};
  return digits / 9 * 4 + kRest[static_cast<size_t>(digits % 9)];
}

int64_t DecimalBytes(const NativeType& type) {
  const int64_t scale = Argument(type, 1, 0);
  return DigitBytes(std::max<int64_t>(Argument(type, 0, 10) - scale, 0)) + DigitBytes(scale);
}

bool HasFraction(std::string_view base) { return base == "time" || base == "datetime" || base == "timestamp"; }

int64_t ColumnBytes(const CatalogColumn& column) {
  const NativeType type = ParseNative(column.native);
  if (const auto fixed = FixedBytes().find(type.base); fixed != FixedBytes().end()) {
    return fixed->second + (HasFraction(type.base) ? (Argument(type, 0, 0) + 1) / 2 : 0);
  }
  if (type.base == "decimal" || type.base == "numeric") return DecimalBytes(type);
  if (type.base == "bit") return (Argument(type, 0, 1) + 7) / 8;
  if (IsLargeObject(type)) return kReference;
  const int64_t bytes = KeyBytes(type);
  if ((type.base == "char" || type.base == "binary") && bytes == Argument(type, 0, 1)) return bytes;
  return bytes > kMostShort ? kReference : 1 + bytes;
}

std::unexpected<Error> Refused(const Table& table, std::string message) {
  return Fail(Error(codes::kSchemaUnsupported, std::move(message))
                  .Table(table.name.ToString())
                  .Fix("Leave columns out (`rest: drop`), divide them among several tables, or give them narrower "
                       "types under `types:`."));
}

}  // namespace

int64_t LeastRowBytes(const Table& table) {
  int64_t bytes = kRecordHeader + kSystemColumns + (table.primary_key ? 0 : kHiddenKey);
  int64_t nullable = 0;
  for (const CatalogColumn& column : table.columns) {
    if (column.IsGenerated() && !column.generated_stored) continue;
    bytes += ColumnBytes(column);
    nullable += column.nullable ? 1 : 0;
  }
  return bytes + (nullable + 7) / 8;
}

Status CheckRowSize(const Table& table, int64_t page_bytes) {
  if (table.columns.size() > kMostColumns) {
    return Refused(table, std::to_string(table.columns.size()) + " columns; an InnoDB table has at most " +
                              std::to_string(kMostColumns));
  }
  const int64_t most = std::min((page_bytes - kPageOverhead) / 2, kMostRecord);
  const int64_t bytes = LeastRowBytes(table);
  if (bytes <= most) return {};
  return Refused(table, "its " + std::to_string(table.columns.size()) + " columns take " + std::to_string(bytes) +
                            " bytes in a row's page, of " + std::to_string(most) + " that InnoDB has with pages of " +
                            std::to_string(page_bytes / 1024) + " kB");
}

}  // namespace migrateiq::mysql
