#include "pipeline/profile/depend/inclusion.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "pipeline/profile/depend/name_match.hpp"
#include "pipeline/profile/depend/parent_lookup.hpp"
#include "pipeline/profile/shape/dictionary.hpp"

namespace migrateiq {

namespace {

constexpr double kLeastShare = 0.9;   ///< of the rows have a parent
constexpr double kLeastValues = 0.5;  ///< of the different values do: a few orphans may be many of them
constexpr double kLeastConfidence = 0.5;
constexpr double kMeant = 0.7;  ///< from here on orphans count as a fault
constexpr double kMostMeanLength = 64;
constexpr size_t kMostExamples = 5;
constexpr size_t kMostParents = 8;  ///< of one column whose values are compared: in the end the surest is kept
constexpr double kSparse = 2;       ///< places for each value: below, small numbers are found in it by chance

struct Candidate {
  size_t child = 0, parent = 0;                       ///< tables
  std::vector<size_t> child_columns, parent_columns;  ///< places in their profiles
  double confidence = 0;
  bool declared = false;
};

using Key = std::pair<size_t, std::vector<size_t>>;  ///< a parent: table and columns

size_t PlaceOf(const TableProfile& table, const std::string& name) {
  return static_cast<size_t>(std::ranges::find(table.columns, name, &ColumnProfile::name) - table.columns.begin());
}

std::vector<size_t> PlacesOf(const TableProfile& table, const std::vector<std::string>& names) {
  std::vector<size_t> places;
  for (const std::string& name : names) {
    if (const size_t place = PlaceOf(table, name); place < table.columns.size()) places.push_back(place);
  }
  return places;
}

/// A column that may refer to something, with what decides most pairs at a glance: with thousands of tables there are
/// millions of pairs.
struct Child {
  size_t table = 0, column = 0;
  size_t name = 0;  ///< columns of one name share the number
  const ColumnProfile* profile = nullptr;
  double distinct = 0, error = 0;
  std::optional<std::pair<double, double>> middle;  ///< of numbers: between these lies one half of them
};

std::optional<std::pair<double, double>> MiddleOf(const ColumnProfile& child) {
  if (child.family != ValueFamily::number || child.quantiles.empty()) return std::nullopt;
  const auto number = [&child](double at) { return std::ranges::find(child.quantiles, at, &Quantile::at)->number; };
  return std::pair(number(0.25), number(0.75));
}

/// Do most of the child's numbers lie within the parent's?
bool IsWithinRange(const Child& child, const ColumnProfile& parent) {
  if (!child.middle || !parent.minimum_number) return true;
  return child.middle->first >= *parent.minimum_number && child.middle->second <= *parent.maximum_number;
}

/// Places between the smallest and the largest value for each value there is; large for texts.
double Sparseness(const ColumnProfile& parent) {
  if (parent.family != ValueFamily::number || !parent.minimum_number) return 1e9;
  return (*parent.maximum_number - *parent.minimum_number + 1) /
         static_cast<double>(std::max<int64_t>(1, parent.distinct.value));
}

/// How sure it is that the one column is meant to refer to the other, before the values are compared. `name`: what
/// their names say.
double ConfidenceOf(const ColumnProfile& child, const ColumnProfile& parent, double name) {
  const double coverage =
      static_cast<double>(child.distinct.value) / static_cast<double>(std::max<int64_t>(1, parent.distinct.value));
  double confidence = 0.45 * name;
  confidence += Sparseness(parent) > kSparse ? 0.35 : 0.1;
  confidence += coverage >= 0.5 ? 0.1 : (coverage >= 0.05 ? 0.05 : 0);
  if (child.batch_type == parent.batch_type) confidence += 0.05;
  return confidence;
}

/// The words of a table's name and of its columns'.
struct TableWords {
  NameWords table;
  std::vector<NameWords> columns;
};

TableWords WordsOfTable(const RelatedTable& table) {
  TableWords words{.table = WordsOf(table.table->name.name), .columns = {}};
  for (const ColumnProfile& column : table.profile->columns) words.columns.push_back(WordsOf(column.name));
  return words;
}

class InclusionSearch {
 public:
  InclusionSearch(Source& source, std::vector<RelatedTable>& tables, int readers, std::stop_token stop)
      : source_(source), tables_(tables), readers_(readers), stop_(std::move(stop)) {
    for (const RelatedTable& table : tables_) words_.push_back(WordsOfTable(table));
  }

  Status Run() {
    for (size_t child = 0; child < tables_.size(); ++child) AddDeclared(child);
    CollectChildren();
    for (size_t parent = 0; parent < tables_.size(); ++parent) AddChildrenOf(parent);
    for (std::vector<Candidate>& promising : promising_)
      for (Candidate& candidate : promising) Add(std::move(candidate));
    for (const auto& [key, candidates] : by_parent_) MIQ_TRY(CheckParent(key, candidates));
    for (RelatedTable& table : tables_) Sort(table.profile->inclusion_dependencies);
    return {};
  }

