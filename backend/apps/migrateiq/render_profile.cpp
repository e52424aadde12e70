#include "apps/migrateiq/render_profile.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "apps/migrateiq/render_text.hpp"

namespace migrateiq::cli {

namespace {

constexpr size_t kMostValue = 22;     ///< characters of a value
constexpr size_t kMostName = 30;      ///< of a column's name
constexpr size_t kMostListed = 8;     ///< keys, dependencies and troubles
constexpr double kShownShare = 0.02;  ///< of the values: rarer ones are no part of a picture

/// "3.1 %"; never 0 for something nor 100 for less than all.
std::string Share(int64_t part, int64_t whole) {
  if (whole == 0 || part == 0) return "0";
  if (part == whole) return "100 %";
  const double percent = 100 * static_cast<double>(part) / static_cast<double>(whole);
  if (percent < 0.1) return "< 0.1 %";
  return percent > 99.9 ? "> 99.9 %" : fmt::format("{:.1f} %", percent);
}

std::string Share(double share) { return fmt::format("{:.0f} %", 100 * share); }

std::string Distinct(const ColumnProfile& column) {
  const bool estimate = column.distinct.method == CountMethod::hyperloglog;
  return (estimate ? "~" : "") + Count(column.distinct.value);
}

std::string Value(const std::string& text) { return text.empty() ? "''" : OneLine(text, kMostValue); }

std::string Range(const ColumnProfile& column) {
  if (column.family == ValueFamily::text && column.lengths) {
    const LengthProfile& lengths = *column.lengths;
    if (lengths.minimum == lengths.maximum) return fmt::format("length {}", lengths.minimum);
    return fmt::format("length {} .. {}", lengths.minimum, lengths.maximum);
  }
  if (!column.minimum || !column.maximum)
    return column.lengths ? fmt::format("{} .. {} bytes", column.lengths->minimum, column.lengths->maximum) : "";
  if (*column.minimum == *column.maximum) return Value(*column.minimum);
  return Value(*column.minimum) + " .. " + Value(*column.maximum);
}

std::string Bars(const std::vector<HistogramBar>& bars) {
  static constexpr std::array<const char*, 8> kBlocks = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  int64_t most = 1;
  for (const HistogramBar& bar : bars) most = std::max(most, bar.count);
  std::string text;
  for (const HistogramBar& bar : bars) {
    const double height = static_cast<double>(bar.count) / static_cast<double>(most);
    text += bar.count == 0 ? " " : kBlocks[std::min<size_t>(7, static_cast<size_t>(height * 8))];
  }
  return text;
}

std::string Frequent(const ColumnProfile& column) {
  std::string text;
  for (const ValueCount& value : column.top_values) {
    if (value.count < 2 || value.share < kShownShare || text.size() > 40) break;
    text += (text.empty() ? "" : ", ") + Value(value.value) + " " + Share(value.share);
  }
  return text;
}

std::string Pattern(const ColumnProfile& column) {
  if (column.patterns.empty()) return "";
  const PatternCount& first = column.patterns[0];
  return first.share < 0.2 ? "" : OneLine(first.pattern, kMostValue) + " " + Share(first.share);
}

/// What the values look like, in a few characters.
std::string Shape(const ColumnProfile& column, bool terminal) {
  const bool few = column.distinct.value <= 20;
  if (terminal && !few && !column.histogram.empty()) return Bars(column.histogram);
  if (const std::string frequent = Frequent(column); few && !frequent.empty()) return frequent;
  if (!column.quantiles.empty()) {
    const auto median = std::ranges::find(column.quantiles, 0.5, &Quantile::at);
    if (median != column.quantiles.end()) return "median " + Value(median->value);
  }
  if (const std::string pattern = Pattern(column); !pattern.empty()) return pattern;
  return Frequent(column);
}

std::string Meaning(const ColumnProfile& column) {
  if (column.semantic.kind.empty()) return "";
  return column.semantic.kind + (column.semantic.is_pii ? " (personal)" : "");
}

std::string TypeOf(const ColumnProfile& column) {
  return OneLine(column.declared_type.empty() ? column.batch_type : column.declared_type, kMostValue);
}

bool AnyMeaning(const TableProfile& table) {
  return std::ranges::any_of(table.columns, [](const ColumnProfile& column) { return !column.semantic.kind.empty(); });
}

std::string ColumnLines(const TableProfile& table, bool terminal) {
  std::vector<std::vector<std::string>> rows = {{"column", "type", "nulls", "distinct", "range", "values"}};
  const bool meaning = AnyMeaning(table);
  if (meaning) rows[0].emplace_back("means");
  for (const ColumnProfile& column : table.columns) {
    rows.push_back({OneLine(column.name, kMostName) + (column.in_primary_key ? " *" : ""), TypeOf(column),
                    Share(column.nulls, column.count), Distinct(column), Range(column), Shape(column, terminal)});
    if (meaning) rows.back().push_back(Meaning(column));
  }
  return Columns(rows, "  ");
}

// --- what stands below the columns
// -------------------------------------------------------------------------------------

std::string Names(const std::vector<std::string>& names) { return fmt::format("{}", fmt::join(names, ", ")); }

std::string Rows(Basis basis, int64_t rows) {
  return Count(rows) + (basis == Basis::all_rows ? " rows" : " sampled rows");
}

std::vector<std::string> KeyLines(const TableProfile& table) {
  std::vector<std::string> lines;
  for (const CandidateKey& key : table.candidate_keys) {
    std::string line = Names(key.columns) + (key.declared ? " (declared)" : "");
    if (key.distinct < key.rows)
      line += ": NOT unique in " + Rows(key.basis, key.rows);
    else if (!key.declared)
      line += key.basis == Basis::all_rows ? " (unique)" : " (unique in " + Rows(key.basis, key.rows) + ")";
    lines.push_back(std::move(line));
  }
  return lines;
}

std::vector<std::string> IndexLines(const TableProfile& table) {
  std::vector<std::string> lines;
  for (const IndexProfile& index : table.indexes) {
    std::string line = index.name.empty() ? "" : index.name + ": ";
    line += Names(index.columns);
    if (index.unique) line += " (unique)";
    if (!index.method.empty() && index.method != "btree") line += ", " + index.method;
    if (!index.where.empty()) line += " where " + index.where;
    lines.push_back(std::move(line));
  }
  return lines;
}

std::vector<std::string> DependencyLines(const TableProfile& table) {
  std::vector<std::string> lines;
  for (const FunctionalDependency& one : table.functional_dependencies) {
    std::string line = Names(one.determinant) + " -> " + one.dependent;
    if (one.violations > 0) line += fmt::format(" but for {} of {}", Count(one.violations), Rows(one.basis, one.rows));
    lines.push_back(std::move(line));
  }
  return lines;
}

std::vector<std::string> ReferenceLines(const TableProfile& table) {
  std::vector<std::string> lines;
  for (const InclusionDependency& one : table.inclusion_dependencies) {
    std::string line = Names(one.columns) + " -> " + one.parent + "." + Names(one.parent_columns);
    if (!one.declared) line += fmt::format(" (not declared, {} sure)", Share(one.confidence));
    if (one.orphans > 0)
      line += fmt::format(": {} of {} have no parent", Count(one.orphans), Rows(one.basis, one.rows));
    lines.push_back(std::move(line));
  }
  return lines;
}

std::string EncodingLine(const EncodingProfile& trouble) {
  std::vector<std::string> parts;
  const auto add = [&parts](int64_t count, const char* what) {
    if (count > 0) parts.push_back(Count(count) + " " + what);
  };
  add(trouble.invalid_utf8, "not UTF-8");
  add(trouble.replacement, "with lost characters");
  add(trouble.control, "with control characters");
  add(trouble.mojibake, "wrongly decoded");
  add(trouble.mixed, "of mixed alphabets");
  add(trouble.not_normalized, "not normalized");
  return "texts " + Names(parts) + (trouble.examples.empty() ? "" : ": " + Value(trouble.examples[0]));
}

void AddTroubles(const ColumnProfile& column, std::vector<std::string>& lines) {
  const auto add = [&](const std::string& text) { lines.push_back(column.name + ": " + text); };
  for (const FindingCount& finding : column.findings) {
    add(fmt::format("{} values are {}: {}", Count(finding.count), finding.kind, Value(finding.example)));
  }
  if (column.encoding) add(EncodingLine(*column.encoding));
  if (column.fitting && column.fitting->differs) {
    std::string text = "fits " + column.fitting->type;
    if (!column.fitting->format.empty()) text += " (" + column.fitting->format + ")";
    const int64_t others = column.fitting->checked - column.fitting->fits;
    if (others > 0) text += fmt::format(" but for {}: {}", Count(others), Value(column.fitting->exceptions.at(0)));
    add(text);
  }
  if (column.date_formats.size() > 1) add(fmt::format("dates in {} forms", column.date_formats.size()));
  if (column.outliers) {
    add(fmt::format("{} far outside {} .. {}: {}", Count(column.outliers->count), column.outliers->low,
                    column.outliers->high, Value(column.outliers->examples.at(0))));
  }
}

/// Those that the columns' own lines have not told.
void AddAnomalies(const TableProfile& table, std::vector<std::string>& lines) {
  for (const AnomalyProfile& one : table.anomalies) {
    const auto column = std::ranges::find(table.columns, one.columns.at(0), &ColumnProfile::name);
    if (one.kind == "outlier" && column != table.columns.end() && column->outliers) continue;
    lines.push_back(Names(one.columns) + ": " + Value(one.examples.at(0)) + ", " + one.how);
  }
}

std::vector<std::string> TroubleLines(const TableProfile& table) {
  std::vector<std::string> lines;
  if (table.duplicate_rows && table.duplicate_rows->surplus > 0) {
    lines.push_back(fmt::format("{} of {} are copies of another row", Count(table.duplicate_rows->surplus),
                                Rows(table.duplicate_rows->basis, table.duplicate_rows->checked)));
  }
  for (const RuleCount& rule : table.rules) {
    if (rule.status != "passed") lines.push_back("rule " + rule.name + ": " + rule.message);
  }
  for (const ColumnProfile& column : table.columns) AddTroubles(column, lines);
  AddAnomalies(table, lines);
  lines.insert(lines.end(), table.notes.begin(), table.notes.end());
  return lines;
}

std::string Section(const std::string& title, const std::vector<std::string>& lines, const Paint& paint) {
  std::string text;
  for (size_t i = 0; i < std::min(kMostListed, lines.size()); ++i) {
    text += "  " + paint.Faint(fmt::format("{:<11}", i == 0 ? title : "")) + OneLine(lines[i], 140) + "\n";
  }
  if (lines.size() > kMostListed) text += fmt::format("  {:<11}and {} more\n", "", lines.size() - kMostListed);
  return text;
}

std::string Heading(const TableProfile& table, const Paint& paint) {
  std::string text =
      paint.Strong(table.name) + "  " + Count(table.rows) + " rows, " + Counted(table.columns.size(), "column");
  if (table.bytes >= 0) text += ", " + Bytes(static_cast<double>(table.bytes));
  if (table.sample.basis == Basis::sample) {
    text += paint.Faint(fmt::format("  values from {} sampled rows, shares +-{:.1f} %", Count(table.sample.rows),
                                    100 * table.sample.error));
  }
  return text + "\n";
}

std::string TableText(const TableProfile& table, bool terminal) {
  const Paint paint(terminal);
  return Heading(table, paint) + ColumnLines(table, terminal) + Section("keys", KeyLines(table), paint) +
         Section("indexes", IndexLines(table), paint) + Section("depends", DependencyLines(table), paint) +
         Section("refers to", ReferenceLines(table), paint) + Section("look at", TroubleLines(table), paint) + "\n";
}

}  // namespace

std::string ProfileText(const Profile& profile, bool terminal) {
  const Paint paint(terminal);
  std::string text;
  int64_t rows = 0;
  for (const TableProfile& table : profile.tables) {
    text += TableText(table, terminal);
    rows += table.rows;
  }
  for (const ProfileFailure& failure : profile.failures) {
    text += paint.Bad(failure.table) + ": " + failure.code + ": " + failure.message + "\n";
  }
  for (const std::string& note : profile.notes) text += "note: " + note + "\n";
  return text + fmt::format("{}, {} rows in {}\n", Counted(profile.tables.size(), "table"), Count(rows),
                            Duration(profile.seconds));
}

}  // namespace migrateiq::cli
