#include "pipeline/batch/batch.hpp"

namespace migrateiq {

int Schema::IndexOf(std::string_view name) const {
  for (size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].name == name) return static_cast<int>(i);
  }
  return -1;
}

Batch::Batch(SchemaPtr of) : schema(std::move(of)) {
  columns.reserve(schema->fields.size());
  for (const Field& field : schema->fields) columns.emplace_back(field.type);
}

size_t Batch::ByteSize() const {
  size_t bytes = 0;
  for (const Column& column : columns) bytes += column.ByteSize();
  return bytes;
}

void Batch::Clear() {
  for (Column& column : columns) column.Clear();
  findings.clear();
  rows = 0;
  place.clear();
}

Batch Batch::Slice(int64_t begin, int64_t count) const {
  std::vector<bool> keep(static_cast<size_t>(rows), false);
  for (int64_t row = begin; row < begin + count; ++row) keep[static_cast<size_t>(row)] = true;
  return Filter(keep);
}

Batch Batch::Filter(const std::vector<bool>& keep) const {
  Batch kept(schema);
  std::vector<int64_t> new_row(static_cast<size_t>(rows), -1);
  for (int64_t row = 0; row < rows; ++row) {
    if (keep[static_cast<size_t>(row)]) new_row[static_cast<size_t>(row)] = kept.rows++;
  }
  for (size_t c = 0; c < columns.size(); ++c) {
    for (int64_t row = 0; row < rows; ++row) {
      if (new_row[static_cast<size_t>(row)] >= 0) kept.columns[c].AppendFrom(columns[c], row);
    }
  }
  for (const Finding& finding : findings) {
    const int64_t row = new_row[static_cast<size_t>(finding.row)];
    if (row < 0) continue;
    kept.findings.push_back(finding);
    kept.findings.back().row = row;
  }
  kept.place = place;
  return kept;
}

}  // namespace migrateiq
