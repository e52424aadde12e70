#include "pipeline/profile/shape/meaning.hpp"

#include <algorithm>

#include "pipeline/profile/shape/dictionary.hpp"
#include "pipeline/semantic/semantic.hpp"

namespace migrateiq {

namespace {

constexpr int64_t kValues = 500;
constexpr size_t kMostCharacters = 400;  ///< of a value: a meaning shows early

/// From everywhere in the sample.
std::vector<std::string> SomeValues(const Column& sample) {
  std::vector<std::string> values;
  const int64_t filled = sample.length() - sample.null_count();
  const int64_t step = std::max<int64_t>(1, filled / kValues);
  int64_t passed = 0;
  for (int64_t row = 0; row < sample.length(); ++row) {
    if (sample.IsNull(row) || passed++ % step != 0) continue;
    values.push_back(ReadableValue(sample, row));
    if (values.back().size() > kMostCharacters) values.back().resize(kMostCharacters);
  }
  return values;
}

}  // namespace

void TellMeaning(const Column& sample, std::string_view table, std::span<const std::string_view> neighbours,
                 ColumnProfile& profile) {
  const std::vector<std::string> values = SomeValues(sample);
  const std::vector<std::string_view> views(values.begin(), values.end());
  const SemanticGuess guess = Detect({.name = profile.name,
                                      .table = table,
                                      .type = profile.declared_type,
                                      .comment = profile.comment,
                                      .values = views,
                                      .rows = static_cast<uint64_t>(profile.count),
                                      .distinct = static_cast<uint64_t>(profile.distinct.value),
                                      .neighbours = neighbours});
  if (guess) {
    profile.semantic = {.kind = std::string(guess.kind),
                        .group = std::string(guess.group),
                        .confidence = guess.confidence,
                        .evidence = guess.evidence,
                        .is_pii = guess.is_pii,
                        .sensitivity = std::string(ToString(guess.sensitivity)),
                        .mask = std::string(guess.mask)};
  }
  for (const SemanticCandidate& candidate : guess.candidates) {
    profile.semantic.candidates.push_back({std::string(candidate.kind), candidate.confidence, candidate.evidence});
  }
}

}  // namespace migrateiq
