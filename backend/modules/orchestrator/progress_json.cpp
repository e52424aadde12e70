#include "modules/orchestrator/progress_json.hpp"

#include <boost/json.hpp>

#include "base/json_text.hpp"

namespace migrateiq {

namespace {

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

}  // namespace migrateiq
