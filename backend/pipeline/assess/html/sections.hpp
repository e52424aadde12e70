#pragma once

#include <string>
#include <string_view>

#include "pipeline/assess/assessment.hpp"
#include "pipeline/assess/html/markup.hpp"

/// The chapters of the page, one function each.
namespace migrateiq::html {

/// How much of a large database is laid out; the JSON has all of it.
struct Limits {
  size_t tables = 3000;           ///< rows of the list of tables
  size_t cards = 400;             ///< columns with a card of their own
  size_t card_tables = 60;        ///< tables with cards
  size_t items = 300;             ///< of a list: manual objects, personal columns, references
  size_t source_bytes = 200'000;  ///< of definitions, altogether
};

void WriteContents(Markup& page);  ///< the list of chapters, linked
void WriteCover(Markup& page, const Assessment& assessment);
void WriteSummary(Markup& page, const Assessment& assessment);
void WriteInventory(Markup& page, const Assessment& assessment, const Limits& limits);
/// Parts of the inventory: the tables' indexes; what is no table, with its text unless a target was chosen.
void WriteIndexes(Markup& page, const Assessment& assessment, const Limits& limits);
void WriteObjects(Markup& page, const Assessment& assessment, const Limits& limits);
void WriteDependencies(Markup& page, const Assessment& assessment, const Limits& limits);
void WriteComplexity(Markup& page, const Assessment& assessment, const Limits& limits);
void WriteRisks(Markup& page, const Assessment& assessment);
void WriteConversion(Markup& page, const Assessment& assessment, const Limits& limits);
void WriteQuality(Markup& page, const Assessment& assessment, const Limits& limits);
void WritePersonal(Markup& page, const Assessment& assessment, const Limits& limits);
void WriteEstimates(Markup& page, const Assessment& assessment);
void WriteColumns(Markup& page, const Assessment& assessment, const Limits& limits);
void WriteAppendix(Markup& page, const Assessment& assessment, const Limits& limits);

// --- parts that chapters share ---------------------------------------------------------------------------------------

/// A severity or level as icon, word and colour.
void Badge(Markup& page, RiskSeverity severity);
/// "good" from 98 %, "fair" from 90 %, else "bad".
std::string_view ToneOf(double score);
/// A table that scrolls within itself when it is wide; `headings` ending in '#' are of numbers.
class DataTable {
 public:
  DataTable(Markup& page, std::string_view caption, std::initializer_list<std::string_view> headings,
            std::string_view id = "");
  ~DataTable();
  DataTable(const DataTable&) = delete;
  DataTable& operator=(const DataTable&) = delete;

 private:
  Markup& page_;
};
/// Cells of a row that is open.
void NameCell(Markup& page, std::string_view name);
void NumberCell(Markup& page, std::string_view text);
void TextCell(Markup& page, std::string_view text);
void ScoreCell(Markup& page, const QualityScore& score);
/// A field above a long table that hides the rows without the words typed into it.
void Filter(Markup& page, std::string_view table_id, std::string_view label);
/// "Shown are 40 of 2,000 tables; ...", when there are more.
void SayRest(Markup& page, size_t shown, size_t all, std::string_view noun);

}  // namespace migrateiq::html
