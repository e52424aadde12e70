#include "pipeline/profile/depend/name_match.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace migrateiq {

namespace {

bool IsUpper(char letter) { return std::isupper(static_cast<unsigned char>(letter)) != 0; }
bool IsWordLetter(char letter) { return std::isalnum(static_cast<unsigned char>(letter)) != 0 || (letter & 0x80) != 0; }

std::string Singular(std::string word) {
  if (word.size() > 4 && word.ends_with("ies")) return word.substr(0, word.size() - 3) + "y";
  if (word.size() > 4 && (word.ends_with("sses") || word.ends_with("xes") || word.ends_with("ches")))
    return word.substr(0, word.size() - 2);
  if (word.size() > 3 && word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us")) word.pop_back();
  return word;
}

/// Words that name no thing: keys of any table are called so.
bool IsGeneric(const std::string& token) {
  static constexpr std::array<std::string_view, 12> kWords = {"id",   "key", "no", "nr", "num",  "number",
                                                              "code", "ref", "fk", "pk", "uuid", "guid"};
  return std::ranges::find(kWords, token) != kWords.end();
}

bool HasAll(const std::vector<std::string>& tokens, const std::vector<std::string>& wanted) {
  return std::ranges::all_of(wanted,
                             [&](const std::string& word) { return std::ranges::find(tokens, word) != tokens.end(); });
}

std::vector<std::string> Meaningful(const std::vector<std::string>& tokens) {
  std::vector<std::string> kept;
  std::ranges::copy_if(tokens, std::back_inserter(kept), [](const std::string& token) { return !IsGeneric(token); });
  return kept;
}

}  // namespace

std::vector<std::string> NameTokens(std::string_view name) {
  std::vector<std::string> tokens;
  std::string token;
  const auto finish = [&] {
    if (!token.empty()) tokens.push_back(Singular(std::move(token)));
    token.clear();
  };
  for (size_t i = 0; i < name.size(); ++i) {
    const char letter = name[i];
    const bool begins =
        i > 0 && IsUpper(letter) &&
        (!IsUpper(name[i - 1]) || (i + 1 < name.size() && std::islower(static_cast<unsigned char>(name[i + 1])) != 0));
    if (!IsWordLetter(letter) || begins) finish();
    if (IsWordLetter(letter)) token += static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  }
  finish();
  return tokens;
}

NameWords WordsOf(std::string_view name) {
  NameWords words{.all = NameTokens(name), .meaningful = {}};
  words.meaningful = Meaningful(words.all);
  return words;
}

double ReferenceName(const NameWords& column, const NameWords& parent_table, const NameWords& parent_column) {
  const std::vector<std::string>& child = column.all;
  const std::vector<std::string>& table = parent_table.meaningful;
  const std::vector<std::string>& named = parent_column.meaningful;
  if (column.meaningful.empty()) return 0;
  if (child == parent_column.all) return named.empty() ? 0 : 1;
  if (!table.empty() && HasAll(child, table)) return child.size() <= table.size() + 2 ? 1 : 0.8;
  if (!named.empty() && HasAll(child, named)) return 0.8;
  // The last word of a table's name is what it holds: "account_id" to crm_account.
  if (!table.empty() && std::ranges::find(child, table.back()) != child.end()) return 0.7;
  const bool begins = std::ranges::any_of(column.meaningful, [&](const std::string& word) {
    return !table.empty() && word.size() >= 3 && (table.back().starts_with(word) || word.starts_with(table.back()));
  });
  return begins ? 0.5 : 0;
}

}  // namespace migrateiq
