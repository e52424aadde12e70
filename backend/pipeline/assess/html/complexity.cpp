#include <algorithm>

#include "pipeline/assess/detail/words.hpp"
#include "pipeline/assess/html/charts.hpp"
#include "pipeline/assess/html/sections.hpp"

namespace migrateiq::html {

namespace {

constexpr size_t kMostComplex = 20;

std::string_view StyleOf(std::string_view level) {
  return level == "complex" ? "f5" : level == "moderate" ? "f2" : "f3";
}

void WriteDistribution(Markup& page, const Complexity& complexity) {
  int64_t all = 0;
  for (const LevelCount& level : complexity.distribution) all += level.count;
  const DataTable table(page, "Objects by level", {"Level", "Share of the objects", "Objects#", "Points#"});
  for (const LevelCount& level : complexity.distribution) {
    const auto row = page.In("tr");
    page.Element("th", level.level, {{"scope", "row"}});
    page.Open("td", {{"class", "barcell"}});
    const double share = all > 0 ? static_cast<double>(level.count) / static_cast<double>(all) : 0;
    Bar(page, {{share, StyleOf(level.level)}}, assess::Percent(share));
    page.Close();
    NumberCell(page, assess::Number(level.count));
    NumberCell(page, assess::Decimal(level.points, 1));
  }
}

std::string Sum(const ObjectComplexity& object) {
  std::string text;
  for (const ScorePart& part : object.parts) {
    text += (text.empty() ? "" : " + ") + assess::Decimal(part.points) + " " + part.about;
    if (part.count != 1) text += " (" + assess::Decimal(part.count, 1) + " x " + assess::Decimal(part.weight) + ")";
  }
  return text;
}

void WriteObjects(Markup& page, const Complexity& complexity, size_t shown) {
  const DataTable table(page, "The most complex objects, with the sum that makes their points",
                        {"Object", "Kind", "Points#", "Level", "Sum"});
  for (size_t i = 0; i < shown; ++i) {
    const ObjectComplexity& object = complexity.objects[i];
    const auto row = page.In("tr");
    NameCell(page, object.name);
    page.Element("td", object.kind);
    NumberCell(page, assess::Decimal(object.points, 1));
    page.Element("td", object.level);
    page.Element("td", Sum(object), {{"class", "small w"}});
  }
}

}  // namespace

void WriteComplexity(Markup& page, const Assessment& assessment, const Limits& /*limits*/) {
  const Complexity& complexity = assessment.complexity;
  const auto section = page.In("section", {{"class", "chapter"}, {"aria-labelledby", "complexity"}});
  page.Heading(2, "Complexity", "complexity");
  page.Element("p", "The database has " + assess::Decimal(complexity.points, 1) + " points and is " + complexity.level +
                        ". Points measure how much there is to look at, not how difficult people find it.");
  WriteDistribution(page, complexity);
  const size_t shown = std::min(kMostComplex, complexity.objects.size());
  WriteObjects(page, complexity, shown);
  SayRest(page, shown, complexity.objects.size(), "object");
  page.Heading(3, "Formula");
  const auto list = page.In("ul", {{"class", "plain small"}});
  for (const std::string& formula : complexity.formulas) page.Element("li", formula);
}

}  // namespace migrateiq::html
