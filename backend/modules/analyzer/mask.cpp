#include "modules/analyzer/mask.hpp"

#include <algorithm>
#include <cctype>

namespace migrateiq::analyzer {

namespace {

/// Texts as long as this on average are prose, where anything may stand.
constexpr double kProse = 40;

void Mask(std::string& value) { value = Shape(value); }
void Mask(std::optional<std::string>& value) {
  if (value) Mask(*value);
}
void Mask(std::vector<std::string>& values) {
  for (std::string& value : values) Mask(value);
}

bool Masks(const TableProfile& table, const std::vector<std::string>& columns) {
  return std::ranges::any_of(columns, [&](const std::string& name) {
    const ColumnProfile* column = Find(table, name);
    return column == nullptr || IsSensitive(*column);
  });
}

}  // namespace

bool IsSensitive(const ColumnProfile& column) {
  if (column.semantic.is_pii) return true;
  return column.family == ValueFamily::text && column.lengths && column.lengths->mean >= kProse;
}

std::string Shape(const std::string& value) {
  std::string shape;
  for (const char byte : value) {
    const auto c = static_cast<unsigned char>(byte);
    if ((c & 0xC0) == 0x80) continue;  // the rest of a character
    shape += c >= 0x80              ? 'x'
             : std::isupper(c) != 0 ? 'X'
             : std::islower(c) != 0 ? 'x'
             : std::isdigit(c) != 0 ? '9'
                                    : byte;
  }
  return shape;
}

bool MaskColumn(ColumnProfile& column) {
  if (!IsSensitive(column)) return false;
  Mask(column.minimum);
  Mask(column.maximum);
  column.minimum_number.reset();
  column.maximum_number.reset();
  if (column.numbers) column.numbers->sum = 0;
  column.quantiles.clear();
  column.histogram.clear();
  for (ValueCount& top : column.top_values) Mask(top.value);
  for (PatternCount& pattern : column.patterns) Mask(pattern.example);
  for (FindingCount& finding : column.findings) Mask(finding.example);
  if (column.fitting) Mask(column.fitting->exceptions);
  if (column.outliers) {
    Mask(column.outliers->low);
    Mask(column.outliers->high);
    Mask(column.outliers->examples);
  }
  if (column.encoding) Mask(column.encoding->examples);
  Mask(column.quality.newest);
  return true;
}

bool MaskTable(TableProfile& table) {
  for (InclusionDependency& dependency : table.inclusion_dependencies) {
    if (Masks(table, dependency.columns)) Mask(dependency.examples);
  }
  for (RuleCount& rule : table.rules) {
    if (!Masks(table, {rule.column})) continue;
    Mask(rule.examples);
    rule.message.clear();  // it may name a value
  }
  for (AnomalyProfile& anomaly : table.anomalies) {
    if (!Masks(table, anomaly.columns)) continue;
    Mask(anomaly.examples);
    anomaly.how.clear();  // both quote values
    anomaly.why.clear();
  }
  bool masked = false;
  for (ColumnProfile& column : table.columns) masked |= MaskColumn(column);
  return masked;
}

}  // namespace migrateiq::analyzer
