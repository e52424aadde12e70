#pragma once

#include <string>
#include <string_view>

/// How SQLite compares and quotes names and texts: ASCII case folding only.
namespace migrateiq::sqlite {

constexpr char UpperChar(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

inline std::string Upper(std::string_view text) {
  std::string upper(text);
  for (char& c : upper) c = UpperChar(c);
  return upper;
}

inline bool SameName(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i < a.size(); ++i) {
    if (UpperChar(a[i]) != UpperChar(b[i])) return false;
  }
  return true;
}

inline std::string Quoted(std::string_view text, char quote) {
  std::string quoted(1, quote);
  for (const char c : text) {
    if (c == quote) quoted += quote;
    quoted += c;
  }
  return quoted += quote;
}

inline std::string QuoteName(std::string_view name) { return Quoted(name, '"'); }
/// For text without NUL; Dialect::QuoteLiteral takes any.
inline std::string QuoteText(std::string_view text) { return Quoted(text, '\''); }

/// Tables of ours inside a target, never to be listed as data.
inline constexpr std::string_view kLedgerTable = "migrateiq_chunk";
inline constexpr std::string_view kJournalTable = "migrateiq_journal";
inline constexpr std::string_view kShadowPrefix = "migrateiq_shadow_";
inline constexpr std::string_view kAsidePrefix = "migrateiq_aside_";
/// The prefix is followed by this many digits of a run's hash and '_'.
inline constexpr size_t kRunMark = 9;

inline bool IsOurs(std::string_view name) {
  return SameName(name, kLedgerTable) || SameName(name, kJournalTable) || name.starts_with(kShadowPrefix) ||
         name.starts_with(kAsidePrefix);
}

/// "migrateiq_shadow_1a2b3c4d_" of such a name, else empty.
inline std::string_view ShadowPrefixOf(std::string_view name) {
  const size_t length = kShadowPrefix.size() + kRunMark;
  return name.starts_with(kShadowPrefix) && name.size() > length ? name.substr(0, length) : std::string_view();
}

}  // namespace migrateiq::sqlite
