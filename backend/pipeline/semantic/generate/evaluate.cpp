#include "pipeline/semantic/generate/evaluate.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace migrateiq::generate {
namespace {

SemanticGuess GuessOf(const LabelledColumn& column, const migrateiq::detail::Vocabulary& words,
                      const migrateiq::detail::NameTable& names) {
  const std::vector<std::string_view> values(column.values.begin(), column.values.end());
  const std::vector<std::string_view> neighbours(column.neighbours.begin(), column.neighbours.end());
  return migrateiq::detail::DetectWith(
      {.name = column.name, .table = column.table, .values = values, .neighbours = neighbours}, words, names);
}

std::string_view NamingOf(const LabelledColumn& column) {
  if (column.unseen_name) return "unseen";
  return column.naming == Naming::kFull ? "full" : column.naming == Naming::kShortened ? "shortened" : "meaningless";
}

/// An undecidable column that nothing is said of is no miss.
void Count(const LabelledColumn& column, std::string_view found, bool decidable, Counts& counts) {
  const bool right = found == column.kind && !found.empty();
  counts.labelled += !column.kind.empty() && (decidable || right) ? 1 : 0;
  counts.found += found.empty() ? 0 : 1;
  counts.right += right ? 1 : 0;
}

bool IsToldByOpenLists(std::string_view kind) {
  constexpr std::string_view kKinds[] = {"first_name", "last_name", "full_name",   "city",
                                         "region",     "country",   "nationality", "occupation"};
  return std::ranges::find(kKinds, kind) != std::end(kKinds);
}

void CountPii(const LabelledColumn& column, const SemanticGuess& guess, Counts& counts) {
  const SemanticKind* kind = FindSemanticKind(column.kind);
  const bool is_pii = kind != nullptr && kind->sensitivity != Sensitivity::kNone;
  counts.labelled += is_pii && (column.IsDecidable() || guess.is_pii) ? 1 : 0;
  counts.found += guess.is_pii ? 1 : 0;
  counts.right += is_pii && guess.is_pii ? 1 : 0;
}

std::string Mistake(const LabelledColumn& column, const SemanticGuess& guess) {
  std::string text = fmt::format("{} for {}: {} ({})", guess.kind.empty() ? "nothing" : guess.kind,
                                 column.kind.empty() ? "nothing" : column.kind, column.name, column.locale);
  for (size_t i = 0; i < std::min<size_t>(3, column.values.size()); ++i) text += " | " + column.values[i];
  for (const SemanticCandidate& candidate : guess.candidates) {
    text += fmt::format("\n      {} {:.2f}", candidate.kind, candidate.confidence);
    for (const std::string& why : candidate.evidence) text += "; " + why;
  }
  return text;
}

std::string Line(std::string_view name, const Counts& counts) {
  return fmt::format("{:26} {:6} {:6} {:6}   {:.3f}   {:.3f}\n", name, counts.labelled, counts.found, counts.right,
                     counts.Precision(), counts.Recall());
}

}  // namespace

Evaluation Evaluate(std::span<const LabelledColumn> columns, const migrateiq::detail::Vocabulary& words,
                    const migrateiq::detail::NameTable& names) {
  Evaluation evaluation;
  for (const LabelledColumn& column : columns) {
    const SemanticGuess guess = GuessOf(column, words, names);
    const bool decidable = column.IsDecidable();
    evaluation.undecidable += decidable ? 0 : 1;
    Count(column, guess.kind, decidable, evaluation.all);
    Count(column, guess.kind, decidable, evaluation.locales[column.locale]);
    Count(column, guess.kind, decidable, evaluation.namings[std::string(NamingOf(column))]);
    CountPii(column, guess, evaluation.pii);
    if (IsToldByOpenLists(column.kind)) Count(column, guess.kind, decidable, evaluation.open);
    Counts& own = evaluation.kinds[column.kind];
    own.labelled += !column.kind.empty() && (decidable || guess.kind == column.kind) ? 1 : 0;
    if (!guess.kind.empty()) ++evaluation.kinds[std::string(guess.kind)].found;
    if (!guess.kind.empty() && guess.kind == column.kind) ++own.right;
    if (guess.kind != column.kind && (decidable || !guess.kind.empty()))
      evaluation.mistakes.push_back(Mistake(column, guess));
  }
  return evaluation;
}

std::string Table(const Evaluation& evaluation, size_t most_mistakes) {
  std::string text =
      fmt::format("{:26} {:>6} {:>6} {:>6}   {:5}   {}\n", "columns", "of it", "found", "right", "prec.", "recall");
  text += Line("all", evaluation.all) + Line("personal data or not", evaluation.pii);
  text += Line("names, places, occupations", evaluation.open);
  for (const auto& [locale, counts] : evaluation.locales) text += Line(locale, counts);
  for (const auto& [naming, counts] : evaluation.namings) text += Line("name: " + naming, counts);
  for (const auto& [kind, counts] : evaluation.kinds) {
    if (!kind.empty() && (counts.right < counts.found || counts.right < counts.labelled)) text += Line(kind, counts);
  }
  text += fmt::format("{} columns could be told by nobody and count in the precision only\n", evaluation.undecidable);
  for (size_t i = 0; i < std::min(most_mistakes, evaluation.mistakes.size()); ++i)
    text += "  " + evaluation.mistakes[i] + "\n";
  return text;
}

}  // namespace migrateiq::generate
