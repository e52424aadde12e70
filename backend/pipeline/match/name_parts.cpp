#include "pipeline/match/name_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "pipeline/match/sample_values.hpp"
#include "pipeline/match/transformations.hpp"
#include "pipeline/match/words.hpp"

namespace migrateiq::match {

namespace {

constexpr double kUntried = 0.6;  ///< confidence of what only names suggest

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
  for (const std::string& value : Present(column)) values.insert(Fold(value));
  return values;
}

/// How many of the parts the target knows; nothing to say without values.
template <class Part>
double Verified(const MatchColumn& source, const MatchColumn& target, const Part& part) {
  const std::set<std::string> known = Folded(target);
  const std::vector<std::string> values = Present(source);
  if (known.empty() || values.empty()) return -1;
  double found = 0;
  for (const std::string& value : values) found += known.contains(Fold(part(value))) ? 1 : 0;
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

void DeriveNames(const MatchTable& source, const MatchTable& target, const TableSignals& from, const TableSignals& to,
                 MatchResult& result) {
  Deriver(source, target, from, to, result).Run();
}

}  // namespace migrateiq::match
