#include <algorithm>

#include "pipeline/assess/detail/chapters.hpp"
#include "pipeline/assess/detail/risk_book.hpp"
#include "pipeline/assess/detail/words.hpp"

namespace migrateiq::assess {

namespace {

constexpr double kLongRun = 4 * 3600.0;

void FindRefusal(const Context& context, RiskBook& book) {
  if (context.to == nullptr || context.conversions.front().result) return;
  const Error& error = context.conversions.front().result.error();
  book.Add("refused_catalog", RiskSeverity::critical,
           {.table = error.table, .column = error.column, .text = error.ToString()});
}

void FindFailures(const Context& context, RiskBook& book) {
  if (context.profile == nullptr) return;
  for (const ProfileFailure& failure : context.profile->failures) {
    book.Add("unread_table", RiskSeverity::critical,
             {.table = failure.table, .text = failure.code + ": " + failure.message});
  }
}

bool IsCode(std::string_view kind) {
  return kind == "view" || kind == "materialized view" || kind == "routine" || kind == "event" || kind == "rule" ||
         kind == "event trigger";
}

void FindCode(const Context& context, RiskBook& book) {
  for (const OtherObject& other : context.catalog.others) {
    const RiskEvidence evidence{.table = other.name, .text = other.why.empty() ? other.kind : other.why};
    if (other.kind == "trigger")
      book.Add("triggers", RiskSeverity::high, evidence);
    else if (IsCode(other.kind))
      book.Add("code_objects", other.kind == "view" ? RiskSeverity::medium : RiskSeverity::high, evidence);
    else if (other.kind == "file")
      book.Add("csv_rows", RiskSeverity::medium, evidence);
  }
}

/// What the conversion of tables leaves to people, or does differently.
void FindReports(const Context& context, RiskBook& book) {
  const ConvertedCatalog* chosen = context.Chosen();
  if (chosen == nullptr) return;
  for (const ConvertedTable& table : chosen->tables) {
    for (const ObjectReport& report : table.objects) {
      const RiskEvidence evidence{.table = table.source.ToString(),
                                  .text = report.kind + " " + report.name + ": " + report.why};
      const bool manual = report.status == "manual";
      if (report.kind == "foreign key")
        book.Add("changed_actions", manual ? RiskSeverity::medium : RiskSeverity::low, evidence);
      else if (report.kind == "index" && report.why.find("prefix") != std::string::npos)
        book.Add("long_keys", manual ? RiskSeverity::medium : RiskSeverity::low, evidence);
      else if (manual && report.kind != "generated column" && report.kind != "partitioning")
        book.Add("manual_parts", RiskSeverity::medium, evidence);
    }
  }
}

void FindTable(const Context& context, const Table& table, RiskBook& book) {
  const std::string name = table.name.ToString();
  if (!table.partitioning.empty() && !context.SameDialect()) {
    book.Add("partitions", RiskSeverity::medium, {.table = name, .text = Shorten(table.partitioning, 120)});
  }
  if (!table.transactional) {
    book.Add("not_transactional", RiskSeverity::medium, {.table = name, .text = "its engine has no transactions"});
  }
  if (context.ProfileOf(table) != nullptr && context.RowsOf(table) == 0) {
    book.Add("dead_weight", RiskSeverity::note, {.table = name, .text = "empty table"});
  }
}

bool IsFile(const Context& context) { return context.From("csv") || context.From("jsonl") || context.From("parquet"); }

void FindFileNotes(const Context& context, RiskBook& book) {
  if (!IsFile(context)) return;
  ForEachColumn(context, [&](const Table& table, const CatalogColumn& column, const ColumnProfile*) {
    if (column.note.empty()) return;
    book.Add("csv_rows", RiskSeverity::medium,
             {.table = table.name.ToString(), .column = column.name, .text = column.note});
  });
}

void FindLongRun(const Context& context, RiskBook& book) {
  const Duration duration = ExpectDuration(context);
  if (duration.seconds < kLongRun) return;
  book.Add("long_run", RiskSeverity::medium,
           {.text = "about " + Seconds(duration.seconds) + " expected, " + Seconds(duration.low) + " to " +
                    Seconds(duration.high)});
}

}  // namespace

void FindObjectRisks(const Context& context, RiskBook& book) {
  FindRefusal(context, book);
  FindFailures(context, book);
  FindCode(context, book);
  FindReports(context, book);
  for (const Table& table : context.catalog.tables) FindTable(context, table, book);
  FindFileNotes(context, book);
  FindLongRun(context, book);
}

}  // namespace migrateiq::assess
