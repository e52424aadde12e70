#include "pipeline/match/transformations.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "pipeline/match/combined_parts.hpp"
#include "pipeline/match/name_parts.hpp"
#include "pipeline/match/sample_values.hpp"
#include "pipeline/match/unit_change.hpp"
#include "pipeline/match/words.hpp"

namespace migrateiq::match {

namespace {

constexpr size_t kMostCodes = 12;  ///< of a code list

/// A shape of dates, and the text that strptime needs for it.
struct DateShape {
  std::string_view pattern;  ///< as PatternOf gives it
  std::string_view format;
  bool time = false;
};
constexpr std::array<DateShape, 9> kDateShapes = {{{"9.9.9", "%d.%m.%Y"},
                                                   {"9/9/9", "%m/%d/%Y"},
                                                   {"9.9.9 9:9", "%d.%m.%Y %H:%M", true},
                                                   {"9.9.9 9:9:9", "%d.%m.%Y %H:%M:%S", true},
                                                   {"9/9/9 9:9", "%m/%d/%Y %H:%M", true},
                                                   {"9/9/9 9:9:9", "%m/%d/%Y %H:%M:%S", true},
                                                   {"Aa 9 9", "%b %d %Y"},
                                                   {"9-Aa-9", "%d-%b-%Y"},
                                                   {"9 Aa 9", "%d %b %Y"}}};

bool IsPackedDate(const std::string& value) {
  return value.size() == 8 && PatternOf(value) == "9" && MomentOf(value).has_value();
}

/// Days that cannot be months decide the order of 03/04/2020.
bool DayFirst(const std::vector<std::string>& values) {
  return std::ranges::any_of(
      values, [](const std::string& value) { return value.size() > 2 && std::atoi(value.c_str()) > 12; });
}

bool ShortYear(const std::vector<std::string>& values) {
  const size_t last = values[0].find_last_of("./-");
  return last != std::string::npos && values[0].size() - last == 3;
}

bool WantsMoment(const MatchColumn& column, const ColumnFacts& facts) {
  if (column.type != TypeClass::kUnknown)
    return column.type == TypeClass::kDate || column.type == TypeClass::kTimestamp;
  return facts.temporal();
}

bool IsText(const MatchColumn& column) {
  return column.type == TypeClass::kUnknown || column.type == TypeClass::kText || column.type == TypeClass::kInteger;
}

std::optional<Transformation> DateFormat(const MatchColumn& source, const MatchColumn& target,
                                         const ColumnFacts& facts) {
  if (!IsText(source) || !WantsMoment(target, facts)) return std::nullopt;
  const std::optional<std::string> format = DateFormatOf(source);
  if (!format || format == DateFormatOf(target)) return std::nullopt;
  const bool time = format->find("%H") != std::string::npos;
  const std::string expr =
      fmt::format("CAST(strptime({}, {}) AS {})", "CAST(" + QuotedColumn(source.name) + " AS VARCHAR)",
                  QuotedText(*format), time ? "TIMESTAMP" : "DATE");
  return Transformation{"date_format", {}, expr, "dates are written as " + *format, 0.9, 1};
}

bool WantsBool(const MatchColumn& column, const ColumnFacts& facts) {
  if (column.type != TypeClass::kUnknown) return column.type == TypeClass::kBool;
  return facts.present > 0 && std::ranges::all_of(facts.frequent, [](const std::string& value) {
           return value == "true" || value == "false";
         });
}

std::optional<Transformation> FlagFormat(const MatchColumn& source, const MatchColumn& target, const ColumnFacts& to) {
  static const std::set<std::string> yes = {"y", "yes", "j",    "ja", "s",  "si",   "oui",
                                            "x", "1",   "true", "t",  "on", "wahr", "vrai"};
  static const std::set<std::string> no = {"n", "no",  "nein",   "non",  "0", "false",
                                           "f", "off", "falsch", "faux", "",  "-"};
  if (source.type == TypeClass::kBool || !WantsBool(target, to)) return std::nullopt;
  const std::map<std::string, size_t> counts = Counted(source);
  if (counts.empty() || counts.size() > 3) return std::nullopt;
  std::string truths, falsehoods;
  for (const auto& [value, count] : counts) {
    std::string* list = yes.contains(Fold(value)) ? &truths : no.contains(Fold(value)) ? &falsehoods : nullptr;
    if (list == nullptr || value == "true" || value == "false") return std::nullopt;
    *list += (list->empty() ? "" : ", ") + QuotedText(value);
  }
  if (truths.empty()) return std::nullopt;
  const std::string column = "CAST(" + QuotedColumn(source.name) + " AS VARCHAR)";
  const std::string expr =
      fmt::format("CASE WHEN {} IN ({}) THEN true WHEN {} IS NOT NULL THEN false END", column, truths, column);
  return Transformation{"flag", {}, expr, truths + " says true", 0.95, 1};
}

/// Each code's partner: a word that begins with it, or the same word in another case.
std::optional<std::map<std::string, std::string>> CodePartners(const std::map<std::string, size_t>& codes,
                                                               const std::map<std::string, size_t>& words) {
  std::map<std::string, std::string> partners;
  std::set<std::string> taken;
  for (const auto& [code, count] : codes) {
    std::vector<std::string> fitting;
    for (const auto& [word, other] : words)
      if (Fold(word).starts_with(Fold(code)) || Fold(code).starts_with(Fold(word))) fitting.push_back(word);
    if (fitting.size() != 1 || !taken.insert(fitting[0]).second) return std::nullopt;
    partners[code] = fitting[0];
  }
  return partners;
}

std::optional<Transformation> CodeList(const MatchColumn& source, const MatchColumn& target) {
  const std::map<std::string, size_t> codes = Counted(source), words = Counted(target);
  if (codes.size() < 2 || words.size() < 2 || codes.size() > kMostCodes || words.size() > kMostCodes)
    return std::nullopt;
  const bool same = std::ranges::all_of(codes, [&](const auto& code) { return words.contains(code.first); });
  if (same || NumberOf(codes.begin()->first)) return std::nullopt;
  const auto partners = CodePartners(codes, words);
  if (!partners) return std::nullopt;
  std::string expr = "CASE " + QuotedColumn(source.name), text;
  for (const auto& [code, word] : *partners) {
    expr += " WHEN " + QuotedText(code) + " THEN " + QuotedText(word);
    text += (text.empty() ? "" : ", ") + code + " is " + word;
  }
  return Transformation{"code_list", {}, expr + " ELSE " + QuotedColumn(source.name) + " END", text, 0.8, 1};
}

std::optional<Transformation> LetterCase(const MatchColumn& source, const MatchColumn& target, const ColumnFacts& a,
                                         const ColumnFacts& b) {
  if (a.numeric() || a.temporal() || a.letters[0] + a.letters[1] < 0.5) return std::nullopt;
  const bool from_upper = a.letters[0] < 0.02, to_upper = b.letters[0] < 0.02, to_lower = b.letters[1] < 0.005;
  std::set<std::string> known;
  for (const std::string& value : Present(target)) known.insert(Fold(value));
  double shared = 0, all = 0;
  for (const auto& [value, count] : Counted(source)) {
    all += 1;
    shared += known.contains(Fold(value)) ? 1 : 0;
  }
  if (all == 0 || shared / all < 0.3 || (to_upper == from_upper && !to_lower)) return std::nullopt;
  if (!to_upper && !to_lower) return std::nullopt;  // capitals that are gone cannot be guessed
  const char* function = to_upper ? "upper" : "lower";
  return Transformation{"case",
                        {},
                        fmt::format("{}({})", function, QuotedColumn(source.name)),
                        fmt::format("values are in {} case on the other side", function),
                        0.85,
                        shared / all};
}

}  // namespace

std::string QuotedColumn(const std::string& name) {
  std::string quoted = "\"";
  for (const char c : name) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + "\"";
}

std::string QuotedText(const std::string& text) {
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? "''" : std::string(1, c);
  return quoted + "'";
}

std::optional<std::string> DateFormatOf(const MatchColumn& column) {
  const std::vector<std::string> values = Present(column);
  if (values.empty()) return std::nullopt;
  if (std::ranges::all_of(values, IsPackedDate)) return "%Y%m%d";
  const std::string pattern = PatternOf(values[0]);
  if (!std::ranges::all_of(values,
                           [&](const std::string& value) { return PatternOf(value) == pattern && MomentOf(value); }))
    return std::nullopt;
  const auto shape = std::ranges::find(kDateShapes, pattern, &DateShape::pattern);
  if (shape == kDateShapes.end()) return std::nullopt;
  std::string format(shape->format);
  if (pattern.starts_with("9/") && DayFirst(values)) format.replace(0, 5, "%d/%m");
  if (!shape->time && ShortYear(values)) format.replace(format.size() - 1, 1, "y");
  return format;
}

void ProposeTransformations(const MatchTable& source, const MatchTable& target, const TableSignals& from,
                            const TableSignals& to, MatchResult& result) {
  for (Match& match : result.matches) {
    const MatchColumn& a = source.columns[match.source];
    const MatchColumn& b = target.columns[match.target];
    const ColumnFacts& left = from.facts[match.source];
    const ColumnFacts& right = to.facts[match.target];
    if (right.empty()) match.transformation = UnitByName(a, from.names[match.source], to.names[match.target], left);
    if (match.transformation) match.transformation->sources = {match.source};
    if (left.empty() || match.transformation) continue;
    match.transformation = DateFormat(a, b, right);
    if (!match.transformation) match.transformation = FlagFormat(a, b, right);
    if (!match.transformation && !right.empty()) match.transformation = CodeList(a, b);
    if (!match.transformation && !right.empty()) match.transformation = LetterCase(a, b, left, right);
    if (!match.transformation && !right.empty()) match.transformation = UnitChange(a, left, right);
    if (match.transformation) match.transformation->sources = {match.source};
  }
  DeriveParts(source, target, from, to, result);
  DeriveNames(source, target, from, to, result);
}

}  // namespace migrateiq::match
