#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace migrateiq::detail {

/// A text as a YAML scalar: plain where that is safe everywhere, else double-quoted with escapes.
std::string YamlScalar(std::string_view text);
/// `[a, "b c"]`
std::string YamlList(const std::vector<std::string>& texts);

/// Collects `{a: 1, b: 2}`; empty values are left out.
class YamlFlowMap {
 public:
  void Text(std::string_view key, std::string_view value) {
    if (!value.empty()) Raw(key, YamlScalar(value));
  }
  /// `value` is written as it is.
  void Raw(std::string_view key, std::string_view value);
  std::string Finish() && { return "{" + std::move(text_) + "}"; }

 private:
  std::string text_;
};

}  // namespace migrateiq::detail
