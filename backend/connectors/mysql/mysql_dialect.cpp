#include "connectors/mysql/mysql_dialect.hpp"

#include <cstdint>

#include "connectors/mysql/mysql_session.hpp"

namespace migrateiq::mysql {

const MysqlDialect& MysqlDialect::Instance() {
  static const MysqlDialect dialect;
  return dialect;
}

namespace {

/// The column's own collation, else the one that its type spells out, else that of the tables made here.
std::string_view CollationOf(const CatalogColumn& column) {
  if (!column.collation.empty()) return column.collation;
  constexpr std::string_view kMark = " COLLATE ";
  const size_t at = column.native.find(kMark);
  if (at == std::string::npos) return kBinaryCollation;
  const std::string_view rest = std::string_view(column.native).substr(at + kMark.size());
  return rest.substr(0, rest.find(' '));
}

}  // namespace

/// Weights are the server's own: no table of ours can follow its hundreds of collations.
TextEquality MysqlDialect::EqualityOf(const CatalogColumn& column, std::string_view) const {
  const std::string collation(CollationOf(column));
  if (collation == "binary") return {};
  TextEquality equality{.trailing_blanks = collation.contains("nopad") || collation.contains("_0900_"), .sql = ""};
  if (collation.ends_with("_bin")) return equality;
  const std::string charset = collation.substr(0, collation.find('_'));
  equality.sql = "MD5(WEIGHT_STRING(CONVERT($1 USING " + charset + ") COLLATE " + collation + "))";
  return equality;
}

std::string MysqlDialect::Quote(std::string_view identifier) const { return QuoteName(identifier); }

std::string MysqlDialect::QuoteLiteral(std::string_view text) const { return QuoteText(text); }

/// MariaDB's literals have no zone: the session's is meant.
std::string MysqlDialect::MomentLiteral(std::string_view text) const {
  constexpr std::string_view kUtc = "+00:00";
  if (!text.ends_with(kUtc)) return QuoteText(text);
  text.remove_suffix(kUtc.size());
  return "CONVERT_TZ(" + QuoteText(text) + ", '+00:00', @@session.time_zone)";
}

std::string MysqlDialect::DropTable(const TableName& table) const { return "DROP TABLE IF EXISTS " + QuoteName(table); }

std::string ShadowPrefix() { return "_miq_new_"; }
std::string AsidePrefix() { return "_miq_old_"; }

std::string ShortHash(std::string_view text) {
  uint64_t hash = 14695981039346656037ULL;  // FNV-1a
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  hash ^= hash >> 32;
  std::string out;
  for (int shift = 28; shift >= 0; shift -= 4) out += "0123456789abcdef"[hash >> shift & 15];
  return out;
}

/// No blanks at the end, no characters beyond the basic plane, not nothing.
std::string MysqlDialect::PossibleTable(std::string_view name) const {
  std::string possible;
  for (size_t i = 0; i < name.size(); ++i) {
    const auto byte = static_cast<unsigned char>(name[i]);
    if (byte >= 0xF0) i += 3;
    possible += byte >= 0xF0 || byte == 0 ? '_' : name[i];
  }
  for (size_t end = possible.size(); end > 0 && possible[end - 1] == ' '; --end) possible[end - 1] = '_';
  return possible.empty() ? "_" : possible;
}

std::string ShortenName(const std::string& name) {
  size_t characters = 0, cut = name.size();
  constexpr size_t kKept = kMostNameCharacters - 9;
  for (size_t i = 0; i < name.size(); ++i) {
    if ((static_cast<unsigned char>(name[i]) & 0xC0) == 0x80) continue;
    if (characters++ == kKept) cut = i;
  }
  if (characters <= static_cast<size_t>(kMostNameCharacters)) return name;
  return name.substr(0, cut) + "_" + ShortHash(name);
}

std::string DerivedName(std::string_view prefix, std::string_view name, std::string_view run_id) {
  return ShortenName(std::string(prefix) + ShortHash(run_id) + "_" + std::string(name));
}

}  // namespace migrateiq::mysql
