#include "pipeline/assess/detail/words.hpp"
#include "pipeline/assess/html/charts.hpp"
#include "pipeline/assess/html/sections.hpp"

namespace migrateiq::html {

namespace {

using assess::Decimal;

void Assumptions(Markup& page, const std::vector<std::string>& assumptions) {
  const auto list = page.In("ul", {{"class", "plain small"}});
  for (const std::string& assumption : assumptions) page.Open("li").Prose(assumption).Close();
}

void WriteDuration(Markup& page, const Duration& duration) {
  page.Heading(3, "Duration of the transfer");
  const std::string range = assess::Seconds(duration.low) + " to " + assess::Seconds(duration.high);
  page.Open("p").Text("About ").Element("strong", assess::Seconds(duration.seconds));
  page.Text(", " + range + ", by " + (duration.measured ? "a measured" : "an assumed") + " rate.").Close();
  Whisker(page, duration.low, duration.seconds, duration.high,
          "Expected " + assess::Seconds(duration.seconds) + ", between " + range);
  page.Element("p",
               "0 at the left; the dot is the expected duration, the line its range up to " +
                   assess::Seconds(duration.high) + ".",
               {{"class", "soft small"}});
  {
    const DataTable table(page, "How it is made up", {"Part", "Count#", "Seconds each#", "Seconds#"});
    for (const ScorePart& part : duration.parts) {
      const auto row = page.In("tr");
      page.Element("th", part.about, {{"scope", "row"}});
      NumberCell(page, Decimal(part.count, 1));
      NumberCell(page, Decimal(part.weight, 6));
      NumberCell(page, Decimal(part.points, 1));
    }
  }
  page.Element("p", "Formula: " + duration.formula, {{"class", "small"}});
  Assumptions(page, duration.assumptions);
}

void WriteEffort(Markup& page, const Effort& effort) {
  page.Heading(3, "Effort of people");
  page.Open("p").Text("About ").Element("strong", assess::Hours(effort.hours));
  page.Text(", " + assess::Hours(effort.low) + " to " + assess::Hours(effort.high) + ".").Close();
  {
    const DataTable table(page, "How it is made up", {"Work", "Count#", "Hours each#", "Hours#"});
    for (const EffortLine& line : effort.lines) {
      const auto row = page.In("tr");
      page.Element("th", line.about, {{"scope", "row"}});
      NumberCell(page, Decimal(line.count, 1));
      NumberCell(page, Decimal(line.hours_each));
      NumberCell(page, Decimal(line.hours, 1));
    }
    const auto row = page.In("tr");
    page.Open("th", {{"scope", "row"}}).Element("strong", "Sum").Close();
    page.Element("td", "").Element("td", "");
    NumberCell(page, Decimal(effort.hours, 1));
  }
  Assumptions(page, effort.assumptions);
}

}  // namespace

void WriteEstimates(Markup& page, const Assessment& assessment) {
  const auto section = page.In("section", {{"class", "chapter"}, {"aria-labelledby", "estimates"}});
  page.Heading(2, "Duration and effort", "estimates");
  WriteDuration(page, assessment.duration);
  WriteEffort(page, assessment.effort);
}

}  // namespace migrateiq::html
