#include "apps/migrateiq/render_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

#include "pipeline/batch/text.hpp"

namespace migrateiq::cli {

namespace {

bool IsNumber(const std::string& cell) {
  return !cell.empty() && std::ranges::all_of(cell, [](unsigned char c) { return std::isdigit(c) || c == ','; });
}

size_t Width(const std::string& cell) { return static_cast<size_t>(std::max<int64_t>(0, text::CountCharacters(cell))); }

struct Column {
  size_t width = 0;
  bool number = true;
};

std::vector<Column> Measure(const std::vector<std::vector<std::string>>& rows) {
  std::vector<Column> columns;
  for (size_t row = 0; row < rows.size(); ++row) {
    columns.resize(std::max(columns.size(), rows[row].size()));
    for (size_t i = 0; i < rows[row].size(); ++i) {
      columns[i].width = std::max(columns[i].width, Width(rows[row][i]));
      if (row > 0 && !IsNumber(rows[row][i])) columns[i].number = false;
    }
  }
  return columns;
}

}  // namespace

std::string Count(int64_t number) {
  std::string digits = std::to_string(number);
  for (auto at = static_cast<int64_t>(digits.size()) - 3; at > (number < 0 ? 1 : 0); at -= 3) {
    digits.insert(static_cast<size_t>(at), ",");
  }
  return digits;
}

std::string Counted(size_t count, const std::string& noun) {
  std::string text = std::to_string(count) + " " + noun;
  if (noun == "unique") text += " constraint";
  if (count == 1 || text.ends_with('s') || text.ends_with("ing")) return text;
  if (text.ends_with('x')) return text + "es";
  if (text.ends_with("cy")) return text.substr(0, text.size() - 1) + "ies";
  return text + "s";
}

std::string Bytes(double bytes) {
  constexpr std::array<const char*, 5> kUnits = {"B", "kB", "MB", "GB", "TB"};
  size_t unit = 0;
  while (bytes >= 1000 && unit + 1 < kUnits.size()) {
    bytes /= 1000;
    ++unit;
  }
  return unit == 0 ? fmt::format("{:.0f} B", bytes) : fmt::format("{:.1f} {}", bytes, kUnits[unit]);
}

std::string Duration(double seconds) {
  if (seconds < 10) return fmt::format("{:.1f} s", seconds);
  const auto whole = static_cast<int64_t>(std::llround(seconds));
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {:02} s", whole / 60, whole % 60);
  return fmt::format("{} h {:02} min", whole / 3600, whole % 3600 / 60);
}

std::string Percent(int64_t done, int64_t total) {
  if (total < 0 || (total == 0 && done > 0)) return " --%";
  const int64_t percent = total == 0 ? 100 : std::min<int64_t>(100, done * 100 / total);
  return fmt::format("{:3}%", percent);
}

std::string Columns(const std::vector<std::vector<std::string>>& rows, const std::string& indent) {
  const std::vector<Column> columns = Measure(rows);
  std::string out;
  for (const std::vector<std::string>& row : rows) {
    std::string line = indent;
    for (size_t i = 0; i < row.size(); ++i) {
      const std::string pad(columns[i].width - Width(row[i]), ' ');
      line += columns[i].number ? pad + row[i] : row[i] + pad;
      if (i + 1 < row.size()) line += "  ";
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
  return out;
}

std::string OneLine(const std::string& text, size_t most) {
  std::string out;
  size_t characters = 0;
  for (const char c : text) {
    const bool begins = (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    if (begins && ++characters > most) return out + "...";
    if (c == '\n')
      out += "\\n";
    else if (static_cast<unsigned char>(c) < 0x20 || c == '\x7f')
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    else
      out += c;
  }
  return out;
}

}  // namespace migrateiq::cli
