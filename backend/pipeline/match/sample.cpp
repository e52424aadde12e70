#include "pipeline/match/sample.hpp"

#include <algorithm>

#include "pipeline/batch/any_value.hpp"
#include "pipeline/batch/text.hpp"

namespace migrateiq::match {

namespace {

constexpr size_t kMostPlaces = 4;
constexpr size_t kMostBytes = 400;  ///< of a value

TypeClass ClassOf(const LogicalType& type) {
  switch (type.kind) {
    case TypeKind::kBool: return TypeClass::kBool;
    case TypeKind::kInt8:
    case TypeKind::kInt16:
    case TypeKind::kInt32:
    case TypeKind::kInt64:
    case TypeKind::kUInt64: return TypeClass::kInteger;
    case TypeKind::kFloat:
    case TypeKind::kDouble:
    case TypeKind::kDecimal: return TypeClass::kDecimal;
    case TypeKind::kDate: return TypeClass::kDate;
    case TypeKind::kTime:
    case TypeKind::kInterval: return TypeClass::kTime;
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampTz: return TypeClass::kTimestamp;
    case TypeKind::kBytes:
    case TypeKind::kGeometry: return TypeClass::kBinary;
    case TypeKind::kUuid: return TypeClass::kUuid;
    case TypeKind::kJson:
    case TypeKind::kArray: return TypeClass::kJson;
    case TypeKind::kAny: return TypeClass::kUnknown;
    default: return TypeClass::kText;
  }
}

bool IsSingle(const Index& index, const std::string& column) {
  return index.parts.size() == 1 && index.parts[0].column == column && index.where.empty();
}

/// A value without a type of its own comes as the text that it is, not as the literal that tells its type.
void AppendReadable(std::string& out, const Column& column, int64_t row) {
  if (column.type().kind == TypeKind::kAny) {
    const any::Value value = any::Read(column.Bytes(row));
    if (value.type != any::Class::kBlob) {
      out.append(value.bytes);
      return;
    }
  }
  text::AppendValue(out, column, row);
}

void TakeBatch(const Batch& batch, int64_t rows, MatchTable& into) {
  const int64_t count = std::min(rows, batch.rows);
  for (size_t c = 0; c < into.columns.size() && c < batch.columns.size(); ++c)
    for (int64_t row = 0; row < count; ++row) {
      std::optional<std::string>& value = into.columns[c].values.emplace_back();
      if (batch.columns[c].IsNull(row)) continue;
      AppendReadable(value.emplace(), batch.columns[c], row);
      if (value->size() > kMostBytes) value->resize(kMostBytes);
    }
}

Status TakeSplit(Source& source, const ReadRequest& request, const Split& split, int64_t rows, MatchTable& into) {
  MIQ_ASSIGN(const std::unique_ptr<Reader> reader, source.OpenReader(request, split, 0));
  Batch batch;
  while (rows > 0) {
    MIQ_ASSIGN(const bool more, reader->Next(batch));
    if (!more) break;
    TakeBatch(batch, rows, into);
    rows -= batch.rows;
  }
  return {};
}

}  // namespace

MatchTable FromDefinition(const Table& table, bool declared) {
  MatchTable result{.name = table.name.name, .columns = {}};
  for (const CatalogColumn& column : table.columns) {
    MatchColumn& added = result.columns.emplace_back();
    added.name = column.name;
    added.comment = column.comment;
    if (declared) added.type = ClassOf(column.type);
    added.key = table.primary_key && IsSingle(*table.primary_key, column.name);
    added.unique = added.key || std::ranges::any_of(table.indexes, [&](const Index& index) {
                     return index.unique && IsSingle(index, column.name);
                   });
    added.foreign = std::ranges::any_of(table.foreign_keys, [&](const ForeignKey& key) {
      return std::ranges::find(key.columns, column.name) != key.columns.end();
    });
  }
  return result;
}

Status SampleValues(Source& source, const Table& table, int64_t rows, MatchTable& into) {
  const ReadRequest request{.table = &table, .sql = "", .columns = {}, .where = ""};
  MIQ_ASSIGN(const std::vector<Split> splits, source.PlanSplits(request, {.target_bytes = int64_t{8} << 20}));
  const size_t places = std::min(kMostPlaces, splits.size());
  for (size_t k = 0; k < places; ++k)
    MIQ_TRY(TakeSplit(source, request, splits[k * splits.size() / places], rows / static_cast<int64_t>(places), into));
  return {};
}

Result<SystemTables> ReadSystem(Source& source, const Catalog& catalog, bool declared, int64_t rows) {
  SystemTables system;
  std::vector<TableName> names;
  for (const Table& table : catalog.tables) names.push_back(table.name);
  if (rows > 0 && !names.empty()) MIQ_TRY(source.HoldMoment(1, names));
  for (const Table& table : catalog.tables) {
    MatchTable match = FromDefinition(table, declared);
    if (rows > 0) MIQ_TRY(SampleValues(source, table, rows, match));
    system.definitions.push_back(table);
    system.tables.push_back(std::move(match));
  }
  return system;
}

}  // namespace migrateiq::match
