#include <algorithm>
#include <array>
#include <unordered_set>

#include <fmt/format.h>

#include "pipeline/semantic/detail/context.hpp"
#include "pipeline/semantic/detail/detector.hpp"
#include "pipeline/semantic/detail/fold.hpp"
#include "pipeline/semantic/detail/free_text.hpp"
#include "pipeline/semantic/detail/kinds.hpp"
#include "pipeline/semantic/detail/score.hpp"

namespace migrateiq {
namespace detail {
namespace {

constexpr size_t kMostValues = 2000;         // more are not looked at
constexpr double kWorthNaming = 0.02;        // confidence below which a candidate is not worth a line
constexpr double kWithoutValues = 0.8;       // a name alone, without any value, says less
constexpr double kTie = 0.3;                 // in log odds
constexpr double kNamedInDerivedKind = 0.8;  // "national id" for the number of a country

/// The values that count, with the number of different ones.
struct Values {
  std::vector<Value> usable;
  size_t distinct = 0;
  std::string letters;  ///< when all are single letters: which, each once, as capitals in their order
};

/// The only letters of a column of letters; empty when other values are in it, or more than three letters.
std::string OnlyLetters(const std::unordered_set<std::string_view>& different) {
  std::string letters;
  for (const std::string_view value : different) {
    if (value.size() != 1 || !IsAsciiLetter(value[0]) || different.size() > 4) return {};
    if (!letters.contains(ToUpper(value[0]))) letters += ToUpper(value[0]);
  }
  std::ranges::sort(letters);
  return letters;
}

/// Pairs of letters that mean a kind when there are no others.
bool IsPairOf(std::string_view kind, std::string_view letters) {
  if (kind == "boolean") return letters == "NY" || letters == "FT" || letters == "JN";
  return kind == "gender" &&
         (letters == "FM" || letters == "MW" || letters == "DMW" || letters == "FMX" || letters == "FH");
}

Values Prepare(const ColumnSample& column, const Vocabulary& words) {
  Values values;
  std::unordered_set<std::string_view> different;
  const size_t step = column.values.size() / kMostValues + 1;
  for (size_t i = 0; i < column.values.size(); i += step) {
    Value value = MakeValue(column.values[i], words);
    if (value.text.empty() ||
        words.Has(WordList::kPlaceholder, value.folded.empty() ? std::string(value.text) : value.folded))
      continue;
    different.insert(value.text);
    values.usable.push_back(std::move(value));
  }
  values.distinct = different.size();
  values.letters = OnlyLetters(different);
  return values;
}

/// Stops where too many values do not fit for the rest to matter.
Tally Count(const KindRule& rule, const Values& values) {
  Tally tally{.values = values.usable.size(), .distinct = values.distinct};
  const auto most_misses = static_cast<size_t>((1 - LeastFitting(rule)) * static_cast<double>(tally.values)) + 1;
  size_t misses = 0;
  for (const Value& value : values.usable) {
    const Fit fit = rule.Test(value);
    tally.fit += fit == Fit::kNo ? 0 : 1;
    tally.strong += fit == Fit::kStrong ? 1 : 0;
    if (fit == Fit::kNo && ++misses > most_misses) return tally;
  }
  if (IsPairOf(rule.kind.id, values.letters)) tally.strong = tally.fit;
  return tally;
}

/// A kind under consideration, with all that was found.
struct Considered {
  const KindRule* rule = nullptr;
  Tally tally;
  Score score;
  NameMatch name;
  std::string_view why;  ///< what the columns beside tell

