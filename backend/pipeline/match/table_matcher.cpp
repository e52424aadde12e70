#include "pipeline/match/table_matcher.hpp"

#include <algorithm>

namespace migrateiq::match {

namespace {

constexpr double kByName = 0.5;   ///< share of a table's score that its name has
constexpr double kLeast = 0.35;   ///< score below which tables have no partner
constexpr size_t kMostTried = 6;  ///< target tables whose columns are compared with a source table's
constexpr size_t kFewestTried = 2;
constexpr double kFarBehind = 0.6;  ///< of the best name's likeness: what is lower is not tried among many tables
constexpr size_t kSmall = 400;      ///< so many pairs of tables are all compared

MatchTable Names(const std::vector<MatchTable>& tables) {
  MatchTable names;
  for (const MatchTable& table : tables) names.columns.emplace_back().name = table.name;
  return names;
}

/// How much of both tables' columns found a partner.
double Covered(const MatchResult& result, size_t columns) {
  double sum = 0;
  for (const Match& match : result.matches) sum += match.confidence;
  return columns == 0 ? 0 : 2 * sum / static_cast<double>(columns);
}

/// Names of columns without values: cheap enough to compare many tables.
MatchTable Bare(const MatchTable& table) {
  MatchTable bare = table;
  for (MatchColumn& column : bare.columns) column.values.clear();
  return bare;
}

class SystemMatcher {
 public:
  SystemMatcher(const std::vector<MatchTable>& source, const std::vector<MatchTable>& target,
                const MatchOptions& options)
      : source_(source),
        target_(target),
        options_(options),
        names_(source.size(), target.size()),
        scores_(source.size(), target.size()) {}

  std::vector<TableMatch> Run() {
    CompareNames();
    MatchOptions options = options_;
    options.keep_weighed = 0;
    for (size_t i = 0; i < source_.size(); ++i)
      for (const size_t j : Candidates(i)) {
        const MatchResult result = MatchTables(Bare(source_[i]), Bare(target_[j]), options);
        const double covered = Covered(result, source_[i].columns.size() + target_[j].columns.size());
        scores_.at(i, j) = kByName * names_.at(i, j) + (1 - kByName) * covered;
      }
    return Choose();
  }

 private:
  void CompareNames() {
    const Lexicon& lexicon = Lexicon::Shipped();
    const std::vector<ColumnName> from = ReadNames(Names(source_), lexicon), to = ReadNames(Names(target_), lexicon);
    NameComparer comparer(lexicon);
    for (size_t i = 0; i < from.size(); ++i)
      for (size_t j = 0; j < to.size(); ++j) names_.at(i, j) = comparer.Likeness(from[i], to[j]);
  }

  std::vector<size_t> Candidates(size_t i) const {
    std::vector<size_t> all(target_.size());
    for (size_t j = 0; j < all.size(); ++j) all[j] = j;
    if (source_.size() * target_.size() <= kSmall) return all;
    std::ranges::sort(all, [&](size_t a, size_t b) {
      return names_.at(i, a) != names_.at(i, b) ? names_.at(i, a) > names_.at(i, b) : a < b;
    });
    const double least = all.empty() ? 0 : kFarBehind * names_.at(i, all[0]);
    size_t tried = std::min(all.size(), kMostTried);
    while (tried > kFewestTried && names_.at(i, all[tried - 1]) < least) --tried;
    all.resize(tried);
    return all;
  }

  std::vector<TableMatch> Choose() const {
    Grid gains = scores_;
    for (double& gain : gains.cells) gain -= kLeast;
    const std::vector<int> assigned = Assign(gains);
    std::vector<TableMatch> matches;
    for (size_t i = 0; i < assigned.size(); ++i) {
      if (assigned[i] < 0) continue;
      const auto j = static_cast<size_t>(assigned[i]);
      matches.push_back({i, j, std::min(1.0, scores_.at(i, j)), MatchTables(source_[i], target_[j], options_)});
    }
    std::ranges::sort(matches, [](const TableMatch& a, const TableMatch& b) {
      return a.confidence != b.confidence ? a.confidence > b.confidence : a.source < b.source;
    });
    return matches;
  }

  const std::vector<MatchTable>& source_;
  const std::vector<MatchTable>& target_;
  const MatchOptions& options_;
  Grid names_, scores_;
};

}  // namespace

std::vector<TableMatch> MatchSystems(const std::vector<MatchTable>& source, const std::vector<MatchTable>& target,
                                     const MatchOptions& options) {
  if (source.size() == 1 && target.size() == 1) return {{0, 0, 1, MatchTables(source[0], target[0], options)}};
  return SystemMatcher(source, target, options).Run();
}

}  // namespace migrateiq::match
