#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/schema/detail/ast.hpp"
#include "pipeline/schema/detail/token.hpp"

namespace migrateiq::detail {

/// The expression as a tree; nullopt when any part is not understood. What is ambiguous between dialects
/// (`a = b < c` without parentheses) counts as not understood.
std::optional<Node> ParseExpression(std::string_view text, const ExpressionRules& rules);

/// A type name of a cast as canonical type ("text", "bigint" ...) or "?name" when it is none of them.
std::string CanonicalCastType(std::string_view spelling);

/// Recursive descent over tokens. Every rule returns nullopt on what it does not understand.
class Parser {
 public:
  Parser(std::vector<Token> tokens, const ExpressionRules& rules) : tokens_(std::move(tokens)), rules_(rules) {}

  std::optional<Node> Whole();

 private:
  using MaybeNode = std::optional<Node>;
  using MaybeNodes = std::optional<std::vector<Node>>;

  // Levels of precedence, loosest first.
  MaybeNode Or();
  MaybeNode Xor();
  MaybeNode And();
  MaybeNode Not();
  MaybeNode Comparison();
  MaybeNode Pipes();  ///< PostgreSQL's level of ||
  MaybeNode Sum();
  MaybeNode Product();
  MaybeNode TightPipes();  ///< SQLite's level of ||
  MaybeNode Unary();
  MaybeNode Postfix();  ///< a::type
  MaybeNode Primary();

  // What may follow the left side of a comparison.
  MaybeNode CompareTail(Node left);
  MaybeNode IsTail(Node left);
  MaybeNode DistinctTail(Node left, bool negated);
  MaybeNode NegatableTail(Node left);
  MaybeNode InTail(Node left, bool negated);
  MaybeNode BetweenTail(Node left, bool negated);
  MaybeNode LikeTail(Node left, std::string kind, bool negated);
  MaybeNode AnyTail(Node left, bool negated);

  // Primaries.
  MaybeNode WordPrimary();
  MaybeNode Parenthesized();
  MaybeNode Case();
  MaybeNode CaseArms(Node node);
  MaybeNode Cast();
  MaybeNode Convert();
  MaybeNode Extract();
  MaybeNode Trim();
  MaybeNode Substring();
  MaybeNode TypedLiteral(std::string type);
  MaybeNode ClockValue(std::string canonical);
  MaybeNode Call(std::string name);
  MaybeNode NameOrCall();
  MaybeNode Special(const std::string& word, bool& handled);
  MaybeNode CastTo(Node value);
  MaybeNodes List(std::string_view close);
  MaybeNodes ArrayList();
  MaybeNodes ArrayOfText();
  std::optional<std::string> TypeName(std::string& arguments);
  std::optional<std::string> TypeArguments();
  std::string Canonical(const std::string& name) const;
  bool PipesLoose() const { return rules_.concat_with_pipes && rules_.casts_with_colons; }
  bool PipesTight() const { return rules_.concat_with_pipes && !rules_.casts_with_colons; }

  MaybeNode Chain(MaybeNode (Parser::*next)(), std::string_view symbol, std::string_view word,
                  std::string_view meaning);

  const Token& Peek(size_t ahead = 0) const { return tokens_[std::min(at_ + ahead, tokens_.size() - 1)]; }
  bool SeesSymbol(std::string_view symbol, size_t ahead = 0) const;
  bool SeesWord(std::string_view word, size_t ahead = 0) const;
  bool TakeSymbol(std::string_view symbol);
  bool TakeWord(std::string_view word);
  bool TooDeep() { return ++depth_ > kMaxDepth; }

  // Far above real expressions; they bound the recursion of everything that walks a tree.
  static constexpr int kMaxDepth = 100;
  static constexpr int kMaxChain = 200;  ///< operators of one level in a row

  std::vector<Token> tokens_;
  const ExpressionRules& rules_;
  size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace migrateiq::detail