  double Confident() const { return Confidence(score.total) * (tally.values == 0 ? kWithoutValues : 1); }
};

std::string CountOf(size_t some, size_t all) { return fmt::format("{} of {} values", some, all); }

std::string InFreeText(const Values& values) {
  std::vector<std::pair<std::string_view, size_t>> found;
  for (const Value& value : values.usable) {
    for (const std::string_view what : FindPersonal(value)) {
      const auto at = std::ranges::find(found, what, &std::pair<std::string_view, size_t>::first);
      if (at == found.end())
        found.emplace_back(what, 1);
      else
        ++at->second;
    }
  }
  std::string text;
  for (const auto& [what, count] : found)
    text += fmt::format("{}{} ({})", text.empty() ? "they hold " : ", ", what, count);
  return text;
}

std::string ValueEvidence(const Considered& one) {
  const Tally& tally = one.tally;
  if (tally.values == 0) return "no value was seen";
  if (one.score.shown) return fmt::format("{} {}", CountOf(tally.strong, tally.values), one.rule->evidence);
  if (one.score.refuted) return fmt::format("only {} {}", CountOf(tally.strong, tally.values), one.rule->evidence);
  if (one.rule->trust == Trust::kName)
    return fmt::format("{} {}", CountOf(tally.fit, tally.values), one.rule->evidence);
  return fmt::format("{} have the shape", CountOf(tally.fit, tally.values));
}

std::vector<std::string> EvidenceOf(const Considered& one, const NameMatch& best_other, const Values& values) {
  std::vector<std::string> evidence = {ValueEvidence(one)};
  if (one.rule->kind.id == "free_text_pii") evidence.push_back(InFreeText(values));
  if (one.name.score > 0) {
    evidence.push_back(
        fmt::format("the name {} '{}'", one.name.shortened ? "may be short for" : "says", one.name.phrase));
  } else if (best_other.score >= 0.8) {
    evidence.push_back(fmt::format("although the name says '{}'", best_other.phrase));
  }
  if (!one.why.empty()) evidence.emplace_back(one.why);
  return evidence;
}

/// The names of a column of any country's number are names of each country's number, a little less.
void ShareNames(std::vector<NameMatch>& names) {
  const NameMatch person = names[IndexOfKind("national_id")], tax = names[IndexOfKind("tax_id")];
  const NameMatch& both = person.score >= tax.score ? person : tax;
  for (size_t i = 0; i < Kinds().size(); ++i) {
    if (!Kinds()[i].IsNational() || names[i].score >= both.score * kNamedInDerivedKind) continue;
    names[i] = both;
    names[i].score *= kNamedInDerivedKind;
  }
}

void AddComment(const ColumnSample& column, const NameTable& table, std::vector<NameMatch>& names) {
  if (column.comment.empty() || column.comment.size() > 80) return;
  const std::vector<NameMatch> said = table.Match(column.comment, {});
  for (size_t i = 0; i < Kinds().size(); ++i) {
    if (said[i].shortened || said[i].score * 0.8 <= names[i].score) continue;
    names[i] = said[i];
    names[i].score *= 0.8;
  }
}

const Considered* Find(const std::vector<Considered>& considered, std::string_view id) {
  const auto found = std::ranges::find(considered, id, [](const Considered& one) { return one.rule->kind.id; });
  return found == considered.end() ? nullptr : &*found;
}

/// What values prove leaves little room for what they only do not contradict; and a date that is called a birth date is
/// one.
void Settle(std::vector<Considered>& considered) {
  const bool proven = std::ranges::any_of(considered, [](const Considered& one) { return one.score.proven; });
  const Considered* date = Find(considered, "date");
  if (const Considered* time = Find(considered, "datetime");
      date == nullptr || (time != nullptr && time->score.total > date->score.total))
    date = time;
  for (Considered& one : considered) {
    if (proven && !one.score.shown && (one.rule->trust != Trust::kName || one.name.score < 0.9)) one.score.total -= 1;
    const bool birth = one.rule->kind.id == "birth_date" && date != nullptr && one.name.score > date->name.score &&
                       one.name.score > 0.3;
    if (birth) one.score.total = std::max(one.score.total, date->score.total + 0.1);
  }
}

/// Kinds with names in common: the name of one does not speak against the other.
bool AreAlike(std::string_view a, std::string_view b) {
  constexpr std::array<std::array<std::string_view, 3>, 8> kAlike = {{{"full_name", "company", "user_name"},
                                                                      {"date", "datetime", "unix_timestamp"},
                                                                      {"country", "country_code", "nationality"},
                                                                      {"ipv4", "ipv6", "cidr"},
                                                                      {"password", "password_hash", ""},
                                                                      {"url", "domain", "file_path"},
                                                                      {"first_name", "full_name", "middle_name"},
                                                                      {"api_key", "jwt", "github_token"}}};
  return std::ranges::any_of(kAlike, [&](const auto& alike) {
    return std::ranges::find(alike, a) != alike.end() && std::ranges::find(alike, b) != alike.end();
  });
}

/// Best match of a kind other than `kind` and those like it; `order` is best first.
const NameMatch& BestOther(const std::vector<NameMatch>& names, const std::vector<size_t>& order, size_t kind) {
  static const NameMatch kNone;
  for (const size_t other : order) {
    if (names[other].score == 0) break;
    if (other == kind) continue;
    if (other == Kinds().size() || !AreAlike(Kinds()[kind].kind.id, Kinds()[other].kind.id)) return names[other];
  }
  return kNone;
}

/// What an abbreviation stands for is less sure: it speaks less against others.
double Against(const NameMatch& other) { return other.score * (other.shortened ? 0.6 : 1); }

std::vector<size_t> BestFirst(const std::vector<NameMatch>& names) {
  std::vector<size_t> order(names.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::sort(order, std::ranges::greater(), [&](size_t i) { return names[i].score; });
  return order;
}

/// Kinds that are as good as the best: the same check digit, and no name that would tell.
void SayTies(std::vector<SemanticCandidate>& candidates, const std::vector<Considered>& considered) {
  std::string others;
  size_t ties = 1;
  while (ties < candidates.size() && considered[0].score.total - considered[ties].score.total < kTie &&
         considered[ties].score.shown) {
    others += fmt::format("{}{}", others.empty() ? "" : ", ", candidates[ties++].kind);
  }
  if (ties == 1) return;
  for (size_t i = 0; i < ties; ++i)
    candidates[i].confidence =
        std::min(candidates[i].confidence, std::max(0.5, candidates[i].confidence / static_cast<double>(ties)));
  candidates[0].evidence.push_back("it could as well be " + others);
}

SemanticGuess Decide(const std::vector<Considered>& considered, const std::vector<NameMatch>& names,
                     const std::vector<size_t>& order, const Values& values) {
  SemanticGuess guess;
  for (const Considered& one : considered) {
    if (guess.candidates.size() == 3 || one.Confident() < kWorthNaming) break;
    const auto index = static_cast<size_t>(one.rule - Kinds().data());
    guess.candidates.push_back(
        {one.rule->kind.id, one.Confident(), EvidenceOf(one, BestOther(names, order, index), values)});
  }
  SayTies(guess.candidates, considered);
  if (guess.candidates.empty() || guess.candidates[0].confidence < 0.5) return guess;
  const SemanticKind& kind = considered[0].rule->kind;
  guess.kind = kind.id;
  guess.group = kind.group;
  guess.sensitivity = kind.sensitivity;
  guess.is_pii = kind.sensitivity != Sensitivity::kNone;
  guess.mask = kind.mask;
  guess.confidence = guess.candidates[0].confidence;
  guess.evidence = guess.candidates[0].evidence;
  return guess;
}

}  // namespace

SemanticGuess DetectWith(const ColumnSample& column, const Vocabulary& words, const NameTable& table) {
  const Values values = Prepare(column, words);
  const Context context(column, table);
  std::vector<NameMatch> names = table.Match(column.name, column.table);
  AddComment(column, table, names);
  ShareNames(names);
  const std::vector<size_t> order = BestFirst(names);
  std::vector<Considered> considered;
  for (size_t i = 0; i < Kinds().size(); ++i) {
    Considered one{.rule = &Kinds()[i], .tally = Count(Kinds()[i], values), .name = names[i]};
    one.score = ScoreValues(*one.rule, one.tally);
    if (one.score.excluded) continue;
    one.score.total +=
        ScoreName(one.name.score, Against(BestOther(names, order, i))) + context.Bonus(*one.rule, one.why);
    considered.push_back(one);
  }
  Settle(considered);
  std::ranges::sort(considered, std::ranges::less(),
                    [](const Considered& one) { return std::pair(-one.score.total, one.rule); });
  return Decide(considered, names, order, values);
}

}  // namespace detail

SemanticGuess Detect(const ColumnSample& column) {
  return detail::DetectWith(column, detail::WholeVocabulary(), detail::WholeNameTable());
}

}  // namespace migrateiq
