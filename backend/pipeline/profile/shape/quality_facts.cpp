#include <algorithm>
#include <unordered_map>

#include "pipeline/profile/scan/time_values.hpp"
#include "pipeline/profile/shape/date_formats.hpp"
#include "pipeline/profile/shape/numbers.hpp"
#include "pipeline/profile/shape/shape_column.hpp"

namespace migrateiq {

namespace {

constexpr double kDominant = 0.9;               ///< a pattern of so many of the values is how they should be written
constexpr double kFirstSecond = -2208988800.0;  ///< 1900-01-01
constexpr double kDaySeconds = 86400;

/// One spelling for texts that differ by case and blanks only.
std::string Folded(std::string_view text) {
  std::string folded;
  for (const char letter : text) {
    if (letter == ' ' && (folded.empty() || folded.back() == ' ')) continue;
    folded += letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
  }
  if (!folded.empty() && folded.back() == ' ') folded.pop_back();
  return folded;
}

/// Texts that are written otherwise where the same text is written more often.
int64_t OtherSpellings(const std::vector<CountedText>& texts) {
  struct Group {
    int64_t total = 0, most = 0;
  };
  std::unordered_map<std::string, Group> groups;
  for (const CountedText& text : texts) {
    Group& group = groups[Folded(text.text)];
    group.total += text.count;
    group.most = std::max(group.most, text.count);
  }
  int64_t others = 0;
  for (const auto& [folded, group] : groups) others += group.total - group.most;
  return others;
}

QualityFact ConsistencyOf(const ColumnProfile& profile, const std::vector<CountedText>& texts) {
  QualityFact fact{profile.sampled, profile.sampled, "spelled alike: case and blanks"};
  fact.good -= OtherSpellings(texts);
  if (!profile.date_formats.empty()) {
    int64_t dates = 0;
    for (const DateFormat& format : profile.date_formats) dates += format.count;
    const int64_t first = profile.date_formats[0].count;
    if (first < fact.good) fact = {first, dates, "written as " + profile.date_formats[0].format};
  } else if (!profile.patterns.empty() && profile.patterns[0].share >= kDominant) {
    const auto alike = profile.patterns[0].count;
    int64_t filled = 0;
    for (const CountedText& text : texts) filled += text.text.empty() ? 0 : text.count;
    if (alike < filled) fact = {std::min(fact.good, alike), filled, "written as " + profile.patterns[0].pattern};
  }
  return fact;
}

QualityFact ValidityOf(const ColumnProfile& profile) {
  QualityFact fact{profile.sampled, profile.sampled, "readable, of the fitting type, rightly encoded"};
  if (profile.fitting) fact.good -= profile.fitting->checked - profile.fitting->fits;
  if (profile.encoding) fact.good = std::max<int64_t>(0, fact.good - profile.encoding->Total());
  for (const FindingCount& finding : profile.findings) fact.of += finding.count;
  return fact;
}

/// Dates and moments as seconds since 1970.
std::vector<CountedNumber> Moments(const Column& sample, const Dictionary& dictionary, const ColumnProfile& profile) {
  std::vector<CountedNumber> moments;
  if (profile.family == ValueFamily::date || profile.family == ValueFamily::timestamp) {
    moments = CountedNumbers(sample, dictionary);
    const double unit = profile.family == ValueFamily::date ? kDaySeconds : 1;
    for (CountedNumber& moment : moments) moment.value *= unit;
    return moments;
  }
  if (profile.date_formats.empty() || profile.date_formats[0].format.find("%d") == std::string::npos) return {};
  const std::vector<CountedText> texts = CountedTexts(sample, dictionary);
  for (size_t code = 0; code < texts.size(); ++code) {
    const ReadMoment moment = ReadMomentAs(texts[code].text, profile.date_formats[0].format);
    if (moment.fits) {
      moments.push_back({static_cast<double>(moment.seconds), texts[code].count, dictionary.first_row[code]});
    }
  }
  return moments;
}

void FillTimeliness(const Column& sample, const Dictionary& dictionary, int64_t now, ColumnProfile& profile) {
  const double latest = static_cast<double>(now) / 1e6 + kDaySeconds;
  const CountedNumber* newest = nullptr;
  QualityFact fact{.about = "neither in the future nor before 1900"};
  const std::vector<CountedNumber> moments = Moments(sample, dictionary, profile);
  for (const CountedNumber& moment : moments) {
    fact.of += moment.count;
    if (moment.value > latest || moment.value < kFirstSecond) continue;
    fact.good += moment.count;
    if (newest == nullptr || moment.value > newest->value) newest = &moment;
  }
  if (fact.of == 0) return;
  profile.quality.timeliness = fact;
  if (newest != nullptr)
    profile.quality.newest = TimeText(TypeKind::kTimestamp, static_cast<int64_t>(newest->value * 1e6));
}

}  // namespace

void FillQualityFacts(const Column& sample, const Dictionary& dictionary, int64_t now, ColumnProfile& profile) {
  QualityFacts& facts = profile.quality;
  facts.completeness = {profile.count - profile.nulls - profile.empty - profile.blank, profile.count,
                        "neither NULL nor empty"};
  if (profile.sampled == 0 && profile.findings.empty()) return;
  facts.validity = ValidityOf(profile);
  if (profile.characters) facts.consistency = ConsistencyOf(profile, CountedTexts(sample, dictionary));
  FillTimeliness(sample, dictionary, now, profile);
}

}  // namespace migrateiq