 private:
  void AddDeclared(size_t child) {
    for (const ForeignKey& key : tables_[child].table->foreign_keys) {
      const auto parent =
          std::ranges::find_if(tables_, [&](const RelatedTable& table) { return table.table->name == key.parent; });
      if (parent == tables_.end()) continue;
      Candidate candidate{
          .child = child, .parent = static_cast<size_t>(parent - tables_.begin()), .confidence = 1, .declared = true};
      candidate.child_columns = PlacesOf(*tables_[child].profile, key.columns);
      candidate.parent_columns = PlacesOf(*parent->profile, key.parent_columns);
      const bool known =
          candidate.child_columns.size() == key.columns.size() && candidate.parent_columns.size() == key.columns.size();
      if (known) Add(std::move(candidate));
    }
  }

  void CollectChildren() {
    std::map<std::string, size_t> names;
    for (size_t table = 0; table < tables_.size(); ++table) {
      const TableProfile& profile = *tables_[table].profile;
      for (size_t i = 0; i < profile.columns.size(); ++i) {
        const ColumnProfile& column = profile.columns[i];
        if (IsDeclared(table, i) || !MayRefer(column) || column.distinct.value < 2) continue;
        children_.push_back({.table = table,
                             .column = i,
                             .name = names.try_emplace(column.name, names.size()).first->second,
                             .profile = &column,
                             .distinct = static_cast<double>(column.distinct.value),
                             .error = column.distinct.error,
                             .middle = MiddleOf(column)});
      }
    }
    names_ = names.size();
    promising_.resize(children_.size());
    for (size_t index = 0; index < children_.size(); ++index)
      by_family_[children_[index].profile->family].push_back(index);
  }

  void AddChildrenOf(size_t parent) {
    const TableProfile& profile = *tables_[parent].profile;
    for (const CandidateKey& key : profile.candidate_keys) {
      if (key.columns.size() == 1 && key.distinct == key.rows && key.rows >= 2)
        AddChildren(parent, PlaceOf(profile, key.columns[0]));
    }
  }

  void AddChildren(size_t parent, size_t parent_column) {
    const ColumnProfile& to = tables_[parent].profile->columns[parent_column];
    std::vector<double> likeness(names_, -1);  // of the children's names to the parent's, as far as asked
    for (const size_t index : by_family_[to.family]) {
      const Child& child = children_[index];
      if ((child.table == parent && child.column == parent_column) || !MayFit(child, to)) continue;
      double& name = likeness[child.name];
      if (name < 0)
        name = ReferenceName(words_[child.table].columns[child.column], words_[parent].table,
                             words_[parent].columns[parent_column]);
      const double confidence = ConfidenceOf(*child.profile, to, name);
      if (confidence < kLeastConfidence || !IsAmongBest(index, confidence)) continue;
      const double share =
          tables_[child.table].distinct[child.column].ShareWithin(tables_[parent].distinct[parent_column]);
      if (share < 0 || share >= kLeastValues) Remember(index, parent, parent_column, confidence);
    }
  }

  /// Not more values than the parent has, and about as large.
  static bool MayFit(const Child& child, const ColumnProfile& to) {
    const double most = static_cast<double>(to.distinct.value) * (1 + 4 * (to.distinct.error + child.error));
    return child.distinct * kLeastValues <= most && IsWithinRange(child, to);
  }

  bool IsAmongBest(size_t child, double confidence) const {
    const std::vector<Candidate>& best = promising_[child];
    return best.size() < kMostParents || confidence > best.back().confidence;
  }

  /// The surest first; of equals the one that was there first.
  void Remember(size_t child, size_t parent, size_t parent_column, double confidence) {
    std::vector<Candidate>& best = promising_[child];
    if (best.size() == kMostParents) best.pop_back();
    const auto place = std::ranges::upper_bound(best, confidence, std::greater<>(), &Candidate::confidence);
    best.insert(place, {.child = children_[child].table,
                        .parent = parent,
                        .child_columns = {children_[child].column},
                        .parent_columns = {parent_column},
                        .confidence = confidence});
  }

  bool IsDeclared(size_t child, size_t column) const {
    const auto found = declared_.find(child);
    return found != declared_.end() && found->second.contains(column);
  }

  void Add(Candidate candidate) {
    if (candidate.declared)
      declared_[candidate.child].insert(candidate.child_columns.begin(), candidate.child_columns.end());
    by_parent_[{candidate.parent, candidate.parent_columns}].push_back(std::move(candidate));
  }

  /// The sampled columns of a child; none when something was not kept.
  std::vector<const Column*> SampleOf(const Candidate& candidate) const {
    std::vector<const Column*> columns;
    for (const size_t place : candidate.child_columns) {
      const RelatedTable& child = tables_[candidate.child];
      if (child.sample[place].length() == child.sample_rows) columns.push_back(&child.sample[place]);
    }
    if (columns.size() != candidate.child_columns.size()) columns.clear();
    return columns;
  }

