#include "pipeline/mask/kinds.hpp"

#include <array>

namespace migrateiq {

namespace {

constexpr std::array kKinds{
#define MIQ_MASK_KIND(constant, id, keyed, distinct, does, example, becomes) \
  MaskKindInfo{MaskKind::k##constant, id, keyed, distinct, does, example, becomes},
#include "pipeline/mask/kinds.def"
#undef MIQ_MASK_KIND
};

bool IsText(TypeKind type) { return type == TypeKind::kString || type == TypeKind::kChar || type == TypeKind::kAny; }
bool IsDay(TypeKind type) {
  return type == TypeKind::kDate || type == TypeKind::kTimestamp || type == TypeKind::kTimestampTz;
}
bool IsFraction(TypeKind type) {
  return type == TypeKind::kDecimal || type == TypeKind::kFloat || type == TypeKind::kDouble;
}

}  // namespace

std::span<const MaskKindInfo> MaskKinds() { return kKinds; }

const MaskKindInfo& InfoOf(MaskKind kind) { return kKinds[static_cast<size_t>(kind)]; }

std::vector<std::string> MaskKindIds() {
  std::vector<std::string> ids;
  for (const MaskKindInfo& info : kKinds) ids.emplace_back(info.id);
  return ids;
}

bool FitsMask(MaskKind kind, TypeKind type) {
  if (kind == MaskKind::kNull || IsText(type)) return true;
  switch (kind) {
    case MaskKind::kToken: return type == TypeKind::kUuid;
    case MaskKind::kDigits: return IsInteger(type);
    case MaskKind::kDateShift: return IsDay(type);
    case MaskKind::kNumberNoise: return IsInteger(type) || IsFraction(type);
    case MaskKind::kCoarse: return IsDay(type) || IsFraction(type);
    default: return false;
  }
}

std::string MasksThatFit(TypeKind type) {
  std::string ids;
  for (const MaskKindInfo& info : kKinds)
    if (FitsMask(info.kind, type)) ids += (ids.empty() ? "" : ", ") + std::string(info.id);
  return ids;
}

}  // namespace migrateiq
