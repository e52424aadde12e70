#include "pipeline/suite/detail/suite_keys.hpp"

#include <algorithm>

namespace migrateiq::detail {

using Keys = std::vector<std::string_view>;

const Keys& CommonKeys() {
  static const Keys keys = {"kind", "name", "side", "severity", "owner", "description", "enabled"};
  return keys;
}

Keys OwnKeys(CheckKind kind) {
  switch (kind) {
    case CheckKind::kNotNull:
    case CheckKind::kUnique: return {"table", "column", "where", "tolerance"};
    case CheckKind::kRange:
    case CheckKind::kLength: return {"table", "column", "where", "tolerance", "min", "max"};
    case CheckKind::kRegex: return {"table", "column", "where", "tolerance", "pattern"};
    case CheckKind::kIn: return {"table", "column", "where", "tolerance", "values"};
    case CheckKind::kExpr: return {"table", "where", "tolerance", "expr"};
    case CheckKind::kCompleteness:
    case CheckKind::kUniqueness: return {"table", "column", "where", "min"};
    case CheckKind::kRowCount: return {"table", "where", "min", "max", "against", "tolerance"};
    case CheckKind::kFreshness: return {"table", "column", "where", "max_age"};
    case CheckKind::kDistribution:
      return {"table", "column", "where", "max", "distance", "bins", "against", "baseline"};
    case CheckKind::kReferences: return {"table", "column", "where", "tolerance", "against"};
    case CheckKind::kColumn: return {"table", "column", "type", "nullable"};
    case CheckKind::kSql: return {"sql", "scalar", "min", "max", "tolerance"};
  }
  return {};
}

Keys RequiredKeys(CheckKind kind) {
  switch (kind) {
    case CheckKind::kRegex: return {"table", "column", "pattern"};
    case CheckKind::kIn: return {"table", "column", "values"};
    case CheckKind::kExpr: return {"table", "expr"};
    case CheckKind::kCompleteness:
    case CheckKind::kUniqueness: return {"table", "column", "min"};
    case CheckKind::kRowCount: return {"table"};
    case CheckKind::kFreshness: return {"table", "column", "max_age"};
    case CheckKind::kDistribution: return {"table", "column", "max"};
    case CheckKind::kReferences: return {"table", "column", "against"};
    case CheckKind::kSql: return {"sql"};
    default: return {"table", "column"};
  }
}

Keys KeysOf(CheckKind kind) {
  Keys keys = CommonKeys();
  std::ranges::copy(OwnKeys(kind), std::back_inserter(keys));
  return keys;
}

}  // namespace migrateiq::detail
