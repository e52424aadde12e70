#include "connectors/postgres/postgres_errors.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/errors/connect.hpp"
#include "base/errors/data.hpp"
#include "base/errors/plan.hpp"
#include "base/errors/run.hpp"

namespace migrateiq::postgres {

namespace {

struct Rule {
  std::string_view prefix;  ///< five characters: exact; two: class
  ErrorCode code;
  bool retryable = false;
};

constexpr std::array kRules = {
    Rule{"21000", codes::kDataRefused},  // an upsert meets one key twice
    Rule{"P0001", codes::kDataRefused},  // a trigger's RAISE
    Rule{"44000", codes::kDataRefused},
    Rule{"3D000", codes::kConnDatabase},
    Rule{"3F000", codes::kSchemaMissing},
    Rule{"0A000", codes::kSchemaUnsupported},
    Rule{"2BP01", codes::kSchemaDependents},
    Rule{"42501", codes::kConnPrivilege},
    Rule{"42601", codes::kSchemaDdl},
    Rule{"42703", codes::kSchemaMissing},
    Rule{"42704", codes::kSchemaType},
    Rule{"42P01", codes::kSchemaMissing},
    Rule{"42P06", codes::kSchemaExists},
    Rule{"42P07", codes::kSchemaExists},
    Rule{"40001", codes::kConnLockTimeout, true},
    Rule{"40P01", codes::kConnLockTimeout, true},
    Rule{"55P03", codes::kConnLockTimeout, true},
    Rule{"53100", codes::kConnDiskFull, true},
    Rule{"53200", codes::kConnServer, true},
    Rule{"53300", codes::kConnServer, true},
    Rule{"57P01", codes::kConnLost, true},
    Rule{"57P02", codes::kConnLost, true},
    Rule{"57P03", codes::kConnLost, true},
    Rule{"25006", codes::kConnPrivilege},  // read-only transaction: a standby or a locked-down role
    Rule{"08", codes::kConnLost, true},
    Rule{"22", codes::kDataRefused},
    Rule{"23", codes::kDataRefused},
    Rule{"28", codes::kConnAuth},
    Rule{"42", codes::kSchemaDdl},
};

bool Contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

}  // namespace

MappedCode MapSqlState(std::string_view sqlstate) {
  const auto found = std::ranges::find_if(kRules, [&](const Rule& rule) { return sqlstate.starts_with(rule.prefix); });
  if (sqlstate.size() != 5 || found == kRules.end()) return {codes::kConnServer};
  return {found->code, found->retryable};
}

MappedCode MapConnectMessage(std::string_view message) {
  if (Contains(message, "authentication failed") || Contains(message, "no password supplied"))
    return {codes::kConnAuth};
  if (Contains(message, "pg_hba.conf") || Contains(message, "role \"")) return {codes::kConnAuth};
  if (Contains(message, "not permitted to log in")) return {codes::kConnAuth};
  if (Contains(message, "database \"") && Contains(message, "does not exist")) return {codes::kConnDatabase};
  if (Contains(message, "permission denied for database")) return {codes::kConnPrivilege};
  if (Contains(message, "too many") && Contains(message, "connection")) return {codes::kConnServer, true};
  if (Contains(message, "remaining connection slots")) return {codes::kConnServer, true};
  if (Contains(message, "SSL") || Contains(message, "certificate")) return {codes::kConnTls};
  if (Contains(message, "invalid connection option") || Contains(message, "invalid sslmode"))
    return {codes::kUrlParameter};
  return {codes::kConnUnreachable, true};
}

Error AsDdlError(Error error) {
  constexpr std::array kept = {codes::kConnLost,     codes::kConnPrivilege,  codes::kConnLockTimeout,
                               codes::kConnDiskFull, codes::kRunInterrupted, codes::kConnUnreachable};
  if (std::ranges::any_of(kept, [&](const ErrorCode& code) { return error.Is(code); })) return error;
  error.code = codes::kSchemaDdl;
  return error;
}

}  // namespace migrateiq::postgres
