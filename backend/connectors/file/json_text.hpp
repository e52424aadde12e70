#pragma once

#include <string_view>

namespace migrateiq::file {

/// Strict JSON (RFC 8259) in place. Each function takes the position of the first byte of its piece and returns the one
/// behind it, null when it is ill-formed. UTF-8 is not checked here.
class JsonText {
 public:
  explicit JsonText(const char* end) : end_(end) {}

  const char* SkipBlanks(const char* at) const;
  /// Any value. Nesting beyond 1000 levels is ill-formed.
  const char* SkipValue(const char* at) const { return SkipValue(at, 0); }
  /// From the opening quote; `escaped` becomes true when there is a backslash.
  const char* SkipString(const char* at, bool& escaped) const;

 private:
  const char* SkipValue(const char* at, int depth) const;
  const char* SkipContainer(const char* at, char close, bool keyed, int depth) const;
  const char* SkipNumber(const char* at) const;
  const char* SkipWord(const char* at, std::string_view word) const;
  const char* SkipEscape(const char* at) const;

  const char* end_;
};

/// Decodes what stands between the quotes of a well-formed string into `out`, which has room for `text.size()` bytes.
/// A lone surrogate becomes three bytes that are not valid UTF-8. Returns the bytes written.
size_t DecodeJsonString(std::string_view text, char* out);

}  // namespace migrateiq::file
