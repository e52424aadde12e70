#include "pipeline/schema/detail/rename.hpp"

#include <algorithm>

#include "pipeline/schema/detail/printer.hpp"
#include "pipeline/schema/detail/token.hpp"

namespace migrateiq::detail {
namespace {

using Names = std::map<std::string, std::string>;

bool IsName(const Token& token) { return token.kind == TokenKind::kWord || token.kind == TokenKind::kIdentifier; }

const std::string* NewName(const Token& token, const ExpressionRules& rules, const Names& rename) {
  const auto exact = rename.find(token.text);
  if (exact != rename.end()) return &exact->second;
  if (token.kind == TokenKind::kIdentifier && rules.casts_with_colons) return nullptr;
  const std::string wanted = Lower(token.text);
  const auto found = std::ranges::find_if(rename, [&](const auto& entry) { return Lower(entry.first) == wanted; });
  return found == rename.end() ? nullptr : &found->second;
}

bool IsColumn(const std::vector<Token>& tokens, size_t index) {
  const Token& next = tokens[index + 1];
  const bool call = next.kind == TokenKind::kSymbol && (next.text == "(" || next.text == ".");
  const bool type = index > 0 && tokens[index - 1].text == "::" && tokens[index - 1].kind == TokenKind::kSymbol;
  return IsName(tokens[index]) && !call && !type;
}

}  // namespace

std::optional<std::string> RenameColumns(std::string_view expression, const ExpressionRules& rules,
                                         const Names* rename) {
  const bool idle =
      rename == nullptr || std::ranges::all_of(*rename, [](const auto& entry) { return entry.first == entry.second; });
  if (idle) return std::string(expression);
  const auto tokens = Tokenize(expression, rules);
  if (!tokens) return std::nullopt;
  std::string text;
  size_t copied = 0;
  for (size_t i = 0; i + 1 < tokens->size(); ++i) {
    const Token& token = (*tokens)[i];
    const std::string* name = IsColumn(*tokens, i) ? NewName(token, rules, *rename) : nullptr;
    if (name == nullptr || *name == token.text) continue;
    text += std::string(expression.substr(copied, token.begin - copied)) + PrintIdentifier(*name, rules);
    copied = token.end;
  }
  return text + std::string(expression.substr(copied));
}

}  // namespace migrateiq::detail
