#include "apps/migrateiq/run_recorder.hpp"

#include <spdlog/spdlog.h>

#include <boost/json.hpp>

#include "base/json_text.hpp"
#include "modules/orchestrator/run_id.hpp"

namespace migrateiq::cli {

namespace {

constexpr std::chrono::seconds kInterval{1};

void Log(const Status& status) {
  if (!status) spdlog::warn("{}", status.error().ToString());
}

boost::json::object Json(const TableProgress& table) {
  return {{"table", table.table},
          {"phase", table.phase},
          {"rows_done", table.rows_done},
          {"rows_total", table.rows_total},
          {"bytes_done", table.bytes_done},
          {"chunks_done", table.chunks_done},
          {"chunks_total", table.chunks_total}};
}

}  // namespace

std::string ProgressJson(const Progress& progress) {
  boost::json::array tables;
  for (const TableProgress& table : progress.tables) tables.push_back(Json(table));
  return JsonText(boost::json::object{{"phase", progress.phase},
                                      {"seconds", progress.seconds},
                                      {"rows_done", progress.rows_done},
                                      {"rows_total", progress.rows_total},
                                      {"bytes_done", progress.bytes_done},
                                      {"rows_rejected", progress.rows_rejected},
                                      {"tables", std::move(tables)}});
}

void RunRecorder::OnProgress(const Progress& progress) {
  display_.OnProgress(progress);
  if (!IsDue()) return;
  Log(repository_.PutFact(run_id_, "progress", ProgressJson(progress)));
  Flush();
}

void RunRecorder::OnEvent(const std::string& level, const std::string& text) {
  display_.OnEvent(level, text);
  events_.push_back({UtcNow(), level, text});
  if (IsDue()) Flush();
}

bool RunRecorder::IsDue() {
  const Clock::time_point now = Clock::now();
  if (now - written_ < kInterval) return false;
  written_ = now;
  return true;
}

void RunRecorder::Flush() {
  if (!events_.empty()) Log(repository_.AddEvents(run_id_, events_));
  events_.clear();
}

}  // namespace migrateiq::cli
