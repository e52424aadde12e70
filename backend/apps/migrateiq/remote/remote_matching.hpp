#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "apps/migrateiq/remote/remote_job.hpp"
#include "pipeline/match/table_matcher.hpp"

namespace migrateiq::cli {

struct RemoteMatchingWish {
  std::string source_url, target_url;
  std::optional<std::string> source_table, target_table;  ///< patterns
  int64_t rows = 1000;                                    ///< of each table that are looked at; 0: names alone
};

/// A matching as the server keeps it, in the shape in which this program shows matchings: tables of both sides with the
/// names of their columns, and what was found. Of each column the best three candidates are there.
struct RemoteMatching {
  std::vector<match::MatchTable> source, target;
  std::vector<match::TableMatch> matches;
};

/// Has a server match two systems.
Result<RemoteMatching> MatchRemotely(RemoteJobs& jobs, const RemoteMatchingWish& wish);

/// The answers of the API, put together. Errors: kServerAnswer where they do not fit each other.
Result<RemoteMatching> MatchingFrom(const boost::json::object& matching, const std::vector<boost::json::object>& tables,
                                    const std::vector<boost::json::object>& suggestions);

}  // namespace migrateiq::cli
