#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "pipeline/semantic/detail/detector.hpp"
#include "pipeline/semantic/generate/generator.hpp"

namespace migrateiq::generate {

/// Columns counted: of a kind, said to be of it, and both.
struct Counts {
  int labelled = 0;
  int found = 0;
  int right = 0;

  double Precision() const { return found == 0 ? 1 : static_cast<double>(right) / found; }
  double Recall() const { return labelled == 0 ? 1 : static_cast<double>(right) / labelled; }
};

struct Evaluation {
  Counts all;
  Counts open;  ///< kinds told by lists that nobody has whole: names, places, occupations
  Counts pii;   ///< whether it is personal data at all, whatever the kind
  std::map<std::string, Counts> kinds;
  std::map<std::string, Counts> locales;
  std::map<std::string, Counts> namings;  ///< "full", "shortened", "meaningless", "unseen"
  std::vector<std::string> mistakes;      ///< "kind found for kind: name, some values"
  int undecidable = 0;                    ///< columns that count in the precision only: neither name nor values tell
};

/// What the detector says of each column; `words` and `names` are what it knows.
Evaluation Evaluate(std::span<const LabelledColumn> columns, const migrateiq::detail::Vocabulary& words,
                    const migrateiq::detail::NameTable& names);

/// A table for people: overall, by locale, by naming, kinds that are not perfect, `most_mistakes` of the mistakes.
std::string Table(const Evaluation& evaluation, size_t most_mistakes);

}  // namespace migrateiq::generate
