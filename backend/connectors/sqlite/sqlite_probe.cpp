#include "connectors/sqlite/sqlite_probe.hpp"

#include <algorithm>
#include <cmath>

#include "connectors/sqlite/sqlite_names.hpp"
#include "connectors/sqlite/sqlite_types.hpp"
#include "pipeline/batch/text.hpp"

namespace migrateiq::sqlite {

namespace {

constexpr int64_t kFullScanRows = 200'000;
constexpr int64_t kSampleRows = 20'000;  // at each end
constexpr int64_t kExactInDouble = int64_t{1} << 53;

bool IsTimeKind(TypeKind kind) {
  return kind == TypeKind::kDate || kind == TypeKind::kTime || kind == TypeKind::kTimestamp ||
         kind == TypeKind::kTimestampTz;
}

bool IsZoned(std::string_view text) {
  int64_t micros = 0;
  std::optional<int32_t> zone;
  return text::ParseTimestamp(text, micros, &zone) == text::DateState::kValid && zone.has_value();
}

bool IsBits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c == '0' || c == '1'; });
}

}  // namespace

ColumnProbe::ColumnProbe(LogicalType declared, bool typeless) : declared_(std::move(declared)), typeless_(typeless) {}

void ColumnProbe::See(sqlite3_value* value) {
  const auto bytes = [value] {
    const auto* begin = static_cast<const char*>(sqlite3_value_blob(value));
    return std::string_view(begin, begin == nullptr ? 0 : static_cast<size_t>(sqlite3_value_bytes(value)));
  };
  const auto text = [value] {
    const auto* begin = reinterpret_cast<const char*>(sqlite3_value_text(value));
    return std::string_view(begin, begin == nullptr ? 0 : static_cast<size_t>(sqlite3_value_bytes(value)));
  };
  switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER: return SeeInt(sqlite3_value_int64(value));
    case SQLITE_FLOAT: return SeeReal(sqlite3_value_double(value));
    case SQLITE_TEXT: return SeeText(text());
    case SQLITE_BLOB: return SeeBlob(bytes());
    default: return;
  }
}

void ColumnProbe::SeeInt(int64_t value) {
  ++ints_;
  ++numbers_;
  const bool huge = value > kExactInDouble || value < -kExactInDouble;
  if (huge) ++huge_ints_;
  max_chars_ = std::max<int64_t>(max_chars_, 20);
  switch (declared_.kind) {
    case TypeKind::kBool: fitting_ += value == 0 || value == 1; break;
    case TypeKind::kInt64:
    case TypeKind::kString:
    case TypeKind::kJson: ++fitting_; break;
    case TypeKind::kDouble: fitting_ += !huge; break;
    case TypeKind::kDecimal: fitting_ += FitsDecimal(std::to_string(value)); break;
    default: break;
  }
}

void ColumnProbe::SeeReal(double value) {
  ++reals_;
  ++numbers_;
  switch (declared_.kind) {
    case TypeKind::kBool: fitting_ += value == 0.0 || value == 1.0; break;
    case TypeKind::kDouble:
    case TypeKind::kString:
    case TypeKind::kJson: ++fitting_; break;
    case TypeKind::kDecimal: {
      std::string shortest;
      text::AppendDouble(shortest, value);
      if (text::NormalizeDecimal(shortest, scratch_)) fitting_ += FitsDecimal(scratch_);
      break;
    }
    default: break;
  }
}

bool ColumnProbe::FitsDecimal(std::string_view text) const {
  if (declared_.precision == 0) return true;
  int integer_digits = 0;
  int fraction_digits = 0;
  text::DecimalDigits(text, integer_digits, fraction_digits);
  return fraction_digits <= declared_.scale && integer_digits <= declared_.precision - declared_.scale;
}

