#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/assess/detail/context.hpp"

namespace migrateiq::assess {

/// What is said of a kind of risk wherever it shows.
struct RiskText {
  std::string_view kind, failure_case, title, consequence, engine, decision, plan_key, plan_example;
};

/// Null for a kind that has no texts.
const RiskText* FindRiskText(std::string_view kind);
std::vector<RiskText> AllRiskTexts();

/// Collects evidence by kind; the gravest evidence makes the risk's severity.
class RiskBook {
 public:
  /// `kind` must have texts.
  void Add(std::string_view kind, RiskSeverity severity, RiskEvidence evidence);
  /// Gravest first, then by the share of values concerned, then by places.
  std::vector<Risk> Take();

 private:
  struct Entry {
    RiskSeverity severity;
    RiskEvidence evidence;
  };
  std::map<std::string, std::vector<Entry>, std::less<>> entries_;
};

// The detectors, one group a file.
void FindValueRisks(const Context& context, RiskBook& book);    ///< what a reader or the target cannot take
void FindTextRisks(const Context& context, RiskBook& book);     ///< encodings, control characters
void FindMeaningRisks(const Context& context, RiskBook& book);  ///< dates as text, money as floats, sensitive values
void FindTypeRisks(const Context& context, RiskBook& book);
void FindKeyRisks(const Context& context, const TableReferences& dependencies, RiskBook& book);
void FindNameRisks(const Context& context, RiskBook& book);
void FindObjectRisks(const Context& context, RiskBook& book);  ///< what is made by hand, partitions, size

}  // namespace migrateiq::assess
