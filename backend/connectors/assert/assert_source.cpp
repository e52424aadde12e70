#include <algorithm>
#include <charconv>

#include "base/errors/data.hpp"
#include "base/errors/plan.hpp"
#include "connectors/assert/assert_target.hpp"

namespace migrateiq::checking {

namespace {

Error NoSql() { return {codes::kReadUnsupported, "rows kept by assert: have no SQL: neither queries nor filters"}; }

class KeptReader final : public Reader {
 public:
  KeptReader(std::shared_ptr<const KeptTable> table, SchemaPtr schema, std::vector<size_t> places)
      : table_(std::move(table)), schema_(std::move(schema)), places_(std::move(places)) {}

  const SchemaPtr& schema() const override { return schema_; }

  Result<bool> Next(Batch& batch) override {
    if (batch.schema != schema_) batch = Batch(schema_);
    batch.Clear();
    if (next_ >= table_->batches.size()) return false;
    const Batch& kept = table_->batches[next_++];
    for (size_t c = 0; c < places_.size(); ++c) {
      for (int64_t row = 0; row < kept.rows; ++row) batch.columns[c].AppendFrom(kept.columns[places_[c]], row);
    }
    batch.rows = kept.rows;
    return true;
  }

 private:
  std::shared_ptr<const KeptTable> table_;  // shared with the state: a reader ends what it began
  SchemaPtr schema_;
  std::vector<size_t> places_;
  size_t next_ = 0;
};

Table Described(const TableName& name, const KeptTable& kept) {
  Table table{.name = name};
  for (const Field& field : kept.schema->fields) {
    auto choice = TheDialect().ChooseType({.name = field.name, .type = field.type}, {});
    table.columns.push_back(
        {.name = field.name, .native = choice.native, .type = field.type, .nullable = field.nullable});
  }
  table.row_estimate = kept.rows;
  return table;
}

std::vector<std::string> Wanted(const ReadRequest& request) {
  if (!request.columns.empty()) return request.columns;
  std::vector<std::string> names;
  for (const CatalogColumn& column : request.table->columns) names.push_back(column.name);
  return names;
}

/// A table of which nothing was written has no schema of its own: it is as planned.
std::shared_ptr<const KeptTable> EmptyLike(const Table& table) {
  auto schema = std::make_shared<Schema>();
  for (const CatalogColumn& column : table.columns)
    schema->fields.push_back({column.name, column.type, column.nullable});
  return std::make_shared<KeptTable>(KeptTable{.schema = schema});
}

}  // namespace

Result<std::shared_ptr<const KeptTable>> KeptSource::KeptFor(const ReadRequest& request) const {
  if (request.table == nullptr || !request.where.empty()) return Fail(NoSql());
  auto kept = state_->Kept(request.table->name);
  return kept != nullptr ? kept : EmptyLike(*request.table);
}

Result<Catalog> KeptSource::Discover(const DiscoverOptions&) {
  Catalog catalog;
  for (const TableName& name : state_->KeptNames()) {
    if (const auto kept = state_->Kept(name)) catalog.tables.push_back(Described(name, *kept));
  }
  return catalog;
}

Result<Table> KeptSource::DescribeQuery(const std::string&) { return Fail(NoSql()); }

Result<HeldMoment> KeptSource::HoldMoment(int readers, const std::vector<TableName>&) {
  return HeldMoment{.description = "rows kept in memory", .readers = std::max(readers, 1)};
}

Result<std::vector<Split>> KeptSource::PlanSplits(const ReadRequest& request, const SplitOptions&) {
  MIQ_ASSIGN(const auto kept, KeptFor(request));
  return std::vector<Split>{{"all", kept->rows}};
}

Result<std::unique_ptr<Reader>> KeptSource::OpenReader(const ReadRequest& request, const Split&, int) {
  MIQ_ASSIGN(auto kept, KeptFor(request));
  auto schema = std::make_shared<Schema>();
  std::vector<size_t> places;
  for (const std::string& name : Wanted(request)) {
    const int place = kept->schema->IndexOf(name);
    if (place < 0)
      return Fail(Error(codes::kSchemaMissing, "no such column").Table(request.table->name.ToString()).Column(name));
    places.push_back(static_cast<size_t>(place));
    schema->fields.push_back(kept->schema->fields[places.back()]);
  }
  return std::make_unique<KeptReader>(std::move(kept), std::move(schema), std::move(places));
}

Result<int64_t> KeptSource::CountRows(const ReadRequest& request) {
  MIQ_ASSIGN(const auto kept, KeptFor(request));
  return kept->rows;
}

}  // namespace migrateiq::checking
