#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/batch/type.hpp"

namespace migrateiq {

/// What a mask makes of values; kinds.def has the list.
enum class MaskKind : uint8_t {
#define MIQ_MASK_KIND(constant, ...) k##constant,
#include "pipeline/mask/kinds.def"
#undef MIQ_MASK_KIND
};

struct MaskKindInfo {
  MaskKind kind = MaskKind::kToken;
  std::string_view id;
  bool keyed = false;     ///< it needs a key
  bool distinct = false;  ///< different values of one format never become equal: fit for a unique column
  std::string_view does;
  std::string_view example, becomes;
};

/// All of them, in the order of kinds.def.
std::span<const MaskKindInfo> MaskKinds();
const MaskKindInfo& InfoOf(MaskKind kind);
std::vector<std::string> MaskKindIds();

/// Whether the kind can fill a column of that type.
bool FitsMask(MaskKind kind, TypeKind type);
/// "digits, number_noise, null": what can fill a column of that type.
std::string MasksThatFit(TypeKind type);

}  // namespace migrateiq
