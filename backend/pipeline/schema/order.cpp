#include "pipeline/schema/order.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace migrateiq {
namespace {

using Parents = std::vector<std::set<size_t>>;

Parents FindParents(const std::vector<const Table*>& tables) {
  std::map<TableName, size_t> places;
  for (size_t i = 0; i < tables.size(); ++i) places[tables[i]->name] = i;
  Parents parents(tables.size());
  for (size_t i = 0; i < tables.size(); ++i) {
    for (const ForeignKey& key : tables[i]->foreign_keys) {
      const auto parent = places.find(key.parent);
      if (parent != places.end() && parent->second != i) parents[i].insert(parent->second);
    }
  }
  return parents;
}

/// The first table all of whose parents are placed; where cycles leave none, the one waiting for fewest.
size_t PickNext(const Parents& parents, const std::vector<size_t>& left, const std::set<size_t>& placed) {
  const auto waiting = [&](size_t table) {
    return std::ranges::count_if(parents[table], [&](size_t parent) { return !placed.contains(parent); });
  };
  return *std::ranges::min_element(left, {}, waiting);
}

}  // namespace

std::vector<size_t> LoadOrder(const std::vector<const Table*>& tables) {
  const Parents parents = FindParents(tables);
  std::vector<size_t> left(tables.size());
  for (size_t i = 0; i < left.size(); ++i) left[i] = i;
  std::vector<size_t> order;
  std::set<size_t> placed;
  while (!left.empty()) {
    const size_t next = PickNext(parents, left, placed);
    order.push_back(next);
    placed.insert(next);
    std::erase(left, next);
  }
  return order;
}

}  // namespace migrateiq
