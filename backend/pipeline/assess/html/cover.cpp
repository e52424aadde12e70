#include <algorithm>

#include "pipeline/assess/detail/words.hpp"
#include "pipeline/assess/html/sections.hpp"

namespace migrateiq::html {

namespace {

void Fact(Markup& page, std::string_view what, std::string_view value, std::string_view more = "") {
  const auto box = page.In("div");
  page.Element("dt", what);
  const auto number = page.In("dd");
  page.Text(value);
  if (!more.empty()) page.Element("small", more);
}

std::string CountAt(const Assessment& assessment, RiskSeverity from) {
  const auto grave = std::ranges::count_if(assessment.risks, [&](const Risk& risk) { return risk.severity >= from; });
  return assess::Number(grave);
}

std::string ManualText(const Assessment& assessment) {
  if (assessment.conversions.empty() || !assessment.conversions.front().chosen) return "no target";
  const TargetConversion& first = assessment.conversions.front();
  return first.refused.empty() ? assess::Number(first.manual) : "refused";
}

void WriteFacts(Markup& page, const Assessment& assessment) {
  const auto list = page.In("dl", {{"class", "facts"}});
  Fact(page, "Tables", assess::Number(static_cast<int64_t>(assessment.tables.size())));
  Fact(page, "Rows", assess::Number(assessment.rows));
  Fact(page, "Size", assess::Bytes(assessment.bytes), assessment.bytes_known ? "" : "where known");
  Fact(page, "Complexity", assess::Decimal(assessment.complexity.points, 0), assessment.complexity.level);
  Fact(page, "High risks", CountAt(assessment, RiskSeverity::high),
       "of " + assess::Number(static_cast<int64_t>(assessment.risks.size())));
  Fact(page, "By hand", ManualText(assessment), "objects");
  Fact(page, "Data quality",
       assessment.quality.overall ? assess::Percent(*assessment.quality.overall) : "not examined");
  Fact(page, "Personal columns",
       assessment.personal.examined ? assess::Number(static_cast<int64_t>(assessment.personal.columns.size()))
                                    : "not examined");
  Fact(page, "Transfer", assess::Seconds(assessment.duration.seconds),
       assess::Seconds(assessment.duration.low) + " to " + assess::Seconds(assessment.duration.high));
  Fact(page, "Effort", assess::Hours(assessment.effort.hours),
       assess::Hours(assessment.effort.low) + " to " + assess::Hours(assessment.effort.high));
}

void Pair(Markup& page, std::string_view what, std::string_view value) {
  if (value.empty()) return;
  page.Element("dt", what);
  const auto cell = page.In("dd");
  page.Element("bdi", value);
}

void WriteMeta(Markup& page, const Assessment& assessment) {
  const auto list = page.In("dl", {{"class", "meta"}});
  Pair(page, "Source", assessment.source);
  Pair(page, "System", assessment.system);
  Pair(page, "Target", assessment.target.empty() ? "none chosen" : assessment.target);
  Pair(page, "Made", assessment.made_at);
  Pair(page, "State of the data", assessment.moment);
  Pair(page, "Made with", assessment.tool);
}

std::string_view IconOf(Readiness verdict) {
  return verdict == Readiness::ready ? "\u2713 " : verdict == Readiness::not_ready ? "\u2715 " : "\u25B2 ";
}

std::string_view ClassOf(Readiness verdict) {
  switch (verdict) {
    case Readiness::ready: return "verdict ready";
    case Readiness::ready_with_conditions: return "verdict ready_with_conditions";
    case Readiness::not_ready: break;
  }
  return "verdict not_ready";
}

void WriteVerdict(Markup& page, const Assessment& assessment) {
  const auto box = page.In("div", {{"class", ClassOf(assessment.verdict)}});
  page.Open("h2").Element("span", IconOf(assessment.verdict), {{"aria-hidden", "true"}});
  page.Text(Words(assessment.verdict)).Close();
  page.Element("p", assessment.headline);
  if (assessment.reasons.empty()) return;
  const auto list = page.In("ul");
  for (const VerdictReason& reason : assessment.reasons) {
    const auto item = page.In("li");
    page.Element("strong", reason.blocks ? "Blocks: " : "Condition: ").Prose(reason.text);
    page.Open("span", {{"class", "soft"}}).Prose(reason.action).Close();
  }
}

constexpr std::pair<std::string_view, std::string_view> kChapters[] = {{"summary", "Summary"},
                                                                       {"inventory", "Inventory"},
                                                                       {"dependencies", "Dependencies"},
                                                                       {"complexity", "Complexity"},
                                                                       {"risks", "Risks"},
                                                                       {"conversion", "Conversion"},
                                                                       {"quality", "Data quality"},
                                                                       {"personal", "Personal data"},
                                                                       {"estimates", "Duration and effort"},
                                                                       {"columns", "Columns"},
                                                                       {"appendix", "Appendix"}};

}  // namespace

void WriteContents(Markup& page) {
  const auto list = page.In("ol");
  for (const auto& [id, title] : kChapters) {
    const std::string link = "#" + std::string(id);
    page.Open("li").Element("a", title, {{"href", link}}).Close();
  }
}

void WriteCover(Markup& page, const Assessment& assessment) {
  const auto section = page.In("section", {{"class", "cover"}, {"id", "cover"}, {"aria-label", "Cover"}});
  page.Element("p", "Migration assessment", {{"class", "eyebrow"}});
  page.Open("h1").Element("bdi", assessment.name).Close();
  WriteMeta(page, assessment);
  WriteVerdict(page, assessment);
  WriteFacts(page, assessment);
  const auto contents = page.In("div", {{"class", "toc"}});
  page.Element("h3", "Contents");
  WriteContents(page);
}

void WriteSummary(Markup& page, const Assessment& assessment) {
  const auto section = page.In("section", {{"class", "chapter"}, {"aria-labelledby", "summary"}});
  page.Heading(2, "Summary", "summary");
  for (const std::string& paragraph : assessment.summary) page.Open("p").Prose(paragraph).Close();
  page.Heading(3, "What to do next");
  const auto list = page.In("ol", {{"class", "steps"}});
  for (const std::string& step : assessment.next_steps) page.Open("li").Prose(step).Close();
}

}  // namespace migrateiq::html
