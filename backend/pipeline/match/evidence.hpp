#pragma once

#include <vector>

#include "pipeline/match/matcher.hpp"

namespace migrateiq::match {

/// Says in words what the model's terms say about a pair.
class EvidenceWriter {
 public:
  EvidenceWriter(const MatchTable& source, const MatchTable& target, const TableSignals& from, const TableSignals& to,
                 const SignalGrid& signals, const Scores& scores, const Lexicon& lexicon)
      : source_(source),
        target_(target),
        from_(from),
        to_(to),
        signals_(signals),
        scores_(scores),
        comparer_(lexicon) {}

  /// Strongest first; never empty.
  std::vector<Evidence> For(size_t source, size_t target);

 private:
  std::string NameText(size_t source, size_t target);
  std::string ValueText(size_t source, size_t target) const;
  Evidence Rival(size_t source, size_t target) const;

  const MatchTable& source_;
  const MatchTable& target_;
  const TableSignals& from_;
  const TableSignals& to_;
  const SignalGrid& signals_;
  const Scores& scores_;
  NameComparer comparer_;
};

}  // namespace migrateiq::match
