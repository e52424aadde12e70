#include <algorithm>
#include <map>

#include "pipeline/assess/detail/chapters.hpp"
#include "pipeline/assess/detail/sort.hpp"
#include "pipeline/assess/detail/words.hpp"
#include "pipeline/profile/indexes.hpp"

namespace migrateiq::assess {

namespace {

constexpr size_t kMostBars = 24;  ///< of a histogram
constexpr size_t kTopValues = 6;
constexpr size_t kValueLength = 40;

bool IsMeasure(ValueFamily family) {
  return family == ValueFamily::number || family == ValueFamily::date || family == ValueFamily::time ||
         family == ValueFamily::timestamp || family == ValueFamily::interval;
}

/// Wide ones are put together, so that no more than kMostBars are left.
std::vector<ValueBar> HistogramOf(const ColumnProfile& column, bool hidden) {
  std::vector<ValueBar> bars;
  int64_t all = 0;
  for (const HistogramBar& bar : column.histogram) all += bar.count;
  if (all == 0) return bars;
  const size_t step = (column.histogram.size() + kMostBars - 1) / kMostBars;
  for (size_t i = 0; i < column.histogram.size(); i += step) {
    const size_t end = std::min(i + step, column.histogram.size());
    int64_t count = 0;
    for (size_t k = i; k < end; ++k) count += column.histogram[k].count;
    const std::string label = hidden ? "" : column.histogram[i].low + " to " + column.histogram[end - 1].high;
    bars.push_back({label, static_cast<double>(count) / static_cast<double>(all)});
  }
  return bars;
}

/// Most frequent values; of a column whose values are all different they tell nothing.
std::vector<ValueBar> TopOf(const Masking& masking, const std::string& table, const ColumnProfile& column) {
  std::vector<ValueBar> bars;
  if (column.top_values.empty() || column.top_values.front().count <= 1) return bars;
  for (const ValueCount& top : column.top_values) {
    if (bars.size() == kTopValues) break;
    bars.push_back({Shorten(masking.Show(table, column.name, top.value), kValueLength), top.share});
  }
  return bars;
}

void AddFigures(const Context& context, const std::string& table, const ColumnProfile& profile, ColumnCard& card) {
  const bool hidden = context.masking.Hides(table, profile.name);
  card.null_share = profile.count > 0 ? static_cast<double>(profile.nulls) / static_cast<double>(profile.count) : 0;
  card.distinct = profile.distinct.value;
  card.distinct_exact = profile.distinct.method == CountMethod::exact;
  if (!hidden) {
    card.minimum = Shorten(profile.minimum.value_or(""), kValueLength);
    card.maximum = Shorten(profile.maximum.value_or(""), kValueLength);
    if (profile.numbers) card.mean = Decimal(profile.numbers->mean);
  }
  card.histogram = IsMeasure(profile.family) && profile.distinct.value > 8 && !profile.histogram.empty();
  card.bars = card.histogram ? HistogramOf(profile, hidden) : TopOf(context.masking, table, profile);
  if (!profile.patterns.empty()) {
    card.pattern = Shorten(profile.patterns.front().pattern, kValueLength);
    card.pattern_share = profile.patterns.front().share;
  }
}

void AddMeaning(const ColumnProfile& profile, ColumnCard& card) {
  card.semantic = profile.semantic.kind;
  card.confidence = profile.semantic.confidence;
  card.personal = profile.semantic.is_pii;
  if (profile.fitting && profile.fitting->differs && profile.fitting->checked > 0) {
    card.fits = profile.fitting->type + " (" + Percent(profile.fitting->fits, profile.fitting->checked) + ")";
  }
  card.quality = ScoreColumn(profile);
}

const char* NameOf(ValueFamily family) {
  switch (family) {
    case ValueFamily::number: return "number";
    case ValueFamily::text: return "text";
    case ValueFamily::boolean: return "boolean";
    case ValueFamily::date: return "date";
    case ValueFamily::time: return "time";
    case ValueFamily::timestamp: return "timestamp";
    case ValueFamily::interval: return "interval";
    case ValueFamily::binary: return "binary";
    case ValueFamily::other: break;
  }
  return "other";
}

/// What the other chapters say of each table, gathered once.
struct Mentions {
  std::map<std::string, const ObjectComplexity*> complexity;
  std::map<std::string, int64_t> referenced_by, personal;
  std::map<std::string, std::pair<int64_t, RiskSeverity>> risks;