  Status CheckParent(const Key& key, const std::vector<Candidate>& candidates) {
    std::vector<uint64_t> wanted;
    for (const Candidate& candidate : candidates) {
      const std::vector<const Column*> columns = SampleOf(candidate);
      for (int64_t row = 0; !columns.empty() && row < columns[0]->length(); ++row)
        wanted.push_back(HashOfRow(columns, row));
    }
    std::erase(wanted, uint64_t{0});
    MarkedHashes found(wanted);
    const RelatedTable& parent = tables_[key.first];
    if (key.second.size() == 1 && parent.distinct[key.second[0]].exact()) {
      for (const uint64_t hash : wanted) {
        if (parent.distinct[key.second[0]].Holds(hash)) found.Mark(hash);
      }
    } else {
      std::vector<std::string> names;
      for (const size_t place : key.second) names.push_back(parent.profile->columns[place].name);
      const Status marked = MarkRows(source_, *parent.table, names, readers_, stop_, found);
      if (!marked && stop_.stop_requested()) return marked;
      if (!marked) return {};
    }
    for (const Candidate& candidate : candidates) Judge(candidate, found);
    return {};
  }

  void Judge(const Candidate& candidate, const MarkedHashes& found) {
    RelatedTable& child = tables_[candidate.child];
    const std::vector<const Column*> columns = SampleOf(candidate);
    InclusionDependency one{.parent = tables_[candidate.parent].profile->name,
                            .declared = candidate.declared,
                            .confidence = candidate.confidence};
    for (const size_t place : candidate.child_columns) one.columns.push_back(child.profile->columns[place].name);
    for (const size_t place : candidate.parent_columns)
      one.parent_columns.push_back(tables_[candidate.parent].profile->columns[place].name);
    one.basis = child.sample_rows == child.profile->rows ? Basis::all_rows : Basis::sample;
    std::set<uint64_t> orphans;
    for (int64_t row = 0; !columns.empty() && row < columns[0]->length(); ++row) {
      const uint64_t hash = HashOfRow(columns, row);
      if (hash == 0) continue;
      ++one.rows;
      if (found.IsMarked(hash)) continue;
      ++one.orphans;
      if (orphans.insert(hash).second && one.examples.size() < kMostExamples)
        one.examples.push_back(Example(columns, row));
    }
    one.orphan_values = static_cast<int64_t>(orphans.size());
    const double share = one.rows == 0 ? 0 : 1 - static_cast<double>(one.orphans) / static_cast<double>(one.rows);
    if (!one.declared && share < kLeastShare) return;
    if (!one.declared) one.confidence = std::min(0.99, one.confidence + (one.orphans == 0 ? 0.05 : -0.1 * (1 - share)));
    if (one.confidence >= kMeant) {
      child.profile->columns[candidate.child_columns[0]].quality.integrity = {
          one.rows - one.orphans, one.rows, "the row it refers to exists in " + one.parent};
    }
    child.profile->inclusion_dependencies.push_back(std::move(one));
  }

  static std::string Example(const std::vector<const Column*>& columns, int64_t row) {
    std::string text;
    for (const Column* column : columns) text += (text.empty() ? "" : ", ") + ReadableValue(*column, row);
    return text;
  }

  /// Declared ones, then the surest. Of several parents for one column only the surest is kept.
  static void Sort(std::vector<InclusionDependency>& all) {
    std::ranges::sort(all, [](const InclusionDependency& a, const InclusionDependency& b) {
      if (a.declared != b.declared) return a.declared;
      if (a.confidence != b.confidence) return a.confidence > b.confidence;
      return std::tie(a.columns, a.parent, a.parent_columns) < std::tie(b.columns, b.parent, b.parent_columns);
    });
    std::set<std::vector<std::string>> seen;
    std::erase_if(
        all, [&seen](const InclusionDependency& one) { return !seen.insert(one.columns).second && !one.declared; });
  }

  Source& source_;
  std::vector<RelatedTable>& tables_;
  int readers_;
  std::stop_token stop_;
  std::vector<TableWords> words_;
  std::vector<Child> children_;
  std::map<ValueFamily, std::vector<size_t>> by_family_;  ///< only values of one sort refer to one another
  size_t names_ = 0;                                      ///< different ones of children
  std::vector<std::vector<Candidate>> promising_;         ///< by child
  std::map<Key, std::vector<Candidate>> by_parent_;
  std::map<size_t, std::set<size_t>> declared_;
};

}  // namespace

bool MayRefer(const ColumnProfile& column) {
  if (column.lengths && column.lengths->mean > kMostMeanLength) return false;
  if (column.batch_type.starts_with("json") || column.batch_type == "array" || column.batch_type == "set") return false;
  if (column.family == ValueFamily::text) return true;
  if (column.family == ValueFamily::other) return true;  // uuid
  if (column.family != ValueFamily::number) return false;
  return column.batch_type.starts_with("int") || column.batch_type.starts_with("uint") ||
         column.batch_type.ends_with(",0)") || column.batch_type == "decimal";
}

Status FindInclusions(Source& source, std::vector<RelatedTable>& tables, int readers, const std::stop_token& stop) {
  return InclusionSearch(source, tables, readers, stop).Run();
}

}  // namespace migrateiq