void ColumnProbe::SeeText(std::string_view text) {
  ++texts_;
  const int64_t characters = text::CountCharacters(text);
  max_chars_ = std::max(max_chars_, characters);
  if (IsTimeKind(declared_.kind)) return SeeTime(text);
  uint8_t uuid[16];
  switch (declared_.kind) {
    case TypeKind::kBool: fitting_ += text::ParseBool(text).has_value(); break;
    case TypeKind::kString:
    case TypeKind::kChar: fitting_ += declared_.length == 0 || characters <= declared_.length; break;
    case TypeKind::kBytes:
      fitting_ += declared_.length == 0 || std::cmp_less_equal(text.size(), declared_.length);
      break;
    case TypeKind::kJson: ++fitting_; break;
    case TypeKind::kUuid: fitting_ += text::ParseUuid(text, uuid); break;
    case TypeKind::kInterval: fitting_ += text::ParseInterval(text).has_value(); break;
    case TypeKind::kBit: fitting_ += IsBits(text); break;
    case TypeKind::kDecimal:
      if (!text::NormalizeDecimal(text, scratch_)) break;
      ++numbers_;
      fitting_ += FitsDecimal(scratch_);
      break;
    default: break;
  }
}

void ColumnProbe::SeeTime(std::string_view text) {
  int32_t days = 0;
  int64_t micros = 0;
  const bool time = declared_.kind == TypeKind::kTime && text::ParseTime(text, micros);
  const bool endless = text == "infinity" || text == "-infinity";
  const bool date = endless || text::ParseDate(text, days) != text::DateState::kNotADate;
  const bool stamp = !date && text::ParseTimestamp(text, micros) != text::DateState::kNotADate;
  const bool zoned = !date && !stamp && IsZoned(text);
  dates_ += date;
  stamps_ += stamp;
  zoned_ += zoned;
  switch (declared_.kind) {
    case TypeKind::kDate: fitting_ += date; break;
    case TypeKind::kTime: fitting_ += time; break;
    case TypeKind::kTimestamp: fitting_ += date || stamp; break;
    default: fitting_ += date || stamp || zoned; break;
  }
}

void ColumnProbe::SeeBlob(std::string_view bytes) {
  ++blobs_;
  switch (declared_.kind) {
    case TypeKind::kBytes:
      fitting_ += declared_.length == 0 || std::cmp_less_equal(bytes.size(), declared_.length);
      break;
    case TypeKind::kGeometry: ++fitting_; break;
    case TypeKind::kUuid: fitting_ += bytes.size() == 16; break;
    default: break;
  }
}

LogicalType ColumnProbe::Numbers() const {
  if (reals_ == 0) return LogicalType::Of(TypeKind::kInt64);
  return huge_ints_ == 0 ? LogicalType::Of(TypeKind::kDouble) : LogicalType::Decimal(0, -1);
}

LogicalType ColumnProbe::Free() const {
  if (blobs_ != 0) return LogicalType::Bytes();
  return texts_ == 0 ? Numbers() : LogicalType::String();
}

LogicalType ColumnProbe::DecideTime() const {
  if (dates_ + stamps_ == seen()) return LogicalType::Of(dates_ == seen() ? TypeKind::kDate : TypeKind::kTimestamp);
  return zoned_ == seen() ? LogicalType::Of(TypeKind::kTimestampTz) : Free();
}

LogicalType ColumnProbe::DecideText() const {
  if (blobs_ != 0) return LogicalType::Bytes();
  return LogicalType::String();
}

bool ColumnProbe::DeclaredFits() const {
  if (typeless_) return false;
  // A BLOB column in which only other classes are met was not meant for bytes.
  if (declared_.kind == TypeKind::kBytes && blobs_ == 0) return false;
  return fitting_ == seen();
}

LogicalType ColumnProbe::Decide() const {
  if (seen() == 0 || DeclaredFits()) return declared_;
  if (IsTimeKind(declared_.kind)) return DecideTime();
  if (declared_.kind == TypeKind::kDecimal && numbers_ == seen()) return LogicalType::Decimal(0, -1);
  if (declared_.kind == TypeKind::kString && !typeless_) return DecideText();
  if (declared_.kind == TypeKind::kDouble && numbers_ == seen()) return LogicalType::Decimal(0, -1);
  return Free();
}

