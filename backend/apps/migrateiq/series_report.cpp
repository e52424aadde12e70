#include "apps/migrateiq/series_report.hpp"

#include <fmt/core.h>

#include <cmath>

#include "base/json_text.hpp"
#include "pipeline/anomaly/series_detector.hpp"

namespace migrateiq::cli {
namespace {

using anomaly::SeriesPoint;
using anomaly::SeriesReport;

void AppendPoint(std::string& out, const SeriesPoint& point, double score) {
  out += fmt::format(R"({{"timestamp":"{}","value":{},"score":{:.6g})", FormatTime(point.time), point.value, score);
}

std::string Json(const std::string& path, const std::vector<SeriesPoint>& points, const SeriesReport& report) {
  std::string out = fmt::format(R"({{"series":{},"points":{},"alerts":[)", JsonQuoted(path), points.size());
  for (const auto& alert : report.alerts) {
    out += &alert == report.alerts.data() ? "" : ",";
    AppendPoint(out, alert.point, alert.score);
    out += R"(,"reason":)" + JsonQuoted(alert.reason) + "}";
  }
  out += R"(],"scores":[)";
  for (size_t index = 0; index < points.size(); ++index) {
    out += index == 0 ? "" : ",";
    AppendPoint(out, points[index], report.scores[index]);
    out += "}";
  }
  return out + "]}";
}

std::string Text(const std::string& path, const std::vector<SeriesPoint>& points, const SeriesReport& report) {
  std::string out = fmt::format("{}  {} points, {} alerts\n", path, points.size(), report.alerts.size());
  for (const auto& alert : report.alerts)
    out += fmt::format("  {}  score {:.2f}  {}\n", FormatTime(alert.point.time), alert.score, alert.reason);
  return out;
}

}  // namespace

Result<std::string> SeriesReportText(const std::string& path, bool json) {
  MIQ_ASSIGN(std::vector<SeriesPoint> points, anomaly::ReadSeries(path));
  std::erase_if(points, [](const SeriesPoint& point) { return !std::isfinite(point.value); });
  const SeriesReport report = anomaly::DetectSeries(points);
  return json ? Json(path, points, report) : Text(path, points, report);
}

}  // namespace migrateiq::cli
