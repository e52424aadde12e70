#include "connectors/fake/fake_table.hpp"

#include <algorithm>

#include "base/errors/connect.hpp"
#include "base/nearest.hpp"
#include "pipeline/connector/files/file_dialect.hpp"

namespace migrateiq::fake {

namespace {

uint64_t HashOf(std::string_view text, uint64_t seed) {
  uint64_t hash = Mix(seed + kGolden);
  for (const char c : text) hash = Mix(hash ^ static_cast<unsigned char>(c)) + kGolden;
  return hash;
}

Generator WithNulls(uint32_t salt, uint32_t per_mille, Generator generator) {
  return [=, generator = std::move(generator)](Column& column, const Row& row) {
    if (row.Chance(salt, per_mille))
      column.AppendNull();
    else
      generator(column, row);
  };
}

using MakeBuiltIn = Shape (*)(const ShapeOptions&);
struct BuiltIn {
  std::string_view name;
  MakeBuiltIn make;
};
constexpr BuiltIn kShapes[] = {{"lineitem", LineitemShape},
                               {"orders", OrdersShape},
                               {"ugly", UglyShape},
                               {"wide", WideShape},
                               {"legacy", LegacyShape}};

bool LooksLikeFile(std::string_view name) {
  return name.ends_with(".yaml") || name.ends_with(".yml") || name.ends_with(".json") ||
         name.find('/') != std::string_view::npos;
}

}  // namespace

const FakeTable* Shape::Find(std::string_view name) const {
  const auto found = std::ranges::find_if(tables, [&](const FakeTable& fake) { return fake.table.name.name == name; });
  return found == tables.end() ? nullptr : &*found;
}

Result<Shape> MakeShape(const ShapeOptions& options) {
  std::vector<std::string> known;
  for (const BuiltIn& shape : kShapes) {
    if (shape.name == options.name) return shape.make(options);
    known.emplace_back(shape.name);
  }
  if (LooksLikeFile(options.name)) return ShapeFromFile(options);
  return Fail(Error(codes::kUrlInvalid, "no shape '" + options.name + "'" + DidYouMean(options.name, known))
                  .Fix("Shapes are lineitem, orders, ugly, wide and legacy, or a schema file: fake:shop.yaml."));
}

TableBuilder::TableBuilder(std::string name, int64_t rows, uint64_t seed) {
  fake_.key = HashOf(name, seed);
  fake_.rows = rows;
  fake_.table.name.name = std::move(name);
  fake_.table.row_estimate = rows;
}

TableBuilder& TableBuilder::Add(std::string name, LogicalType type, Generator generator) {
  CatalogColumn column{
      .name = std::move(name), .native = files::FormatType(type), .type = std::move(type), .nullable = false};
  fake_.table.columns.push_back(std::move(column));
  fake_.generators.push_back(std::move(generator));
  return *this;
}

TableBuilder& TableBuilder::Nullable(std::string name, LogicalType type, uint32_t per_mille, Generator generator) {
  const auto salt = static_cast<uint32_t>(1'000'000 + fake_.generators.size());
  Add(std::move(name), std::move(type), WithNulls(salt, per_mille, std::move(generator)));
  fake_.table.columns.back().nullable = true;
  return *this;
}

TableBuilder& TableBuilder::Key(std::vector<std::string> columns) {
  migrateiq::Index& key = fake_.table.primary_key.emplace();
  key.unique = key.constraint = true;
  for (std::string& column : columns) key.parts.push_back({.column = std::move(column)});
  return *this;
}

TableBuilder& TableBuilder::Identity() {
  fake_.table.columns.back().identity = migrateiq::Identity::kByDefault;
  fake_.table.columns.back().identity_next = std::to_string(fake_.rows + 1);
  return *this;
}

TableBuilder& TableBuilder::Index(std::string name, std::vector<std::string> columns, bool unique) {
  migrateiq::Index index{.name = std::move(name), .unique = unique};
  for (std::string& column : columns) index.parts.push_back({.column = std::move(column)});
  fake_.table.indexes.push_back(std::move(index));
  return *this;
}

TableBuilder& TableBuilder::References(std::string column, std::string parent, std::string parent_column) {
  ForeignKey key{.name = fake_.table.name.name + "_" + column + "_fkey"};
  key.columns = {std::move(column)};
  key.parent.name = std::move(parent);
  key.parent_columns = {std::move(parent_column)};
  fake_.table.foreign_keys.push_back(std::move(key));
  return *this;
}

}  // namespace migrateiq::fake
