#include "pipeline/run/typed_view.hpp"

#include <algorithm>

#include "pipeline/batch/any_value.hpp"
#include "pipeline/transform/cast.hpp"

namespace migrateiq {

namespace {

bool IsAny(const LogicalType& type) { return type.kind == TypeKind::kAny; }

Column Typed(const Column& column, const LogicalType& type) {
  const bool bytes = type.kind == TypeKind::kBytes || type.kind == TypeKind::kGeometry;
  Column plain(bytes ? LogicalType::Bytes() : LogicalType::String());
  for (int64_t row = 0; row < column.length(); ++row) {
    const any::Value value = column.IsNull(row) ? any::Value() : any::Read(column.Bytes(row));
    if (column.IsNull(row) || (value.type == any::Class::kBlob && !bytes))
      plain.AppendNull();
    else
      plain.AppendBytes(value.bytes);
  }
  std::vector<Finding> misfits;
  return CastColumn(std::move(plain), type, {}, 0, misfits);
}

}  // namespace

ResolvedPlan TypedPlan(const ResolvedPlan& resolved) {
  ResolvedPlan plan = resolved;
  for (TableTask& task : plan.tables) {
    if (task.declared.empty()) continue;
    auto schema = std::make_shared<Schema>(*task.transform.target);
    for (size_t i = 0; i < schema->fields.size(); ++i) {
      Field& field = schema->fields[i];
      field.type = task.declared[i];
      std::ranges::find(task.target.columns, field.name, &CatalogColumn::name)->type = field.type;
    }
    task.transform.target = std::move(schema);
  }
  return plan;
}

Batch TypedBatch(Batch batch, const SchemaPtr& schema) {
  for (size_t i = 0; i < batch.columns.size(); ++i) {
    if (IsAny(batch.columns[i].type())) batch.columns[i] = Typed(batch.columns[i], schema->fields[i].type);
  }
  batch.schema = schema;
  return batch;
}

}  // namespace migrateiq
