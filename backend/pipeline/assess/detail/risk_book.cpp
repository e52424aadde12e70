#include "pipeline/assess/detail/risk_book.hpp"
#include "pipeline/assess/detail/sort.hpp"

#include <algorithm>
#include <cassert>

#include "pipeline/assess/detail/chapters.hpp"

namespace migrateiq::assess {

namespace {

double ShareOf(const RiskEvidence& evidence) {
  return evidence.of > 0 ? static_cast<double>(evidence.count) / static_cast<double>(evidence.of) : 0;
}

Risk FromText(const RiskText& text) {
  return {.kind = std::string(text.kind),
          .failure_case = std::string(text.failure_case),
          .title = std::string(text.title),
          .consequence = std::string(text.consequence),
          .engine = std::string(text.engine),
          .decision = std::string(text.decision),
          .plan_key = std::string(text.plan_key),
          .plan_example = std::string(text.plan_example)};
}

void CountIn(const RiskEvidence& evidence, Risk& risk, int64_t& of) {
  ++risk.places;
  if (evidence.count < 0) return;
  risk.affected += evidence.count;
  of += std::max<int64_t>(evidence.of, 0);
}

}  // namespace

void RiskBook::Add(std::string_view kind, RiskSeverity severity, RiskEvidence evidence) {
  assert(FindRiskText(kind) != nullptr);
  auto found = entries_.find(kind);
  if (found == entries_.end()) found = entries_.emplace(std::string(kind), std::vector<Entry>()).first;
  found->second.push_back({severity, std::move(evidence)});
}

std::vector<Risk> RiskBook::Take() {
  std::vector<Risk> risks;
  for (auto& [kind, entries] : entries_) {
    Risk risk = FromText(*FindRiskText(kind));
    SortStable(entries, [](const Entry& a, const Entry& b) {
      if (a.severity != b.severity) return a.severity > b.severity;
      return ShareOf(a.evidence) > ShareOf(b.evidence);
    });
    risk.severity = entries.front().severity;
    int64_t of = 0;
    for (Entry& entry : entries) {
      CountIn(entry.evidence, risk, of);
      if (risk.evidence.size() < kMaxEvidence) risk.evidence.push_back(std::move(entry.evidence));
    }
    if (of > 0) risk.share = static_cast<double>(risk.affected) / static_cast<double>(of);
    risks.push_back(std::move(risk));
  }
  SortStable(risks, [](const Risk& a, const Risk& b) {
    if (a.severity != b.severity) return a.severity > b.severity;
    return a.share != b.share ? a.share > b.share : a.places > b.places;
  });
  return risks;
}

std::vector<Risk> FindRisks(const Context& context, const TableReferences& dependencies) {
  RiskBook book;
  FindObjectRisks(context, book);
  FindKeyRisks(context, dependencies, book);
  FindNameRisks(context, book);
  FindTypeRisks(context, book);
  FindValueRisks(context, book);
  FindTextRisks(context, book);
  FindMeaningRisks(context, book);
  return book.Take();
}

}  // namespace migrateiq::assess
