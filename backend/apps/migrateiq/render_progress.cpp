#include "apps/migrateiq/render_progress.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>

#include "apps/migrateiq/render_text.hpp"

namespace migrateiq::cli {

namespace {

constexpr size_t kBarWidth = 16;
constexpr size_t kMostTables = 12;

std::string Bar(int64_t done, int64_t total) {
  const double share = total > 0 ? std::clamp(static_cast<double>(done) / static_cast<double>(total), 0.0, 1.0) : 0;
  const auto full = static_cast<size_t>(share * kBarWidth);
  return "[" + std::string(full, '#') + std::string(kBarWidth - full, '.') + "]";
}

std::string Remaining(const Progress& progress) {
  const int64_t left = progress.rows_total - progress.rows_done;
  if (progress.rows_total < 0 || progress.rows_done <= 0 || left <= 0) return "";
  return ", ETA " + Duration(progress.seconds * static_cast<double>(left) / static_cast<double>(progress.rows_done));
}

std::string OverallLine(const Progress& progress) {
  const double seconds = std::max(progress.seconds, 0.001);
  const std::string rejected = progress.rows_rejected > 0 ? ", " + Count(progress.rows_rejected) + " rejected" : "";
  return fmt::format("{} {} {}  {}/s{}, {} rows{}", Bar(progress.rows_done, progress.rows_total),
                     Percent(progress.rows_done, progress.rows_total), progress.phase,
                     Bytes(static_cast<double>(progress.bytes_done) / seconds), Remaining(progress),
                     Count(progress.rows_done), rejected);
}

std::string TableLine(const TableProgress& table, double seconds) {
  return fmt::format("  {} {} {:<9} {}  {} rows, {}, {}/s", Bar(table.rows_done, table.rows_total),
                     Percent(table.rows_done, table.rows_total), table.phase, table.table, Count(table.rows_done),
                     Bytes(static_cast<double>(table.bytes_done)),
                     Bytes(static_cast<double>(table.bytes_done) / std::max(seconds, 0.001)));
}

bool IsAtWork(const TableProgress& table) { return table.phase != "waiting" && table.phase != "done"; }

size_t TerminalWidth() {
  winsize size{};
  return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 20 ? size.ws_col : 80;
}

std::string EventLine(const std::string& level, const std::string& text) {
  return (level == "info" ? "" : level + ": ") + OneLine(text, 2000) + "\n";
}

}  // namespace

std::vector<std::string> ProgressLines(const Progress& progress, size_t width, size_t most_tables) {
  std::vector<std::string> lines = {OverallLine(progress)};
  size_t at_work = 0;
  for (const TableProgress& table : progress.tables) {
    if (!IsAtWork(table) || ++at_work > most_tables) continue;
    lines.push_back(TableLine(table, progress.seconds));
  }
  if (at_work > most_tables) lines.push_back(fmt::format("  and {} more", at_work - most_tables));
  for (std::string& line : lines) line = OneLine(line, width > 4 ? width - 4 : width);
  return lines;
}

void LiveDisplay::OnProgress(const Progress& progress) {
  Erase();
  lines_ = ProgressLines(progress, TerminalWidth(), kMostTables);
  Draw();
}

void LiveDisplay::OnEvent(const std::string& level, const std::string& text) {
  Erase();
  std::fputs(EventLine(level, text).c_str(), stderr);
  Draw();
}

void LiveDisplay::Erase() {
  for (; drawn_ > 0; --drawn_) std::fputs("\x1b[1A\x1b[2K", stderr);
  std::fflush(stderr);
}

void LiveDisplay::Draw() {
  for (const std::string& line : lines_) std::fprintf(stderr, "%s\n", line.c_str());
  drawn_ = lines_.size();
  std::fflush(stderr);
}

void LineDisplay::OnEvent(const std::string& level, const std::string& text) {
  if (!quiet_) std::fputs(EventLine(level, text).c_str(), stderr);
}

}  // namespace migrateiq::cli
