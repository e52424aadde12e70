#include "pipeline/match/combined_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>

#include "pipeline/match/sample_values.hpp"
#include "pipeline/match/transformations.hpp"
#include "pipeline/match/words.hpp"

namespace migrateiq::match {

namespace {

constexpr double kUntried = 0.6;     ///< confidence of what only names suggest
constexpr double kLeastShape = 0.6;  ///< of a source's values must hold both parts

bool Says(const ColumnName& name, std::string_view head) {
  const Lexicon& lexicon = Lexicon::Shipped();
  return std::ranges::any_of(name.readings, [&](const NameReading& reading) {
    return std::ranges::any_of(
        reading.units, [&](const NameUnit& unit) { return unit.head != kNoHead && lexicon.text(unit.head) == head; });
  });
}

bool IsHouseNumber(const ColumnName& name) { return Says(name, "house") || Says(name, "street_number"); }
bool IsStreet(const ColumnName& name) { return Says(name, "street") && !IsHouseNumber(name); }
bool IsPhonePrefix(const ColumnName& name) {
  return Says(name, "phone") && (Says(name, "prefix") || Says(name, "area") || Says(name, "country"));
}
bool IsPhone(const ColumnName& name) { return Says(name, "phone") && !IsPhonePrefix(name) && !Says(name, "extension"); }

bool IsDigit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

std::string Trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of(' ');
  if (begin == std::string_view::npos) return "";
  return std::string(text.substr(begin, text.find_last_not_of(' ') - begin + 1));
}

/// A value taken apart; the small part is empty when there is none.
struct Parts {
  std::string small, large;
};

/// "Hauptstr. 12a": the number behind.
Parts NumberBehind(const std::string& value) {
  const std::string text = Trimmed(value);
  const size_t blank = text.rfind(' ');
  if (blank == std::string::npos || !IsDigit(text[blank + 1])) return {"", text};
  return {text.substr(blank + 1), Trimmed(text.substr(0, blank))};
}

/// "12 Main Street": the number in front.
Parts NumberInFront(const std::string& value) {
  const std::string text = Trimmed(value);
  const size_t blank = text.find(' ');
  if (blank == std::string::npos || !IsDigit(text[0])) return {"", text};
  return {text.substr(0, blank), Trimmed(text.substr(blank))};
}

/// "+49 30 12345", "030/12345": the first group of digits.
Parts PrefixInFront(const std::string& value) {
  const std::string text = Trimmed(value);
  const size_t end = text.find_first_of(" /-");
  const size_t rest = end == std::string::npos ? end : text.find_first_not_of(" /-", end);
  if (rest == std::string::npos || text.find_first_not_of("+()0123456789") != end) return {"", text};
  return {text.substr(0, end), text.substr(rest)};
}

/// One way in which a column holds two things.
struct Way {
  Parts (*take)(const std::string& value);
  const char *small, *large;  ///< DuckDB SQL; {} is the column as text
  const char* join;           ///< of the small part {0} and the large one {1}
  const char* words;          ///< what the small part is, for people
};
constexpr Way kStreetBehind{&NumberBehind, R"(nullif(regexp_extract({}, '\s(\d\S*)\s*$', 1), ''))",
                            R"(trim(regexp_replace({}, '\s\d\S*\s*$', '')))", "concat_ws(' ', {1}, {0})",
                            "house number behind the street"};
constexpr Way kStreetInFront{&NumberInFront, R"(nullif(regexp_extract({}, '^\s*(\d\S*)\s', 1), ''))",
                             R"(trim(regexp_replace({}, '^\s*\d\S*\s+', '')))", "concat_ws(' ', {0}, {1})",
                             "house number in front of the street"};
constexpr Way kPhone{&PrefixInFront, R"(nullif(regexp_extract({}, '^\s*([+()\d]+)[ /-]', 1), ''))",
                     R"(trim(regexp_replace({}, '^\s*[+()\d]+[ /-]+', '')))", "concat_ws(' ', {0}, {1})",
                     "prefix of the phone number"};

double ShareWithBoth(const MatchColumn& column, const Way& way) {
  const std::vector<std::string> values = Present(column);
  const auto both = std::ranges::count_if(values, [&](const std::string& one) { return !way.take(one).small.empty(); });
  return values.empty() ? -1 : static_cast<double>(both) / static_cast<double>(values.size());
}

/// Of the values' parts, how many the target knows; -1 where there is nothing to try it on.
double Verified(const MatchColumn& source, const MatchColumn& target, const Way& way, bool small) {
  std::set<std::string> known;
  for (const std::string& value : Present(target)) known.insert(Fold(value));
  const std::vector<std::string> values = Present(source);
  if (known.empty() || values.empty()) return -1;
  const auto found = std::ranges::count_if(values, [&](const std::string& value) {
    const Parts parts = way.take(value);
    return known.contains(Fold(small ? parts.small : parts.large));
  });
  return static_cast<double>(found) / static_cast<double>(values.size());
}

double ConfidenceOf(double verified) {
  return verified < 0 ? kUntried : std::min(0.97, kUntried + 0.35 * std::min(1.0, verified * 2));
}

/// The columns of one table that hold the one part and the other, or both together.
struct Places {
  std::optional<size_t> small, large;
};

template <class IsSmall, class IsLarge>
Places PlacesOf(const TableSignals& table, const IsSmall& is_small, const IsLarge& is_large) {
  Places places;
  for (size_t i = 0; i < table.names.size(); ++i) {
    if (is_small(table.names[i]) && !places.small) places.small = i;
    if (is_large(table.names[i]) && !places.large) places.large = i;
  }
  return places;
}

class PartsDeriver {
 public:
  PartsDeriver(const MatchTable& source, const MatchTable& target, MatchResult& result)
      : source_(source), target_(target), result_(result) {}

