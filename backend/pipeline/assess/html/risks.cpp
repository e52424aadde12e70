#include <algorithm>
#include <span>

#include "pipeline/assess/detail/words.hpp"
#include "pipeline/assess/html/charts.hpp"
#include "pipeline/assess/html/sections.hpp"

namespace migrateiq::html {

namespace {

constexpr RiskSeverity kSeverities[] = {RiskSeverity::critical, RiskSeverity::high, RiskSeverity::medium,
                                        RiskSeverity::low, RiskSeverity::note};

std::string_view StyleOf(RiskSeverity severity) {
  return severity >= RiskSeverity::high     ? "f5"
         : severity == RiskSeverity::medium ? "f2"
         : severity == RiskSeverity::low    ? "f1"
                                            : "f3";
}

std::string_view MeaningOf(RiskSeverity severity) {
  switch (severity) {
    case RiskSeverity::critical: return "no run begins before it is settled";
    case RiskSeverity::high: return "rows or meaning would be lost, or people have work to do";
    case RiskSeverity::medium: return "a decision is due";
    case RiskSeverity::low: return "handled; worth knowing";
    case RiskSeverity::note: break;
  }
  return "a chance to clean up";
}

void WriteCounts(Markup& page, const Assessment& assessment) {
  const DataTable table(page, "Risks by severity", {"Severity", "Share", "Risks#", "Places#", "Means"});
  for (const RiskSeverity severity : kSeverities) {
    int64_t risks = 0, places = 0;
    for (const Risk& risk : assessment.risks) {
      if (risk.severity == severity) ++risks, places += risk.places;
    }
    const auto row = page.In("tr");
    page.Open("th", {{"scope", "row"}});
    Badge(page, severity);
    page.Close().Open("td", {{"class", "barcell"}});
    const auto all = static_cast<double>(std::max<size_t>(assessment.risks.size(), 1));
    Bar(page, {{static_cast<double>(risks) / all, StyleOf(severity)}}, assess::Number(risks));
    page.Close();
    NumberCell(page, assess::Number(risks));
    NumberCell(page, assess::Number(places));
    TextCell(page, MeaningOf(severity));
  }
}

void Said(Markup& page, std::string_view what, std::string_view text) {
  if (text.empty()) return;
  page.Element("dt", what).Open("dd").Prose(text).Close();
}

std::string Figures(const RiskEvidence& evidence) {
  if (evidence.count < 0) return "\u2013";
  std::string text = assess::Number(evidence.count);
  if (evidence.of > 0) text += " (" + assess::Percent(evidence.count, evidence.of) + ")";
  return text + (evidence.sampled ? " of a sample" : "");
}

void WritePlace(Markup& page, const RiskEvidence& evidence) {
  const auto cell = page.In("th", {{"scope", "row"}});
  if (evidence.table.empty() && evidence.column.empty()) {
    page.Text("\u2013");
    return;
  }
  page.Name(evidence.table + (evidence.column.empty() ? "" : "." + evidence.column));
}

constexpr size_t kShownPlaces = 12;

void WriteEvidence(Markup& page, const Risk& risk) {
  const std::span shown(risk.evidence.data(), std::min(kShownPlaces, risk.evidence.size()));
  const bool samples = std::ranges::any_of(shown, [](const RiskEvidence& e) { return !e.samples.empty(); });
  const bool counted = std::ranges::any_of(shown, [](const RiskEvidence& e) { return e.count >= 0; });
  page.Open("div", {{"class", "scroll"}, {"tabindex", "0"}, {"role", "region"}, {"aria-label", "Evidence"}});
  page.Open("table").Open("thead").Open("tr");
  page.Element("th", "Where", {{"scope", "col"}}).Element("th", "What was found", {{"scope", "col"}});
  if (counted) page.Element("th", "Concerned", {{"scope", "col"}, {"class", "n"}});
  if (samples) page.Element("th", "Values", {{"scope", "col"}});
  page.Close().Close().Open("tbody");
  for (const RiskEvidence& evidence : shown) {
    const auto row = page.In("tr");
    WritePlace(page, evidence);
    page.Open("td", {{"class", "w"}}).Element("bdi", evidence.text).Close();
    if (counted) NumberCell(page, Figures(evidence));
    if (!samples) continue;
    const auto cell = page.In("td");
    for (const std::string& sample : evidence.samples) page.Element("bdi", sample, {{"class", "sample"}});
  }
  page.Close().Close().Close();
  SayRest(page, shown.size(), static_cast<size_t>(risk.places), "place");
}

void WriteRisk(Markup& page, const Risk& risk) {
  const std::string id = "risk-" + risk.kind;
  const auto card = page.In("article", {{"class", "card risk"}, {"id", id}});
  page.Open("h3");
  Badge(page, risk.severity);
  page.Text(risk.title);
  std::string more = assess::Count(risk.places, "place");
  if (risk.affected > 0) more += ", " + assess::Count(risk.affected, "value") + " concerned";
  if (!risk.failure_case.empty()) more += ", case " + risk.failure_case;
  page.Element("span", more, {{"class", "soft"}}).Close();
  page.Open("dl");
  Said(page, "Becomes", risk.consequence);
  Said(page, "MigrateIQ", risk.engine);
  Said(page, "You decide", risk.decision);
  if (!risk.plan_key.empty()) {
    page.Element("dt", "In the plan").Open("dd").Element("code", risk.plan_key);
    if (!risk.plan_example.empty()) page.Element("pre", risk.plan_example);
    page.Close();
  }
  page.Close();
  WriteEvidence(page, risk);
}

}  // namespace

void WriteRisks(Markup& page, const Assessment& assessment) {
  const auto section = page.In("section", {{"class", "chapter"}, {"aria-labelledby", "risks"}});
  page.Heading(2, "Risks", "risks");
  if (assessment.risks.empty()) {
    page.Element("p", "None of the known ways in which migrations fail was found here.");
    return;
  }
  page.Element(
      "p",
      "Ranked by severity, then by the share of values concerned. Each names the way in which migrations fail "
      "by it (the cases are listed in the appendix), what MigrateIQ does by itself and what is left to decide.");
  WriteCounts(page, assessment);
  for (const Risk& risk : assessment.risks) WriteRisk(page, risk);
}

}  // namespace migrateiq::html
