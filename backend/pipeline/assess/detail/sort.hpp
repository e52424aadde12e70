#pragma once

#include <algorithm>
#include <functional>
#include <numeric>
#include <vector>

namespace migrateiq::assess {

/// Sorts; what is equal stays in its order. (The library's own way asks for memory by a deprecated function.)
template <class T, class Less = std::ranges::less, class Projection = std::identity>
void SortStable(std::vector<T>& items, const Less& by = {}, const Projection& of = {}) {
  const auto less = [&](const T& a, const T& b) { return by(std::invoke(of, a), std::invoke(of, b)); };
  std::vector<size_t> order(items.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::ranges::sort(order, [&](size_t a, size_t b) {
    if (less(items[a], items[b])) return true;
    return !less(items[b], items[a]) && a < b;
  });
  std::vector<T> sorted;
  sorted.reserve(items.size());
  for (const size_t at : order) sorted.push_back(std::move(items[at]));
  items = std::move(sorted);
}

}  // namespace migrateiq::assess