  explicit Mentions(const Assessment& so_far) {
    for (const ObjectComplexity& object : so_far.complexity.objects) {
      if (object.kind == "table") complexity[object.name] = &object;
    }
    for (const Dependency& edge : so_far.dependencies.edges) ++referenced_by[edge.parent];
    for (const PersonalColumn& column : so_far.personal.columns) ++personal[column.table];
    for (const Risk& risk : so_far.risks) AddRisk(risk);
  }

  void AddRisk(const Risk& risk) {
    std::set<std::string> tables;
    for (const RiskEvidence& evidence : risk.evidence) tables.insert(evidence.table);
    for (const std::string& table : tables) {
      auto& [count, worst] = risks.try_emplace(table, 0, RiskSeverity::note).first->second;
      ++count;
      worst = std::max(worst, risk.severity);
    }
  }
};

std::string KeyOf(const Table& table) {
  std::string text;
  for (const std::string& column : table.KeyColumns()) text += (text.empty() ? "" : ", ") + column;
  return text;
}

void AddMentions(Mentions& mentions, TableSummary& summary) {
  if (const ObjectComplexity* object = mentions.complexity[summary.name]) {
    summary.complexity = object->points;
    summary.level = object->level;
  }
  summary.referenced_by = mentions.referenced_by[summary.name];
  summary.personal_columns = mentions.personal[summary.name];
  const auto risks = mentions.risks.find(summary.name);
  if (risks == mentions.risks.end()) return;
  summary.risks = risks->second.first;
  summary.worst = risks->second.second;
}

TableSummary Describe(const Context& context, const Table& table, Mentions& mentions) {
  const TableProfile* profile = context.ProfileOf(table);
  TableSummary summary{.name = table.name.ToString(),
                       .comment = table.comment,
                       .rows = context.RowsOf(table),
                       .bytes = context.BytesOf(table),
                       .rows_exact = profile != nullptr,
                       .columns = static_cast<int64_t>(table.columns.size()),
                       .indexes = static_cast<int64_t>(table.indexes.size()),
                       .foreign_keys = static_cast<int64_t>(table.foreign_keys.size()),
                       .key = KeyOf(table),
                       .index_list = DescribeIndexes(table)};
  AddMentions(mentions, summary);
  for (const CatalogColumn& column : table.columns) {
    summary.cards.push_back(
        MakeCard(context, table, column, profile == nullptr ? nullptr : Find(*profile, column.name)));
  }
  if (profile == nullptr) return summary;
  summary.scores = ScoreTable(*profile);
  summary.quality = OverallScore(summary.scores);
  summary.notes = profile->notes;
  return summary;
}

}  // namespace

ColumnCard MakeCard(const Context& context, const Table& table, const CatalogColumn& column,
                    const ColumnProfile* profile) {
  const std::vector<std::string> key = table.KeyColumns();
  ColumnCard card{.name = column.name,
                  .type = column.native,
                  .key = std::ranges::find(key, column.name) != key.end(),
                  .nullable = column.nullable};
  if (const CatalogColumn* target = context.TargetOf(table, column)) card.target_type = target->native;
  if (!column.note.empty()) card.notes.push_back(column.note);
  if (profile == nullptr) return card;
  card.family = NameOf(profile->family);
  AddFigures(context, table.name.ToString(), *profile, card);
  AddMeaning(*profile, card);
  return card;
}

std::vector<TableSummary> DescribeTables(const Context& context, const Assessment& so_far) {
  Mentions mentions(so_far);
  std::vector<TableSummary> tables;
  for (const Table& table : context.catalog.tables) tables.push_back(Describe(context, table, mentions));
  SortStable(tables, {}, &TableSummary::name);
  return tables;
}

}  // namespace migrateiq::assess
