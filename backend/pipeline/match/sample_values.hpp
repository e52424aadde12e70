#pragma once

#include <map>
#include <string>
#include <vector>

#include "pipeline/match/table.hpp"

namespace migrateiq::match {

/// The values that are neither NULL nor empty.
inline std::vector<std::string> Present(const MatchColumn& column) {
  std::vector<std::string> values;
  for (const auto& value : column.values)
    if (value && !value->empty()) values.push_back(*value);
  return values;
}

/// How often each of them stands.
inline std::map<std::string, size_t> Counted(const MatchColumn& column) {
  std::map<std::string, size_t> counts;
  for (const std::string& value : Present(column)) ++counts[value];
  return counts;
}

}  // namespace migrateiq::match
