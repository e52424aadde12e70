#include "pipeline/schema/detail/printer.hpp"

#include <algorithm>
#include <vector>

#include "pipeline/schema/detail/token.hpp"

namespace migrateiq::detail {
namespace {

using Text = std::optional<std::string>;

std::string Doubled(std::string_view text, char quote, bool backslash) {
  std::string out(1, quote);
  for (const char c : text) {
    if (c == quote || (c == '\\' && backslash)) out += c;
    out += c;
  }
  return out + quote;
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
std::string Wrap(const std::string& text) { return "(" + text + ")"; }

class Printer {
 public:
  explicit Printer(const ExpressionRules& rules) : rules_(rules) {}

  Text Print(const Node& node) {
    switch (node.kind) {
      case NodeKind::kNull: return "NULL";
      case NodeKind::kBoolean: return Boolean(node.text == "true");
      case NodeKind::kNumber: return node.text;
      case NodeKind::kString: return PrintString(node.text, rules_);
      case NodeKind::kBytes: return Bytes(node.text);
      case NodeKind::kBits: return Bits(node.text);
      case NodeKind::kColumn: return PrintIdentifier(node.text, rules_);
      case NodeKind::kUnary: return Unary(node);
      case NodeKind::kBinary: return Binary(node);
      case NodeKind::kIs: return Is(node);
      case NodeKind::kIn: return In(node);
      case NodeKind::kBetween: return Between(node);
      case NodeKind::kLike: return Like(node);
      case NodeKind::kCase: return Case(node);
      case NodeKind::kCast: return Cast(node);
      case NodeKind::kCall: return Call(node);
    }
    return std::nullopt;
  }

 private:
  bool IsMySql() const { return !rules_.concat_with_pipes; }

  std::string Boolean(bool value) const {
    if (rules_.has_boolean) return value ? "TRUE" : "FALSE";
    return value ? "1" : "0";
  }

  std::string Bytes(const std::string& digits) const {
    return rules_.casts_with_colons ? "'\\x" + digits + "'::bytea" : "X'" + digits + "'";
  }

  /// SQLite has no literal of bits.
  Text Bits(const std::string& digits) const {
    if (!IsMySql() && !rules_.casts_with_colons) return std::nullopt;
    return "b'" + digits + "'";
  }

  static bool IsAtom(const Node& node) {
    return node.IsLiteral() || node.kind == NodeKind::kColumn || node.kind == NodeKind::kCall ||
           node.kind == NodeKind::kCase || node.kind == NodeKind::kCast;
  }

  /// The node as an operand.
  Text Operand(const Node& node) {
    auto text = Print(node);
    if (text && !IsAtom(node)) return Wrap(*text);
    return text;
  }

  Text Unary(const Node& node) {
    const auto inner = Operand(node.children[0]);
    if (!inner) return std::nullopt;
    if (node.text == "not") return "NOT " + *inner;
    const bool number = node.children[0].kind == NodeKind::kNumber;  // two minus signs would begin a comment
    return "-" + (number ? Wrap(*inner) : *inner);
  }

  Text Binary(const Node& node) {
    if (node.text == "concat" && IsMySql()) return Concat(node);
    const auto left = Chained(node) ? Print(node.children[0]) : Operand(node.children[0]);
    const auto right = Operand(node.children[1]);
    if (!left || !right) return std::nullopt;
    return *left + " " + Operator(node.text) + " " + *right;
  }

  /// a AND b AND c: the left side of the same connective needs no parentheses.
  static bool Chained(const Node& node) {
    const Node& left = node.children[0];
    return left.kind == NodeKind::kBinary && left.text == node.text &&
           (node.text == "and" || node.text == "or" || node.text == "concat");
  }

  std::string Operator(const std::string& meaning) const {
    if (meaning == "and") return "AND";
    if (meaning == "or") return "OR";
    if (meaning == "xor") return IsMySql() ? "XOR" : "<>";
    if (meaning == "concat") return "||";
    if (meaning != "same") return meaning;
    if (IsMySql()) return "<=>";
    return rules_.casts_with_colons ? "IS NOT DISTINCT FROM" : "IS";
  }

  Text Concat(const Node& node) {
    std::vector<const Node*> parts;
    const Node* at = &node;
    for (; at->Is(NodeKind::kBinary, "concat"); at = &at->children[0]) parts.push_back(&at->children[1]);
    parts.push_back(at);
    std::string list;
    for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
      const auto text = Print(**part);
      if (!text) return std::nullopt;
      list += (list.empty() ? "" : ", ") + *text;
    }
    return "CONCAT(" + list + ")";
  }

  Text Is(const Node& node) {
    const auto value = Operand(node.children[0]);
    if (!value) return std::nullopt;
    const std::string what = node.text == "null" ? "NULL" : node.text == "true" ? "TRUE" : "FALSE";
    return *value + (node.negated ? " IS NOT " : " IS ") + what;
  }

  Text In(const Node& node) {
    const auto value = Operand(node.children[0]);
    const auto list = Join(node, 1);
    if (!value || !list) return std::nullopt;
    return *value + (node.negated ? " NOT IN (" : " IN (") + *list + ")";
  }

  Text Join(const Node& node, size_t first) {
    std::string list;
    for (size_t i = first; i < node.children.size(); ++i) {
      const auto text = Print(node.children[i]);
      if (!text) return std::nullopt;
      list += (i == first ? "" : ", ") + *text;
    }
    return list;
  }

  Text Between(const Node& node) {
    const auto value = Operand(node.children[0]);
    const auto low = Operand(node.children[1]);
    const auto high = Operand(node.children[2]);
    if (!value || !low || !high) return std::nullopt;
    return *value + (node.negated ? " NOT BETWEEN " : " BETWEEN ") + *low + " AND " + *high;
  }

  Text Like(const Node& node) {
    const auto value = Operand(node.children[0]);
    const auto pattern = Operand(node.children[1]);
    if (!value || !pattern) return std::nullopt;
    const std::string word = node.text == "ilike" ? " ILIKE " : " LIKE ";
    return *value + (node.negated ? " NOT" : "") + word + *pattern;
  }

  Text Case(const Node& node) {
    std::string text = "CASE";
    size_t at = 0;
    const auto add = [&](std::string_view word) {
      const auto part = Print(node.children[at++]);
      if (part) text.append(" ").append(word).append(word.empty() ? "" : " ").append(*part);
      return part.has_value();
    };
    if (node.text == "simple" && !add("")) return std::nullopt;
    const size_t arms_end = node.children.size() - (node.has_else ? 1 : 0);
    while (at < arms_end) {
      if (!add("WHEN") || !add("THEN")) return std::nullopt;
    }
    if (node.has_else && !add("ELSE")) return std::nullopt;
    return text + " END";
  }

  Text Cast(const Node& node) {
    const auto type = rules_.cast_types.find(node.text);
    if (type == rules_.cast_types.end()) return std::nullopt;
    const auto value = Operand(node.children[0]);
    if (!value) return std::nullopt;
    const std::string name = TypeName(type->second, node.type_arguments);
    if (!rules_.casts_with_colons) return "CAST(" + *value + " AS " + name + ")";
    return (node.children[0].kind == NodeKind::kNumber ? Wrap(*value) : *value) + "::" + name;
  }

  /// The cast's own digits replace the dialect's usual ones.
  static std::string TypeName(const std::string& spelling, const std::string& arguments) {
    return arguments.empty() ? spelling : spelling.substr(0, spelling.find('(')) + arguments;
  }

  Text Call(const Node& node) {
    const auto found = rules_.functions.find(node.text);
    if (found != rules_.functions.end()) return Expand(found->second, node);
    const bool standard = node.text == "now" || node.text == "current_date" || node.text == "current_time";
    if (!standard || (node.text != "now" && !node.children.empty())) return std::nullopt;
    return Expand(node.text == "now"            ? "CURRENT_TIMESTAMP"
                  : node.text == "current_date" ? "CURRENT_DATE"
                                                : "CURRENT_TIME",
                  node);
  }

  /// The template with its arguments. Every argument must be used; only clocks may lose their precision.
  Text Expand(std::string_view pattern, const Node& node) {
    const bool clock = node.text == "now" || node.text == "current_time";
    std::string text;
    size_t used = 0;
    for (size_t i = 0; i < pattern.size(); ++i) {
      const char next = i + 1 < pattern.size() ? pattern[i + 1] : '\0';
      if (clock && node.children.empty() && pattern.substr(i, 4) == "($1)") {
        i += 3;
      } else if (pattern[i] != '$' || (next != '*' && !IsDigit(next))) {
        text += pattern[i];
      } else {
        const auto part = next == '*' ? Join(node, 0) : Argument(node, static_cast<size_t>(next - '1'), pattern, i);
        if (!part) return std::nullopt;
        text += *part;
        used = next == '*' ? node.children.size() : std::max(used, static_cast<size_t>(next - '0'));
        ++i;
      }
    }
    if (used < node.children.size() && !clock) return std::nullopt;
    return IsCallShaped(text) ? text : Wrap(text);
  }

  /// Bare between parentheses and commas, else as an operand.
  Text Argument(const Node& node, size_t index, std::string_view pattern, size_t at) {
    if (index >= node.children.size()) return std::nullopt;
    const size_t before = pattern.find_last_not_of(' ', at == 0 ? 0 : at - 1);
    const bool opened =
        at > 0 && before != std::string_view::npos && (pattern[before] == '(' || pattern[before] == ',');
    const size_t after = at + 2;
    const bool closed = after < pattern.size() && (pattern[after] == ')' || pattern[after] == ',');
    return opened && closed ? Print(node.children[index]) : Operand(node.children[index]);
  }

  /// A word, or a word and one pair of parentheses around all the rest: needs none of its own.
  static bool IsCallShaped(std::string_view text) {
    size_t at = 0;
    while (at < text.size() && (IsDigit(text[at]) || text[at] == '_' || text[at] == '.' ||
                                (text[at] >= 'a' && text[at] <= 'z') || (text[at] >= 'A' && text[at] <= 'Z'))) {
      ++at;
    }
    if (at == text.size()) return true;
    return text[at] == '(' && ClosesAtEnd(text.substr(at));
  }

  static bool ClosesAtEnd(std::string_view text) {
    int depth = 0;
    char quote = '\0';
    for (size_t i = 0; i < text.size(); ++i) {
      const char c = text[i];
      if (quote != '\0') {
        if (c == quote) quote = '\0';
      } else if (c == '\'' || c == '"' || c == '`') {
        quote = c;
      } else if (c == '(') {
        ++depth;
      } else if (c == ')' && --depth == 0) {
        return i + 1 == text.size();
      }
    }
    return false;
  }

  const ExpressionRules& rules_;
};

}  // namespace

std::optional<std::string> PrintExpression(const Node& node, const ExpressionRules& rules) {
  return Printer(rules).Print(node);
}

std::string PrintString(std::string_view value, const ExpressionRules& rules) {
  return Doubled(value, '\'', rules.backslash_escapes);
}

std::string PrintIdentifier(std::string_view name, const ExpressionRules& rules) {
  return Doubled(name, rules.identifier_quote, false);
}

}  // namespace migrateiq::detail
