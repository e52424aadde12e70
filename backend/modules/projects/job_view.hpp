#pragma once

#include <boost/describe/class.hpp>
#include <optional>
#include <string>

#include "modules/projects/job_queue.hpp"
#include "platform/describe/json.hpp"

/// Where jobs and runs are, as the API tells it: what the store keeps as JSON, in a form that the document describes.
namespace migrateiq::projects {

/// Why something failed: the catalog's code with its words.
struct FaultView {
  std::string code, message, fix;
  std::optional<std::string> table, column, place;
};
BOOST_DESCRIBE_STRUCT(FaultView, (), (code, message, fix, table, column, place))

struct JobProgressView {
  std::string phase;
  int64_t done = 0;
  std::optional<int64_t> total;  ///< absent while nobody knows
  std::string unit;              ///< of both: "tables", "checks", "rows"
  std::optional<std::string> detail;
};
BOOST_DESCRIBE_STRUCT(JobProgressView, (), (phase, done, total, unit, detail))

/// A stored document; nothing when there is none, or when another version wrote what this one cannot read.
template <class View>
std::optional<View> StoredView(const std::string& text) {
  if (text.empty()) return std::nullopt;
  const auto parsed = ParseStrictJson(text);
  if (!parsed) return std::nullopt;
  auto view = Decode<View>(*parsed);
  return view ? std::optional(std::move(*view)) : std::nullopt;
}

}  // namespace migrateiq::projects
