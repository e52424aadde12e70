#include "apps/migrateiq/remote/remote_matching.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <map>

#include "apps/migrateiq/remote/json_members.hpp"
#include "base/errors/server.hpp"

namespace migrateiq::cli {

namespace {

namespace json = boost::json;
using match::MatchTable;

json::object BodyOf(const RemoteMatchingWish& wish, const std::string& source_id, const std::string& target_id) {
  json::object body{{"source_connection_id", source_id}, {"target_connection_id", target_id}, {"rows", wish.rows}};
  if (wish.source_table) body["source_tables"] = json::array{*wish.source_table};
  if (wish.target_table) body["target_tables"] = json::array{*wish.target_table};
  return body;
}

MatchTable TableOf(const std::string& name, const std::vector<std::string>& columns) {
  MatchTable table{.name = name, .columns = {}};
  for (const std::string& column : columns) {
    table.columns.emplace_back();
    table.columns.back().name = column;
  }
  return table;
}

/// The column's place; one that the table has not got is beyond its end.
size_t PlaceOf(const MatchTable& table, const std::string& column) {
  const auto found = std::ranges::find(table.columns, column, &match::MatchColumn::name);
  return static_cast<size_t>(found - table.columns.begin());
}

/// One pair of tables, built up suggestion by suggestion.
class Pair {
 public:
  Pair(MatchTable& source, const MatchTable& target, match::TableMatch& found)
      : source_(source), target_(target), found_(found) {}

  /// Before the suggestions are read: those name the source's columns, in their order.
  void Know(const json::object& suggestion) {
    const std::string column = TextIn(suggestion, "source_column");
    if (column.empty()) return;
    source_.columns.emplace_back();
    source_.columns.back().name = column;
  }

  Status Add(const json::object& suggestion) {
    const std::string source = TextIn(suggestion, "source_column"), target = TextIn(suggestion, "target_column");
    MIQ_ASSIGN(const auto transformation, TransformationOf(suggestion));
    if (source.empty()) {
      if (transformation)
        found_.columns.derived.push_back({.target = PlaceOf(target_, target), .transformation = *transformation});
    } else {
      found_.columns.ranked.push_back(RankedOf(suggestion));
      if (!target.empty()) AddMatch(suggestion, source, target, transformation);
    }
    if (target.empty() || PlaceOf(target_, target) < target_.columns.size()) return {};
    return Fail(codes::kServerAnswer, "there is no column '" + target + "' in " + target_.name);
  }

 private:
  void AddMatch(const json::object& suggestion, const std::string& source, const std::string& target,
                const std::optional<match::Transformation>& transformation) {
    match::Match one{.source = PlaceOf(source_, source),
                     .target = PlaceOf(target_, target),
                     .confidence = FractionIn(suggestion, "confidence"),
                     .accepted = FlagIn(suggestion, "sure"),
                     .evidence = {},
                     .transformation = transformation};
    for (const json::object& evidence : ObjectsIn(suggestion, "evidence"))
      one.evidence.push_back({TextIn(evidence, "signal"), FractionIn(evidence, "score"), TextIn(evidence, "text")});
    found_.columns.matches.push_back(std::move(one));
  }

  std::vector<match::Candidate> RankedOf(const json::object& suggestion) const {
    std::vector<match::Candidate> ranked;
    for (const json::object& one : ObjectsIn(suggestion, "alternatives")) {
      const size_t target = PlaceOf(target_, TextIn(one, "target_column"));
      if (target < target_.columns.size()) ranked.push_back({target, FractionIn(one, "confidence")});
    }
    return ranked;
  }

  Result<std::optional<match::Transformation>> TransformationOf(const json::object& suggestion) const {
    const json::value* value = suggestion.if_contains("transformation");
    if (value == nullptr || !value->is_object()) return std::optional<match::Transformation>();
    const json::object& in = value->get_object();
    match::Transformation out{.kind = TextIn(in, "kind"),
                              .sources = {},
                              .expr = TextIn(in, "expr"),
                              .text = TextIn(in, "text"),
                              .confidence = FractionIn(in, "confidence"),
                              .verified = in.contains("verified") ? FractionIn(in, "verified") : -1};
    for (const std::string& name : TextsIn(in, "sources")) {
      out.sources.push_back(PlaceOf(source_, name));
      if (out.sources.back() == source_.columns.size())
        return Fail(codes::kServerAnswer, "there is no column '" + name + "' in " + source_.name);
    }
    return std::optional(std::move(out));
  }

  MatchTable& source_;
  const MatchTable& target_;
  match::TableMatch& found_;
};

void SortBestFirst(match::MatchResult& result) {
  std::ranges::sort(result.matches, [](const match::Match& a, const match::Match& b) {
    return a.confidence != b.confidence ? a.confidence > b.confidence : a.source < b.source;
  });
}

/// Tables that nothing was found for are there by their names.
void AddUnmatched(const json::object& matching, RemoteMatching& into) {
  const json::value* unmatched = matching.if_contains("unmatched");
  if (unmatched == nullptr || !unmatched->is_object()) return;
  for (const std::string& name : TextsIn(unmatched->get_object(), "source")) into.source.push_back(TableOf(name, {}));
  for (const std::string& name : TextsIn(unmatched->get_object(), "target")) into.target.push_back(TableOf(name, {}));
}

}  // namespace

Result<RemoteMatching> MatchingFrom(const json::object& matching, const std::vector<json::object>& tables,
                                    const std::vector<json::object>& suggestions) {
  std::map<int64_t, std::vector<const json::object*>> by_table;
  for (const json::object& one : suggestions) by_table[NumberIn(one, "table_number")].push_back(&one);
  RemoteMatching all;
  for (const json::object& table : tables) {
    const size_t place = all.matches.size();
    all.source.push_back(TableOf(TextIn(table, "source_table"), {}));
    all.target.push_back(TableOf(TextIn(table, "target_table"), TextsIn(table, "target_columns")));
    all.matches.push_back(
        {.source = place, .target = place, .confidence = FractionIn(table, "confidence"), .columns = {}});
    Pair pair(all.source.back(), all.target.back(), all.matches.back());
    const auto& of_table = by_table[NumberIn(table, "number")];
    for (const json::object* one : of_table) pair.Know(*one);
    for (const json::object* one : of_table) MIQ_TRY(pair.Add(*one));
    SortBestFirst(all.matches.back().columns);
  }
  AddUnmatched(matching, all);
  return all;
}

Result<RemoteMatching> MatchRemotely(RemoteJobs& jobs, const RemoteMatchingWish& wish) {
  MIQ_ASSIGN(const std::string source_id, jobs.ConnectionFor(wish.source_url));
  MIQ_ASSIGN(const std::string target_id, jobs.ConnectionFor(wish.target_url));
  MIQ_ASSIGN(const std::string project_id, jobs.Project());
  MIQ_ASSIGN(const std::string id,
             jobs.CarryOut("projects/" + project_id + "/matchings", BodyOf(wish, source_id, target_id), "matching_id"));
  const std::string path = "matchings/" + id;
  MIQ_ASSIGN(const json::object matching, jobs.client().Get(path));
  MIQ_ASSIGN(const json::object tables, jobs.client().Get(path + "/tables"));
  MIQ_ASSIGN(const std::vector<json::object> suggestions, jobs.client().List(path + "/suggestions"));
  return MatchingFrom(matching, ObjectsIn(tables, "items"), suggestions);
}

}  // namespace migrateiq::cli
