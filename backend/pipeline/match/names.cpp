#include "pipeline/match/names.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "pipeline/match/words.hpp"

namespace migrateiq::match {

namespace {

constexpr size_t kMostReadings = 8;
constexpr double kLaterSense = 0.97;
constexpr double kOtherSense = 0.85;

bool AllDigits(std::string_view word) {
  return std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

/// Words that say little wherever they stand.
double BaseWeight(const NameUnit& unit, const Lexicon& lexicon) {
  static const std::set<std::string_view> empty = {"of", "per", "is", "all", "the", "to", "by", "from"};
  static const std::set<std::string_view> generic = {"identifier", "code", "number", "name", "date",      "type", "key",
                                                     "value",      "flag", "text",   "time", "timestamp", "main"};
  if (AllDigits(unit.word)) return 0.35;
  if (unit.head == kNoHead) return unit.word.size() == 1 ? 0.4 : 1;
  const std::string& head = lexicon.text(unit.head);
  if (empty.contains(head)) return 0.3;
  return generic.contains(head) ? 0.55 : 1;
}

/// Appends the word in all its meanings to the readings so far.
void Extend(std::vector<NameReading>& readings, const std::string& word, const Lexicon& lexicon) {
  const std::vector<Sense>* senses = lexicon.Find(word);
  if (senses == nullptr) {
    for (NameReading& reading : readings) reading.units.push_back({.word = word});
    return;
  }
  std::vector<NameReading> longer;
  const bool own = std::ranges::any_of(*senses, &Sense::own);
  for (size_t s = 0; s < senses->size() && s < 4; ++s)
    for (const NameReading& reading : readings) {
      if (longer.size() == kMostReadings) break;
      NameReading next = reading;
      if (own && !(*senses)[s].own)
        next.prior *= kOtherSense;  // "title" is a title first, then a salutation
      else if (s > 0)
        next.prior *= kLaterSense;
      for (const Head head : (*senses)[s].heads)
        next.units.push_back({.word = word, .head = head, .role = lexicon.role(head)});
      longer.push_back(std::move(next));
    }
  readings = std::move(longer);
}

Role RoleOf(const NameReading& reading) {
  for (auto unit = reading.units.rbegin(); unit != reading.units.rend(); ++unit)
    if (unit->role != Role::kNone && unit->role != Role::kQualifier) return unit->role;
  return Role::kNone;
}

ColumnName ReadName(const std::string& text, const Lexicon& lexicon) {
  ColumnName name;
  name.text = text;
  name.squeezed = Squeeze(text);
  name.meaningless = IsMeaningless(text);
  const std::vector<Sense>* whole = lexicon.Find(name.squeezed);
  const std::vector<std::string> parts = SplitName(text);
  const bool as_one = whole != nullptr && parts.size() > 1 && parts.size() <= 3;
  for (const std::string& part : parts)
    for (std::string& word : lexicon.Segment(part)) name.words.push_back(std::move(word));
  name.readings.emplace_back();
  for (const std::string& word : name.words) Extend(name.readings, word, lexicon);
  if (as_one) {  // "NAME1", "e_mail": known as a whole
    std::vector<NameReading> readings(1);
    Extend(readings, name.squeezed, lexicon);
    name.readings.insert(name.readings.begin(), readings.begin(), readings.end());
  }
  for (const std::string& word : name.words) {
    if (AllDigits(word)) name.digits += word + " ";
    name.initials += word[0];
  }
  name.role = RoleOf(name.readings.front());
  return name;
}

/// How many of the table's names have the word.
std::map<std::string, double> Frequencies(const std::vector<ColumnName>& names) {
  std::map<std::string, double> count;
  for (const ColumnName& name : names)
    for (const std::string& word : std::set<std::string>(name.words.begin(), name.words.end())) ++count[word];
  return count;
}

double Rarity(const std::map<std::string, double>& frequency, const std::string& word, size_t columns) {
  const auto found = frequency.find(word);
  const double of = found == frequency.end() ? 1 : found->second;
  return std::log(1 + static_cast<double>(columns) / of) / std::log(1 + static_cast<double>(columns));
}

double WeightOf(const NameReading& reading) {
  double sum = 0;
  for (const NameUnit& unit : reading.units) sum += unit.weight;
  return sum;
}

}  // namespace

std::vector<ColumnName> ReadNames(const MatchTable& table, const Lexicon& lexicon) {
  std::vector<ColumnName> names;
  for (const MatchColumn& column : table.columns) names.push_back(ReadName(column.name, lexicon));
  const std::map<std::string, double> frequency = Frequencies(names);
  for (ColumnName& name : names)
    for (NameReading& reading : name.readings)
      for (NameUnit& unit : reading.units) {
        const double rarity = names.size() < 3 ? 1 : Rarity(frequency, unit.word, names.size());
        unit.weight = std::max(0.05, BaseWeight(unit, lexicon) * rarity);
        unit.id = StableHash(unit.word, static_cast<uint64_t>(unit.head) + 1);
      }
  return names;
}

double NameComparer::StringSimilarity(const std::string& a, const std::string& b) {
  if (a == b) return 1;
  if (AllDigits(a) || AllDigits(b)) return 0;
  if (IsWideScript(a) || IsWideScript(b)) return 0.9 * EditSimilarity(a, b);
  const std::string& brief = a.size() < b.size() ? a : b;
  const std::string& longer = a.size() < b.size() ? b : a;
  double best = 0.8 * Abbreviates(brief, longer);
  const double jaro = JaroWinkler(a, b);
  if (jaro > 0.85 && brief.size() >= 4) best = std::max(best, jaro * 0.9);
  if (brief.size() >= 4 && longer.contains(brief)) best = std::max(best, 0.7);
  return std::max(best, TrigramDice(a, b) * 0.8);
}

double NameComparer::UnitSimilarity(const NameUnit& a, const NameUnit& b) {
  if (a.word == b.word && a.head == b.head) return 1;
  const auto [place, added] = known_.try_emplace({a.id, b.id}, 0);
  if (!added) return place->second;
  double similarity = 0;
  if (a.head != kNoHead && b.head != kNoHead) {
    similarity = 0.95 * lexicon_.Relation(a.head, b.head);
    if (similarity == 0 && !lexicon_.Opposite(a.head, b.head)) similarity = 0.35 * StringSimilarity(a.word, b.word);
  } else {
    similarity = StringSimilarity(a.word, b.word);
    const NameUnit& known = a.head != kNoHead ? a : b;
    const NameUnit& unknown = a.head != kNoHead ? b : a;
    if (known.head != kNoHead)
      similarity = std::max(similarity, 0.9 * StringSimilarity(unknown.word, lexicon_.text(known.head)));
  }
  return place->second = similarity;
}

NameComparer::Alignment NameComparer::Align(const NameReading& a, const NameReading& b) {
  Alignment result;
  const double left = WeightOf(a), right = WeightOf(b);
  if (left == 0 || right == 0) return result;
  std::vector<double> best_b(b.units.size(), 0.0);
  for (const NameUnit& unit : a.units) {
    double best = 0;
    for (size_t j = 0; j < b.units.size(); ++j) {
      const double similarity = UnitSimilarity(unit, b.units[j]);
      best = std::max(best, similarity);
      best_b[j] = std::max(best_b[j], similarity);
      const bool known = unit.head != kNoHead && b.units[j].head != kNoHead;
      result.opposite = result.opposite || (known && lexicon_.Opposite(unit.head, b.units[j].head));
    }
    result.forward += unit.weight * best / left;
    if (best > 0.9) result.strong += unit.weight / left;
  }
  for (size_t j = 0; j < b.units.size(); ++j) result.backward += b.units[j].weight * best_b[j] / right;
  return result;
}

NameComparer::Alignment NameComparer::BestAlignment(const ColumnName& a, const ColumnName& b, const NameReading** left,
                                                    const NameReading** right) {
  Alignment best;
  double best_score = -1;
  for (const NameReading& reading : a.readings)
    for (const NameReading& other : b.readings) {
      const Alignment alignment = Align(reading, other);
      const double score = alignment.both(reading.prior * other.prior) - (alignment.opposite ? 0.1 : 0);
      if (score <= best_score) continue;
      best = alignment;
      best_score = score;
      *left = &reading;
      *right = &other;
    }
  return best;
}

NameSimilarity NameComparer::Compare(const ColumnName& a, const ColumnName& b) {
  NameSimilarity result;
  if (a.squeezed.empty() || b.squeezed.empty()) return result;
  const NameReading* left = nullptr;
  const NameReading* right = nullptr;
  const Alignment best = BestAlignment(a, b, &left, &right);
  if (left == nullptr || right == nullptr) return result;
  result.meaning = best.both(left->prior * right->prior);
  result.covered = std::max(best.forward, best.backward);
  result.uncovered = std::min(best.forward, best.backward);
  result.strong = best.strong;
  result.opposite = best.opposite ? 1 : 0;
  result.exact = a.squeezed == b.squeezed ? 1 : 0;
  result.trigram = TrigramDice(a.squeezed, b.squeezed);
  result.edit = EditSimilarity(a.squeezed, b.squeezed);
  result.jaro = JaroWinkler(a.squeezed, b.squeezed);
  result.abbreviation = std::max(Abbreviates(a.squeezed, b.squeezed), Abbreviates(b.squeezed, a.squeezed));
  result.initials =
      (a.words.size() > 1 && a.initials == b.squeezed) || (b.words.size() > 1 && b.initials == a.squeezed) ? 1 : 0;
  result.subword = Cosine(a.vector, b.vector);
  const Role role = RoleOf(*left), other = RoleOf(*right);
  if (role != Role::kNone && other != Role::kNone) (role == other ? result.same_role : result.other_role) = 1;
  if (!a.digits.empty() && a.digits == b.digits) result.same_digits = 1;
  if (!a.digits.empty() && !b.digits.empty() && a.digits != b.digits) result.other_digits = 1;
  return result;
}

double NameComparer::Likeness(const ColumnName& a, const ColumnName& b) {
  if (a.squeezed.empty() || b.squeezed.empty()) return 0;
  const NameReading* left = nullptr;
  const NameReading* right = nullptr;
  const Alignment best = BestAlignment(a, b, &left, &right);
  if (left == nullptr || right == nullptr) return 0;
  if (a.squeezed == b.squeezed) return 1;
  return std::max(best.both(left->prior * right->prior), 0.9 * TrigramDice(a.squeezed, b.squeezed));
}

std::string NameComparer::Explain(const ColumnName& a, const ColumnName& b) {
  const NameReading* left = nullptr;
  const NameReading* right = nullptr;
  BestAlignment(a, b, &left, &right);
  std::string text;
  if (left == nullptr || right == nullptr) return text;
  for (const NameUnit& unit : left->units)
    for (const NameUnit& other : right->units) {
      if (UnitSimilarity(unit, other) < 0.5) continue;
      if (!text.empty()) text += ", ";
      text += unit.word;
      if (unit.word != other.word) text += " ~ " + other.word;
      if (unit.head != kNoHead && unit.head == other.head && unit.word != other.word)
        text += " (" + lexicon_.text(unit.head) + ")";
      break;
    }
  return text;
}

}  // namespace migrateiq::match
