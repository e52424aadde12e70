#include <algorithm>
#include <cmath>

#include "pipeline/assess/detail/risk_book.hpp"
#include "pipeline/assess/detail/words.hpp"

namespace migrateiq::assess {

namespace {

constexpr double kInt32Most = 2147483647.0, kInt64Most = 9223372036854775807.0;
constexpr int32_t kDecimalDigits = 38;

/// A column that is looked at, and where what is found goes.
struct Look {
  const Context& context;
  const Table& table;
  const CatalogColumn& column;
  const ColumnProfile* profile;
  RiskBook& book;

  void Add(std::string_view kind, RiskSeverity severity, std::string text,
           std::vector<std::string> samples = {}) const {
    book.Add(kind, severity,
             {.table = table.name.ToString(),
              .column = column.name,
              .text = std::move(text),
              .samples = context.masking.Show(table.name.ToString(), column.name, samples)});
  }
  bool Native(std::string_view word) const { return ContainsWord(Lower(column.native), word); }
};

void FindUnsigned(const Look& look) {
  if (!look.Native("unsigned")) return;
  const double most = look.profile != nullptr ? look.profile->maximum_number.value_or(0) : 0;
  const bool beyond = look.Native("bigint") ? most > kInt64Most : look.Native("int") && most > kInt32Most;
  look.Add("unsigned", beyond ? RiskSeverity::medium : RiskSeverity::low,
           look.column.native + (beyond ? ", with values that no signed type of this width takes" : ""));
}

void FindTinyint(const Look& look) {
  if (!look.column.native.starts_with("tinyint(1)") || look.profile == nullptr) return;
  const double low = look.profile->minimum_number.value_or(0), high = look.profile->maximum_number.value_or(0);
  if (low >= 0 && high <= 1) return;
  look.Add("small_booleans", RiskSeverity::medium, "holds " + Decimal(low, 0) + " to " + Decimal(high, 0));
}

void FindShapes(const Look& look) {
  const TypeKind kind = look.column.type.kind;
  if (kind == TypeKind::kBit) look.Add("bit_strings", RiskSeverity::low, look.column.native);
  if (kind == TypeKind::kJson) look.Add("json_columns", RiskSeverity::low, look.column.native);
  if (kind == TypeKind::kGeometry) look.Add("geometry", RiskSeverity::medium, look.column.native);
  if (kind == TypeKind::kInterval && !look.context.From("postgresql")) {
    look.Add("long_times", RiskSeverity::low, look.column.note.empty() ? look.column.native : look.column.note);
  }
}

void FindEnum(const Look& look) {
  if (look.column.type.kind != TypeKind::kEnum || look.column.type.set) return;
  const bool empty_label = std::ranges::find(look.column.type.labels, "") != look.column.type.labels.end();
  const bool empty = look.profile != nullptr && look.profile->empty > 0 && !empty_label;
  look.Add("enums", empty ? RiskSeverity::medium : RiskSeverity::low,
           Count(static_cast<int64_t>(look.column.type.labels.size()), "label") +
               (empty ? ", and " + Count(look.profile->empty, "invalid value") + " stored as ''" : ""));
}

void FindWideNumber(const Look& look) {
  const LogicalType& type = look.column.type;
  if (type.kind != TypeKind::kDecimal || look.context.SameDialect()) return;
  const bool boundless = type.precision == 0;
  if (!boundless && type.precision <= kDecimalDigits) return;
  if (look.Native("bigint")) return;  // told as an unsigned integer already
  look.Add("wide_numbers", boundless ? RiskSeverity::low : RiskSeverity::medium,
           look.column.native + (boundless ? ": no limit of digits" : ""));
}

/// "declared INTEGER, read as string: 3 of 900 values are text".
void FindDynamic(const Look& look) {
  if (look.column.note.find(", read as ") == std::string::npos) return;
  look.Add("dynamic_types", RiskSeverity::medium, look.column.note);
}

void FindGenerated(const Look& look) {
  const CatalogColumn* target = look.context.TargetOf(look.table, look.column);
  if (!look.column.IsGenerated() || target == nullptr || target->IsGenerated()) return;
  look.Add("generated_columns", RiskSeverity::medium, look.column.generated_sql);
}

double MostOf(const LogicalType& type) {
  switch (type.kind) {
    case TypeKind::kInt8: return 127;
    case TypeKind::kInt16: return 32767;
    case TypeKind::kInt32: return kInt32Most;
    default: return kInt64Most;
  }
}

constexpr double kNearlyUsedUp = 0.7;

void FindIdentity(const Look& look) {
  if (look.column.identity == Identity::kNone) return;
  const double next = look.column.identity_next ? std::strtod(look.column.identity_next->c_str(), nullptr) : 0;
  const double used = std::max(next, look.profile != nullptr ? look.profile->maximum_number.value_or(0) : 0);
  look.Add("identity", RiskSeverity::low, "next number " + look.column.identity_next.value_or("unknown"));
  if (used < kNearlyUsedUp * MostOf(look.column.type)) return;
  look.Add("identity_exhausted", RiskSeverity::high,
           Percent(used / MostOf(look.column.type)) + " of the numbers that " + look.column.native + " has are used");
}

/// Wall times are a matter of concern where moments are kept too.
void FindTimeZones(const Context& context, RiskBook& book) {
  int64_t moments = 0;
  std::vector<std::pair<std::string, std::string>> wall_times;
  ForEachColumn(context, [&](const Table& table, const CatalogColumn& column, const ColumnProfile*) {
    if (column.type.kind == TypeKind::kTimestampTz) ++moments;
    if (column.type.kind == TypeKind::kTimestamp) wall_times.emplace_back(table.name.ToString(), column.name);
  });
  if (moments == 0) return;
  for (const auto& [table, column] : wall_times) {
    book.Add(
        "time_zones", RiskSeverity::medium,
        {.table = table, .column = column, .text = "without zone, beside " + Count(moments, "column") + " with one"});
  }
}

}  // namespace

void FindTypeRisks(const Context& context, RiskBook& book) {
  ForEachColumn(context, [&](const Table& table, const CatalogColumn& column, const ColumnProfile* profile) {
    const Look look{context, table, column, profile, book};
    FindIdentity(look);
    FindDynamic(look);
    FindGenerated(look);
    if (context.SameDialect()) return;
    for (const auto find : {FindUnsigned, FindTinyint, FindShapes, FindEnum, FindWideNumber}) find(look);
  });
  FindTimeZones(context, book);
}

}  // namespace migrateiq::assess
