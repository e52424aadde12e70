#include <algorithm>
#include <set>

#include "pipeline/assess/detail/sort.hpp"
#include "pipeline/assess/detail/words.hpp"
#include "pipeline/assess/html/charts.hpp"
#include "pipeline/assess/html/sections.hpp"

namespace migrateiq::html {

namespace {

/// Tables that come first: with grave risks, then with much data.
std::vector<const TableSummary*> ByInterest(const Assessment& assessment) {
  std::vector<const TableSummary*> tables;
  for (const TableSummary& table : assessment.tables) tables.push_back(&table);
  assess::SortStable(tables, [](const TableSummary* a, const TableSummary* b) {
    return a->worst != b->worst ? a->worst > b->worst : a->rows > b->rows;
  });
  return tables;
}

/// As many of the most interesting tables as there is room for, then by name as everywhere else.
std::vector<const TableSummary*> Choose(const Assessment& assessment, const Limits& limits) {
  std::vector<const TableSummary*> chosen;
  size_t cards = 0;
  for (const TableSummary* table : ByInterest(assessment)) {
    if (chosen.size() == limits.card_tables || cards + table->cards.size() > limits.cards) continue;
    cards += table->cards.size();
    chosen.push_back(table);
  }
  std::ranges::sort(chosen, {}, &TableSummary::name);
  return chosen;
}

void WriteHeader(Markup& page, const ColumnCard& card) {
  page.Open("h4").Name(card.name).Close();
  const auto line = page.In("p", {{"class", "soft"}});
  page.Name(card.type.empty() ? "no type" : card.type);
  if (!card.target_type.empty() && card.target_type != card.type) page.Text(" \u2192 ").Name(card.target_type);
  if (card.key) page.Text(", key");
  if (!card.nullable) page.Text(", not null");
}

void WriteMeaning(Markup& page, const ColumnCard& card) {
  if (card.semantic.empty() && card.fits.empty()) return;
  const auto line = page.In("p");
  if (!card.semantic.empty()) {
    const std::string style = std::string("badge ") + (card.personal ? "violet" : "note");
    page.Element("span", (card.personal ? "personal: " : "") + card.semantic + " " + assess::Percent(card.confidence),
                 {{"class", style}});
    page.Text(" ");
  }
  if (!card.fits.empty()) page.Element("span", "really " + card.fits, {{"class", "badge medium"}});
}

void WriteFill(Markup& page, const ColumnCard& card) {
  const auto line = page.In("div", {{"class", "fill"}});
  const std::string text = assess::Percent(card.null_share) + " NULL";
  Bar(page, {{1 - card.null_share, "f1"}}, text);
  page.Element("span", text, {{"class", "soft"}});
}

void WriteTop(Markup& page, const ColumnCard& card) {
  const auto table = page.In("table", {{"class", "tops"}, {"aria-label", "Most frequent values"}});
  const auto body = page.In("tbody");
  for (const ValueBar& bar : card.bars) {
    const auto row = page.In("tr");
    page.Open("td").Element("bdi", bar.label.empty() ? "(empty)" : bar.label, {{"class", "name"}}).Close();
    page.Open("td", {{"class", "barcell"}});
    Bar(page, {{bar.share, "f1"}}, assess::Percent(bar.share));
    page.Close();
    NumberCell(page, assess::Percent(bar.share));
  }
}

void WriteShape(Markup& page, const ColumnCard& card) {
  if (card.bars.empty()) return;
  if (!card.histogram) {
    WriteTop(page, card);
    return;
  }
  std::vector<Column> columns;
  for (const ValueBar& bar : card.bars) columns.push_back({bar.label, bar.share});
  Histogram(page, columns, "Distribution of the values over " + std::to_string(columns.size()) + " ranges");
}

void Pair(Markup& page, std::string_view what, const std::string& value) {
  if (value.empty()) return;
  page.Element("dt", what).Open("dd").Element("bdi", value).Close();
}

std::string Weakness(const ColumnCard& card) {
  std::string text;
  for (const QualityScore& score : card.quality) {
    if (!score.score || *score.score >= 0.98) continue;
    text += (text.empty() ? "" : ", ") + assess::Lower(Words(score.dimension)) + " " + assess::Percent(*score.score);
  }
  return text;
}

void WriteCard(Markup& page, const ColumnCard& card) {
  const auto box = page.In("div", {{"class", "card"}});
  WriteHeader(page, card);
  if (card.family.empty()) return;
  WriteMeaning(page, card);
  WriteFill(page, card);
  WriteShape(page, card);
  const auto list = page.In("dl");
  Pair(page, "Different", (card.distinct_exact ? "" : "about ") + assess::Number(card.distinct));
  Pair(page, "Smallest", card.minimum);
  Pair(page, "Largest", card.maximum);
  Pair(page, "Mean", card.mean);
  if (!card.pattern.empty() && !card.histogram) {
    Pair(page, "Shape", card.pattern + " (" + assess::Percent(card.pattern_share) + ")");
  }
  Pair(page, "Quality", Weakness(card));
  for (const std::string& note : card.notes) Pair(page, "Note", note);
}

void WriteTable(Markup& page, const TableSummary& table, bool open) {
  page.Open("details", {{open ? "open" : "class", ""}});
  page.Open("summary").Name(table.name);
  page.Element("span", " " + assess::Count(table.rows, "row") + ", " + assess::Count(table.columns, "column"),
               {{"class", "soft"}});
  page.Close();
  if (!table.comment.empty()) page.Open("p").Element("bdi", table.comment).Close();
  for (const std::string& note : table.notes) page.Open("p", {{"class", "soft small"}}).Element("bdi", note).Close();
  page.Open("div", {{"class", "cards"}});
  for (const ColumnCard& card : table.cards) WriteCard(page, card);
  page.Close().Close();
}

}  // namespace

void WriteColumns(Markup& page, const Assessment& assessment, const Limits& limits) {
  const auto section = page.In("section", {{"class", "chapter"}, {"aria-labelledby", "columns"}});
  page.Heading(2, "Columns", "columns");
  page.Element(
      "p",
      "One card a column: how full it is, how its values are spread, what they mean. \u2192 gives the type at the "
      "target where it is another one.");
  const std::vector<const TableSummary*> chosen = Choose(assessment, limits);
  const bool few = chosen.size() <= 3;
  for (const TableSummary* table : chosen) WriteTable(page, *table, few);
  SayRest(page, chosen.size(), assessment.tables.size(), "table");
}

}  // namespace migrateiq::html
