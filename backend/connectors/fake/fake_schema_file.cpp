#include <yaml-cpp/yaml.h>

#include <fstream>

#include "base/errors/connect.hpp"
#include "base/errors/plan.hpp"
#include "connectors/fake/fake_values.hpp"
#include "pipeline/connector/files/file_dialect.hpp"

// A schema file describes tables of one's own; yaml-cpp throws, and is caught here.
namespace migrateiq::fake {

namespace {

Error Wrong(const std::string& what, const YAML::Node& node, const std::string& file) {
  const YAML::Mark mark = node.Mark();
  return Error(codes::kPlanValue, what)
      .At(file + ":" + std::to_string(mark.line + 1) + ":" + std::to_string(mark.column + 1));
}

struct Context {
  const ShapeOptions& options;
  uint32_t salt = 0;  ///< of the column being made
};

Generator FromValues(uint32_t salt, std::vector<std::string> values) {
  return [salt, values = std::move(values)](Column& column, const Row& row) {
    column.AppendBytes(values[row.Draw(salt) % values.size()]);
  };
}

Result<Generator> GeneratorFor(const YAML::Node& node, const LogicalType& type, const Context& context) {
  const bool whole = type.kind == TypeKind::kInt16 || type.kind == TypeKind::kInt32 || type.kind == TypeKind::kInt64;
  if (node["values"]) {
    const auto values = node["values"].as<std::vector<std::string>>();
    if (!IsVariable(type.kind) || values.empty())
      return Fail(Wrong("values need a text type, and at least one of them", node["values"], context.options.name));
    return FromValues(context.salt, values);
  }
  if (!node["min"] && !node["max"]) {
    if (node["key"].as<bool>(false) && whole) return RowNumber();
    return AnyValue(context.salt, type);
  }
  const auto low = node["min"].as<int64_t>(0);
  const auto high = node["max"].as<int64_t>(1'000'000);
  if (!whole || low > high)
    return Fail(Wrong("min and max need a whole number type, and min <= max", node, context.options.name));
  return Numbers(context.salt, low, high);
}

Status AddColumn(TableBuilder& table, const YAML::Node& node, const Context& context) {
  auto type = files::ParseTypeName(node["type"].as<std::string>("text"));
  if (!type) return Fail(Wrong(type.error().message, node["type"], context.options.name));
  MIQ_ASSIGN(Generator generator, GeneratorFor(node, *type, context));
  const auto nulls = static_cast<uint32_t>(node["nulls"].as<double>(0) * 1000);
  const auto name = node["name"].as<std::string>();
  if (nulls == 0)
    table.Add(name, *type, std::move(generator));
  else
    table.Nullable(name, *type, nulls, std::move(generator));
  return {};
}

Result<FakeTable> TableOf(const YAML::Node& node, const ShapeOptions& options) {
  const int64_t rows = options.rows >= 0 ? options.rows : node["rows"].as<int64_t>(1000);
  TableBuilder table(node["name"].as<std::string>(), rows, options.seed);
  Context context{options};
  std::vector<std::string> key;
  for (const YAML::Node& column : node["columns"]) {
    context.salt += 1000;
    MIQ_TRY(AddColumn(table, column, context));
    if (column["key"].as<bool>(false)) key.push_back(column["name"].as<std::string>());
  }
  if (!key.empty()) table.Key(std::move(key));
  return table.Build();
}

}  // namespace

Result<Shape> ShapeFromFile(const ShapeOptions& options) {
  if (!std::ifstream(options.name)) return Fail(codes::kConnOpenFile, "cannot read the schema file " + options.name);
  try {
    const YAML::Node root = YAML::LoadFile(options.name);
    Shape shape;
    for (const YAML::Node& node : root["tables"]) {
      MIQ_ASSIGN(FakeTable table, TableOf(node, options));
      shape.tables.push_back(std::move(table));
    }
    return shape;
  } catch (const YAML::Exception& error) { return Fail(Error(codes::kPlanSyntax, error.what()).At(options.name)); }
}

}  // namespace migrateiq::fake
