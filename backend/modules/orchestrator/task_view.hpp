#pragma once

#include <optional>

#include "modules/core/answer_values.hpp"
#include "modules/orchestrator/job.hpp"
#include "modules/projects/job_view.hpp"

namespace migrateiq::orchestrator {

/// What every view of a task tells of it; a view's further members stay as they begin.
template <class View>
View TaskAs(const Task& task) {
  using core::Given;
  return {.task_id = task.task_id,
          .run_id = task.run_id,
          .kind = task.kind,
          .state = task.state,
          .worker = Given(task.owner),
          .attempt = task.attempt,
          .epoch = task.epoch,
          .chunks = task.chunks > 0 ? std::optional(task.chunks) : std::nullopt,
          .rows = task.chunks > 0 ? std::optional(task.rows_loaded) : std::nullopt,
          .created_at = {task.created_at},
          .started_at = Given(task.started_at),
          .finished_at = Given(task.finished_at),
          .error = projects::StoredView<projects::FaultView>(task.error)};
}

}  // namespace migrateiq::orchestrator
