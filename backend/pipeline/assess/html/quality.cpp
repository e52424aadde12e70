#include <algorithm>
#include <map>
#include <set>

#include "pipeline/assess/detail/sort.hpp"
#include "pipeline/assess/detail/words.hpp"
#include "pipeline/assess/html/charts.hpp"
#include "pipeline/assess/html/sections.hpp"

namespace migrateiq::html {

namespace {

constexpr size_t kTables = 60, kColumns = 25;

std::string_view StyleOf(double score) { return score >= 0.98 ? "f3" : score >= 0.9 ? "f2" : "f5"; }

void WriteDimensions(Markup& page, const QualitySummary& quality) {
  const DataTable table(page, "By dimension", {"Dimension", "Score", "Score#", "Good#", "Examined#"});
  for (const QualityScore& score : quality.scores) {
    const auto row = page.In("tr");
    page.Element("th", Words(score.dimension), {{"scope", "row"}});
    page.Open("td", {{"class", "barcell"}});
    if (score.score) Bar(page, {{*score.score, StyleOf(*score.score)}}, assess::Percent(*score.score));
    page.Close();
    ScoreCell(page, score);
    NumberCell(page, assess::Number(score.good));
    NumberCell(page, assess::Number(score.of));
  }
}

std::vector<const TableSummary*> WorstTables(const Assessment& assessment) {
  std::vector<const TableSummary*> tables;
  for (const TableSummary& table : assessment.tables) {
    if (table.quality) tables.push_back(&table);
  }
  assess::SortStable(tables, {}, [](const TableSummary* table) { return *table->quality; });
  return tables;
}

void WriteTables(Markup& page, const Assessment& assessment) {
  const std::vector<const TableSummary*> worst = WorstTables(assessment);
  const size_t shown = std::min(kTables, worst.size());
  {
    const DataTable table(page, "By table, worst first",
                          {"Table", "Overall#", "Completeness#", "Uniqueness#", "Validity#", "Consistency#",
                           "Timeliness#", "Integrity#"});
    for (size_t i = 0; i < shown; ++i) {
      const auto row = page.In("tr");
      NameCell(page, worst[i]->name);
      ScoreCell(page, {.score = worst[i]->quality});
      for (const QualityScore& score : worst[i]->scores) ScoreCell(page, score);
    }
  }
  SayRest(page, shown, worst.size(), "table");
}

/// A column and what drags it down most.
struct Weak {
  const TableSummary* table;
  const ColumnCard* card;
  const QualityScore* score;
};

std::vector<Weak> WeakColumns(const Assessment& assessment) {
  std::vector<Weak> weak;
  for (const TableSummary& table : assessment.tables) {
    for (const ColumnCard& card : table.cards) {
      for (const QualityScore& score : card.quality) {
        if (score.score && *score.score < 0.98) weak.push_back({&table, &card, &score});
      }
    }
  }
  assess::SortStable(weak, std::ranges::greater(), [](const Weak& one) { return one.score->of - one.score->good; });
  return weak;
}

void WriteColumnsList(Markup& page, const Assessment& assessment) {
  const std::vector<Weak> weak = WeakColumns(assessment);
  if (weak.empty()) return;
  const size_t shown = std::min(kColumns, weak.size());
  {
    const DataTable table(page, "Columns that cost most: values that are not good",
                          {"Column", "Dimension", "Score#", "Not good#", "Examined#"});
    for (size_t i = 0; i < shown; ++i) {
      const auto row = page.In("tr");
      NameCell(page, weak[i].table->name + "." + weak[i].card->name);
      page.Element("td", Words(weak[i].score->dimension));
      ScoreCell(page, *weak[i].score);
      NumberCell(page, assess::Number(weak[i].score->of - weak[i].score->good));
      NumberCell(page, assess::Number(weak[i].score->of));
    }
  }
  SayRest(page, shown, weak.size(), "finding");
}

}  // namespace

void WriteQuality(Markup& page, const Assessment& assessment, const Limits& /*limits*/) {
  const auto section = page.In("section", {{"class", "chapter"}, {"aria-labelledby", "quality"}});
  page.Heading(2, "Data quality", "quality");
  if (!assessment.quality.overall) {
    page.Element("p", "The data was not examined.");
    return;
  }
  page.Open("p").Text("Overall ").Element("strong", assess::Percent(*assessment.quality.overall));
  page.Text(". Completeness is no blame: a column may be empty for good reasons.").Close();
  WriteDimensions(page, assessment.quality);
  WriteTables(page, assessment);
  WriteColumnsList(page, assessment);
  page.Heading(3, "Formulas");
  const auto list = page.In("ul", {{"class", "plain small"}});
  for (const std::string& formula : assessment.quality.formulas) page.Element("li", formula);
}

// --- personal data ---------------------------------------------------------------------------------------------------

namespace {

std::string_view ToneOf(RiskSeverity severity) {
  return severity >= RiskSeverity::high ? "bad" : severity == RiskSeverity::medium ? "fair" : "low";
}

struct Cell {
  int64_t columns = 0;
  RiskSeverity worst = RiskSeverity::note;
};

/// Tables against categories: where which sort of personal values is.
void WriteMap(Markup& page, const PersonalData& personal, size_t limit) {
  std::map<std::string, std::map<std::string, Cell>> map;
  std::set<std::string> categories;
  for (const PersonalColumn& column : personal.columns) {
    Cell& cell = map[column.table][column.category];
    ++cell.columns;
    cell.worst = std::max(cell.worst, column.sensitivity);
    categories.insert(column.category);
  }
  page.Open("div",
            {{"class", "scroll"}, {"tabindex", "0"}, {"role", "region"}, {"aria-label", "Map of personal data"}});
  page.Open("table").Element("caption", "Columns by table and category").Open("thead").Open("tr");
  page.Element("th", "Table", {{"scope", "col"}});
  for (const std::string& category : categories) page.Element("th", category, {{"scope", "col"}, {"class", "n"}});
  page.Close().Close().Open("tbody");
  size_t shown = 0;
  for (const auto& [table, cells] : map) {
    if (shown++ == limit) break;
    const auto row = page.In("tr");
    NameCell(page, table);
    for (const std::string& category : categories) {
      const auto found = cells.find(category);
      if (found == cells.end()) {
        page.Element("td", "\u2013", {{"class", "n soft"}});
        continue;
      }
      const std::string style = "heat " + std::string(ToneOf(found->second.worst));
      page.Element("td", assess::Number(found->second.columns), {{"class", style}});
    }
  }
  page.Close().Close().Close();
  SayRest(page, std::min(limit, map.size()), map.size(), "table");
}

void WriteList(Markup& page, const PersonalData& personal, size_t limit) {
  const size_t shown = std::min(limit, personal.columns.size());
  {
    const DataTable table(page, "Columns, most sensitive first",
                          {"Column", "Looks like", "Category", "Sensitivity", "Confidence#", "Values#", "Because"});
    for (size_t i = 0; i < shown; ++i) {
      const PersonalColumn& column = personal.columns[i];
      const auto row = page.In("tr");
      NameCell(page, column.table + "." + column.column);
      page.Element("td", column.title).Element("td", column.category).Open("td");
      Badge(page, column.sensitivity);
      page.Close();
      NumberCell(page, assess::Percent(column.confidence));
      NumberCell(page, assess::Number(column.rows));
      const auto cell = page.In("td", {{"class", "w small"}});
      for (size_t k = 0; k < column.evidence.size(); ++k)
        page.Text(k > 0 ? "; " : "").Element("bdi", column.evidence[k]);
    }
  }
  SayRest(page, shown, personal.columns.size(), "column");
}

}  // namespace

void WritePersonal(Markup& page, const Assessment& assessment, const Limits& limits) {
  const auto section = page.In("section", {{"class", "chapter"}, {"aria-labelledby", "personal"}});
  page.Heading(2, "Personal data", "personal");
  if (!assessment.personal.examined) {
    page.Element("p", "The data was not examined.");
    return;
  }
  if (assessment.personal.columns.empty()) {
    page.Element("p",
                 "No column was recognised as holding personal or secret values. Free text was not read for names.");
    return;
  }
  page.Element(
      "p",
      "Recognised by names, patterns and check digits of the values. It is a proposal with a confidence, not a "
      "legal finding: free text may hold more.");
  if (assessment.masked) {
    page.Element("p", "Values of these columns are shown in this report by their shape only.", {{"class", "soft"}});
  }
  WriteMap(page, assessment.personal, limits.items);
  WriteList(page, assessment.personal, limits.items);
}

}  // namespace migrateiq::html
