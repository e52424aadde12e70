#pragma once

#include <algorithm>
#include <optional>
#include <string>

#include "pipeline/schema/detail/parser.hpp"
#include "pipeline/schema/detail/printer.hpp"

/// What must hold of every text that the parser takes: print, parse again, and the tree is the same.
namespace migrateiq::test {

/// The tree with everything put alike that the dialect spells alike: nothing more may change on the way through text.
inline detail::Node AsSpelled(const detail::Node& from, const ExpressionRules& rules) {
  using detail::Node;
  using detail::NodeKind;
  Node node = from;
  node.quoted = false;
  for (Node& child : node.children) child = AsSpelled(child, rules);
  const bool mysql = !rules.concat_with_pipes;
  if (node.kind == NodeKind::kBoolean && !rules.has_boolean) {
    return Node::Leaf(NodeKind::kNumber, node.text == "true" ? "1" : "0");
  }
  if (node.kind == NodeKind::kBytes && rules.casts_with_colons) {  // '\x41'::bytea
    return Node::Of(NodeKind::kCast, "binary", {Node::Leaf(NodeKind::kString, "\\x" + node.text)});
  }
  const bool same = node.Is(NodeKind::kBinary, "same");
  if (same && !mysql && !rules.casts_with_colons && node.children[1].kind == NodeKind::kNull) {  // a IS NULL
    return Node::Of(NodeKind::kIs, "null", {node.children[0]});
  }
  if (node.Is(NodeKind::kBinary, "xor") && !mysql) node.text = "<>";
  if (node.Is(NodeKind::kUnary, "-") && node.children[0].kind == NodeKind::kNumber &&
      !node.children[0].text.starts_with('-')) {
    return Node::Leaf(NodeKind::kNumber, "-" + node.children[0].text);  // -true is -1
  }
  if (const auto type = rules.cast_types.find(node.text);
      node.kind == NodeKind::kCast && type != rules.cast_types.end()) {
    std::string spelling = type->second;
    std::ranges::transform(spelling, spelling.begin(), [](unsigned char c) { return std::tolower(c); });
    node.text = detail::CanonicalCastType(spelling);  // MySQL's SIGNED is a bigint
  }
  if (node.Is(NodeKind::kCall, "now")) {  // a clock whose template takes no precision loses it
    const auto pattern = rules.functions.find(node.text);
    if (pattern != rules.functions.end() && !pattern->second.contains("$1")) node.children.clear();
  }
  return node;
}

inline int Depth(const detail::Node& node) {
  int deepest = 0;
  for (const detail::Node& child : node.children) deepest = std::max(deepest, Depth(child));
  return deepest + 1;
}

/// The parser goes 100 levels deep, and one level of the tree can be three of the printed text: `!x` is `NOT (x)`.
inline constexpr int kSurelyReadBack = 33;

/// What is wrong with the way of `text` through a tree and back; empty when nothing is.
inline std::string ReadBackFault(std::string_view text, const ExpressionRules& rules) {
  const auto tree = detail::ParseExpression(text, rules);
  if (!tree || Depth(*tree) > kSurelyReadBack) return "";
  const auto printed = detail::PrintExpression(*tree, rules);
  if (!printed) return "";
  const auto again = detail::ParseExpression(*printed, rules);
  if (!again) return "not read back: " + *printed;
  if (AsSpelled(*again, rules) != AsSpelled(*tree, rules)) return "another tree: " + *printed;
  return "";
}

}  // namespace migrateiq::test
