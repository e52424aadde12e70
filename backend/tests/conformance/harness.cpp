#include "tests/conformance/harness.hpp"

#include <algorithm>
#include <stdexcept>

#include "pipeline/batch/text.hpp"
#include "tests/conformance/edge_values.hpp"

namespace migrateiq::conformance {
namespace {

CatalogColumn MakeColumn(const Dialect& dialect, const std::string& name, const std::string& native) {
  CatalogColumn column;
  column.name = name;
  column.native = native;
  column.type = Must(dialect.ParseType(native));
  return column;
}

void AppendId(Column& column, int64_t id) {
  if (!AppendEdgeValue(column, std::to_string(id))) throw std::runtime_error("the key column cannot hold a number");
}

}  // namespace

std::ostream& operator<<(std::ostream& out, const ConformanceQuirks& quirks) { return out << quirks.connector; }

Harness::Harness(const ConformanceQuirks& quirks) : quirks_(quirks) {
  auto url = quirks.make_url();
  if (!url) {
    why_skipped_ = url.error();
    return;
  }
  url_ = *url;
  target_ = Must(OpenTarget(Must(ParseUrl(url_, Secrets::kRefuse)), Options()));
  Must(target_->Prepare());
}

Harness::~Harness() {
  target_.reset();
  if (quirks_.remove && !url_.empty()) quirks_.remove(url_);
}

OpenOptions Harness::Options() const {
  OpenOptions options;
  options.run_id = kRun;
  return options;
}

Table Harness::MakeTable(const std::string& name, const std::string& native) const {
  Table table;
  table.name = {target_->default_schema(), name};
  table.columns.push_back(MakeColumn(target_->dialect(), "id", quirks_.id_native));
  table.columns.back().nullable = false;
  table.columns.push_back(MakeColumn(target_->dialect(), "v", native));
  table.primary_key = Index{.unique = true, .constraint = true, .parts = {IndexPart{.column = "id"}}};
  return table;
}

void Harness::Create(const Table& table) {
  for (const DdlStep& step : target_->dialect().CreateSteps(table)) Must(target_->Execute(step.statements));
  for (const DdlStep& step : target_->dialect().IndexSteps(table)) Must(target_->Execute(step.statements));
}

std::unique_ptr<Writer> Harness::OpenWriter(const Table& table) {
  return Must(target_->OpenWriter({.table = &table, .schema = SchemaOf(table)}));
}

LedgerLine Harness::Line(const ChunkKey& key, const Batch& batch) {
  LedgerLine line{.key = key, .rows_read = batch.rows, .rows_written = batch.rows, .details = "{}"};
  line.bytes = static_cast<int64_t>(batch.ByteSize());
  RowEncoder encoder;
  AddToDigest(batch, encoder, line.digest);
  return line;
}

void Harness::Load(const Table& table, const std::string& chunk, const Batch& batch) {
  const auto writer = OpenWriter(table);
  const ChunkKey key = Key(table, chunk);
  if (!Must(writer->Begin(key))) throw std::runtime_error("the chunk is already there");
  Must(writer->Write(batch));
  Must(writer->Commit(Line(key, batch)));
}

void Harness::Publish(const Table& table) { Must(target_->Publish(kRun, table.name)); }

std::unique_ptr<Source> Harness::OpenReadingSide() {
  return Must(OpenSource(Must(ParseUrl(url_, Secrets::kRefuse)), Options()));
}

std::vector<Batch> Harness::Read(const Table& table, int64_t rows_per_split) {
  const auto source = OpenReadingSide();
  Must(source->HoldMoment(1, {table.name}));
  const ReadRequest request{.table = &table};
  SplitOptions options;
  options.target_rows = rows_per_split;
  std::vector<Batch> batches;
  for (const Split& split : Must(source->PlanSplits(request, options))) {
    const auto reader = Must(source->OpenReader(request, split, 0));
    Batch batch(reader->schema());
    while (Must(reader->Next(batch))) {
      batches.push_back(std::move(batch));
      batch = Batch(reader->schema());
    }
  }
  return batches;
}

std::vector<std::string> Harness::Rows(const Table& table, int64_t rows_per_split) {
  return ShowRows(Read(table, rows_per_split));
}

Table Harness::Discover(const std::string& name) {
  const Catalog catalog = Must(OpenReadingSide()->Discover({}));
  for (const Table& table : catalog.tables) {
    if (table.name.name == name) return table;
  }
  throw std::runtime_error("discovery does not find " + name);
}

SchemaPtr SchemaOf(const Table& table) {
  auto schema = std::make_shared<Schema>();
  for (const CatalogColumn& column : table.columns)
    schema->fields.push_back({column.name, column.type, column.nullable});
  return schema;
}

Batch MakeBatch(const Table& table, int64_t first, const std::vector<std::string>& values) {
  Batch batch(SchemaOf(table));
  for (const std::string& value : values) {
    AppendId(batch.columns[0], first + batch.rows);
    if (!AppendEdgeValue(batch.columns[1], value)) throw std::runtime_error("no such value: " + value);
    ++batch.rows;
  }
  return batch;
}

void AppendNullRow(Batch& batch, int64_t id) {
  AppendId(batch.columns[0], id);
  batch.columns[1].AppendNull();
  ++batch.rows;
}

Digest DigestOf(const std::vector<Batch>& batches) {
  Digest digest;
  RowEncoder encoder;
  for (const Batch& batch : batches) AddToDigest(batch, encoder, digest);
  return digest;
}

std::vector<std::string> ShowRows(const std::vector<Batch>& batches) {
  std::vector<std::string> rows;
  for (const Batch& batch : batches) {
    for (int64_t row = 0; row < batch.rows; ++row) {
      std::string text;
      text::AppendValue(text, batch.columns[0], row);
      text += '=';
      if (batch.columns[1].IsNull(row))
        text += "NULL";
      else
        text::AppendValue(text, batch.columns[1], row);
      rows.push_back(text);
    }
  }
  std::sort(rows.begin(), rows.end());
  return rows;
}

}  // namespace migrateiq::conformance
