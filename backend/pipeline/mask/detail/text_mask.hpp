#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "pipeline/mask/kinds.hpp"

namespace migrateiq::detail {

/// Replaces one value, as text. Not thread-safe.
class TextMask {
 public:
  virtual ~TextMask() = default;
  /// `out` is replaced; `value` is not empty. False: the kind cannot replace such a value.
  virtual bool Replace(std::string_view value, std::string& out) = 0;
};

std::unique_ptr<TextMask> MakeTokenMask(std::string_view key);
std::unique_ptr<TextMask> MakeEmailMask(std::string_view key);
std::unique_ptr<TextMask> MakeNameMask(std::string_view key);
std::unique_ptr<TextMask> MakeAddressMask(std::string_view key);
std::unique_ptr<TextMask> MakePhoneMask(std::string_view key);
/// `most`: what no result exceeds, as digits of an integer; empty = any.
std::unique_ptr<TextMask> MakeDigitsMask(std::string_view key, std::string most);
std::unique_ptr<TextMask> MakeIpMask(std::string_view key);
std::unique_ptr<TextMask> MakeNoiseMask(std::string_view key, std::string most);
std::unique_ptr<TextMask> MakeCoarseMask();
std::unique_ptr<TextMask> MakeRedactMask();

}  // namespace migrateiq::detail
