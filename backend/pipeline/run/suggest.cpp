#include "pipeline/run/suggest.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/nearest.hpp"
#include "pipeline/match/sample.hpp"
#include "pipeline/match/table_matcher.hpp"
#include "pipeline/run/resolve_tables.hpp"

namespace migrateiq {

namespace {

constexpr int64_t kSampleRows = 500;
constexpr double kSureEnough = 0.6;         ///< confidence from which on a column is mapped rather than asked about
constexpr double kBetterThanNothing = 0.3;  ///< for NOT NULL columns, without which no row could be loaded
constexpr double kWorthAsking = 0.05;
constexpr double kTableSureEnough = 0.45;
constexpr size_t kShown = 3;

bool IsChosen(const Plan& plan, const Table& table) {
  const auto any = [&](const std::vector<std::string>& patterns) {
    return std::ranges::any_of(patterns, [&](const std::string& pattern) {
      return MatchesGlob(pattern, table.name.name) || MatchesGlob(pattern, table.name.ToString());
    });
  };
  const auto mapped = [&](const TableMapping& mapping) {
    return mapping.source == table.name.name || mapping.source == table.name.ToString();
  };
  return any(plan.include) && !any(plan.exclude) && std::ranges::none_of(plan.mappings, mapped);
}

/// Does a target table of its name take all its columns under their names?
bool FitsAsItIs(const Table& table, const Ends& ends) {
  const Table* target = FindTable(ends.target_catalog, table.name.name, ends.default_schema);
  if (target == nullptr) return false;
  return std::ranges::all_of(table.columns,
                             [&](const CatalogColumn& column) { return target->Find(column.name) != nullptr; });
}

bool MustBeFed(const CatalogColumn& column) {
  return !column.nullable && !column.default_sql && !column.IsGenerated() && column.identity == Identity::kNone;
}

std::string Reasons(const match::Match& found) {
  std::string text;
  for (const match::Evidence& evidence : found.evidence) {
    if (evidence.signal == "rival" || evidence.signal == "type") continue;
    text += fmt::format("{}{}: {}", text.empty() ? "" : "; ", evidence.signal, evidence.text);
  }
  return text;
}

/// One mapping in the making.
class MappingWriter {
 public:
  MappingWriter(const match::MatchTable& source, const match::MatchTable& target, const Table& definition,
                const match::TableMatch& found)
      : source_(source), target_(target), definition_(definition), found_(found) {}

  TableMapping Write(const std::string& source_name, const std::string& target_name) {
    mapping_.source = source_name;
    mapping_.target = target_name;
    mapping_.mode = LoadMode::kAppend;
    mapping_.rest = Rest::kDrop;
    mapping_.remarks.push_back(
        fmt::format("{} becomes {}: confidence {:.2f}.", source_name, target_name, found_.confidence));
    for (size_t j = 0; j < target_.columns.size(); ++j) Column(j);
    AskAboutTheRest();
    return std::move(mapping_);
  }
  /// NOT NULL columns that nothing feeds: with these the mapping cannot be carried out.
  const std::vector<std::string>& unfed() const { return unfed_; }

 private:
  const std::string& NameOf(size_t target) const { return target_.columns[target].name; }

  void Column(size_t j) {
    const CatalogColumn& definition = definition_.columns[j];
    if (definition.IsGenerated()) return;
    const auto match = std::ranges::find(found_.columns.matches, j, &match::Match::target);
    const auto derived = std::ranges::find(found_.columns.derived, j, &match::Derived::target);
    const bool is_matched = match != found_.columns.matches.end();
    const bool is_derived = derived != found_.columns.derived.end();
    if (is_derived && derived->transformation.confidence >= kSureEnough)
      Take(j, derived->transformation, derived->transformation.confidence, "");
    else if (is_matched && match->confidence >= (MustBeFed(definition) ? kBetterThanNothing : kSureEnough))
      Take(*match);
    else
      Ask(j);
  }

  void Take(const match::Match& match) {
    used_.push_back(match.source);
    if (match.transformation) return Take(match.target, *match.transformation, match.confidence, Reasons(match));
    mapping_.columns.push_back({.target = NameOf(match.target),
                                .source = source_.columns[match.source].name,
                                .remark = fmt::format("{:.2f} {}", match.confidence, Reasons(match))});
  }
  void Take(size_t target, const match::Transformation& transformation, double confidence, const std::string& reasons) {
    for (const size_t source : transformation.sources) used_.push_back(source);
    mapping_.columns.push_back({.target = NameOf(target),
                                .expr = transformation.expr,
                                .remark = fmt::format("{:.2f} {}{}{}", confidence, transformation.text,
                                                      reasons.empty() ? "" : "; ", reasons)});
  }

