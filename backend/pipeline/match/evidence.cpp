#include "pipeline/match/evidence.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>

namespace migrateiq::match {

namespace {

ValueKind MainKind(const ColumnFacts& facts) {
  return static_cast<ValueKind>(std::ranges::max_element(facts.kinds) - facts.kinds.begin());
}

double Middle(const std::vector<double>& sorted) { return sorted[sorted.size() / 2]; }

/// How the values' sizes compare, without naming one of them.
std::string SizeText(double a, double b) {
  if (a == b) return ", of the same size";
  if (a * b <= 0) return ", of different size";
  const double factor = std::abs(a) < std::abs(b) ? b / a : a / b;
  return factor < 1.5 ? ", of about the same size" : fmt::format(", of different size (1 : {:.2g})", factor);
}

int Percent(double share) { return static_cast<int>(std::lround(share * 100)); }

const char* TypeName(TypeClass type) {
  static constexpr std::array<const char*, 11> names = {"unknown",   "integer", "decimal", "text", "date", "time",
                                                        "timestamp", "boolean", "binary",  "uuid", "json"};
  return names[static_cast<size_t>(type)];
}

}  // namespace

std::string EvidenceWriter::NameText(size_t i, size_t j) {
  const NameSimilarity& name = signals_.at(i, j).name;
  if (name.exact > 0)
    return source_.columns[i].name == target_.columns[j].name ? "the same name" : "the same name but for its spelling";
  const std::string words = comparer_.Explain(from_.names[i], to_.names[j]);
  if (!words.empty()) return words + (name.opposite > 0 ? ", but other words are opposites" : "");
  if (name.abbreviation > 0.5) return "one name abbreviates the other";
  if (name.initials > 0) return "the initials of the other name";
  return fmt::format("the names share {} % of their letters in order", Percent(name.edit));
}

std::string EvidenceWriter::ValueText(size_t i, size_t j) const {
  const ValueSimilarity& value = signals_.at(i, j).value;
  const ColumnFacts& a = from_.facts[i];
  const ColumnFacts& b = to_.facts[j];
  std::string text;
  if (value.shared >= 0.05) text = fmt::format("{} % of the values are on both sides", Percent(value.shared));
  const ValueKind kind = MainKind(a);
  if (kind == MainKind(b))
    text += fmt::format("{}both hold {}", text.empty() ? "" : "; ", NameOf(kind));
  else
    text += fmt::format("{}{} against {}", text.empty() ? "" : "; ", NameOf(kind), NameOf(MainKind(b)));
  if (value.both_numeric > 0) text += SizeText(Middle(a.numbers), Middle(b.numbers));
  if (value.both_moments > 0 && value.moment_range > 0.5) text += " of the same years";
  if (value.fuzzy > 0.8 && value.shared < 0.2) text += ", spelt alike";
  return text;
}

Evidence EvidenceWriter::Rival(size_t i, size_t j) const {
  double best = 0;
  size_t rival = j;
  for (size_t other = 0; other < signals_.columns; ++other)
    if (other != j && scores_.confidence.at(i, other) > best) best = scores_.confidence.at(i, rival = other);
  if (rival == j) return {"rival", 1, "there is no other candidate"};
  const double lead = std::clamp(scores_.confidence.at(i, j) - best, 0.0, 1.0);
  return {"rival", lead, fmt::format("the next best is {} at {:.2f}", target_.columns[rival].name, best)};
}

std::vector<Evidence> EvidenceWriter::For(size_t i, size_t j) {
  const PairSignals& pair = signals_.at(i, j);
  std::vector<Evidence> evidence;
  if (pair.regime != Regime::kValuesOnly) evidence.push_back({"name", Sigmoid(scores_.name.at(i, j)), NameText(i, j)});
  if (pair.regime != Regime::kNamesOnly)
    evidence.push_back({"values", Sigmoid(scores_.value.at(i, j)), ValueText(i, j)});
  const TypeClass a = source_.columns[i].type, b = target_.columns[j].type;
  if (a != TypeClass::kUnknown && b != TypeClass::kUnknown)
    evidence.push_back({"type", 1 - pair.frame.type_conflict,
                        a == b ? std::string(TypeName(a)) + " on both sides"
                               : fmt::format("{} becomes {}", TypeName(a), TypeName(b))});
  if (pair.frame.both_keys > 0) evidence.push_back({"key", 1, "both are their table's key"});
  if (pair.frame.comment > 0.5) evidence.push_back({"comment", pair.frame.comment, "a comment says the same words"});
  std::ranges::sort(evidence, [](const Evidence& x, const Evidence& y) {
    return x.score != y.score ? x.score > y.score : x.signal < y.signal;
  });
  evidence.push_back(Rival(i, j));
  return evidence;
}

}  // namespace migrateiq::match
