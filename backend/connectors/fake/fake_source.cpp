#include "connectors/fake/fake_source.hpp"

#include <algorithm>
#include <charconv>

#include "base/errors/data.hpp"
#include "base/errors/plan.hpp"
#include "base/errors/run.hpp"
#include "pipeline/connector/files/file_dialect.hpp"

namespace migrateiq::fake {

namespace {

constexpr int64_t kMeasuredRows = 100;
constexpr int64_t kStepRows = 256;  // between two looks at the size of a batch

Error NoSql() {
  return Error(codes::kReadUnsupported, "generated tables have no SQL: neither queries nor filters")
      .Fix("Leave the filter out, or copy the generated tables into a database first.");
}

class FakeReader final : public Reader {
 public:
  FakeReader(SchemaPtr schema, std::vector<Generator> generators, const FakeTable& fake, int64_t begin, int64_t end,
             std::stop_token stop)
      : schema_(std::move(schema)),
        generators_(std::move(generators)),
        row_{fake.key, begin, fake.rows},
        end_(end),
        stop_(std::move(stop)) {}

  const SchemaPtr& schema() const override { return schema_; }

  Result<bool> Next(Batch& batch) override {
    if (stop_.stop_requested()) return Fail(codes::kRunInterrupted, "stopped while rows were generated");
    if (batch.schema != schema_) batch = Batch(schema_);
    batch.Clear();
    batch.place = "row " + std::to_string(row_.number);
    while (row_.number < end_ && batch.rows < kBatchRows && batch.ByteSize() < kBatchBytes) {
      Generate(batch, std::min({kStepRows, end_ - row_.number, kBatchRows - batch.rows}));
    }
    return batch.rows > 0;
  }

 private:
  void Generate(Batch& batch, int64_t rows) {
    for (size_t c = 0; c < generators_.size(); ++c) {
      Row row = row_;
      for (const int64_t end = row.number + rows; row.number < end; ++row.number) generators_[c](batch.columns[c], row);
    }
    row_.number += rows;
    batch.rows += rows;
  }

  SchemaPtr schema_;
  std::vector<Generator> generators_;
  Row row_;
  int64_t end_;
  std::stop_token stop_;
};

std::string BoundsOf(int64_t begin, int64_t end, int64_t rows) {
  return "rows " + std::to_string(begin) + ".." + (end < rows ? std::to_string(end) : "");
}

Status ParseBounds(std::string_view bounds, int64_t& begin, int64_t& end) {
  const size_t dots = bounds.find("..");
  if (!bounds.starts_with("rows ") || dots == std::string_view::npos) {
    return Fail(codes::kInternal, "'" + std::string(bounds) + "' is no range of rows");
  }
  std::from_chars(bounds.data() + 5, bounds.data() + dots, begin);
  if (dots + 2 < bounds.size()) std::from_chars(bounds.data() + dots + 2, bounds.data() + bounds.size(), end);
  return {};
}

/// The columns wanted, with their generators.
Result<SchemaPtr> Choose(const FakeTable& fake, const std::vector<std::string>& columns,
                         std::vector<Generator>& generators) {
  auto schema = std::make_shared<Schema>();
  std::vector<std::string> wanted = columns;
  if (wanted.empty()) {
    for (const CatalogColumn& column : fake.table.columns) wanted.push_back(column.name);
  }
  for (const std::string& name : wanted) {
    const auto found = std::ranges::find(fake.table.columns, name, &CatalogColumn::name);
    if (found == fake.table.columns.end()) {
      return Fail(Error(codes::kSchemaMissing, "no such column").Table(fake.table.name.name).Column(name));
    }
    schema->fields.push_back({found->name, found->type, found->nullable});
    generators.push_back(fake.generators[static_cast<size_t>(found - fake.table.columns.begin())]);
  }
  return schema;
}

std::unique_ptr<Reader> ReaderOver(const FakeTable& fake, int64_t begin, int64_t end, SchemaPtr schema,
                                   std::vector<Generator> generators, std::stop_token stop) {
  return std::make_unique<FakeReader>(std::move(schema), std::move(generators), fake, begin, end, std::move(stop));
}

Result<int64_t> RowBytes(const FakeTable& fake, const std::vector<std::string>& columns) {
  std::vector<Generator> generators;
  MIQ_ASSIGN(SchemaPtr schema, Choose(fake, columns, generators));
  const int64_t rows = std::min(kMeasuredRows, fake.rows);
  Batch batch(schema);
  const auto reader = ReaderOver(fake, 0, rows, schema, std::move(generators), {});
  MIQ_TRY(reader->Next(batch));
  return batch.rows == 0 ? 1 : std::max<int64_t>(static_cast<int64_t>(batch.ByteSize()) / batch.rows, 1);
}

}  // namespace

const Dialect& TheDialect() {
  static const files::FileDialect dialect("fake", false);
  return dialect;
}

Result<Catalog> FakeSource::Discover(const DiscoverOptions&) {
  Catalog catalog;
  for (const FakeTable& fake : shape_.tables) catalog.tables.push_back(fake.table);
  return catalog;
}

Result<Table> FakeSource::DescribeQuery(const std::string&) { return Fail(NoSql()); }

Result<HeldMoment> FakeSource::HoldMoment(int readers, const std::vector<TableName>&) {
  return HeldMoment{.description = description_, .readers = std::max(readers, 1), .token = "generated"};
}

/// What is generated is the same everywhere, at any time.
Result<HeldMoment> FakeSource::JoinMoment(const std::string&, int readers) { return HoldMoment(readers, {}); }

Result<const FakeTable*> FakeSource::TableFor(const ReadRequest& request) const {
  if (request.table == nullptr || !request.where.empty()) return Fail(NoSql());
  const FakeTable* fake = shape_.Find(request.table->name.name);
  if (fake == nullptr) return Fail(Error(codes::kSchemaMissing, "no such table").Table(request.table->name.ToString()));
  return fake;
}

Result<std::vector<Split>> FakeSource::PlanSplits(const ReadRequest& request, const SplitOptions& options) {
  MIQ_ASSIGN(const FakeTable* fake, TableFor(request));
  MIQ_ASSIGN(const int64_t row_bytes, RowBytes(*fake, request.columns));
  const int64_t step =
      options.target_rows > 0 ? options.target_rows : std::max<int64_t>(options.target_bytes / row_bytes, 1);
  std::vector<Split> splits;
  for (int64_t begin = 0; begin < std::max<int64_t>(fake->rows, 1); begin += step) {
    const int64_t rows = std::min(step, fake->rows - begin);
    splits.push_back({BoundsOf(begin, begin + step, fake->rows), rows, rows * row_bytes});
  }
  return splits;
}

Result<std::unique_ptr<Reader>> FakeSource::OpenReader(const ReadRequest& request, const Split& split, int) {
  MIQ_ASSIGN(const FakeTable* fake, TableFor(request));
  int64_t begin = 0;
  int64_t end = fake->rows;
  MIQ_TRY(ParseBounds(split.bounds, begin, end));
  std::vector<Generator> generators;
  MIQ_ASSIGN(SchemaPtr schema, Choose(*fake, request.columns, generators));
  return ReaderOver(*fake, begin, std::min(end, fake->rows), std::move(schema), std::move(generators), stop_);
}

Result<int64_t> FakeSource::CountRows(const ReadRequest& request) {
  MIQ_ASSIGN(const FakeTable* fake, TableFor(request));
  return fake->rows;
}

}  // namespace migrateiq::fake
