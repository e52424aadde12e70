#include "connectors/sqlite/sqlite_binder.hpp"

#include <charconv>
#include <cmath>
#include <limits>

#include "connectors/sqlite/sqlite_errors.hpp"
#include "pipeline/batch/any_value.hpp"
#include "pipeline/batch/text.hpp"

namespace migrateiq::sqlite {

namespace {

int BindText(sqlite3_stmt* statement, int index, std::string_view text) {
  const char* begin = text.data() == nullptr ? "" : text.data();
  return sqlite3_bind_text64(statement, index, begin, text.size(), SQLITE_STATIC, SQLITE_UTF8);
}

int BindBlob(sqlite3_stmt* statement, int index, std::string_view bytes) {
  if (bytes.empty()) return sqlite3_bind_zeroblob(statement, index, 0);  // a null address would bind NULL
  return sqlite3_bind_blob64(statement, index, bytes.data(), bytes.size(), SQLITE_STATIC);
}

int BindDouble(sqlite3_stmt* statement, int index, double value) {
  return std::isnan(value) ? SQLITE_MISMATCH : sqlite3_bind_double(statement, index, value);
}

/// A decimal as the number nearest to it; SQLite's own reading of the text can be off by the last bit.
int BindDecimal(sqlite3_stmt* statement, int index, std::string_view text, Affinity affinity) {
  if (affinity == Affinity::kText || affinity == Affinity::kBlob) return BindText(statement, index, text);
  const char* end = text.data() + text.size();
  int64_t whole = 0;
  if (const auto [stop, error] = std::from_chars(text.data(), end, whole); error == std::errc() && stop == end) {
    return sqlite3_bind_int64(statement, index, whole);
  }
  double real = 0;
  const auto [stop, error] = std::from_chars(text.data(), end, real);
  const bool finite = error == std::errc() && stop == end && std::isfinite(real);
  return finite ? sqlite3_bind_double(statement, index, real) : BindText(statement, index, text);
}

int BindUnsigned(sqlite3_stmt* statement, int index, uint64_t value, std::string& text) {
  if (std::in_range<int64_t>(value)) return sqlite3_bind_int64(statement, index, static_cast<int64_t>(value));
  text = std::to_string(value);
  return BindText(statement, index, text);
}

int BindAny(sqlite3_stmt* statement, int index, std::string_view stored) {
  const any::Value value = any::Read(stored);
  switch (value.type) {
    case any::Class::kInteger: return sqlite3_bind_int64(statement, index, any::IntegerOf(value));
    case any::Class::kReal: return sqlite3_bind_double(statement, index, any::RealOf(value));
    case any::Class::kBlob: return BindBlob(statement, index, value.bytes);
    case any::Class::kText: break;
  }
  return BindText(statement, index, value.bytes);
}

void AppendDate(std::string& text, int32_t days) {
  if (days == std::numeric_limits<int32_t>::max())
    text += "infinity";
  else if (days == std::numeric_limits<int32_t>::min())
    text += "-infinity";
  else
    text::AppendDate(text, days);
}

}  // namespace

RowBinder::RowBinder(const Schema& schema, const Table& table) {
  for (const Field& field : schema.fields) {
    const CatalogColumn* column = table.Find(field.name);
    places_.push_back({field.name, AffinityOf(column == nullptr ? "" : column->native)});
  }
}

Status RowBinder::Bind(sqlite3_stmt* statement, const Batch& batch, int64_t row) {
  for (size_t c = 0; c < places_.size(); ++c) {
    const int code = BindValue(statement, static_cast<int>(c) + 1, batch.columns[c], row, places_[c]);
    if (code == SQLITE_OK) continue;
    const bool nan = code == SQLITE_MISMATCH;
    Error error = MapError(code, nan ? "SQLite has no NaN: it would become NULL" : sqlite3_errstr(code));
    return Fail(std::move(error).Column(places_[c].name));
  }
  return {};
}

int RowBinder::BindValue(sqlite3_stmt* statement, int index, const Column& column, int64_t row, Place& place) {
  if (column.IsNull(row)) return sqlite3_bind_null(statement, index);
  std::string& text = place.text;
  text.clear();
  switch (column.type().kind) {
    case TypeKind::kBool: return sqlite3_bind_int(statement, index, column.Get<uint8_t>(row));
    case TypeKind::kInt8: return sqlite3_bind_int(statement, index, column.Get<int8_t>(row));
    case TypeKind::kInt16: return sqlite3_bind_int(statement, index, column.Get<int16_t>(row));
    case TypeKind::kInt32: return sqlite3_bind_int(statement, index, column.Get<int32_t>(row));
    case TypeKind::kInt64: return sqlite3_bind_int64(statement, index, column.Get<int64_t>(row));
    case TypeKind::kUInt64: return BindUnsigned(statement, index, column.Get<uint64_t>(row), text);
    case TypeKind::kFloat: return BindDouble(statement, index, column.Get<float>(row));
    case TypeKind::kDouble: return BindDouble(statement, index, column.Get<double>(row));
    case TypeKind::kDecimal: return BindDecimal(statement, index, column.Bytes(row), place.affinity);
    case TypeKind::kBytes:
    case TypeKind::kGeometry: return BindBlob(statement, index, column.Bytes(row));
    case TypeKind::kAny: return BindAny(statement, index, column.Bytes(row));
    case TypeKind::kDate: AppendDate(text, column.Get<int32_t>(row)); break;
    case TypeKind::kTime: text::AppendTime(text, column.Get<int64_t>(row)); break;
    case TypeKind::kTimestamp: text::AppendTimestamp(text, column.Get<int64_t>(row)); break;
    case TypeKind::kTimestampTz: text::AppendTimestampTz(text, column.Get<int64_t>(row)); break;
    case TypeKind::kInterval: text::AppendInterval(text, column.Get<Interval>(row)); break;
    case TypeKind::kUuid: text::AppendUuid(text, column.values() + row * 16); break;
    default: return BindText(statement, index, column.Bytes(row));
  }
  return BindText(statement, index, text);
}

}  // namespace migrateiq::sqlite
