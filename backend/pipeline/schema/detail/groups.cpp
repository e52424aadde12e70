#include "pipeline/schema/detail/adapt.hpp"
#include "pipeline/schema/detail/token.hpp"

namespace migrateiq::detail {
namespace {

Group CallGroup(const std::string& name) {
  for (const std::string_view text : {"lower", "upper", "trim", "ltrim", "rtrim", "substr", "replace"}) {
    if (name == text) return Group::kText;
  }
  for (const std::string_view whole :
       {"length", "char_length", "octet_length", "year", "month", "day", "hour", "minute", "unix_now"}) {
    if (name == whole) return Group::kInteger;
  }
  for (const std::string_view number : {"round", "ceil", "floor", "power", "sqrt", "random", "second"}) {
    if (name == number) return Group::kNumber;
  }
  for (const std::string_view time : {"now", "utc_now", "current_date", "current_time", "date"}) {
    if (name == time) return Group::kTemporal;
  }
  return name == "json_valid" ? Group::kBool : Group::kUnknown;
}

Group CastGroup(const std::string& type) {
  if (type == "text") return Group::kText;
  if (type == "integer" || type == "bigint") return Group::kInteger;
  if (type == "decimal" || type == "double") return Group::kNumber;
  if (type == "date" || type == "timestamp" || type == "time") return Group::kTemporal;
  return type == "boolean" ? Group::kBool : Group::kOther;
}

bool IsArithmetic(const std::string& symbol) {
  return symbol == "+" || symbol == "-" || symbol == "*" || symbol == "/" || symbol == "%";
}

Group Wider(Group a, Group b) {
  if (a == b) return a;
  const bool numbers = (a == Group::kInteger || a == Group::kNumber) && (b == Group::kInteger || b == Group::kNumber);
  return numbers ? Group::kNumber : Group::kUnknown;
}

Group ColumnGroup(const Node& node, const Adaptation& adaptation) {
  const auto* column = FindColumn(node, adaptation);
  return column == nullptr ? Group::kUnknown : column->second.to;
}

Group BinaryGroup(const Node& node, const Adaptation& adaptation) {
  if (node.text == "concat") return Group::kText;
  if (!IsArithmetic(node.text)) return Group::kBool;
  return Wider(TargetGroup(node.children[0], adaptation), TargetGroup(node.children[1], adaptation));
}

Group LeafGroup(const Node& node) {
  switch (node.kind) {
    case NodeKind::kBoolean: return Group::kBool;
    case NodeKind::kNumber:
      return node.text.find_first_of(".eE") == std::string::npos ? Group::kInteger : Group::kNumber;
    case NodeKind::kString: return Group::kText;
    case NodeKind::kNull: return Group::kUnknown;
    default: return Group::kOther;
  }
}

}  // namespace

Group GroupOf(TypeKind kind) {
  switch (kind) {
    case TypeKind::kBool: return Group::kBool;
    case TypeKind::kFloat:
    case TypeKind::kDouble:
    case TypeKind::kDecimal: return Group::kNumber;
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kEnum:
    case TypeKind::kUuid: return Group::kText;
    case TypeKind::kDate:
    case TypeKind::kTime:
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampTz: return Group::kTemporal;
    default: return IsInteger(kind) ? Group::kInteger : Group::kOther;
  }
}

Group TargetGroup(const Node& node, const Adaptation& adaptation) {
  switch (node.kind) {
    case NodeKind::kColumn: return ColumnGroup(node, adaptation);
    case NodeKind::kUnary: return node.text == "not" ? Group::kBool : TargetGroup(node.children[0], adaptation);
    case NodeKind::kBinary: return BinaryGroup(node, adaptation);
    case NodeKind::kIs:
    case NodeKind::kIn:
    case NodeKind::kBetween:
    case NodeKind::kLike: return Group::kBool;
    case NodeKind::kCase: return TargetGroup(node.children[node.text == "simple" ? 2 : 1], adaptation);
    case NodeKind::kCast: return CastGroup(node.text);
    case NodeKind::kCall:
      if ((node.text == "coalesce" || node.text == "nullif" || node.text == "abs") && !node.children.empty()) {
        return TargetGroup(node.children[0], adaptation);
      }
      return CallGroup(node.text);
    default: return LeafGroup(node);
  }
}

const FactsByColumn::value_type* FindColumn(const Node& column, const Adaptation& adaptation) {
  if (adaptation.columns == nullptr) return nullptr;
  const auto exact = adaptation.columns->find(column.text);
  if (exact != adaptation.columns->end()) return &*exact;
  // PostgreSQL's quoted names are exact; elsewhere case does not matter in column names.
  if (adaptation.from.casts_with_colons && column.quoted) return nullptr;
  const std::string wanted = Lower(column.text);
  for (const auto& entry : *adaptation.columns) {
    if (Lower(entry.first) == wanted) return &entry;
  }
  return nullptr;
}

}  // namespace migrateiq::detail
