#include "apps/migrateiq/render_match.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace migrateiq::cli {

namespace {

using match::Match;
using match::MatchResult;
using match::MatchTable;
using match::Transformation;

constexpr size_t kShown = 3;  ///< candidates of an uncertain column

std::string Bar(double confidence) {
  const auto full = static_cast<size_t>(std::lround(confidence * 10));
  return std::string(full, '#') + std::string(10 - full, '.');
}

size_t Width(const MatchTable& table) {
  size_t width = 6;
  for (const match::MatchColumn& column : table.columns) width = std::max(width, column.name.size());
  return std::min<size_t>(width, 40);
}

std::string Candidates(const MatchTable& target, const std::vector<match::Candidate>& ranked) {
  std::string text;
  for (size_t k = 0; k < kShown && k < ranked.size(); ++k)
    text += fmt::format("{}{} {:.2f}", text.empty() ? "" : ", ", target.columns[ranked[k].target].name,
                        ranked[k].confidence);
  return text;
}

std::string Change(const Transformation& transformation) {
  std::string text = fmt::format("{}: {}  ({}", transformation.kind, transformation.expr, transformation.text);
  if (transformation.verified >= 0)
    text += fmt::format("; tried on the sample: {:.0f} %", transformation.verified * 100);
  return text + ")";
}

std::string Reasons(const Match& match) {
  std::string text;
  for (const match::Evidence& evidence : match.evidence)
    if (evidence.signal != "rival")
      text += fmt::format("{}{}: {}", text.empty() ? "" : "; ", evidence.signal, evidence.text);
  return text;
}

void AppendMatch(std::string& out, const MatchTable& source, const MatchTable& target, const MatchResult& result,
                 const Match& match) {
  out += fmt::format("{} {:<{}}  ->  {:<{}}  {} {:.2f}\n", match.accepted ? " " : "?",
                     source.columns[match.source].name, Width(source), target.columns[match.target].name, Width(target),
                     Bar(match.confidence), match.confidence);
  out += "      " + Reasons(match) + "\n";
  if (!match.accepted) out += "      best three: " + Candidates(target, result.ranked[match.source]) + "\n";
  if (match.transformation) out += "      " + Change(*match.transformation) + "\n";
}

/// Is the column read by a transformation, without being matched itself?
bool IsUsed(const MatchResult& result, size_t source) {
  const auto reads = [source](const Transformation& transformation) {
    return std::ranges::find(transformation.sources, source) != transformation.sources.end();
  };
  return std::ranges::find(result.matches, source, &Match::source) != result.matches.end() ||
         std::ranges::any_of(result.matches,
                             [&](const Match& m) { return m.transformation && reads(*m.transformation); }) ||
         std::ranges::any_of(result.derived, [&](const match::Derived& d) { return reads(d.transformation); });
}

/// Columns that stay alone; for those of the source with what comes nearest.
void AppendAlone(std::string& out, const MatchTable& source, const MatchTable& target, const MatchResult& result) {
  for (size_t i = 0; i < source.columns.size(); ++i) {
    if (IsUsed(result, i)) continue;
    out += fmt::format("- {:<{}}  has no partner; best three: {}\n", source.columns[i].name, Width(source),
                       Candidates(target, result.ranked[i]));
  }
  std::string alone;
  for (size_t j = 0; j < target.columns.size(); ++j) {
    const bool matched = std::ranges::find(result.matches, j, &Match::target) != result.matches.end();
    const bool derived = std::ranges::find(result.derived, j, &match::Derived::target) != result.derived.end();
    if (!matched && !derived) alone += (alone.empty() ? "" : ", ") + target.columns[j].name;
  }
  if (!alone.empty()) out += "nothing feeds: " + alone + "\n";
}

}  // namespace

std::string MatchText(const MatchTable& source, const MatchTable& target, const MatchResult& result) {
  const auto accepted = std::ranges::count_if(result.matches, &Match::accepted);
  std::string out = fmt::format("{} of {} columns have a partner, {} of them for certain\n", result.matches.size(),
                                source.columns.size(), accepted);
  for (const Match& match : result.matches) AppendMatch(out, source, target, result, match);
  for (const match::Derived& derived : result.derived)
    out += fmt::format("+ {:<{}}      {:<{}}  {} {:.2f}\n      {}\n", "", Width(source),
                       target.columns[derived.target].name, Width(target), Bar(derived.transformation.confidence),
                       derived.transformation.confidence, Change(derived.transformation));
  AppendAlone(out, source, target, result);
  return out;
}

std::string MatchText(const std::vector<MatchTable>& source, const std::vector<MatchTable>& target,
                      const std::vector<match::TableMatch>& matches) {
  std::string out;
  for (const match::TableMatch& match : matches) {
    out += fmt::format("{}{} -> {}  {} {:.2f}\n", out.empty() ? "" : "\n", source[match.source].name,
                       target[match.target].name, Bar(match.confidence), match.confidence);
    out += MatchText(source[match.source], target[match.target], match.columns);
  }
  for (size_t i = 0; i < source.size(); ++i)
    if (std::ranges::find(matches, i, &match::TableMatch::source) == matches.end())
      out += fmt::format("\n{} has no partner\n", source[i].name);
  return out;
}

}  // namespace migrateiq::cli
