#include "pipeline/anomaly/series.hpp"

#include <fmt/core.h>

#include <fstream>
#include <sstream>

#include "base/errors/data.hpp"
#include "pipeline/batch/text.hpp"

namespace migrateiq::anomaly {
namespace {

std::string_view Unquoted(std::string_view cell) {
  while (!cell.empty() && (cell.back() == '\r' || cell.back() == ' ')) cell.remove_suffix(1);
  while (!cell.empty() && cell.front() == ' ') cell.remove_prefix(1);
  if (cell.size() >= 2 && cell.front() == '"' && cell.back() == '"') cell = cell.substr(1, cell.size() - 2);
  return cell;
}

std::optional<Micros> ParseMoment(std::string_view cell) {
  int64_t micros = 0;
  std::optional<int32_t> zone;
  if (text::ParseTimestamp(cell, micros, &zone) == text::DateState::kValid) return micros;
  int32_t days = 0;
  if (text::ParseDate(cell, days) == text::DateState::kValid) return Micros{days} * kDay;
  return std::nullopt;
}

Error BadLine(std::string_view place, size_t number, std::string_view why) {
  return Error(codes::kSeriesLine, fmt::format("{}", why)).At(fmt::format("{}:{}", place, number));
}

/// Appends the point of one line, if it has a value.
Status AppendLine(std::string_view line, std::string_view place, size_t number, std::vector<SeriesPoint>& points) {
  const size_t comma = line.find(',');
  if (comma == std::string_view::npos) return Fail(BadLine(place, number, "no comma between time and value"));
  const std::string_view value_cell = Unquoted(line.substr(comma + 1, line.find(',', comma + 1) - comma - 1));
  if (value_cell.empty()) return {};
  const auto time = ParseMoment(Unquoted(line.substr(0, comma)));
  if (!time) return Fail(BadLine(place, number, "the first column is no date and time"));
  const auto value = text::ParseDouble(value_cell);
  if (!value) return Fail(BadLine(place, number, "the second column is no number"));
  if (!points.empty() && *time < points.back().time)
    return Fail(BadLine(place, number, "the time is before that of the line above"));
  points.push_back({.time = *time, .value = *value});
  return {};
}

}  // namespace

Result<std::vector<SeriesPoint>> ParseSeries(std::string_view csv, std::string_view place) {
  std::vector<SeriesPoint> points;
  for (size_t number = 1; !csv.empty(); ++number) {
    const size_t end = csv.find('\n');
    const std::string_view line = csv.substr(0, end);
    csv = end == std::string_view::npos ? std::string_view() : csv.substr(end + 1);
    if (number > 1 && !Unquoted(line).empty()) MIQ_TRY(AppendLine(line, place, number, points));
  }
  return points;
}

Result<std::vector<SeriesPoint>> ReadSeries(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return Fail(Error(codes::kSeriesFile, "cannot open the series").At(path));
  std::ostringstream content;
  content << file.rdbuf();
  return ParseSeries(content.view(), path);
}

}  // namespace migrateiq::anomaly