  void Run(const Places& from, const Places& to, const std::vector<Way>& ways) {
    if (!from.large || !to.large || from.small.has_value() == to.small.has_value()) return;
    if (to.small)
      Split(*from.large, to, ways);
    else
      Join(from, *to.large, ways);
  }

 private:
  /// Where the source has values, the way that fits them; without any the first one.
  static const Way* BestWay(const MatchColumn& column, const std::vector<Way>& ways) {
    if (Present(column).empty()) return &ways.front();
    const auto best = std::ranges::max_element(ways, {}, [&](const Way& way) { return ShareWithBoth(column, way); });
    return ShareWithBoth(column, *best) >= kLeastShape ? &*best : nullptr;
  }

  void Split(size_t from, const Places& to, const std::vector<Way>& ways) {
    const MatchColumn& column = source_.columns[from];
    const Way* way = BestWay(column, ways);
    if (way == nullptr) return;
    for (const bool small : {true, false}) {
      const size_t target = small ? *to.small : *to.large;
      const double verified = Verified(column, target_.columns[target], *way, small);
      const std::string text = "CAST(" + QuotedColumn(column.name) + " AS VARCHAR)";
      Offer(target, {"split",
                     {from},
                     fmt::format(fmt::runtime(small ? way->small : way->large), text),
                     fmt::format("{} of {}", small ? way->words : "the rest", column.name),
                     ConfidenceOf(verified),
                     verified});
    }
  }

  void Join(const Places& from, size_t to, const std::vector<Way>& ways) {
    const Way* way = BestWay(target_.columns[to], ways);
    if (way == nullptr) return;
    const MatchColumn &small = source_.columns[*from.small], &large = source_.columns[*from.large];
    const double verified = Verified(target_.columns[to], large, *way, false);
    Offer(to, {"join",
               {*from.small, *from.large},
               fmt::format(fmt::runtime(way->join), QuotedColumn(small.name), QuotedColumn(large.name)),
               fmt::format("{} and {} together", small.name, large.name),
               ConfidenceOf(verified),
               verified});
  }

  /// A match with a column that the transformation reads becomes the transformation; one with another column stays.
  void Offer(size_t target, Transformation transformation) {
    const auto match = std::ranges::find(result_.matches, target, &Match::target);
    if (match == result_.matches.end()) {
      result_.derived.push_back({target, std::move(transformation)});
      return;
    }
    const bool reads = std::ranges::find(transformation.sources, match->source) != transformation.sources.end();
    if (reads) match->transformation = std::move(transformation);
  }

  const MatchTable& source_;
  const MatchTable& target_;
  MatchResult& result_;
};

}  // namespace

void DeriveParts(const MatchTable& source, const MatchTable& target, const TableSignals& from, const TableSignals& to,
                 MatchResult& result) {
  PartsDeriver deriver(source, target, result);
  deriver.Run(PlacesOf(from, IsHouseNumber, IsStreet), PlacesOf(to, IsHouseNumber, IsStreet),
              {kStreetBehind, kStreetInFront});
  deriver.Run(PlacesOf(from, IsPhonePrefix, IsPhone), PlacesOf(to, IsPhonePrefix, IsPhone), {kPhone});
}

}  // namespace migrateiq::match
