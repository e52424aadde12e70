#include <algorithm>
#include <map>

#include "pipeline/assess/detail/chapters.hpp"
#include "pipeline/assess/detail/words.hpp"

namespace migrateiq::assess {

namespace {

constexpr double kLowEffort = 0.75, kHighEffort = 1.5;

struct Sizes {
  double rows = 0, bytes = 0, indexed_rows = 0;
};

Sizes Measure(const Context& context) {
  Sizes sizes;
  for (const Table& table : context.catalog.tables) {
    const auto rows = static_cast<double>(std::max<int64_t>(context.RowsOf(table), 0));
    const auto indexes = static_cast<double>(table.indexes.size() + (table.primary_key ? 1 : 0));
    sizes.rows += rows;
    sizes.bytes += static_cast<double>(std::max<int64_t>(context.BytesOf(table), 0));
    sizes.indexed_rows += rows * indexes;
  }
  return sizes;
}

ScorePart Part(std::string about, double count, double weight) {
  return {std::move(about), count, weight, count * weight};
}

/// Reading and writing are bound by bytes or by rows, whichever takes longer.
ScorePart Transfer(const Sizes& sizes, const Speed& speed) {
  ScorePart by_bytes = Part("megabytes to move", sizes.bytes / 1e6, 1e6 / speed.bytes_per_second);
  ScorePart by_rows = Part("thousand rows to move", sizes.rows / 1e3, 1e3 / speed.rows_per_second);
  return by_bytes.points >= by_rows.points ? by_bytes : by_rows;
}

}  // namespace

Duration ExpectDuration(const Context& context) {
  const Speed& speed = context.options.speed;
  const Sizes sizes = Measure(context);
  Duration duration{.measured = speed.measured, .basis = speed.basis};
  duration.parts = {Transfer(sizes, speed),
                    Part("tables to make", static_cast<double>(context.catalog.tables.size()), speed.table_seconds),
                    Part("thousand index entries to build", sizes.indexed_rows / 1e3, speed.index_row_seconds * 1e3)};
  for (const ScorePart& part : duration.parts) duration.seconds += part.points;
  duration.low = duration.seconds / speed.factor;
  duration.high = duration.seconds * speed.factor;
  duration.formula =
      "max(bytes / rate of bytes, rows / rate of rows) + tables x time a table + index entries x time an entry";
  duration.assumptions = {Decimal(speed.bytes_per_second / 1e6) + " MB/s and " +
                              Number(static_cast<int64_t>(speed.rows_per_second)) +
                              " rows/s for reading, converting, writing and verifying together (" + speed.basis + ")",
                          Decimal(speed.table_seconds) + " s a table, " + Decimal(speed.index_row_seconds * 1e6) +
                              " s a million index entries",
                          "The range is the estimate divided and multiplied by " + Decimal(speed.factor) +
                              (speed.measured ? "." : ": nothing was measured yet. `migrateiq rehearse` measures it.")};
  return duration;
}

namespace {

const ManualHours& HoursOf(const EffortRates& rates, const std::string& kind) {
  static const ManualHours kNone{"", 1, 2, 4};
  const auto of_kind = std::ranges::find(rates.manual, kind, &ManualHours::kind);
  if (of_kind != rates.manual.end()) return *of_kind;
  const auto others = std::ranges::find(rates.manual, "", &ManualHours::kind);
  return others != rates.manual.end() ? *others : kNone;
}

double HoursAt(const ManualHours& hours, const std::string& level) {
  return level == "complex" ? hours.complex : level == "moderate" ? hours.moderate : hours.simple;
}

void Add(Effort& effort, std::string about, double count, double hours_each) {
  if (count == 0) return;
  effort.lines.push_back({std::move(about), count, hours_each, count * hours_each});
  effort.hours += count * hours_each;
}

/// Manual objects by kind and level. With a target: what the run would leave; without one: code objects.
std::map<std::pair<std::string, std::string>, int64_t> ManualObjects(const Assessment& so_far) {
  std::map<std::string, std::string> level_of;
  for (const ObjectComplexity& object : so_far.complexity.objects) {
    if (object.kind != "table") level_of[object.kind + " " + object.name] = object.level;
  }
  std::map<std::pair<std::string, std::string>, int64_t> objects;
  const bool chosen =
      !so_far.conversions.empty() && so_far.conversions.front().chosen && so_far.conversions.front().refused.empty();
  if (!chosen) {
    for (const ObjectComplexity& object : so_far.complexity.objects) {
      if (object.kind != "table") ++objects[{object.kind, object.level}];
    }
    return objects;
  }
  for (const ConversionItem& item : so_far.conversions.front().items) {
    if (item.status != "manual") continue;
    const auto level = level_of.find(item.kind + " " + item.name);
    ++objects[{item.kind, level == level_of.end() ? "simple" : level->second}];
  }
  return objects;
}

void AddDecisions(const Assessment& so_far, const EffortRates& rates, Effort& effort) {
  int64_t hard = 0, usual = 0;
  for (const Risk& risk : so_far.risks) {
    if (risk.decision.empty()) continue;
    hard += risk.severity >= RiskSeverity::high ? 1 : 0;
    usual += risk.severity == RiskSeverity::medium ? 1 : 0;
  }
  Add(effort, "decisions on high and critical risks", static_cast<double>(hard), rates.hard_decision);
  Add(effort, "decisions on medium risks", static_cast<double>(usual), rates.decision);
}

}  // namespace

Effort EstimateEffort(const Context& context, const Assessment& so_far) {
  const EffortRates& rates = context.options.effort;
  Effort effort;
  Add(effort, "set-up, access, first plan", 1, rates.set_up);
  Add(effort, "tables whose mapping is looked through", static_cast<double>(context.catalog.tables.size()),
      rates.table_review);
  AddDecisions(so_far, rates, effort);
  for (const auto& [object, count] : ManualObjects(so_far)) {
    const auto& [kind, level] = object;
    Add(effort, Plural(kind) + " by hand, " + level, static_cast<double>(count), HoursAt(HoursOf(rates, kind), level));
  }
  Add(effort, "testing, as a share of the work above", effort.hours, rates.test_share);
  Add(effort, "rehearsals, with reading of their reports", rates.rehearsals, rates.rehearsal);
  Add(effort, "cutover", 1, rates.cutover);
  Add(effort, "reserve, as a share of everything above", effort.hours, rates.reserve_share);
  effort.low = effort.hours * kLowEffort;
  effort.high = effort.hours * kHighEffort;
  effort.assumptions = {
      "Hours of a person who knows both systems; they are assumptions: `--assumptions` takes your own.",
      "The range is " + Decimal(kLowEffort) + " to " + Decimal(kHighEffort) + " times the sum.",
      "Changes of applications that read or write the database are not in it."};
  return effort;
}

}  // namespace migrateiq::assess
