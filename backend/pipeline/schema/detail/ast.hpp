#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace migrateiq::detail {

/// What a Node is; beside it what `text` and `children` hold.
enum class NodeKind : uint8_t {
  kNull,
  kBoolean,  ///< "true" or "false"
  kNumber,   ///< digits, possibly with '-', point and exponent
  kString,   ///< the value
  kBytes,    ///< hex digits
  kBits,     ///< '0' and '1'
  kColumn,   ///< the name; `quoted` as written
  kUnary,    ///< "-" or "not"; one child
  kBinary,   ///< + - * / % = <> < <= > >= and or xor concat same (NULL-safe equal); two children
  kIs,       ///< "null", "true" or "false"; one child; may be negated
  kIn,       ///< the value, then the list; may be negated
  kBetween,  ///< value, low, high; may be negated
  kLike,     ///< "like" or "ilike"; value, pattern; may be negated
  kCase,     ///< "searched" or "simple" (first child is the operand), with `has_else`: pairs of when and then, else
  kCast,     ///< canonical type, `type_arguments` as "(10,2)"; one child
  kCall,     ///< canonical function name, "?name" when unknown; the arguments
};

/// A node of a SQL expression, free of any dialect.
struct Node {
  NodeKind kind = NodeKind::kNull;
  std::string text;
  std::vector<Node> children;
  bool negated = false;
  bool quoted = false;
  bool has_else = false;
  std::string type_arguments;

  bool operator==(const Node&) const = default;

  static Node Leaf(NodeKind kind, std::string text) { return {.kind = kind, .text = std::move(text)}; }
  static Node Of(NodeKind kind, std::string text, std::vector<Node> children, bool negated = false) {
    return {.kind = kind, .text = std::move(text), .children = std::move(children), .negated = negated};
  }

  bool Is(NodeKind other, std::string_view value) const { return kind == other && text == value; }
  bool IsLiteral() const { return kind <= NodeKind::kBits; }
};

}  // namespace migrateiq::detail
