#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "modules/projects/job_queue.hpp"

namespace migrateiq::projects {

/// A row that a job makes (its `finished_at` tells that it is whole), with what is known of the job. The row's id is
/// the job's.
template <class Row>
struct WithJob {
  Row row;
  std::optional<JobView> job;  ///< none: tidied away, or lost before it was done
  /// queued | running | paused | succeeded | failed | cancelled
  std::string state() const {
    if (row.finished_at) return "succeeded";
    return job ? job->state : "failed";
  }
};

template <class Row>
Result<std::vector<WithJob<Row>>> AddJobs(JobQueue& queue, const std::string& tenant_id, std::vector<Row> rows,
                                          std::string Row::*id) {
  std::vector<std::string> ids;
  for (const Row& row : rows) ids.push_back(row.*id);
  MIQ_ASSIGN(auto jobs, queue.Find(tenant_id, ids));
  std::vector<WithJob<Row>> all;
  for (Row& row : rows) {
    const auto job = jobs.find(row.*id);
    all.push_back({.row = std::move(row), .job = {}});
    if (job != jobs.end()) all.back().job = std::move(job->second);
  }
  return all;
}

}  // namespace migrateiq::projects
