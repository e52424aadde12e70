#include "apps/migrateiq/remote/remote_run.hpp"

#include <boost/json.hpp>

#include "apps/migrateiq/remote/json_members.hpp"
#include "base/error_catalog.hpp"

namespace migrateiq::cli {

namespace json = boost::json;

std::string RemoteRun::Status() const {
  const bool ended = state == "succeeded" || state == "failed";
  return ended && !result.empty() && result != "interrupted" ? result : state;
}

Error ErrorFromJson(const json::object& object) {
  Error error = ErrorFromText(TextIn(object, "code"), TextIn(object, "message"), TextIn(object, "fix"));
  error.table = TextIn(object, "table");
  error.column = TextIn(object, "column");
  error.place = TextIn(object, "place");
  return error;
}

RemoteRun RemoteRunFrom(const json::object& answer) {
  RemoteRun run{.run_id = TextIn(answer, "run_id"),
                .plan_id = TextIn(answer, "plan_id"),
                .kind = TextIn(answer, "kind"),
                .name = TextIn(answer, "name"),
                .state = TextIn(answer, "state"),
                .result = TextIn(answer, "result"),
                .waiting_for = TextIn(answer, "waiting_for"),
                .pending = TextIn(answer, "pending"),
                .source_connection_id = TextIn(answer, "source_connection_id"),
                .target_connection_id = TextIn(answer, "target_connection_id"),
                .created_at = TextIn(answer, "created_at"),
                .started_at = TextIn(answer, "started_at"),
                .finished_at = TextIn(answer, "finished_at"),
                .asked_to = TextIn(answer, "asked_to"),
                .accepted = FlagIn(answer, "accepted"),
                .error = {},
                .progress = JsonIn(answer, "progress")};
  const json::value* error = answer.if_contains("error");
  if (error != nullptr && error->is_object()) run.error = ErrorFromJson(error->get_object());
  return run;
}

RunRecord RecordOf(const RemoteRun& run, std::string source, std::string target) {
  return {.run_id = run.run_id,
          .name = run.name,
          .status = run.Status(),
          .started_at = run.started_at.empty() ? run.created_at : run.started_at,
          .finished_at = run.finished_at,
          .source = std::move(source),
          .target = std::move(target),
          .fingerprint = "",
          .accepted = run.accepted,
          .controller = {},
          .report = ""};
}

std::vector<std::string> PossibleFor(const RemoteRun& run) {
  if (run.state == "queued") return {"cancel"};
  if (run.state == "running") return {"pause", "cancel"};
  if (run.state == "paused") return {"resume", "cancel"};
  if (run.kind != "run" || run.accepted || run.state == "undone") return {};
  if (run.state == "succeeded") return {"undo", "accept"};
  return {"resume", "undo"};
}

std::optional<Progress> ProgressFromJson(const std::string& text, const std::string& run_id) {
  boost::system::error_code error;
  const json::value value = json::parse(text, error);
  if (error || !value.is_object()) return std::nullopt;
  const json::object& in = value.get_object();
  Progress progress{.run_id = run_id,
                    .phase = TextIn(in, "phase"),
                    .seconds = FractionIn(in, "seconds"),
                    .rows_done = NumberIn(in, "rows_done"),
                    .rows_total = NumberIn(in, "rows_total"),
                    .bytes_done = NumberIn(in, "bytes_done"),
                    .rows_rejected = NumberIn(in, "rows_rejected"),
                    .tables = {}};
  if (TextIn(in, "unit") == "rows") {  // of a job
    progress.rows_done = NumberIn(in, "done");
    progress.rows_total = NumberIn(in, "total");
  }
  for (const json::object& table : ObjectsIn(in, "tables")) {
    progress.tables.push_back({.table = TextIn(table, "table"),
                               .phase = TextIn(table, "phase"),
                               .rows_done = NumberIn(table, "rows_done"),
                               .rows_total = NumberIn(table, "rows_total"),
                               .bytes_done = NumberIn(table, "bytes_done"),
                               .chunks_done = static_cast<int>(NumberIn(table, "chunks_done")),
                               .chunks_total = static_cast<int>(NumberIn(table, "chunks_total"))});
  }
  return progress;
}

}  // namespace migrateiq::cli
