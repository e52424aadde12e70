#include "pipeline/schema/detail/parser.hpp"

#include <array>

namespace migrateiq::detail {
namespace {

using Spelling = std::pair<std::string_view, std::string_view>;

/// Comparison spellings and what they mean.
constexpr std::array<Spelling, 9> kComparisons = {{{"=", "="},
                                                   {"==", "="},
                                                   {"<>", "<>"},
                                                   {"!=", "<>"},
                                                   {"<", "<"},
                                                   {"<=", "<="},
                                                   {">", ">"},
                                                   {">=", ">="},
                                                   {"<=>", "same"}}};

/// PostgreSQL's operators behind LIKE and ILIKE.
constexpr std::array<Spelling, 2> kLikes = {{{"~~", "like"}, {"~~*", "ilike"}}};
constexpr std::array<Spelling, 2> kNotLikes = {{{"!~~", "like"}, {"!~~*", "ilike"}}};

template <size_t kSize>
std::string_view Find(const std::array<Spelling, kSize>& spellings, const Token& token) {
  if (token.kind != TokenKind::kSymbol) return {};
  const auto found = std::ranges::find(spellings, std::string_view(token.text), &Spelling::first);
  return found == spellings.end() ? std::string_view{} : found->second;
}

}  // namespace

std::optional<Node> ParseExpression(std::string_view text, const ExpressionRules& rules) {
  auto tokens = Tokenize(text, rules);
  if (!tokens) return std::nullopt;
  return Parser(std::move(*tokens), rules).Whole();
}

bool Parser::SeesSymbol(std::string_view symbol, size_t ahead) const {
  return Peek(ahead).kind == TokenKind::kSymbol && Peek(ahead).text == symbol;
}

bool Parser::SeesWord(std::string_view word, size_t ahead) const {
  return Peek(ahead).kind == TokenKind::kWord && Lower(Peek(ahead).text) == word;
}

bool Parser::TakeSymbol(std::string_view symbol) { return SeesSymbol(symbol) && ++at_ > 0; }
bool Parser::TakeWord(std::string_view word) { return SeesWord(word) && ++at_ > 0; }

Parser::MaybeNode Parser::Whole() {
  auto node = Or();
  if (Peek().kind != TokenKind::kEnd) return std::nullopt;
  return node;
}

/// Left-associative `next (symbol|word next)*`; an empty symbol or word is never seen.
Parser::MaybeNode Parser::Chain(MaybeNode (Parser::*next)(), std::string_view symbol, std::string_view word,
                                std::string_view meaning) {
  auto left = (this->*next)();
  int links = 0;
  while (left && ((!symbol.empty() && TakeSymbol(symbol)) || (!word.empty() && TakeWord(word)))) {
    auto right = (this->*next)();
    if (!right || ++links > kMaxChain) return std::nullopt;
    left = Node::Of(NodeKind::kBinary, std::string(meaning), {std::move(*left), std::move(*right)});
  }
  return left;
}

Parser::MaybeNode Parser::Or() {
  if (TooDeep()) return std::nullopt;
  auto node = Chain(&Parser::Xor, rules_.concat_with_pipes ? "" : "||", "or", "or");
  --depth_;
  return node;
}

Parser::MaybeNode Parser::Xor() { return Chain(&Parser::And, "", "xor", "xor"); }
Parser::MaybeNode Parser::And() { return Chain(&Parser::Not, rules_.casts_with_colons ? "" : "&&", "and", "and"); }

Parser::MaybeNode Parser::Not() {
  if (!TakeWord("not")) return Comparison();
  if (TooDeep()) return std::nullopt;
  auto inner = Not();
  --depth_;
  if (!inner) return std::nullopt;
  return Node::Of(NodeKind::kUnary, "not", {std::move(*inner)});
}

Parser::MaybeNode Parser::Comparison() {
  auto left = Pipes();
  if (!left) return std::nullopt;
  return CompareTail(std::move(*left));
}

Parser::MaybeNode Parser::CompareTail(Node left) {
  if (TakeWord("is")) return IsTail(std::move(left));
  if (TakeWord("isnull")) return Node::Of(NodeKind::kIs, "null", {std::move(left)});
  if (TakeWord("notnull")) return Node::Of(NodeKind::kIs, "null", {std::move(left)}, true);
  const auto like = Find(kLikes, Peek());
  const auto not_like = Find(kNotLikes, Peek());
  if (!like.empty() || !not_like.empty()) {
    ++at_;
    return LikeTail(std::move(left), std::string(like.empty() ? not_like : like), like.empty());
  }
  const auto comparison = Find(kComparisons, Peek());
  if (comparison.empty()) return NegatableTail(std::move(left));
  ++at_;
  if (SeesWord("any") || SeesWord("all") || SeesWord("some")) {
    const bool any = !SeesWord("all");
    if (comparison != (any ? "=" : "<>")) return std::nullopt;
    ++at_;
    return AnyTail(std::move(left), !any);
  }
  auto right = Pipes();
  if (!right) return std::nullopt;
  return Node::Of(NodeKind::kBinary, std::string(comparison), {std::move(left), std::move(*right)});
}

Parser::MaybeNode Parser::IsTail(Node left) {
  const bool negated = TakeWord("not");
  for (const std::string_view value : {"null", "true", "false"}) {
    if (TakeWord(value)) return Node::Of(NodeKind::kIs, std::string(value), {std::move(left)}, negated);
  }
  if (TakeWord("unknown")) return Node::Of(NodeKind::kIs, "null", {std::move(left)}, negated);
  if (TakeWord("distinct")) return TakeWord("from") ? DistinctTail(std::move(left), !negated) : std::nullopt;
  return DistinctTail(std::move(left), negated);  // SQLite's general IS
}

/// NULL-safe equality, or its negation.
Parser::MaybeNode Parser::DistinctTail(Node left, bool negated) {
  auto right = Pipes();
  if (!right) return std::nullopt;
  Node same = Node::Of(NodeKind::kBinary, "same", {std::move(left), std::move(*right)});
  return negated ? Node::Of(NodeKind::kUnary, "not", {std::move(same)}) : std::move(same);
}

Parser::MaybeNode Parser::NegatableTail(Node left) {
  const bool negated =
      SeesWord("not") && (SeesWord("in", 1) || SeesWord("between", 1) || SeesWord("like", 1) || SeesWord("ilike", 1));
  if (negated) ++at_;
  if (TakeWord("in")) return InTail(std::move(left), negated);
  if (TakeWord("between")) return BetweenTail(std::move(left), negated);
  if (TakeWord("like")) return LikeTail(std::move(left), "like", negated);
  if (TakeWord("ilike")) return LikeTail(std::move(left), "ilike", negated);
  return left;
}

Parser::MaybeNode Parser::InTail(Node left, bool negated) {
  if (!TakeSymbol("(")) return std::nullopt;
  auto list = List(")");
  if (!list || list->empty()) return std::nullopt;
  list->insert(list->begin(), std::move(left));
  return Node::Of(NodeKind::kIn, "", std::move(*list), negated);
}

Parser::MaybeNode Parser::BetweenTail(Node left, bool negated) {
  if (SeesWord("symmetric")) return std::nullopt;
  auto low = Pipes();
  if (!low || !TakeWord("and")) return std::nullopt;
  auto high = Pipes();
  if (!high) return std::nullopt;
  return Node::Of(NodeKind::kBetween, "", {std::move(left), std::move(*low), std::move(*high)}, negated);
}

Parser::MaybeNode Parser::LikeTail(Node left, std::string kind, bool negated) {
  auto pattern = Pipes();
  if (!pattern || SeesWord("escape")) return std::nullopt;
  return Node::Of(NodeKind::kLike, std::move(kind), {std::move(left), std::move(*pattern)}, negated);
}

/// `= ANY (ARRAY[...])` and `<> ALL (ARRAY[...])` are IN and NOT IN.
Parser::MaybeNode Parser::AnyTail(Node left, bool negated) {
  if (!TakeSymbol("(")) return std::nullopt;
  auto list = Peek().kind == TokenKind::kString ? ArrayOfText() : ArrayList();
  if (!list || list->empty() || !TakeSymbol(")")) return std::nullopt;
  list->insert(list->begin(), std::move(left));
  return Node::Of(NodeKind::kIn, "", std::move(*list), negated);
}

Parser::MaybeNode Parser::Pipes() { return Chain(&Parser::Sum, PipesLoose() ? "||" : "", "", "concat"); }

Parser::MaybeNode Parser::Sum() {
  auto left = Product();
  int links = 0;
  while (left && (SeesSymbol("+") || SeesSymbol("-"))) {
    std::string symbol = tokens_[at_++].text;
    auto right = Product();
    if (!right || ++links > kMaxChain) return std::nullopt;
    left = Node::Of(NodeKind::kBinary, std::move(symbol), {std::move(*left), std::move(*right)});
  }
  return left;
}

Parser::MaybeNode Parser::Product() {
  auto left = TightPipes();
  int links = 0;
  while (left && (SeesSymbol("*") || SeesSymbol("/") || SeesSymbol("%") || SeesWord("mod"))) {
    const std::string symbol = SeesWord("mod") ? "%" : Peek().text;
    ++at_;
    auto right = TightPipes();
    if (!right || ++links > kMaxChain) return std::nullopt;
    left = Node::Of(NodeKind::kBinary, symbol, {std::move(*left), std::move(*right)});
  }
  return left;
}

Parser::MaybeNode Parser::TightPipes() { return Chain(&Parser::Unary, PipesTight() ? "||" : "", "", "concat"); }

Parser::MaybeNode Parser::Unary() {
  while (TakeSymbol("+")) {}
  if (!SeesSymbol("-") && !(SeesSymbol("!") && !rules_.casts_with_colons)) return Postfix();
  const bool minus = TakeSymbol("-");
  if (!minus) ++at_;
  if (TooDeep()) return std::nullopt;
  const bool number = Peek().kind == TokenKind::kNumber;
  auto inner = minus && number ? Postfix() : Unary();
  --depth_;
  if (!inner) return std::nullopt;
  if (minus && inner->kind == NodeKind::kNumber && number) return inner->text.insert(0, "-"), inner;
  return Node::Of(NodeKind::kUnary, minus ? "-" : "not", {std::move(*inner)});
}

Parser::MaybeNode Parser::Postfix() {
  auto node = Primary();
  int links = 0;
  while (node && rules_.casts_with_colons && TakeSymbol("::"))
    node = ++links > kMaxChain ? std::nullopt : CastTo(std::move(*node));
  return node;
}

}  // namespace migrateiq::detail
