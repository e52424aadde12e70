#include <algorithm>

#include "pipeline/schema/detail/adapt.hpp"
#include "pipeline/schema/detail/token.hpp"

namespace migrateiq::detail {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsNumber(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const bool shape = std::ranges::all_of(text, [](char c) { return IsDigit(c) || c == '.'; });
  return shape && std::ranges::any_of(text, IsDigit) && std::ranges::count(text, '.') <= 1 && text.front() != '.' &&
         text.back() != '.';
}

bool IsWhole(std::string_view text) { return IsNumber(text) && text.find('.') == std::string_view::npos; }

/// Types whose text form does not stand for the value elsewhere.
bool IsPeculiar(std::string_view type) {
  for (const std::string_view peculiar : {"?interval",    "?regclass",
                                          "?regproc",     "?regtype",
                                          "?point",       "?box",
                                          "?path",        "?circle",
                                          "?polygon",     "?tsvector",
                                          "?tsquery",     "?oid",
                                          "?money",       "?bit",
                                          "?varbit",      "?bit varying",
                                          "?unsigned",    "?xml",
                                          "?timestamptz", "?timestamp with time zone",
                                          "?timetz",      "?time with time zone"}) {
    if (type == peculiar) return true;
  }
  return false;
}

std::optional<Node> FoldText(const Node& value, const Node& cast) {
  const std::string& type = cast.text;
  if (type == "integer" || type == "bigint") {
    return IsWhole(value.text) ? std::optional(Node::Leaf(NodeKind::kNumber, value.text)) : std::nullopt;
  }
  if (type == "decimal" || type == "double" || type == "?real" || type == "?float4") {
    return IsNumber(value.text) ? std::optional(Node::Leaf(NodeKind::kNumber, value.text)) : std::nullopt;
  }
  if (type == "boolean") {
    const std::string word = Lower(value.text);
    if (word == "t" || word == "true") return Node::Leaf(NodeKind::kBoolean, "true");
    if (word == "f" || word == "false") return Node::Leaf(NodeKind::kBoolean, "false");
    return std::nullopt;
  }
  if (type == "binary") {
    if (!value.text.starts_with("\\x")) return std::nullopt;
    return Node::Leaf(NodeKind::kBytes, value.text.substr(2));
  }
  if (type == "date" || type == "timestamp" || type == "time") {
    return !value.text.empty() && IsDigit(value.text.front()) ? std::optional(value) : std::nullopt;
  }
  return IsPeculiar(type) ? std::nullopt : std::optional(value);
}

std::optional<Node> FoldNumber(const Node& value, const Node& cast) {
  const bool whole = cast.text == "integer" || cast.text == "bigint";
  const bool number = whole || cast.text == "decimal" || cast.text == "double" || cast.text == "?real";
  if (!number || (whole && !IsWhole(value.text))) return std::nullopt;
  return value;
}

}  // namespace

std::optional<Node> FoldLiteral(const Node& node) {
  if (node.IsLiteral()) return node;
  if (node.kind == NodeKind::kUnary && node.text == "-") {
    const auto inner = FoldLiteral(node.children[0]);
    if (!inner || inner->kind != NodeKind::kNumber || inner->text.starts_with('-')) return std::nullopt;
    return Node::Leaf(NodeKind::kNumber, "-" + inner->text);
  }
  if (node.kind != NodeKind::kCast) return std::nullopt;
  const auto value = FoldLiteral(node.children[0]);
  if (!value) return std::nullopt;
  switch (value->kind) {
    case NodeKind::kNull: return value;
    case NodeKind::kString: return FoldText(*value, node);
    case NodeKind::kNumber: return FoldNumber(*value, node);
    case NodeKind::kBoolean: return node.text == "boolean" ? value : std::nullopt;
    case NodeKind::kBits: return node.text.starts_with("?bit") ? value : std::nullopt;
    default: return std::nullopt;
  }
}

}  // namespace migrateiq::detail
