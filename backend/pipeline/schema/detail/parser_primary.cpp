#include <map>

#include "pipeline/schema/detail/parser.hpp"

namespace migrateiq::detail {
namespace {

/// The array literal `{a,b}` without quoting or nesting, as its elements.
std::optional<std::vector<Node>> SplitArray(std::string_view text) {
  if (text.size() < 3 || text.front() != '{' || text.back() != '}') return std::nullopt;
  if (text.substr(1, text.size() - 2).find_first_of("\"\\{} ") != std::string_view::npos) return std::nullopt;
  std::vector<Node> nodes;
  std::string element;
  for (const char c : text.substr(1)) {
    if (c != ',' && c != '}') {
      element += c;
      continue;
    }
    if (element.empty() || Lower(element) == "null") return std::nullopt;
    nodes.push_back(Node::Leaf(NodeKind::kString, std::exchange(element, {})));
  }
  return nodes;
}

const std::map<std::string, std::string, std::less<>>& CastTypes() {
  static const std::map<std::string, std::string, std::less<>> kTypes = {{"text", "text"},
                                                                         {"character varying", "text"},
                                                                         {"varchar", "text"},
                                                                         {"bpchar", "text"},
                                                                         {"name", "text"},
                                                                         {"clob", "text"},
                                                                         {"char", "text"},
                                                                         {"character", "text"},
                                                                         {"nchar", "text"},
                                                                         {"integer", "integer"},
                                                                         {"int", "integer"},
                                                                         {"int4", "integer"},
                                                                         {"smallint", "integer"},
                                                                         {"int2", "integer"},
                                                                         {"bigint", "bigint"},
                                                                         {"int8", "bigint"},
                                                                         {"signed", "bigint"},
                                                                         {"signed integer", "bigint"},
                                                                         {"numeric", "decimal"},
                                                                         {"decimal", "decimal"},
                                                                         {"dec", "decimal"},
                                                                         {"double precision", "double"},
                                                                         {"double", "double"},
                                                                         {"float8", "double"},
                                                                         {"date", "date"},
                                                                         {"timestamp", "timestamp"},
                                                                         {"timestamp without time zone", "timestamp"},
                                                                         {"datetime", "timestamp"},
                                                                         {"time", "time"},
                                                                         {"time without time zone", "time"},
                                                                         {"boolean", "boolean"},
                                                                         {"bool", "boolean"},
                                                                         {"bytea", "binary"},
                                                                         {"blob", "binary"},
                                                                         {"binary", "binary"},
                                                                         {"json", "json"}};
  return kTypes;
}

/// Words that end an operand: never a column when unquoted.
bool IsReserved(std::string_view word) {
  for (const std::string_view reserved :
       {"and",  "or",       "not", "xor",  "is",      "in",       "between", "like",    "ilike",  "then",
        "when", "else",     "end", "from", "as",      "select",   "where",   "collate", "escape", "array",
        "row",  "interval", "any", "all",  "some",    "distinct", "exists",  "using",   "regexp", "rlike",
        "glob", "match",    "div", "mod",  "similar", "case",     "binary",  "isnull",  "notnull"}) {
    if (word == reserved) return true;
  }
  return false;
}

/// What has a syntax of its own is called like a function too ("now"(x), `substr`(x)): then with no other arguments.
bool TakesArguments(std::string_view function, const std::vector<Node>& arguments) {
  if (function == "current_date") return arguments.empty();
  if (function == "now" || function == "current_time") {
    return arguments.empty() || (arguments.size() == 1 && arguments.front().kind == NodeKind::kNumber);
  }
  return function != "substr" || arguments.size() == 2 || arguments.size() == 3;
}

}  // namespace

std::string CanonicalCastType(std::string_view spelling) {
  const auto found = CastTypes().find(spelling);
  return found == CastTypes().end() ? "?" + std::string(spelling) : found->second;
}

Parser::MaybeNode Parser::Primary() {
  const Token token = Peek();
  switch (token.kind) {
    case TokenKind::kNumber: ++at_; return Node::Leaf(NodeKind::kNumber, token.text);
    case TokenKind::kString: ++at_; return Node::Leaf(NodeKind::kString, token.text);
    case TokenKind::kHex: ++at_; return Node::Leaf(NodeKind::kBytes, token.text);
    case TokenKind::kBits: ++at_; return Node::Leaf(NodeKind::kBits, token.text);
    case TokenKind::kWord: return WordPrimary();
    case TokenKind::kIdentifier: return NameOrCall();
    case TokenKind::kSymbol: return Parenthesized();
    case TokenKind::kEnd: break;
  }
  return std::nullopt;
}

Parser::MaybeNode Parser::Parenthesized() {
  if (!TakeSymbol("(")) return std::nullopt;
  auto inner = Or();
  if (!inner || !TakeSymbol(")")) return std::nullopt;
  return inner;
}

Parser::MaybeNode Parser::WordPrimary() {
  const std::string word = Lower(Peek().text);
  bool handled = false;
  auto node = Special(word, handled);
  if (handled) return node;
  if (IsReserved(word)) return std::nullopt;
  return NameOrCall();
}

/// Keywords with a syntax of their own.
Parser::MaybeNode Parser::Special(const std::string& word, bool& handled) {
  handled = true;
  if (word == "null") return ++at_, Node{};
  if (word == "true" || word == "false") return ++at_, Node::Leaf(NodeKind::kBoolean, word);
  if (word == "case") return ++at_, Case();
  if (word == "current_timestamp" || word == "localtimestamp" || word == "localtime") return ++at_, ClockValue("now");
  if (word == "current_date" || word == "current_time") return ++at_, ClockValue(word);
  if (Peek(1).kind == TokenKind::kString && (word == "date" || word == "timestamp" || word == "time")) {
    return ++at_, TypedLiteral(word);
  }
  handled = SeesSymbol("(", 1);
  if (handled && word == "cast") return at_ += 2, Cast();
  if (handled && word == "convert") return at_ += 2, Convert();
  if (handled && word == "extract") return at_ += 2, Extract();
  if (handled && word == "trim") return at_ += 2, Trim();
  if (handled && (word == "substring" || word == "substr")) return at_ += 2, Substring();
  handled = false;
  return std::nullopt;
}

/// CURRENT_TIMESTAMP, CURRENT_TIMESTAMP(), CURRENT_TIMESTAMP(6). PostgreSQL's LOCALTIME is a time, MySQL's a timestamp.
Parser::MaybeNode Parser::ClockValue(std::string canonical) {
  if (rules_.casts_with_colons && Lower(tokens_[at_ - 1].text) == "localtime") return std::nullopt;
  std::vector<Node> arguments;
  if (TakeSymbol("(")) {
    auto list = List(")");
    if (!list || list->size() > 1 || (list->size() == 1 && list->front().kind != NodeKind::kNumber))
      return std::nullopt;
    arguments = std::move(*list);
  }
  return Node::Of(NodeKind::kCall, std::move(canonical), std::move(arguments));
}

Parser::MaybeNode Parser::TypedLiteral(std::string type) {
  Node value = Node::Leaf(NodeKind::kString, tokens_[at_++].text);
  return Node::Of(NodeKind::kCast, std::move(type), {std::move(value)});
}

Parser::MaybeNode Parser::Case() {
  Node node = Node::Leaf(NodeKind::kCase, "searched");
  if (!SeesWord("when")) {
    auto operand = Or();
    if (!operand) return std::nullopt;
    node.text = "simple";
    node.children.push_back(std::move(*operand));
  }
  return CaseArms(std::move(node));
}

Parser::MaybeNode Parser::CaseArms(Node node) {
  bool any = false;
  while (TakeWord("when")) {
    auto when = Or();
    if (!when || !TakeWord("then")) return std::nullopt;
    auto then = Or();
    if (!then) return std::nullopt;
    node.children.push_back(std::move(*when));
    node.children.push_back(std::move(*then));
    any = true;
  }
  if (TakeWord("else")) {
    auto otherwise = Or();
    if (!otherwise) return std::nullopt;
    node.children.push_back(std::move(*otherwise));
    node.has_else = true;
  }
  if (!any || !TakeWord("end")) return std::nullopt;
  return node;
}

Parser::MaybeNode Parser::Cast() {
  auto value = Or();
  if (!value || !TakeWord("as")) return std::nullopt;
  auto node = CastTo(std::move(*value));
  if (!node || !TakeSymbol(")")) return std::nullopt;
  return node;
}

/// MySQL's CONVERT(a, type) and CONVERT(a USING utf8mb4); the latter leaves the text as it is.
Parser::MaybeNode Parser::Convert() {
  auto value = Or();
  if (value && TakeWord("using")) {
    const bool unicode = TakeWord("utf8mb4") || TakeWord("utf8mb3") || TakeWord("utf8");
    if (!unicode || !TakeSymbol(")")) return std::nullopt;
    return value;
  }
  if (!value || !TakeSymbol(",")) return std::nullopt;
  auto node = CastTo(std::move(*value));
  if (!node || !TakeSymbol(")")) return std::nullopt;
  return node;
}

/// EXTRACT(YEAR FROM x) is year(x).
Parser::MaybeNode Parser::Extract() {
  const std::string field = Lower(Peek().text);
  ++at_;
  if (!TakeWord("from")) return std::nullopt;
  auto value = Or();
  if (!value || !TakeSymbol(")")) return std::nullopt;
  const bool known = field == "year" || field == "month" || field == "day" || field == "hour" || field == "minute";
  return Node::Of(NodeKind::kCall, known ? field : "?extract", {std::move(*value)});
}

/// TRIM(x), TRIM(BOTH FROM x), TRIM(LEADING ' ' FROM x): only blanks are cut.
Parser::MaybeNode Parser::Trim() {
  std::string name = "trim";
  const bool leading = TakeWord("leading");
  const bool trailing = !leading && TakeWord("trailing");
  const bool sided = leading || trailing || TakeWord("both");
  if (leading) name = "ltrim";
  if (trailing) name = "rtrim";
  const bool blanks = Peek().kind == TokenKind::kString && SeesWord("from", 1);
  if (blanks && Peek().text != " ") return std::nullopt;
  if (blanks) ++at_;
  if ((sided || blanks) && !TakeWord("from")) return std::nullopt;
  auto value = Or();
  if (!value || !TakeSymbol(")")) return std::nullopt;
  return Node::Of(NodeKind::kCall, name, {std::move(*value)});
}

Parser::MaybeNode Parser::Substring() {
  auto value = Or();
  if (!value || !(TakeWord("from") || TakeSymbol(","))) return std::nullopt;
  auto from = Or();
  if (!from) return std::nullopt;
  std::vector<Node> arguments{std::move(*value), std::move(*from)};
  if (TakeWord("for") || TakeSymbol(",")) {
    auto length = Or();
    if (!length) return std::nullopt;
    arguments.push_back(std::move(*length));
  }
  if (!TakeSymbol(")")) return std::nullopt;
  return Node::Of(NodeKind::kCall, "substr", std::move(arguments));
}

/// A column, possibly qualified (the qualifier is dropped: there is one table), or a function's call.
Parser::MaybeNode Parser::NameOrCall() {
  std::string qualifier;
  while (SeesSymbol(".", 1)) {
    qualifier = Lower(Peek().text);
    at_ += 2;
  }
  const Token name = Peek();
  if (name.kind != TokenKind::kWord && name.kind != TokenKind::kIdentifier) return std::nullopt;
  ++at_;
  const bool own_function = qualifier.empty() || qualifier == "pg_catalog";
  if (TakeSymbol("(")) return own_function ? Call(Lower(name.text)) : std::nullopt;
  Node column = Node::Leaf(NodeKind::kColumn, name.text);
  column.quoted = name.kind == TokenKind::kIdentifier;
  return column;
}

std::string Parser::Canonical(const std::string& name) const {
  const auto alias = rules_.aliases.find(name);
  if (alias != rules_.aliases.end()) return alias->second;
  return rules_.functions.contains(name) ? name : "?" + name;
}

Parser::MaybeNode Parser::Call(std::string name) {
  if (SeesWord("distinct") || SeesSymbol("*")) return std::nullopt;
  auto arguments = List(")");
  if (!arguments || SeesWord("over") || SeesWord("filter")) return std::nullopt;
  if ((name == "if" || name == "iif") && arguments->size() == 3) {
    return Node{.kind = NodeKind::kCase, .text = "searched", .children = std::move(*arguments), .has_else = true};
  }
  std::string canonical = Canonical(name);
  if (!TakesArguments(canonical, *arguments)) return std::nullopt;
  if (canonical != "concat") return Node::Of(NodeKind::kCall, std::move(canonical), std::move(*arguments));
  // CONCAT() beside a concatenating || ignores NULL: another function.
  if (rules_.concat_with_pipes || arguments->empty())
    return Node::Of(NodeKind::kCall, "?concat", std::move(*arguments));
  Node all = std::move(arguments->front());
  for (size_t i = 1; i < arguments->size(); ++i) {
    all = Node::Of(NodeKind::kBinary, "concat", {std::move(all), std::move((*arguments)[i])});
  }
  return all;
}

Parser::MaybeNodes Parser::List(std::string_view close) {
  std::vector<Node> nodes;
  if (TakeSymbol(close)) return nodes;
  do {
    auto node = Or();
    if (!node) return std::nullopt;
    nodes.push_back(std::move(*node));
  } while (TakeSymbol(","));
  if (!TakeSymbol(close)) return std::nullopt;
  return nodes;
}

/// ARRAY[a, b], possibly in parentheses and cast.
Parser::MaybeNodes Parser::ArrayList() {
  if (TakeSymbol("(")) {
    auto inner = ArrayList();
    if (!inner || !TakeSymbol(")")) return std::nullopt;
    std::string arguments;
    while (TakeSymbol("::")) {
      if (!TypeName(arguments)) return std::nullopt;
    }
    return inner;
  }
  if (!TakeWord("array") || !TakeSymbol("[")) return std::nullopt;
  auto list = List("]");
  std::string arguments;
  while (list && TakeSymbol("::")) {
    if (!TypeName(arguments)) return std::nullopt;
  }
  return list;
}

/// '{a,b}'::text[]
Parser::MaybeNodes Parser::ArrayOfText() {
  auto nodes = SplitArray(tokens_[at_++].text);
  std::string arguments;
  while (nodes && TakeSymbol("::")) {
    if (!TypeName(arguments)) return std::nullopt;
  }
  return nodes;
}

Parser::MaybeNode Parser::CastTo(Node value) {
  std::string arguments;
  auto type = TypeName(arguments);
  if (!type) return std::nullopt;
  if (type->ends_with("[]") && value.kind != NodeKind::kString) return std::nullopt;
  Node cast = Node::Of(NodeKind::kCast, CanonicalCastType(*type), {std::move(value)});
  cast.type_arguments = std::move(arguments);
  return cast;
}

/// A type's words in lower case ("timestamp without time zone"), "(10,2)" apart, "[]" at the end.
std::optional<std::string> Parser::TypeName(std::string& arguments) {
  const auto is_name = [this] { return Peek().kind == TokenKind::kWord || Peek().kind == TokenKind::kIdentifier; };
  if (!is_name()) return std::nullopt;
  std::string name = Lower(tokens_[at_++].text);
  while (TakeSymbol(".")) {
    if (!is_name()) return std::nullopt;
    name = Lower(tokens_[at_++].text);
  }
  const auto take_arguments = [&] {
    if (SeesSymbol("(")) arguments = TypeArguments().value_or("?");
  };
  take_arguments();
  for (const std::string_view word : {"varying", "precision", "integer", "without", "with", "time", "zone"}) {
    if (TakeWord(word)) name += " " + std::string(word);
  }
  take_arguments();
  while (TakeSymbol("[")) {
    if (!TakeSymbol("]")) return std::nullopt;
    name += "[]";
  }
  return arguments == "?" ? std::nullopt : std::optional(name);
}

std::optional<std::string> Parser::TypeArguments() {
  std::string text = "(";
  for (++at_; !SeesSymbol(")"); ++at_) {
    if (Peek().kind != TokenKind::kNumber && !SeesSymbol(",")) return std::nullopt;
    text += Peek().text;
  }
  ++at_;
  return text + ")";
}

}  // namespace migrateiq::detail
