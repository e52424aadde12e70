#include "pipeline/schema/order.hpp"

#include <map>
#include <set>
#include <utility>

namespace migrateiq {
namespace {

/// Who waits for whom: `waiting` counts a table's parents that are not placed yet, `children` wait for it.
struct Waiting {
  std::vector<size_t> waiting;
  std::vector<std::set<size_t>> children;
};

Waiting FindWaiting(const std::vector<const Table*>& tables) {
  std::map<TableName, size_t> places;
  for (size_t i = 0; i < tables.size(); ++i) places[tables[i]->name] = i;
  Waiting result{std::vector<size_t>(tables.size()), std::vector<std::set<size_t>>(tables.size())};
  for (size_t i = 0; i < tables.size(); ++i) {
    for (const ForeignKey& key : tables[i]->foreign_keys) {
      const auto parent = places.find(key.parent);
      if (parent == places.end() || parent->second == i) continue;
      if (result.children[parent->second].insert(i).second) ++result.waiting[i];
    }
  }
  return result;
}

}  // namespace

/// Always the first table all of whose parents are placed; where cycles leave none, the one waiting for fewest.
std::vector<size_t> LoadOrder(const std::vector<const Table*>& tables) {
  Waiting all = FindWaiting(tables);
  std::set<std::pair<size_t, size_t>> left;  // parents waited for, place
  for (size_t i = 0; i < tables.size(); ++i) left.emplace(all.waiting[i], i);
  std::vector<size_t> order;
  while (!left.empty()) {
    const size_t next = left.extract(left.begin()).value().second;
    order.push_back(next);
    for (const size_t child : all.children[next]) {
      if (left.erase({all.waiting[child], child}) > 0) left.emplace(--all.waiting[child], child);
    }
  }
  return order;
}

}  // namespace migrateiq
