#include "pipeline/batch/type_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace migrateiq {

namespace {

/// The numbers in "(12,2)"; false when it is something else.
bool ReadNumbers(std::string_view text, std::array<int32_t, 2>& numbers, size_t& count) {
  if (text.empty()) return true;
  if (!text.starts_with('(') || !text.ends_with(')')) return false;
  text = text.substr(1, text.size() - 2);
  while (count < numbers.size()) {
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), numbers.at(count));
    if (failed != std::errc()) return false;
    ++count;
    text.remove_prefix(static_cast<size_t>(end - text.data()));
    if (text.empty()) return true;
    if (!text.starts_with(',')) return false;
    text.remove_prefix(1);
  }
  return false;
}

bool IsTime(TypeKind kind) {
  return kind == TypeKind::kTime || kind == TypeKind::kTimestamp || kind == TypeKind::kTimestampTz;
}

bool HasLength(TypeKind kind) {
  return kind == TypeKind::kString || kind == TypeKind::kChar || kind == TypeKind::kBytes || kind == TypeKind::kBit;
}

/// The type that has this name without parameters.
std::optional<LogicalType> Named(std::string_view name) {
  for (int kind = 0; kind <= static_cast<int>(TypeKind::kAny); ++kind) {
    LogicalType type = LogicalType::Of(static_cast<TypeKind>(kind));
    if (ToString(type) == name) return type;
  }
  if (name == "jsonb") return LogicalType{.kind = TypeKind::kJson, .parsed = true};
  if (name == "set") return LogicalType{.kind = TypeKind::kEnum, .set = true};
  return std::nullopt;
}

}  // namespace

std::optional<LogicalType> TypeFromText(std::string_view text) {
  const size_t open = std::min(text.find('('), text.size());
  std::optional<LogicalType> type = Named(text.substr(0, open));
  std::array<int32_t, 2> numbers{};
  size_t count = 0;
  if (!type || !ReadNumbers(text.substr(open), numbers, count)) return std::nullopt;
  if (count == 0) return type;
  if (type->kind == TypeKind::kDecimal && count == 2) {
    type->precision = numbers[0];
    type->scale = numbers[1];
    return type;
  }
  if (count == 2) return std::nullopt;
  if (IsTime(type->kind))
    type->precision = numbers[0];
  else if (HasLength(type->kind))
    type->length = numbers[0];
  else
    return std::nullopt;
  return type;
}

}  // namespace migrateiq
