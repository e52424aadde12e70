#include <algorithm>
#include <map>

#include "pipeline/assess/detail/chapters.hpp"
#include "pipeline/schema/order.hpp"

namespace migrateiq::assess {

namespace {

bool SameColumns(const Dependency& edge, const InclusionDependency& found) {
  return edge.parent == found.parent && edge.columns == found.columns;
}

/// The profile's figures for a reference, or the reference itself when it is not declared.
void AddFound(const std::string& child, const InclusionDependency& found, std::vector<Dependency>& edges) {
  const auto declared = std::ranges::find_if(
      edges, [&](const Dependency& edge) { return edge.child == child && SameColumns(edge, found); });
  if (declared != edges.end()) {
    declared->orphans = found.orphans;
    return;
  }
  edges.push_back(
      {child, found.parent, found.columns, found.parent_columns, found.declared, found.orphans, found.confidence});
}

/// Tarjan's strongly connected components, without recursion deeper than the longest chain of references.
class Rings {
 public:
  explicit Rings(const std::vector<Dependency>& edges) {
    for (const Dependency& edge : edges) {
      if (edge.declared && edge.child != edge.parent) next_[edge.child].insert(edge.parent);
    }
  }

  std::vector<std::vector<std::string>> Find() {
    for (const auto& [table, parents] : next_) {
      if (!index_.contains(table)) Visit(table);
    }
    std::ranges::sort(rings_);
    return std::move(rings_);
  }

 private:
  struct Step {
    std::string table;
    std::set<std::string>::const_iterator at, end;
  };

  void Enter(const std::string& table, std::vector<Step>& path) {
    index_[table] = low_[table] = static_cast<int>(index_.size());
    stack_.push_back(table);
    waiting_.insert(table);
    const std::set<std::string>& parents = next_[table];
    path.push_back({table, parents.begin(), parents.end()});
  }

  void Visit(const std::string& first) {
    std::vector<Step> path;
    Enter(first, path);
    while (!path.empty()) {
      Step& step = path.back();
      if (step.at == step.end) {
        Leave(path);
        continue;
      }
      const std::string parent = *step.at++;
      if (!index_.contains(parent))
        Enter(parent, path);
      else if (waiting_.contains(parent))
        low_[step.table] = std::min(low_[step.table], index_[parent]);
    }
  }

  void Leave(std::vector<Step>& path) {
    const std::string table = path.back().table;
    path.pop_back();
    if (!path.empty()) low_[path.back().table] = std::min(low_[path.back().table], low_[table]);
    if (low_[table] != index_[table]) return;
    std::vector<std::string> ring;
    do {
      ring.push_back(stack_.back());
      waiting_.erase(stack_.back());
      stack_.pop_back();
    } while (ring.back() != table);
    std::ranges::sort(ring);
    if (ring.size() > 1) rings_.push_back(std::move(ring));
  }

  std::map<std::string, std::set<std::string>> next_;
  std::map<std::string, int> index_, low_;
  std::vector<std::string> stack_;
  std::set<std::string> waiting_;
  std::vector<std::vector<std::string>> rings_;
};

}  // namespace

TableReferences FindDependencies(const Context& context) {
  TableReferences result;
  for (const Table& table : context.catalog.tables) {
    for (const ForeignKey& key : table.foreign_keys) {
      result.edges.push_back({table.name.ToString(), key.parent.ToString(), key.columns, key.parent_columns});
    }
  }
  if (context.profile != nullptr) {
    for (const TableProfile& table : context.profile->tables) {
      for (const InclusionDependency* found : ReferencesFrom(*context.profile, table)) {
        AddFound(table.name, *found, result.edges);
      }
    }
  }
  std::vector<const Table*> tables;
  for (const Table& table : context.catalog.tables) tables.push_back(&table);
  for (const size_t place : LoadOrder(tables)) result.load_order.push_back(tables[place]->name.ToString());
  result.cycles = Rings(result.edges).Find();
  return result;
}

}  // namespace migrateiq::assess
