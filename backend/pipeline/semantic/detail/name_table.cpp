#include "pipeline/semantic/detail/name_table.hpp"

#include <algorithm>
#include <array>

#include "pipeline/semantic/detail/abbreviation.hpp"
#include "pipeline/semantic/detail/fold.hpp"
#include "pipeline/semantic/detail/kinds.hpp"
#include "pipeline/semantic/detail/lists.hpp"

namespace migrateiq::detail {
namespace {

using Tokens = std::vector<std::string>;

bool IsWordByte(char c) { return IsAlnum(c) || (c & 0x80) != 0; }

/// A new word begins at `at`: fooBar, HTTPServer, or after a sign.
bool BeginsWord(std::string_view name, size_t at) {
  if (at == 0 || !IsWordByte(name[at - 1])) return true;
  if (IsDigit(name[at]) != IsDigit(name[at - 1])) return true;
  if (!IsUpper(name[at])) return false;
  return !IsUpper(name[at - 1]) || (at + 1 < name.size() && IsLower(name[at + 1]));
}

std::string Joined(const Tokens& tokens) {
  std::string all;
  for (const std::string& token : tokens) all += token;
  return all;
}

/// The whole name with its digits, in one: "ICD-10 Code" -> "icd10code".
std::string JoinedName(std::string_view name) {
  std::string all;
  for (const char c : Fold(name)) {
    if (IsWordByte(c)) all += c;
  }
  return all;
}

bool IsEastAsianText(std::string_view text) {
  size_t at = 0;
  return !text.empty() && (text[0] & 0x80) != 0 && IsEastAsian(NextCodePoint(text, at));
}

/// Words that say nothing beside the word before them: "phone_no", "email_1".
bool IsFiller(const std::string& token) {
  constexpr std::array<std::string_view, 24> kFillers = {
      "cd",     "number", "no",     "nr",   "num",  "code", "text", "txt",  "value",   "val",    "field", "col",
      "column", "str",    "string", "data", "info", "new",  "old",  "line", "cliente", "client", "kunde", "main"};
  return std::ranges::find(kFillers, token) != kFillers.end();
}

/// Names that say nothing: "col7", "field_12", "attr3".
bool IsPlaceholder(const std::string& token) {
  constexpr std::array<std::string_view, 14> kPlaceholders = {
      "col", "column", "field", "fld", "attr", "attribute", "value", "val", "var", "f", "c", "x", "v", "a"};
  return std::ranges::find(kPlaceholders, token) != kPlaceholders.end();
}

/// Names that get their meaning from their table's.
bool IsGeneric(const Tokens& tokens) {
  constexpr std::array<std::string_view, 25> kGeneric = {
      "name",   "naam",   "nom",   "nombre", "nome",  "nazwa",       "namn",   "ad",  "code",
      "number", "no",     "nr",    "num",    "value", "bezeichnung", "nummer", "key", "title",
      "label",  "status", "state", "type",   "id",    "data",        "time"};
  return tokens.size() == 1 && std::ranges::find(kGeneric, tokens[0]) != kGeneric.end();
}

/// "show_email", "has_phone": about the thing, not the thing.
bool AsksAQuestion(const Tokens& name) {
  constexpr std::array<std::string_view, 12> kVerbs = {"show", "hide",  "is",     "has", "enable", "enabled",
                                                       "send", "allow", "notify", "use", "can",    "verify"};
  return name.size() > 1 && std::ranges::find(kVerbs, name[0]) != kVerbs.end();
}

bool EndsWith(const Tokens& name, const Tokens& phrase) {
  return name.size() > phrase.size() && std::equal(phrase.rbegin(), phrase.rend(), name.rbegin());
}

bool BeginsWith(const Tokens& name, const Tokens& phrase) {
  return name.size() > phrase.size() && std::equal(phrase.begin(), phrase.end(), name.begin());
}

constexpr double kGenericWeight = 0.5;  // "name" is the name of anything
constexpr size_t kTooShort = 3;         // letters: "il" and "ad" say something only when they are the whole name

double WholeWords(const Tokens& name, const std::string& joined, const Tokens& phrase,
                  const std::string& phrase_joined) {
  if (joined == phrase_joined) return 1;
  if (phrase_joined.size() < kTooShort && phrase_joined != "ip") return 0;
  if (IsGeneric(phrase) || AsksAQuestion(name)) return EndsWith(name, phrase) ? kGenericWeight * 0.8 : 0;
  if (EndsWith(name, phrase)) return name.size() == phrase.size() + 1 ? 0.9 : 0.8;
  if (!BeginsWith(name, phrase)) return 0;
  return std::all_of(name.begin() + static_cast<std::ptrdiff_t>(phrase.size()), name.end(), IsFiller) ? 0.9 : 0.3;
}

/// Every word of the name shortens the word of the phrase at its place, from the end of the name on.
double ShortenedWords(const Tokens& name, const Tokens& phrase) {
  if (name.size() < phrase.size() || name.size() > phrase.size() + 1 || IsGeneric(phrase)) return 0;
  const size_t skip = name.size() - phrase.size();
  double least = 1;
  for (size_t i = 0; i < phrase.size(); ++i) {
    least = std::min(least, Abbreviates(name[i + skip], phrase[i]));
    if (least == 0) return 0;
  }
  if (least == 1) return 0;  // nothing is shortened: see WholeWords
  // One word that is the beginning of another one may be many things.
  const double weight = phrase.size() > 1 ? 0.8 : least < 0.85 && name.back().size() < 4 ? 0.5 : 0.7;
  return least * weight * (skip == 0 ? 1 : 0.85);
}

void Keep(NameMatch candidate, NameMatch& best) {
  if (candidate.score > best.score) best = candidate;
}

/// English singular of a table's name, well enough: customers -> customer, addresses -> address.
std::string Singular(std::string word) {
  if (word.size() > 4 && word.ends_with("ies")) return word.substr(0, word.size() - 3) + "y";
  if (word.size() > 4 && word.ends_with("sses")) word.resize(word.size() - 2);
  if (word.size() > 3 && word.ends_with('s') && !word.ends_with("ss")) word.pop_back();
  return word;
}

}  // namespace

std::vector<std::string> NameTokens(std::string_view name) {
  Tokens tokens;
  for (size_t at = 0; at < name.size();) {
    size_t end = at + 1;
    while (end < name.size() && IsWordByte(name[end]) && !BeginsWord(name, end)) ++end;
    if (IsWordByte(name[at]) && !IsDigit(name[at])) tokens.push_back(Fold(name.substr(at, end - at)));
    at = end;
  }
  return tokens;
}

NameTable::NameTable(Knowledge knowledge) {
  for (const lists::Section& section : lists::Parse(lists::column_names)) {
    const size_t kind = section.name == "-" ? Kinds().size() : IndexOfKind(section.name);
    for (const std::string& word : section.words) {
      if (knowledge == Knowledge::kAll || !lists::IsRareName(word)) Add(kind, section.locale, word);
    }
  }
}

const std::string& NameTable::Language(const std::string& language) {
  return languages_.try_emplace(language, language).first->second;
}

void NameTable::Add(size_t kind, const std::string& language, std::string_view text) {
  Tokens tokens = NameTokens(Fold(text));
  std::string joined = JoinedName(text);
  exact_[joined].push_back({kind, Language(language)});
  phrases_.push_back({kind, std::move(tokens), std::move(joined)});
}

void NameTable::MatchTokens(const Tokens& tokens, double weight, std::vector<NameMatch>& best) const {
  if (tokens.empty()) return;
  const std::string joined = Joined(tokens);
  for (const Phrase& phrase : phrases_) {
    NameMatch& match = best[phrase.kind];
    if (match.score >= weight || phrase.tokens.empty()) continue;
    Keep({weight * WholeWords(tokens, joined, phrase.tokens, phrase.joined), phrase.joined}, match);
    if (match.score >= weight * 0.8 || (phrase.joined[0] & 0x80) != 0) continue;
    Keep({weight * ShortenedWords(tokens, phrase.tokens), phrase.joined, true}, match);
  }
}

std::vector<NameMatch> NameTable::Match(std::string_view column, std::string_view table) const {
  std::vector<NameMatch> best(Kinds().size() + 1);
  const std::string joined = JoinedName(column);
  if (const auto exact = exact_.find(joined); exact != exact_.end()) {
    const double weight = IsGeneric(NameTokens(column)) ? kGenericWeight : 1;
    for (const NamedKind& named : exact->second) Keep({weight, exact->first}, best[named.kind]);
  }
  Tokens tokens = NameTokens(column);
  if (tokens.size() > 12) tokens.resize(12);
  if (std::ranges::all_of(tokens, IsPlaceholder)) return best;
  MatchTokens(tokens, IsGeneric(tokens) ? kGenericWeight : 1, best);
  if (IsGeneric(tokens) && !table.empty()) {
    Tokens with_table = NameTokens(table);
    if (!with_table.empty()) with_table.back() = Singular(with_table.back());
    Tokens only_table = with_table;
    with_table.push_back(tokens[0]);
    MatchTokens(with_table, 0.95, best);
    if (tokens[0] == "name") MatchTokens(only_table, 0.8, best);
  }
  if (IsEastAsianText(joined)) {
    for (const Phrase& phrase : phrases_) {
      if (phrase.joined.size() >= 6 && IsEastAsianText(phrase.joined) && joined.contains(phrase.joined)) {
        Keep({joined.ends_with(phrase.joined) ? 0.9 : 0.7, phrase.joined}, best[phrase.kind]);
      }
    }
  }
  return best;
}

const std::vector<NamedKind>& NameTable::Exact(std::string_view column) const {
  static const std::vector<NamedKind> kNone;
  const auto found = exact_.find(JoinedName(column));
  return found == exact_.end() ? kNone : found->second;
}

const NameTable& WholeNameTable() {
  static const NameTable kWhole(Knowledge::kAll);
  return kWhole;
}

}  // namespace migrateiq::detail
