#include "pipeline/match/transformations.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include "pipeline/match/words.hpp"

namespace migrateiq::match {

namespace {

constexpr double kUntried = 0.6;   ///< confidence of what only names suggest
constexpr size_t kMostCodes = 12;  ///< of a code list

std::string Lower(const std::string& text) { return Fold(text); }

std::vector<std::string> Present(const MatchColumn& column) {
  std::vector<std::string> values;
  for (const auto& value : column.values)
    if (value && !value->empty()) values.push_back(*value);
  return values;
}

std::map<std::string, size_t> Counted(const MatchColumn& column) {
  std::map<std::string, size_t> counts;
  for (const std::string& value : Present(column)) ++counts[value];
  return counts;
}

// --- single columns --------------------------------------------------------------------------------------------------

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
    std::string* list = yes.contains(Lower(value)) ? &truths : no.contains(Lower(value)) ? &falsehoods : nullptr;
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
      if (Lower(word).starts_with(Lower(code)) || Lower(code).starts_with(Lower(word))) fitting.push_back(word);
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
  for (const std::string& value : Present(target)) known.insert(Lower(value));
  double shared = 0, all = 0;
  for (const auto& [value, count] : Counted(source)) {
    all += 1;
    shared += known.contains(Lower(value)) ? 1 : 0;
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

struct Unit {
  double factor;
  const char* text;
};
constexpr std::array<Unit, 16> kUnits = {{{100, "hundredths (cents)"},
                                          {0.01, "whole units of hundredths (cents)"},
                                          {1000, "thousandths"},
                                          {0.001, "whole units of thousandths"},
                                          {2.54, "inches to centimetres"},
                                          {1 / 2.54, "centimetres to inches"},
                                          {0.45359237, "pounds to kilograms"},
                                          {1 / 0.45359237, "kilograms to pounds"},
                                          {1.609344, "miles to kilometres"},
                                          {1 / 1.609344, "kilometres to miles"},
                                          {0.3048, "feet to metres"},
                                          {1 / 0.3048, "metres to feet"},
                                          {60, "minutes to seconds"},
                                          {1.0 / 60, "seconds to minutes"},
                                          {24, "days to hours"},
                                          {28.349523125, "ounces to grams"}}};

double Quantile(const std::vector<double>& sorted, double at) {
  return sorted[static_cast<size_t>(std::lround(at * static_cast<double>(sorted.size() - 1)))];
}

/// How far the quantiles are from the factor, as a ratio; large when they do not have one.
double Misfit(const std::vector<double>& a, const std::vector<double>& b, double factor) {
  double worst = 0;
  for (const double at : {0.1, 0.25, 0.5, 0.75, 0.9}) {
    const double x = Quantile(a, at), y = Quantile(b, at);
    if (x <= 0 || y <= 0) return 100;
    worst = std::max(worst, std::abs(std::log(y / x / factor)));
  }
  return worst;
}

std::optional<Transformation> UnitChange(const MatchColumn& source, const ColumnFacts& a, const ColumnFacts& b) {
  if (!a.numeric() || !b.numeric() || a.present < 20 || b.present < 20 || a.distinct < 8 || b.distinct < 8)
    return std::nullopt;
  if (Misfit(a.numbers, b.numbers, 1) < 0.35) return std::nullopt;
  const auto best =
      std::ranges::min_element(kUnits, {}, [&](const Unit& unit) { return Misfit(a.numbers, b.numbers, unit.factor); });
  const double misfit = Misfit(a.numbers, b.numbers, best->factor);
  if (misfit > 0.15) return std::nullopt;
  const std::string expr = best->factor > 1 || best->factor < 0.0011 || best->factor > 0.011
                               ? fmt::format("{} * {:.9g}", QuotedColumn(source.name), best->factor)
                               : fmt::format("{} / {:.9g}", QuotedColumn(source.name), 1 / best->factor);
  return Transformation{"unit", {}, expr, std::string("another unit: ") + best->text, 0.9 - 2 * misfit, 1 - misfit};
}

/// A unit that names say, as a multiple of its dimension's base.
struct NamedUnit {
  std::string_view word;
  char dimension;
  double size;
};
constexpr std::array<NamedUnit, 41> kNamedUnits = {{{"milliseconds", 't', 0.001},
                                                    {"millisecond", 't', 0.001},
                                                    {"millis", 't', 0.001},
                                                    {"ms", 't', 0.001},
                                                    {"msec", 't', 0.001},
                                                    {"seconds", 't', 1},
                                                    {"second", 't', 1},
                                                    {"sec", 't', 1},
                                                    {"secs", 't', 1},
                                                    {"minutes", 't', 60},
                                                    {"minute", 't', 60},
                                                    {"mins", 't', 60},
                                                    {"hours", 't', 3600},
                                                    {"hour", 't', 3600},
                                                    {"hrs", 't', 3600},
                                                    {"days", 't', 86400},
                                                    {"cents", 'm', 0.01},
                                                    {"cent", 'm', 0.01},
                                                    {"euros", 'm', 1},
                                                    {"euro", 'm', 1},
                                                    {"eur", 'm', 1},
                                                    {"dollars", 'm', 1},
                                                    {"usd", 'm', 1},
                                                    {"mm", 'l', 0.001},
                                                    {"cm", 'l', 0.01},
                                                    {"inch", 'l', 0.0254},
                                                    {"inches", 'l', 0.0254},
                                                    {"ft", 'l', 0.3048},
                                                    {"feet", 'l', 0.3048},
                                                    {"meters", 'l', 1},
                                                    {"km", 'l', 1000},
                                                    {"miles", 'l', 1609.344},
                                                    {"mi", 'l', 1609.344},
                                                    {"grams", 'w', 0.001},
                                                    {"kg", 'w', 1},
                                                    {"lb", 'w', 0.45359237},
                                                    {"lbs", 'w', 0.45359237},
                                                    {"bytes", 'b', 1},
                                                    {"kb", 'b', 1024},
                                                    {"mb", 'b', 1048576},
                                                    {"gb", 'b', 1073741824}}};

const NamedUnit* UnitIn(const ColumnName& name) {
  for (const std::string& word : SplitName(name.text))
    for (const NamedUnit& unit : kNamedUnits)
      if (unit.word == word) return &unit;
  return nullptr;
}

/// For a target without values: both names say a unit of one dimension.
std::optional<Transformation> UnitByName(const MatchColumn& source, const ColumnName& from, const ColumnName& to,
                                         const ColumnFacts& values) {
  const NamedUnit* a = UnitIn(from);
  const NamedUnit* b = UnitIn(to);
  if (a == nullptr || b == nullptr || a->dimension != b->dimension || a->size == b->size ||
      (!values.empty() && !values.numeric()))
    return std::nullopt;
  const bool smaller = a->size < b->size;
  const std::string expr = fmt::format("{} {} {:.9g}", QuotedColumn(source.name), smaller ? "/" : "*",
                                       smaller ? b->size / a->size : a->size / b->size);
  return Transformation{"unit", {}, expr, fmt::format("the names say {} and {}", a->word, b->word), 0.75, -1};
}

// --- parts and joins -------------------------------------------------------------------------------------------------

bool Says(const ColumnName& name, const Lexicon& lexicon, std::initializer_list<std::string_view> heads) {
  return std::ranges::any_of(name.readings, [&](const NameReading& reading) {
    return std::ranges::all_of(heads, [&](std::string_view head) {
      return std::ranges::any_of(
          reading.units, [&](const NameUnit& unit) { return unit.head != kNoHead && lexicon.text(unit.head) == head; });
    });
  });
}

/// Does the name say these concepts and nothing of substance besides ("customer_name" also says customer: that is
/// fine)?
bool IsFirstName(const ColumnName& name) { return Says(name, Lexicon::Shipped(), {"first", "name"}); }
bool IsLastName(const ColumnName& name) { return Says(name, Lexicon::Shipped(), {"last", "name"}); }
bool IsFullName(const ColumnName& name) {
  const Lexicon& lexicon = Lexicon::Shipped();
  if (Says(name, lexicon, {"full", "name"}) || Says(name, lexicon, {"display", "name"})) return true;
  static const std::set<std::string> people = {
      "person", "customer", "employee", "contact", "member", "patient", "passenger", "student",   "user",  "client",
      "author", "driver",   "name",     "owner",   "artist", "player",  "teacher",   "physician", "guest", "people"};
  if (IsFirstName(name) || IsLastName(name) || !Says(name, lexicon, {"name"})) return false;
  return std::ranges::all_of(name.readings.front().units, [&](const NameUnit& unit) {
    return unit.head != kNoHead && people.contains(lexicon.text(unit.head));
  });
}

/// The share of values that look like "First Last" or "Last, First".
struct NameShape {
  double with_blank = 0, with_comma = 0;
};

NameShape ShapeOf(const MatchColumn& column) {
  NameShape shape;
  const std::vector<std::string> values = Present(column);
  for (const std::string& value : values) {
    shape.with_blank += value.find(' ') != std::string::npos ? 1 : 0;
    shape.with_comma += value.find(", ") != std::string::npos ? 1 : 0;
  }
  if (!values.empty())
    shape = {shape.with_blank / static_cast<double>(values.size()),
             shape.with_comma / static_cast<double>(values.size())};
  return shape;
}

std::string FirstPart(const std::string& value, bool comma) {
  if (comma) return value.substr(std::min(value.find(", ") + 2, value.size()));
  return value.substr(0, value.find(' '));
}

std::string LastPart(const std::string& value, bool comma) {
  if (comma) return value.substr(0, value.find(", "));
  const size_t blank = value.find(' ');
  return blank == std::string::npos ? "" : value.substr(blank + 1);
}

std::set<std::string> Folded(const MatchColumn& column) {
  std::set<std::string> values;
  for (const std::string& value : Present(column)) values.insert(Lower(value));
  return values;
}

/// How many of the parts the target knows; nothing to say without values.
template <class Part>
double Verified(const MatchColumn& source, const MatchColumn& target, const Part& part) {
  const std::set<std::string> known = Folded(target);
  const std::vector<std::string> values = Present(source);
  if (known.empty() || values.empty()) return -1;
  double found = 0;
  for (const std::string& value : values) found += known.contains(Lower(part(value))) ? 1 : 0;
  return found / static_cast<double>(values.size());
}

double ConfidenceOf(double verified, double otherwise) {
  return verified < 0 ? otherwise : std::clamp(otherwise + 0.35 * std::min(1.0, verified * 2), 0.0, 0.97);
}

/// Finds what the target's columns without partner can be made of.
class Deriver {
 public:
  Deriver(const MatchTable& source, const MatchTable& target, const TableSignals& from, const TableSignals& to,
          MatchResult& result)
      : source_(source), target_(target), from_(from), to_(to), result_(result) {}

  void Run() {
    for (size_t j = 0; j < target_.columns.size(); ++j) {
      if (IsFullName(to_.names[j]))
        Join(j);
      else if (IsFirstName(to_.names[j]))
        Split(j, true);
      else if (IsLastName(to_.names[j]))
        Split(j, false);
    }
    std::ranges::sort(result_.derived, [](const Derived& a, const Derived& b) {
      const double x = a.transformation.confidence, y = b.transformation.confidence;
      return x != y ? x > y : a.target < b.target;
    });
  }

 private:
  Match* MatchOf(size_t target) {
    const auto found = std::ranges::find(result_.matches, target, &Match::target);
    return found == result_.matches.end() ? nullptr : &*found;
  }

  template <class Is>
  std::optional<size_t> SourceThat(const Is& is) const {
    for (size_t i = 0; i < from_.names.size(); ++i)
      if (is(from_.names[i])) return i;
    return std::nullopt;
  }

  /// With a match that already is of the same kind there is nothing to do.
  void Offer(size_t target, Transformation transformation, bool instead_of_match) {
    Match* match = MatchOf(target);
    if (match != nullptr && !instead_of_match) return;
    if (match != nullptr && std::ranges::find(transformation.sources, match->source) != transformation.sources.end()) {
      match->transformation = std::move(transformation);
      return;
    }
    result_.derived.push_back({target, std::move(transformation)});
  }

  void Join(size_t j) {
    const auto first = SourceThat(IsFirstName), last = SourceThat(IsLastName);
    if (!first || !last || SourceThat(IsFullName)) return;
    const bool comma = ShapeOf(target_.columns[j]).with_comma > 0.5;
    const std::string a = QuotedColumn(source_.columns[*first].name), b = QuotedColumn(source_.columns[*last].name);
    const double verified = JoinVerified(*first, *last, j);
    Offer(j,
          {"join",
           {*first, *last},
           comma ? fmt::format("concat_ws(', ', {}, {})", b, a) : fmt::format("concat_ws(' ', {}, {})", a, b),
           fmt::format("{} and {} together", source_.columns[*first].name, source_.columns[*last].name),
           ConfidenceOf(verified, kUntried),
           verified},
          true);
  }

  /// How many of the target's words are first or last names of the source.
  double JoinVerified(size_t first, size_t last, size_t j) const {
    const std::vector<std::string> values = Present(target_.columns[j]);
    std::set<std::string> known = Folded(source_.columns[first]);
    known.merge(Folded(source_.columns[last]));
    if (values.empty() || known.empty()) return -1;
    double found = 0, words = 0;
    for (const std::string& value : values)
      for (const std::string& word : SplitName(value)) {
        words += 1;
        found += known.contains(word) ? 1 : 0;
      }
    return words == 0 ? -1 : found / words;
  }

  void Split(size_t j, bool first) {
    const auto full = SourceThat(IsFullName);
    if (!full || SourceThat(first ? IsFirstName : IsLastName)) return;
    const MatchColumn& column = source_.columns[*full];
    const NameShape shape = ShapeOf(column);
    if (!column.values.empty() && shape.with_blank < 0.3) return;
    const bool comma = shape.with_comma > 0.5;
    const std::string name = QuotedColumn(column.name);
    const double verified = Verified(column, target_.columns[j], [&](const std::string& value) {
      return first ? FirstPart(value, comma) : LastPart(value, comma);
    });
    std::string expr;
    if (comma)
      expr = fmt::format("trim(split_part({}, ',', {}))", name, first ? 2 : 1);
    else if (first)
      expr = fmt::format("split_part({}, ' ', 1)", name);
    else
      expr = fmt::format("trim(substr({0}, length(split_part({0}, ' ', 1)) + 1))", name);
    Offer(j,
          {"split",
           {*full},
           expr,
           fmt::format("the {} part of {}", first == !comma ? "first" : "last", column.name),
           ConfidenceOf(verified, kUntried),
           verified},
          true);
  }

  const MatchTable& source_;
  const MatchTable& target_;
  const TableSignals& from_;
  const TableSignals& to_;
  MatchResult& result_;
};

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
  Deriver(source, target, from, to, result).Run();
}

}  // namespace migrateiq::match
