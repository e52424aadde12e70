#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"

/// Keys of masks. A plan names them; their bytes never stand in a plan, a report or a log.
namespace migrateiq {

inline constexpr size_t kLeastMaskKey = 32;  ///< bytes

/// A lower-case letter, then up to 39 lower-case letters, digits and underscores: one environment variable each.
bool IsMaskKeyName(std::string_view name);

/// "MIGRATEIQ_MASK_KEY_PII" for "pii".
std::string MaskKeyVariable(std::string_view name);

/// The key as the variable has it, or as the file holds it that the variable names ("file:/path"); blanks around it
/// do not count. Errors: kMaskKey, which tells how to make one.
Result<std::string> MaskKeyFromEnvironment(const std::string& name);

/// 16 hexadecimal digits that two runs compare; they tell nothing about the key.
std::string MaskKeyPrint(std::string_view key);

}  // namespace migrateiq