  /// The sources that come nearest, for a target column that is left out.
  void Ask(size_t j) {
    std::vector<std::pair<double, size_t>> near;
    for (size_t i = 0; i < found_.columns.ranked.size(); ++i)
      for (const match::Candidate& candidate : found_.columns.ranked[i])
        if (candidate.target == j && candidate.confidence >= kWorthAsking) near.emplace_back(-candidate.confidence, i);
    std::ranges::sort(near);
    std::string text;
    for (size_t k = 0; k < kShown && k < near.size(); ++k)
      text +=
          fmt::format("{}{} ({:.2f})", text.empty() ? "" : ", ", source_.columns[near[k].second].name, -near[k].first);
    const bool must = MustBeFed(definition_.columns[j]);
    if (must) unfed_.push_back(NameOf(j));
    mapping_.questions.push_back(
        fmt::format("Question: what feeds {}{}? {}", NameOf(j), must ? " (NOT NULL)" : "",
                    text.empty() ? "Nothing in the source comes near." : "Nearest: " + text + "."));
  }

  void AskAboutTheRest() {
    for (size_t i = 0; i < source_.columns.size(); ++i) {
      if (std::ranges::find(used_, i) != used_.end()) continue;
      std::string near;
      const std::vector<match::Candidate>& ranked = found_.columns.ranked[i];
      for (size_t k = 0; k < kShown && k < ranked.size() && ranked[k].confidence >= kWorthAsking; ++k)
        near += fmt::format("{}{} ({:.2f})", near.empty() ? "" : ", ", NameOf(ranked[k].target), ranked[k].confidence);
      mapping_.questions.push_back(
          fmt::format("Question: {} goes nowhere. {}", source_.columns[i].name,
                      near.empty() ? "Nothing in the target comes near." : "Nearest: " + near + "."));
    }
  }

  const match::MatchTable& source_;
  const match::MatchTable& target_;
  const Table& definition_;
  const match::TableMatch& found_;
  TableMapping mapping_;
  std::vector<size_t> used_;
  std::vector<std::string> unfed_;
};

/// Names alone will do where the rows cannot be read (a lock that this user may not take).
Result<std::vector<match::MatchTable>> SourceTables(Source& source, const Catalog& chosen, bool declared) {
  auto system = match::ReadSystem(source, chosen, declared, kSampleRows);
  if (system) return std::move(system->tables);
  if (system.error().Is(codes::kRunInterrupted)) return std::unexpected(std::move(system).error());
  std::vector<match::MatchTable> tables;
  for (const Table& table : chosen.tables) tables.push_back(match::FromDefinition(table, declared));
  return tables;
}

/// The target's tables with what they hold already; without values where it cannot be read.
std::vector<match::MatchTable> TargetTables(const Ends& ends, const OpenOptions& options) {
  std::vector<match::MatchTable> tables;
  const bool declared = !ends.target_connector->info().guesses_types;
  const auto source = OpenSource(ends.target_url, options);
  if (source) {
    if (auto system = match::ReadSystem(**source, ends.target_catalog, declared, kSampleRows))
      return std::move(system->tables);
  }
  for (const Table& table : ends.target_catalog.tables) tables.push_back(match::FromDefinition(table, declared));
  return tables;
}

}  // namespace

Result<Suggestion> SuggestMappings(const Plan& plan, const Ends& ends, const OpenOptions& options) {
  Suggestion suggestion;
  Catalog chosen;
  for (const Table& table : ends.source_catalog.tables)
    if (IsChosen(plan, table)) chosen.tables.push_back(table);
  const bool reuses = plan.run.schema != SchemaMode::kReplace && !ends.target_connector->info().file_based;
  const bool fit = std::ranges::all_of(chosen.tables, [&](const Table& table) { return FitsAsItIs(table, ends); });
  if (!reuses || fit || chosen.tables.empty() || ends.target_catalog.tables.empty()) return suggestion;
  MIQ_ASSIGN(const std::vector<match::MatchTable> source,
             SourceTables(*ends.source, chosen, !ends.source_connector->info().guesses_types));
  const std::vector<match::MatchTable> target = TargetTables(ends, options);
  for (const match::TableMatch& found : match::MatchSystems(source, target, {})) {
    if (found.confidence < kTableSureEnough) continue;
    const Table& definition = ends.target_catalog.tables[found.target];
    MappingWriter writer(source[found.source], target[found.target], definition, found);
    TableMapping mapping = writer.Write(chosen.tables[found.source].name.ToString(), definition.name.ToString());
    if (mapping.columns.empty() || !writer.unfed().empty()) {
      std::string why = mapping.columns.empty() ? "no column is sure enough"
                                                : "nothing feeds its NOT NULL column " + writer.unfed().front();
      suggestion.remarks.push_back(fmt::format("Question: {} looks like {} ({:.2f}), but {}: it is left out.",
                                               mapping.source, mapping.target, found.confidence, why));
      for (const std::string& question : mapping.questions) suggestion.remarks.push_back("  " + question);
      mapping.columns.clear();
    }
    suggestion.mappings.push_back(std::move(mapping));
  }
  return suggestion;
}

}  // namespace migrateiq
