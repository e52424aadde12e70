#include "pipeline/assess/detail/words.hpp"
#include "pipeline/assess/html/sections.hpp"

namespace migrateiq::html {

namespace {

struct Face {
  std::string_view icon, style;
};

Face FaceOf(RiskSeverity severity) {
  switch (severity) {
    case RiskSeverity::critical: return {"\u2715", "critical"};
    case RiskSeverity::high: return {"\u25B2", "high"};
    case RiskSeverity::medium: return {"\u25C6", "medium"};
    case RiskSeverity::low: return {"\u25CF", "low"};
    case RiskSeverity::note: break;
  }
  return {"\u25CB", "note"};
}

}  // namespace

void Badge(Markup& page, RiskSeverity severity) {
  const Face face = FaceOf(severity);
  const std::string style = "badge " + std::string(face.style);
  const auto badge = page.In("span", {{"class", style}});
  page.Element("span", face.icon, {{"aria-hidden", "true"}}).Text(Words(severity));
}

std::string_view ToneOf(double score) { return score >= 0.98 ? "good" : score >= 0.9 ? "fair" : "bad"; }

DataTable::DataTable(Markup& page, std::string_view caption, std::initializer_list<std::string_view> headings,
                     std::string_view id)
    : page_(page) {
  page.Open("div", {{"class", "scroll"}, {"tabindex", "0"}, {"role", "region"}, {"aria-label", caption}});
  page.Open("table", {{"id", id}});
  page.Element("caption", caption);
  page.Open("thead").Open("tr");
  for (std::string_view heading : headings) {
    const bool number = heading.ends_with('#');
    if (number) heading.remove_suffix(1);
    page.Element("th", heading, {{"scope", "col"}, {"class", number ? "n" : ""}});
  }
  page.Close().Close().Open("tbody");
}

DataTable::~DataTable() { page_.Close().Close().Close(); }

void NameCell(Markup& page, std::string_view name) {
  const auto cell = page.In("th", {{"scope", "row"}});
  page.Name(name);
}

void NumberCell(Markup& page, std::string_view text) { page.Element("td", text, {{"class", "n"}}); }

void TextCell(Markup& page, std::string_view text) { page.Element("td", text, {{"class", "w"}}); }

void ScoreCell(Markup& page, const QualityScore& score) {
  if (!score.score) {
    page.Element("td", "\u2013", {{"class", "n soft"}});
    return;
  }
  const std::string style = "heat " + std::string(ToneOf(*score.score));
  page.Element("td", assess::Percent(*score.score), {{"class", style}});
}

void Filter(Markup& page, std::string_view table_id, std::string_view label) {
  const auto paragraph = page.In("p", {{"class", "filter"}});
  page.Void("input", {{"type", "search"}, {"placeholder", label}, {"aria-label", label}, {"aria-controls", table_id}});
}

void SayRest(Markup& page, size_t shown, size_t all, std::string_view noun) {
  if (shown >= all) return;
  page.Element("p",
               "Shown here: " + assess::Number(static_cast<int64_t>(shown)) + " of " +
                   assess::Count(static_cast<int64_t>(all), noun) + ". The JSON form of this assessment has more.",
               {{"class", "soft small"}});
}

}  // namespace migrateiq::html
