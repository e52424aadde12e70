#include "pipeline/match/match_json.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>

namespace migrateiq::match {

namespace {

using boost::json::array;
using boost::json::object;

/// Four digits after the point: more say nothing.
double Rounded(double number) { return std::round(number * 10000) / 10000; }

object ToJson(const MatchTable& source, const Transformation& transformation) {
  array sources;
  for (const size_t column : transformation.sources) sources.emplace_back(source.columns[column].name);
  object result = {{"kind", transformation.kind},
                   {"sources", std::move(sources)},
                   {"expr", transformation.expr},
                   {"text", transformation.text},
                   {"confidence", Rounded(transformation.confidence)}};
  if (transformation.verified >= 0) result["verified"] = Rounded(transformation.verified);
  return result;
}

object ToJson(const MatchTable& source, const MatchTable& target, const Match& match) {
  array evidence;
  for (const Evidence& one : match.evidence)
    evidence.push_back(object{{"signal", one.signal}, {"score", Rounded(one.score)}, {"text", one.text}});
  object result = {{"source", source.columns[match.source].name},
                   {"target", target.columns[match.target].name},
                   {"confidence", Rounded(match.confidence)},
                   {"accepted", match.accepted},
                   {"evidence", std::move(evidence)}};
  if (match.transformation) result["transformation"] = ToJson(source, *match.transformation);
  return result;
}

/// Full precision: equal confidences would make an order that is none.
array RankedJson(const MatchTable& target, const std::vector<Candidate>& candidates) {
  array ranked;
  for (const Candidate& candidate : candidates)
    ranked.push_back(array{target.columns[candidate.target].name, candidate.confidence});
  return ranked;
}

template <class Has>
array Left(const std::vector<MatchTable>& tables, const Has& has) {
  array names;
  for (size_t i = 0; i < tables.size(); ++i)
    if (!has(i)) names.emplace_back(tables[i].name);
  return names;
}

}  // namespace

object ToJson(const MatchTable& source, const MatchTable& target, const MatchResult& result) {
  array matches, derived;
  object ranked;
  for (const Match& match : result.matches) matches.push_back(ToJson(source, target, match));
  for (size_t i = 0; i < result.ranked.size(); ++i)
    ranked[source.columns[i].name] = RankedJson(target, result.ranked[i]);
  for (const Derived& one : result.derived) {
    object entry = ToJson(source, one.transformation);
    entry["target"] = target.columns[one.target].name;
    derived.push_back(std::move(entry));
  }
  return {{"matches", std::move(matches)}, {"ranked", std::move(ranked)}, {"derived", std::move(derived)}};
}

object ToJson(const std::vector<MatchTable>& source, const std::vector<MatchTable>& target,
              const std::vector<TableMatch>& matches) {
  array tables;
  for (const TableMatch& match : matches) {
    object table = {{"source", source[match.source].name},
                    {"target", target[match.target].name},
                    {"confidence", Rounded(match.confidence)}};
    for (auto& [key, value] : ToJson(source[match.source], target[match.target], match.columns))
      table[key] = std::move(value);
    tables.push_back(std::move(table));
  }
  const object unmatched = {{"source", Left(source,
                                            [&](size_t i) {
                                              return std::ranges::any_of(
                                                  matches, [&](const TableMatch& m) { return m.source == i; });
                                            })},
                            {"target", Left(target, [&](size_t j) {
                               return std::ranges::any_of(matches, [&](const TableMatch& m) { return m.target == j; });
                             })}};
  return {{"tables", std::move(tables)}, {"unmatched", unmatched}};
}

}  // namespace migrateiq::match
