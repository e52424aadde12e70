#include "connectors/parquet/storage.hpp"

#include "base/errors/connect.hpp"
#include "base/errors/run.hpp"
#include "pipeline/batch/text.hpp"
#include "pipeline/schema/dialect.hpp"
#include "pipeline/transform/cast.hpp"

namespace migrateiq::parquet {

namespace {

constexpr int kMostDigits = 38;

bool HasSameLayout(TypeKind read, TypeKind wanted) {
  if (read == TypeKind::kBytes) return wanted == TypeKind::kBytes || wanted == TypeKind::kGeometry;
  if (read != TypeKind::kString) return read == wanted;
  return wanted == TypeKind::kString || wanted == TypeKind::kChar || wanted == TypeKind::kJson ||
         wanted == TypeKind::kEnum || wanted == TypeKind::kArray || wanted == TypeKind::kBit;
}

}  // namespace

LogicalType StoredType(const LogicalType& type) {
  if (type.kind == TypeKind::kInterval) return LogicalType::String();
  const bool fixed =
      type.precision > 0 && type.precision <= kMostDigits && type.scale >= 0 && type.scale <= type.precision;
  if (type.kind == TypeKind::kDecimal && !fixed) return LogicalType::String();
  return type;
}

bool ToStored(const Column& column, Column& stored) {
  if (column.type().kind != TypeKind::kInterval) return false;
  std::string text;
  stored.Clear();
  for (int64_t row = 0; row < column.length(); ++row) {
    text.clear();
    if (!column.IsNull(row)) text::AppendValue(text, column, row);
    if (column.IsNull(row))
      stored.AppendNull();
    else
      stored.AppendBytes(text);
  }
  return true;
}

Column FromStored(Column&& read, const LogicalType& wanted, int32_t index, std::vector<Finding>& findings) {
  if (!HasSameLayout(read.type().kind, wanted.kind) ||
      (wanted.kind == TypeKind::kDecimal && !(read.type() == wanted))) {
    return CastColumn(std::move(read), wanted, ValueLimits{}, index, findings);
  }
  read.Retype(wanted);
  return std::move(read);
}

Error FileError(const duck::Refusal& refusal, const ErrorCode& otherwise, const std::string& file) {
  if (refusal.kind == DUCKDB_ERROR_INTERRUPT) return {codes::kRunInterrupted, "stopped at " + file};
  const bool full = refusal.message.find("No space left") != std::string::npos;
  return {full ? codes::kConnDiskFull : otherwise, file + ": " + refusal.message};
}

}  // namespace migrateiq::parquet
