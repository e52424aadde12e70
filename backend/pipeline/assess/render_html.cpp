#include "pipeline/assess/render_html.hpp"

#include "pipeline/assess/detail/words.hpp"
#include "pipeline/assess/html/markup.hpp"
#include "pipeline/assess/html/sections.hpp"
#include "pipeline/assess/html/style.hpp"

namespace migrateiq {

namespace {

using html::Markup;

void WriteHead(Markup& page, const Assessment& assessment) {
  const std::string style = html::StyleSheet(assess::Shorten(assessment.name, 80));
  const std::string policy = "default-src 'none'; style-src " + html::PolicyHash(style) + "; script-src " +
                             html::PolicyHash(html::Script()) + "; base-uri 'none'; form-action 'none'";
  const auto head = page.In("head");
  page.Void("meta", {{"charset", "utf-8"}});
  page.Void("meta", {{"http-equiv", "Content-Security-Policy"}, {"content", policy}});
  page.Void("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
  page.Void("meta", {{"name", "referrer"}, {"content", "no-referrer"}});
  page.Void("meta", {{"name", "robots"}, {"content", "noindex"}});
  page.Element("title", "Migration assessment: " + assess::Shorten(assessment.name, 80));
  page.Open("style").Raw(style).Close();
}

void WriteThemeChoice(Markup& page) {
  const auto choice = page.In("fieldset", {{"class", "theme"}});
  page.Element("legend", "Theme");
  const std::pair<std::string_view, std::string_view> kThemes[] = {
      {"system", "System"}, {"light", "Light"}, {"dark", "Dark"}};
  for (const auto& [value, title] : kThemes) {
    const std::string id = "theme-" + std::string(value);
    const auto label = page.In("label", {{"for", id}});
    if (value == "system")
      page.Void("input", {{"type", "radio"}, {"name", "theme"}, {"id", id}, {"checked", ""}});
    else
      page.Void("input", {{"type", "radio"}, {"name", "theme"}, {"id", id}});
    page.Text(title);
  }
}

void WriteSide(Markup& page) {
  const auto side = page.In("nav", {{"class", "side"}, {"aria-label", "Chapters"}});
  page.Element("div", "MigrateIQ", {{"class", "brand"}});
  html::WriteContents(page);
  WriteThemeChoice(page);
}

void WriteChapters(Markup& page, const Assessment& assessment) {
  const html::Limits limits;
  html::WriteCover(page, assessment);
  html::WriteSummary(page, assessment);
  html::WriteInventory(page, assessment, limits);
  html::WriteDependencies(page, assessment, limits);
  html::WriteComplexity(page, assessment, limits);
  html::WriteRisks(page, assessment);
  html::WriteConversion(page, assessment, limits);
  html::WriteQuality(page, assessment, limits);
  html::WritePersonal(page, assessment, limits);
  html::WriteEstimates(page, assessment);
  html::WriteColumns(page, assessment, limits);
  html::WriteAppendix(page, assessment, limits);
}

}  // namespace

std::string RenderAssessmentHtml(const Assessment& assessment) {
  Markup page;
  page.Raw("<!DOCTYPE html>\n");
  {
    const auto root = page.In("html", {{"lang", "en"}});
    WriteHead(page, assessment);
    const auto body = page.In("body");
    page.Element("a", "To the report", {{"class", "skip"}, {"href", "#main"}});
    const auto layout = page.In("div", {{"class", "layout"}});
    WriteSide(page);
    page.Open("main", {{"id", "main"}});
    WriteChapters(page, assessment);
    page.Close();
    page.Open("script").Raw(html::Script()).Close();
  }
  return page.text() + "\n";
}

}  // namespace migrateiq
