#include "pipeline/semantic/detail/lists.hpp"

#include <algorithm>
#include <cstdint>

namespace migrateiq::detail::lists {
namespace {

std::string_view Trim(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

void AddWords(std::string_view line, std::vector<std::string>& words) {
  while (!line.empty()) {
    const size_t end = std::min(line.find(';'), line.size());
    if (const std::string_view word = Trim(line.substr(0, end)); !word.empty()) words.emplace_back(word);
    line.remove_prefix(std::min(end + 1, line.size()));
  }
}

Section Head(std::string_view inside) {
  const size_t space = inside.find(' ');
  if (space == std::string_view::npos) return {.name = std::string(inside)};
  return {.name = std::string(inside.substr(0, space)), .locale = std::string(Trim(inside.substr(space)))};
}

void AddLine(std::string_view line, std::vector<Section>& sections) {
  if (line.empty() || line.front() == '#') return;
  if (line.front() == '[') return sections.push_back(Head(line.substr(1, line.size() - 2)));
  if (sections.empty()) return;
  const size_t equals = line.find(" = ");
  if (equals == std::string_view::npos) return AddWords(line, sections.back().words);
  if (!sections.back().words.empty()) sections.push_back({.name = sections.back().name});
  sections.back().locale = std::string(line.substr(0, equals));
  AddWords(line.substr(equals + 3), sections.back().words);
}

uint32_t Hash(std::string_view word) {
  uint32_t hash = 2166136261U;
  for (const char c : word) hash = (hash ^ static_cast<uint8_t>(c)) * 16777619U;
  return hash;
}

}  // namespace

std::vector<Section> Parse(std::string_view text) {
  std::vector<Section> sections;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    AddLine(Trim(text.substr(0, end)), sections);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return sections;
}

bool IsKept(std::string_view word) { return ((Hash(word) >> 13U) & 1U) == 0; }
bool IsRareName(std::string_view name) { return ((Hash(name) >> 11U) & 7U) == 0; }

}  // namespace migrateiq::detail::lists
