#include <algorithm>

#include "pipeline/assess/detail/risk_book.hpp"
#include "pipeline/assess/detail/words.hpp"

namespace migrateiq::assess {

namespace {

/// The kind of risk that a reader's finding becomes; empty for those that are no risk by themselves.
std::string_view RiskOf(std::string_view finding) {
  if (finding == "zero_date") return "zero_dates";
  if (finding == "nul_byte") return "control_characters";
  if (finding == "encoding") return "invalid_text";
  if (finding == "json") return "invalid_json";
  if (finding == "special_value") return "special_numbers";
  if (finding == "null") return "null_in_key";
  if (finding == "ambiguous_time") return "time_zones";
  if (finding == "out_of_range" || finding == "wrong_type" || finding == "too_long" || finding == "precision") {
    return "misfits";
  }
  return "";
}

/// Values without a substitute cost their row; the others are changed by a rule and counted.
RiskSeverity SeverityOf(const Context& context, const CatalogColumn& column, std::string_view finding) {
  if (finding == "zero_date") {
    if (context.SameDialect()) return RiskSeverity::low;
    return column.nullable ? RiskSeverity::medium : RiskSeverity::high;
  }
  if (finding == "nul_byte") return RiskSeverity::medium;
  return finding == "ambiguous_time" ? RiskSeverity::low : RiskSeverity::high;
}

void FindFindings(const Context& context, const Table& table, const CatalogColumn& column, const ColumnProfile& profile,
                  RiskBook& book) {
  for (const FindingCount& finding : profile.findings) {
    const std::string_view kind = RiskOf(finding.kind);
    if (kind.empty() || finding.count == 0) continue;
    const std::string name = table.name.ToString();
    book.Add(kind, SeverityOf(context, column, finding.kind),
             {.table = name,
              .column = column.name,
              .text = Count(finding.count, "value") + " of " + Number(ValuesOf(profile) + finding.count) +
                      (column.nullable ? "" : ", in a NOT NULL column"),
              .count = finding.count,
              .of = profile.count,
              .samples = context.masking.Show(name, column.name, std::vector{finding.example})});
  }
}

/// The declaration gives it away although no row of today has one.
void FindZeroDefault(const Context& context, const Table& table, const CatalogColumn& column,
                     const ColumnProfile* profile, RiskBook& book) {
  const bool zero = column.default_sql && column.default_sql->find("0000-00-00") != std::string::npos;
  const bool noted = Lower(column.note).find("zero") != std::string::npos;
  const bool counted = profile != nullptr && std::ranges::find(profile->findings, "zero_date", &FindingCount::kind) !=
                                                 profile->findings.end();
  if ((!zero && !noted) || counted) return;
  book.Add("zero_dates", context.SameDialect() ? RiskSeverity::low : RiskSeverity::medium,
           {.table = table.name.ToString(),
            .column = column.name,
            .text = zero ? "default " + *column.default_sql : column.note});
}

void FindOddDates(const Context& context, const Table& table, const ColumnProfile& profile, RiskBook& book) {
  const QualityFact& fact = profile.quality.timeliness;
  const bool dates = profile.family == ValueFamily::date || profile.family == ValueFamily::timestamp;
  const bool texts = !profile.date_formats.empty();
  if ((!dates && !texts) || fact.about.empty() || fact.good >= fact.of) return;
  const std::string name = table.name.ToString();
  RiskEvidence evidence{
      .table = name,
      .column = profile.name,
      .text = Count(fact.of - fact.good, "value") + " (" + Percent(fact.of - fact.good, fact.of) + ")",
      .count = fact.of - fact.good,
      .of = fact.of,
      .sampled = profile.sampled < ValuesOf(profile)};
  if (dates && profile.minimum && profile.maximum) {
    evidence.samples = context.masking.Show(name, profile.name, {*profile.minimum, *profile.maximum});
  }
  book.Add("odd_dates", RiskSeverity::low, std::move(evidence));
}

void FindSpecial(const Context& context, const Table& table, const ColumnProfile& profile, RiskBook& book) {
  const bool endless = profile.minimum == "-infinity" || profile.maximum == "infinity";
  const int64_t not_finite = profile.numbers ? profile.numbers->not_finite : 0;
  if (!endless && not_finite == 0) return;
  const bool kept = context.to != nullptr && context.to->limits().nan && context.to->limits().date_infinity;
  book.Add("special_numbers", kept ? RiskSeverity::low : RiskSeverity::high,
           {.table = table.name.ToString(),
            .column = profile.name,
            .text = endless ? "dates without end" : Count(not_finite, "value") + " that are no finite number",
            .count = endless ? -1 : not_finite,
            .of = endless ? -1 : profile.count});
}

bool IsInKey(const Table& table, const std::string& column) {
  return table.primary_key &&
         std::ranges::find(table.primary_key->parts, column, &IndexPart::column) != table.primary_key->parts.end();
}

/// NULL where the target will refuse it: SQLite lets a primary key be NULL.
void FindNulls(const Context& context, const Table& table, const CatalogColumn& column, const ColumnProfile& profile,
               RiskBook& book) {
  const CatalogColumn* target = context.TargetOf(table, column);
  const bool required = target != nullptr ? !target->nullable : !column.nullable || IsInKey(table, column.name);
  const bool zero_dates = !profile.findings.empty() && profile.findings.front().kind == "zero_date";
  if (!required || profile.nulls == 0 || zero_dates) return;
  book.Add("null_in_key", RiskSeverity::high,
           {.table = table.name.ToString(),
            .column = column.name,
            .text = Count(profile.nulls, "NULL value"),
            .count = profile.nulls,
            .of = profile.count});
}

/// Values longer than what a chosen or declared length takes: SQLite does not enforce it.
void FindTooLong(const Context& context, const Table& table, const CatalogColumn& column, const ColumnProfile& profile,
                 RiskBook& book) {
  const CatalogColumn* target = context.TargetOf(table, column);
  if (target == nullptr || !profile.lengths || profile.family != ValueFamily::text) return;
  const LogicalType& type = target->type;
  const bool limited = (type.kind == TypeKind::kString || type.kind == TypeKind::kChar) && type.length > 0;
  if (!limited || profile.lengths->maximum <= type.length) return;
  book.Add("misfits", RiskSeverity::high,
           {.table = table.name.ToString(),
            .column = column.name,
            .text = "longest value has " + Count(profile.lengths->maximum, "character") + ", " + target->native +
                    " takes " + Number(type.length)});
}

}  // namespace

void FindValueRisks(const Context& context, RiskBook& book) {
  ForEachColumn(context, [&](const Table& table, const CatalogColumn& column, const ColumnProfile* profile) {
    FindZeroDefault(context, table, column, profile, book);
    if (profile == nullptr) return;
    FindFindings(context, table, column, *profile, book);
    FindOddDates(context, table, *profile, book);
    FindSpecial(context, table, *profile, book);
    FindNulls(context, table, column, *profile, book);
    FindTooLong(context, table, column, *profile, book);
  });
}

}  // namespace migrateiq::assess
