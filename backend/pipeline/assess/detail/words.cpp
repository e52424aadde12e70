#include "pipeline/assess/detail/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

#include "pipeline/assess/assessment.hpp"

namespace migrateiq {

const char* Words(Readiness verdict) {
  switch (verdict) {
    case Readiness::ready: return "Ready";
    case Readiness::ready_with_conditions: return "Ready with conditions";
    case Readiness::not_ready: return "Not ready";
  }
  return "";
}

const char* Words(RiskSeverity severity) {
  switch (severity) {
    case RiskSeverity::note: return "Note";
    case RiskSeverity::low: return "Low";
    case RiskSeverity::medium: return "Medium";
    case RiskSeverity::high: return "High";
    case RiskSeverity::critical: return "Critical";
  }
  return "";
}

const char* Words(Dimension dimension) {
  switch (dimension) {
    case Dimension::completeness: return "Completeness";
    case Dimension::uniqueness: return "Uniqueness";
    case Dimension::validity: return "Validity";
    case Dimension::consistency: return "Consistency";
    case Dimension::timeliness: return "Timeliness";
    case Dimension::integrity: return "Integrity";
  }
  return "";
}

namespace assess {

std::string Number(int64_t value) {
  if (value < 0) return "unknown";
  std::string digits = std::to_string(value);
  for (size_t at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
  return digits;
}

std::string Plural(std::string_view noun) {
  const std::string text(noun);
  if (text == "unique") return "unique constraints";
  if (text.ends_with("index")) return text + "es";
  if (text.ends_with("policy") || text.ends_with("entry")) return text.substr(0, text.size() - 1) + "ies";
  return text.ends_with("s") ? text + "es" : text + "s";
}

std::string Count(int64_t value, std::string_view noun) {
  return Number(value) + " " + (value == 1 ? std::string(noun) : Plural(noun));
}

std::string Bytes(int64_t value) {
  if (value < 0) return "unknown";
  if (value < 1000) return std::to_string(value) + "\u00A0B";
  static constexpr std::array<const char*, 5> kUnits = {"kB", "MB", "GB", "TB", "PB"};
  double amount = static_cast<double>(value) / 1000;
  size_t unit = 0;
  while (amount >= 999.95 && unit + 1 < kUnits.size()) amount /= 1000, ++unit;
  return fmt::format("{:.1f}\u00A0{}", amount, kUnits[unit]);
}

std::string Percent(double share) {
  if (share <= 0) return "0\u00A0%";
  if (share >= 1) return "100\u00A0%";
  if (share < 0.001) return "<\u00A00.1\u00A0%";
  if (share > 0.999) return ">\u00A099.9\u00A0%";
  return fmt::format("{:.1f}\u00A0%", share * 100);
}

std::string Percent(int64_t part, int64_t whole) {
  return whole <= 0 ? "0\u00A0%" : Percent(static_cast<double>(part) / static_cast<double>(whole));
}

std::string Seconds(double seconds) {
  if (seconds < 1) return "under 1\u00A0s";
  if (seconds < 90) return fmt::format("{:.0f}\u00A0s", seconds);
  if (seconds < 90 * 60) return fmt::format("{:.0f}\u00A0min", seconds / 60);
  if (seconds < 48 * 3600) return fmt::format("{:.1f}\u00A0h", seconds / 3600);
  return fmt::format("{:.1f}\u00A0days", seconds / 86400);
}

std::string Hours(double hours) {
  return hours < 16 ? fmt::format("{:.1f}\u00A0h", hours) : fmt::format("{:.1f}\u00A0days", hours / 8);
}

std::string Decimal(double value, int digits) {
  std::string text = fmt::format("{:.{}f}", value, digits);
  if (text.find('.') == std::string::npos) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text == "-0" ? "0" : text;
}

std::string SystemName(std::string_view dialect) {
  if (dialect == "postgresql") return "PostgreSQL";
  if (dialect == "mysql") return "MariaDB / MySQL";
  if (dialect == "sqlite") return "SQLite";
  if (dialect == "csv") return "CSV files";
  if (dialect == "jsonl") return "JSON Lines files";
  if (dialect == "parquet") return "Parquet files";
  return std::string(dialect);
}

std::string Shorten(std::string_view text, size_t characters) {
  const auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
  size_t seen = 0, at = 0;
  for (; at < text.size(); ++at) {
    if (begins(text[at]) && seen++ == characters) break;
  }
  return at == text.size() ? std::string(text) : std::string(text.substr(0, at)) + "...";
}

std::string Lower(std::string_view ascii) {
  std::string lower(ascii);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

bool ContainsWord(std::string_view lower_text, std::string_view word) {
  const auto is_word = [&](size_t at) {
    return at < lower_text.size() && (std::isalnum(static_cast<unsigned char>(lower_text[at])) != 0);
  };
  for (size_t at = lower_text.find(word); at != std::string_view::npos; at = lower_text.find(word, at + 1)) {
    if ((at == 0 || !is_word(at - 1)) && !is_word(at + word.size())) return true;
  }
  return false;
}

}  // namespace assess
}  // namespace migrateiq
