#include <algorithm>
#include <map>

#include "pipeline/assess/detail/words.hpp"
#include "pipeline/assess/html/sections.hpp"

namespace migrateiq::html {

namespace {

struct Status {
  std::string_view icon, words, style;
};

Status StatusOf(const std::string& status) {
  static const std::map<std::string, Status> kKnown = {
      {"found", {"\u25B2", "found", "medium"}},           {"clear", {"\u2713", "looked for, not found", "good"}},
      {"by_design", {"\u2713", "cannot happen", "good"}}, {"at_run_time", {"\u25CB", "shows in a run only", "note"}},
      {"not_examined", {"?", "not examined", "low"}},     {"not_applicable", {"\u2013", "not of this system", "note"}}};
  const auto found = kKnown.find(status);
  return found == kKnown.end() ? Status{"?", "unknown", "note"} : found->second;
}

void WriteCases(Markup& page, const Assessment& assessment) {
  page.Heading(3, "Known ways in which migrations fail");
  page.Element(
      "p", "Every case that is known to have broken real migrations was looked for, as far as schema and data tell.");
  const DataTable table(page, "Cases", {"Case", "What fails", "Here", "How it was looked for"});
  for (const CaseCheck& check : assessment.cases) {
    const Status status = StatusOf(check.status);
    const std::string style = "badge " + std::string(status.style);
    const auto row = page.In("tr");
    page.Element("th", check.failure_case, {{"scope", "row"}});
    page.Element("td", check.title).Open("td").Open("span", {{"class", style}});
    page.Element("span", status.icon, {{"aria-hidden", "true"}}).Text(status.words).Close().Close();
    page.Open("td", {{"class", "w soft"}}).Prose(check.note).Close();
  }
}

void WriteList(Markup& page, std::string_view title, const std::vector<std::string>& lines) {
  if (lines.empty()) return;
  page.Heading(3, title);
  const auto list = page.In("ul", {{"class", "plain"}});
  for (const std::string& line : lines) page.Open("li").Prose(line).Close();
}

}  // namespace

void WriteAppendix(Markup& page, const Assessment& assessment, const Limits& /*limits*/) {
  const auto section = page.In("section", {{"class", "chapter"}, {"aria-labelledby", "appendix"}});
  page.Heading(2, "Appendix", "appendix");
  page.Heading(3, "A start for the plan");
  page.Element("p",
               "The decisions as they would stand in a plan, with their defaults. Lines with # are places to look at.");
  page.Element("pre", assessment.plan);
  WriteCases(page, assessment);
  WriteList(page, "Limits of this assessment", assessment.notes);
}

}  // namespace migrateiq::html
