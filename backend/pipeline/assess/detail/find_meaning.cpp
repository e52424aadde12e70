#include <algorithm>
#include <array>

#include "pipeline/assess/detail/chapters.hpp"
#include "pipeline/assess/detail/risk_book.hpp"
#include "pipeline/assess/detail/words.hpp"

namespace migrateiq::assess {

namespace {

constexpr double kMostFit = 0.9;              ///< of the texts, for saying that they are really of another type
constexpr const char* kMoneyKind = "salary";  ///< the kind of pipeline/semantic that is an amount
constexpr int64_t kFewest = 20;               ///< values, for saying anything about their meaning
constexpr double kOtherFormat = 0.005;        ///< of the texts, for a second date format to be no accident

struct Look {
  const Context& context;
  const Table& table;
  const CatalogColumn& column;
  const ColumnProfile& profile;
  RiskBook& book;

  bool sampled() const { return profile.sampled < ValuesOf(profile); }
  std::string name() const { return table.name.ToString(); }
  std::vector<std::string> Show(const std::vector<std::string>& values) const {
    return context.masking.Show(name(), column.name, values);
  }
};

double Share(int64_t part, int64_t whole) {
  return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0;
}

/// Postal codes, phone and card numbers are made of digits and are no numbers.
bool IsCodeOfDigits(const ColumnProfile& profile) {
  const std::string& type = profile.fitting->type;
  return !profile.semantic.kind.empty() && (type.starts_with("int") || type.starts_with("uint"));
}

/// " (%d.%m.%Y)"; of several date formats the most frequent is named.
std::string FormatOf(const ColumnProfile& profile) {
  const std::string& format = profile.fitting->format;
  if (format.empty()) return "";
  return " (" + format + (profile.date_formats.size() > 1 ? " and other forms)" : ")");
}

void FindTextType(const Look& look) {
  if (look.profile.family != ValueFamily::text || !look.profile.fitting) return;
  const FittingType& fitting = *look.profile.fitting;
  if (!fitting.differs || fitting.checked < kFewest || Share(fitting.fits, fitting.checked) < kMostFit) return;
  if (IsCodeOfDigits(look.profile)) return;
  const int64_t others = fitting.checked - fitting.fits;
  look.book.Add(
      "text_types", others > 0 ? RiskSeverity::medium : RiskSeverity::low,
      {.table = look.name(),
       .column = look.column.name,
       .text = Percent(fitting.fits, fitting.checked) + " of the texts are " + fitting.type + FormatOf(look.profile),
       .count = others,
       .of = fitting.checked,
       .sampled = look.sampled(),
       .samples = look.Show(fitting.exceptions)});
}

void FindMixedFormats(const Look& look) {
  std::string text;
  int64_t formats = 0, ambiguous = 0, most = 0, all = 0;
  for (const DateFormat& format : look.profile.date_formats) {
    if (format.share < kOtherFormat) continue;
    ++formats;
    all += format.count;
    most = std::max(most, format.count);
    ambiguous += format.ambiguous ? format.count : 0;
    text += (text.empty() ? "" : ", ") + format.format + " " + Percent(format.share);
  }
  if (formats < 2 && ambiguous == 0) return;
  if (ambiguous > 0) text += "; day and month cannot be told apart in " + Count(ambiguous, "value");
  look.book.Add("mixed_formats", RiskSeverity::medium,
                {.table = look.name(),
                 .column = look.column.name,
                 .text = std::move(text),
                 .count = formats < 2 ? ambiguous : all - most,
                 .of = std::max(look.profile.sampled, all),
                 .sampled = look.sampled()});
}

/// The words by which people call money in a column's name; the meaning, where it was recognised, says so too.
bool IsMoney(const Look& look) {
  static constexpr auto kWords = std::to_array<std::string_view>(
      {"amount", "amt", "price", "total", "cost", "salary", "balance", "fee", "revenue", "payment", "preis", "betrag"});
  const std::string lower = Lower(look.column.name);
  return look.profile.semantic.kind == kMoneyKind ||
         std::ranges::any_of(kWords, [&](std::string_view word) { return lower.find(word) != std::string::npos; });
}

void FindMoney(const Look& look) {
  const TypeKind kind = look.column.type.kind;
  if ((kind != TypeKind::kFloat && kind != TypeKind::kDouble) || !IsMoney(look)) return;
  look.book.Add("money_in_floats", RiskSeverity::medium,
                {.table = look.name(), .column = look.column.name, .text = look.column.native});
}

/// Numbers that only name something are not far from each other.
bool NamesSomething(const Look& look) {
  const auto has = [&](const std::vector<std::string>& columns) {
    return std::ranges::find(columns, look.column.name) != columns.end();
  };
  const auto refers = [&](const ForeignKey& key) { return has(key.columns); };
  const TableProfile* profile = look.context.ProfileOf(look.table);
  return look.column.identity != Identity::kNone || has(look.table.KeyColumns()) ||
         std::ranges::any_of(look.table.foreign_keys, refers) ||
         std::ranges::any_of(profile->inclusion_dependencies,
                             [&](const InclusionDependency& found) { return has(found.columns); });
}

void FindOutliers(const Look& look) {
  if (!look.profile.outliers || look.profile.outliers->count == 0 || NamesSomething(look)) return;
  const OutlierProfile& outliers = *look.profile.outliers;
  if (Share(outliers.count, look.profile.sampled) > 0.01) return;  // then they are how the column is
  look.book.Add(
      "outliers", RiskSeverity::note,
      {.table = look.name(),
       .column = look.column.name,
       .text = Count(outliers.count, "value") + " beyond " +
               (look.context.masking.Hides(look.name(), look.column.name) ? std::string("the usual range")
                                                                          : outliers.low + " .. " + outliers.high),
       .count = outliers.count,
       .of = look.profile.sampled,
       .sampled = look.sampled(),
       .samples = look.Show(outliers.examples)});
}

/// Columns that tell nothing: always NULL, or always the same.
void FindDeadColumn(const Look& look) {
  const ColumnProfile& profile = look.profile;
  if (profile.count < kFewest) return;
  const bool empty = profile.nulls + profile.empty + profile.blank >= profile.count;
  const bool constant = !empty && profile.nulls == 0 && profile.distinct.value == 1;
  if (!empty && !constant) return;
  look.book.Add("dead_weight", RiskSeverity::note,
                {.table = look.name(),
                 .column = look.column.name,
                 .text = empty ? "never has a value" : "always the same value"});
}

/// Examples of a rule over several columns may hold anything.
std::vector<std::string> SamplesOf(const Context& context, const TableProfile& table, const RuleCount& rule) {
  if (rule.column.empty() && !context.options.show_values) return {};
  return context.masking.Show(table.name, rule.column, rule.examples);
}

void FindRules(const Context& context, RiskBook& book) {
  for (const TableProfile& table : context.profile->tables) {
    for (const RuleCount& rule : table.rules) {
      if (rule.broken == 0) continue;
      book.Add("broken_rules", rule.severity == "warn" ? RiskSeverity::medium : RiskSeverity::high,
               {.table = table.name,
                .column = rule.column,
                .text = rule.name + ": " + Count(rule.broken, "row"),
                .count = rule.broken,
                .of = rule.checked,
                .sampled = rule.basis == Basis::sample,
                .samples = SamplesOf(context, table, rule)});
    }
  }
}

void FindPersonal(const Context& context, RiskBook& book) {
  for (const PersonalColumn& column : MapPersonalData(context).columns) {
    const bool secret =
        column.category == "credential" || column.kind == "credit_card" || column.kind == "card_security_code";
    book.Add(
        secret ? "secrets" : "personal_data", column.sensitivity,
        {.table = column.table,
         .column = column.column,
         .text = column.title + ", " + Count(column.rows, "value") + ", confidence " + Percent(column.confidence)});
  }
}

}  // namespace

void FindMeaningRisks(const Context& context, RiskBook& book) {
  if (context.profile == nullptr) return;
  ForEachColumn(context, [&](const Table& table, const CatalogColumn& column, const ColumnProfile* profile) {
    if (profile == nullptr) return;
    const Look look{context, table, column, *profile, book};
    for (const auto find : {FindTextType, FindMixedFormats, FindMoney, FindOutliers, FindDeadColumn}) find(look);
  });
  FindRules(context, book);
  FindPersonal(context, book);
}

}  // namespace migrateiq::assess