std::string ColumnProbe::Describe(bool sampled) const {
  const std::string of = " of " + std::to_string(seen()) + (sampled ? " sampled values " : " values ");
  std::string description;
  const auto add = [&](int64_t count, const char* what) {
    if (count == 0) return;
    description +=
        (description.empty() ? "" : ", ") + std::to_string(count) + of + (count == 1 ? "is " : "are ") + what;
  };
  add(ints_, "integer");
  add(reals_, "real");
  add(texts_, "text");
  add(blobs_, "blob");
  return description;
}

namespace {

bool IsForeignKeyColumn(const Table& table, std::string_view column) {
  return std::ranges::any_of(table.foreign_keys, [&](const ForeignKey& key) {
    return std::ranges::find(key.columns, column) != key.columns.end();
  });
}

bool IsKeyColumn(const Table& table, std::string_view column) {
  if (!table.primary_key) return false;
  return std::ranges::find(table.primary_key->parts, column, &IndexPart::column) != table.primary_key->parts.end();
}

std::vector<ColumnProbe> ProbesFor(const Table& table) {
  std::vector<ColumnProbe> probes;
  for (const CatalogColumn& column : table.columns) probes.emplace_back(column.type, IsTypeless(column.native));
  return probes;
}

std::string SelectFrom(const Table& table, const std::string& from) {
  std::string sql;
  for (const CatalogColumn& column : table.columns) sql += (sql.empty() ? "SELECT " : ",") + QuoteName(column.name);
  return sql + " FROM " + from;
}

/// Shows the probes at most `limit` rows; true when there were more.
Result<bool> Look(const Database& database, const std::string& sql, int64_t limit, std::vector<ColumnProbe>& probes) {
  MIQ_ASSIGN(Statement statement, database.Prepare(sql));
  for (int64_t row = 0;; ++row) {
    MIQ_ASSIGN(const bool found, statement.Step());
    if (!found) return false;
    if (row == limit) return true;
    for (size_t c = 0; c < probes.size(); ++c)
      probes[c].See(sqlite3_column_value(statement.get(), static_cast<int>(c)));
  }
}

/// Looks at all rows, or at both ends of a table known to have more than kFullScanRows. True when something was left
/// out.
Result<bool> LookAtRows(const Database& database, const std::string& select, const Table& table,
                        std::vector<ColumnProbe>& probes) {
  const bool has_rowid = !table.without_rowid && !table.name.name.empty();
  const bool large = table.row_estimate > kFullScanRows;
  MIQ_ASSIGN(const bool more, Look(database, select, large ? kSampleRows : kFullScanRows, probes));
  if (!more || !has_rowid) return more;
  return Look(database, select + " ORDER BY rowid DESC", kSampleRows, probes);
}

bool MayChange(const Table& table, const CatalogColumn& column) {
  if (IsTypeless(column.native)) return true;
  return !IsKeyColumn(table, column.name) && !IsForeignKeyColumn(table, column.name);
}

void Apply(const ColumnProbe& probe, bool sampled, const Table& table, CatalogColumn& column) {
  column.max_chars = probe.max_chars();
  if (probe.seen() == 0 || !MayChange(table, column)) return;
  LogicalType decided = probe.Decide();
  if (decided == column.type) return;
  column.note = "declared " + (column.native.empty() ? "without a type" : column.native) + ", read as " +
                ToString(decided) + ": " + probe.Describe(sampled);
  column.type = std::move(decided);
}

}  // namespace

Status ProbeTable(const Database& database, const std::string& from, Table& table) {
  std::vector<ColumnProbe> probes = ProbesFor(table);
  MIQ_ASSIGN(const bool sampled, LookAtRows(database, SelectFrom(table, from), table, probes));
  for (size_t c = 0; c < probes.size(); ++c) Apply(probes[c], sampled, table, table.columns[c]);
  return {};
}

}  // namespace migrateiq::sqlite
