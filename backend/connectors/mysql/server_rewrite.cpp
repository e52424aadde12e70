#include "connectors/mysql/server_rewrite.hpp"

#include <cctype>

namespace migrateiq::mysql {

namespace {

bool IsWord(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$'; }

std::string_view ForMysql(std::string_view collation) {
  if (collation == "utf8mb4_nopad_bin") return "utf8mb4_0900_bin";
  if (collation == "utf8mb4_uca1400_as_ci") return "utf8mb4_0900_as_ci";
  if (collation == "utf8mb4_unicode_nopad_ci" || collation.starts_with("utf8mb4_uca1400_")) return "utf8mb4_0900_ai_ci";
  if (collation == "utf8mb4_general_nopad_ci") return "utf8mb4_general_ci";
  return collation;
}

constexpr unsigned long kFirstWithUca1400 = 101000;

std::string_view ForMariadb(std::string_view collation, unsigned long version) {
  const bool modern = version >= kFirstWithUca1400;
  if (collation == "utf8mb4_0900_ai_ci") return "utf8mb4_unicode_nopad_ci";
  if (collation == "utf8mb4_0900_as_ci") return modern ? "utf8mb4_uca1400_nopad_as_ci" : "utf8mb4_nopad_bin";
  if (collation.starts_with("utf8mb4_0900_")) return "utf8mb4_nopad_bin";
  if (collation.starts_with("utf8mb4_uca1400_") && !modern) return "utf8mb4_nopad_bin";
  return collation;
}

std::string_view Replacement(std::string_view word, const ServerKind& server) {
  if (!word.starts_with("utf8mb4_")) return word;
  return server.mariadb ? ForMariadb(word, server.version) : ForMysql(word);
}

/// End of the quoted text that begins at `at`.
size_t SkipQuoted(std::string_view sql, size_t at) {
  const char quote = sql[at++];
  while (at < sql.size() && sql[at] != quote) at += sql[at] == '\\' && quote != '`' ? 2 : 1;
  return std::min(at + 1, sql.size());
}

}  // namespace

std::string RewriteForServer(std::string_view sql, const ServerKind& server) {
  std::string out;
  for (size_t at = 0; at < sql.size();) {
    size_t end = at + 1;
    if (sql[at] == '\'' || sql[at] == '"' || sql[at] == '`') {
      end = SkipQuoted(sql, at);
      out += sql.substr(at, end - at);
    } else if (IsWord(sql[at])) {
      while (end < sql.size() && IsWord(sql[end])) ++end;
      out += Replacement(sql.substr(at, end - at), server);
    } else {
      out += sql[at];
    }
    at = end;
  }
  return out;
}

}  // namespace migrateiq::mysql
