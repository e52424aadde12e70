#include "connectors/mysql/mysql_errors.hpp"

#include <algorithm>
#include <array>

#include "base/errors/connect.hpp"
#include "base/errors/data.hpp"
#include "base/errors/plan.hpp"

namespace migrateiq::mysql {

namespace {

struct Entry {
  unsigned number;
  const ErrorCode* code;
  bool retryable = false;
};

// Sorted by number. Server errors from mysqld_error.h, client errors (2000..) from errmsg.h.
constexpr auto kEntries = std::to_array<Entry>({
    {1021, &codes::kConnDiskFull, true},     // ER_DISK_FULL
    {1028, &codes::kConnDiskFull, true},     // ER_FILSORT_ABORT
    {1037, &codes::kConnServer, true},       // ER_OUTOFMEMORY
    {1040, &codes::kConnUnreachable, true},  // ER_CON_COUNT_ERROR
    {1042, &codes::kConnUnreachable, true},  // ER_BAD_HOST_ERROR
    {1044, &codes::kConnPrivilege},          // ER_DBACCESS_DENIED_ERROR
    {1045, &codes::kConnAuth},               // ER_ACCESS_DENIED_ERROR
    {1048, &codes::kDataRefused},            // ER_BAD_NULL_ERROR
    {1049, &codes::kConnDatabase},           // ER_BAD_DB_ERROR
    {1050, &codes::kSchemaExists},           // ER_TABLE_EXISTS_ERROR
    {1053, &codes::kConnLost, true},         // ER_SERVER_SHUTDOWN
    {1054, &codes::kSchemaMissing},          // ER_BAD_FIELD_ERROR
    {1062, &codes::kDataRefused},            // ER_DUP_ENTRY
    {1104, &codes::kConnServer},             // ER_TOO_BIG_SELECT
    {1114, &codes::kConnDiskFull, true},     // ER_RECORD_FILE_FULL
    {1129, &codes::kConnUnreachable},        // ER_HOST_IS_BLOCKED
    {1130, &codes::kConnAuth},               // ER_HOST_NOT_PRIVILEGED
    {1142, &codes::kConnPrivilege},          // ER_TABLEACCESS_DENIED_ERROR
    {1143, &codes::kConnPrivilege},          // ER_COLUMNACCESS_DENIED_ERROR
    {1146, &codes::kSchemaMissing},          // ER_NO_SUCH_TABLE
    {1153, &codes::kDataRefused},            // ER_NET_PACKET_TOO_LARGE
    {1158, &codes::kConnLost, true},         // ER_NET_READ_ERROR
    {1159, &codes::kConnLost, true},         // ER_NET_READ_INTERRUPTED
    {1160, &codes::kConnLost, true},         // ER_NET_ERROR_ON_WRITE
    {1161, &codes::kConnLost, true},         // ER_NET_WRITE_INTERRUPTED
    {1203, &codes::kConnUnreachable, true},  // ER_TOO_MANY_USER_CONNECTIONS
    {1205, &codes::kConnLockTimeout, true},  // ER_LOCK_WAIT_TIMEOUT
    {1213, &codes::kConnLockTimeout, true},  // ER_LOCK_DEADLOCK
    {1226, &codes::kConnUnreachable, true},  // ER_USER_LIMIT_REACHED
    {1227, &codes::kConnPrivilege},          // ER_SPECIFIC_ACCESS_DENIED_ERROR
    {1251, &codes::kConnAuth},               // ER_NOT_SUPPORTED_AUTH_MODE
    {1264, &codes::kDataRefused},            // ER_WARN_DATA_OUT_OF_RANGE
    {1265, &codes::kDataRefused},            // WARN_DATA_TRUNCATED
    {1290, &codes::kConnPrivilege},          // ER_OPTION_PREVENTS_STATEMENT
    {1292, &codes::kDataRefused},            // ER_TRUNCATED_WRONG_VALUE
    {1317, &codes::kConnLost, true},         // ER_QUERY_INTERRUPTED
    {1364, &codes::kDataRefused},            // ER_NO_DEFAULT_FOR_FIELD
    {1366, &codes::kDataRefused},            // ER_TRUNCATED_WRONG_VALUE_FOR_FIELD
    {1367, &codes::kDataRefused},            // ER_ILLEGAL_VALUE_FOR_TYPE
    {1406, &codes::kDataRefused},            // ER_DATA_TOO_LONG
    {1411, &codes::kDataRefused},            // ER_WRONG_VALUE_FOR_TYPE
    {1416, &codes::kDataRefused},            // ER_CANT_CREATE_GEOMETRY_OBJECT
    {1451, &codes::kDataRefused},            // ER_ROW_IS_REFERENCED_2
    {1452, &codes::kDataOrphan},             // ER_NO_REFERENCED_ROW_2
    {1526, &codes::kDataRefused},            // ER_NO_PARTITION_FOR_GIVEN_VALUE
    {1586, &codes::kDataRefused},            // ER_DUP_ENTRY_WITH_KEY_NAME
    {1644, &codes::kDataRefused},            // ER_SIGNAL_EXCEPTION, raised by a trigger
    {1690, &codes::kDataRefused},            // ER_DATA_OUT_OF_RANGE
    {1927, &codes::kConnLost, true},         // ER_CONNECTION_KILLED
    {1969, &codes::kConnLockTimeout, true},  // ER_STATEMENT_TIMEOUT
    {2002, &codes::kConnUnreachable, true},  // CR_CONNECTION_ERROR
    {2003, &codes::kConnUnreachable, true},  // CR_CONN_HOST_ERROR
    {2005, &codes::kConnUnreachable},        // CR_UNKNOWN_HOST
    {2006, &codes::kConnLost, true},         // CR_SERVER_GONE_ERROR
    {2012, &codes::kConnUnreachable, true},  // CR_SERVER_HANDSHAKE_ERR
    {2013, &codes::kConnLost, true},         // CR_SERVER_LOST
    {2020, &codes::kDataRefused},            // CR_NET_PACKET_TOO_LARGE
    {2026, &codes::kConnTls},                // CR_SSL_CONNECTION_ERROR
    {2027, &codes::kReadProtocol},           // CR_MALFORMED_PACKET
    {2055, &codes::kConnLost, true},         // CR_SERVER_LOST_EXTENDED
    {2059, &codes::kConnAuth},               // CR_AUTH_PLUGIN_CANNOT_LOAD
    {3140, &codes::kDataJson},               // ER_INVALID_JSON_TEXT
    {3819, &codes::kDataRefused},            // ER_CHECK_CONSTRAINT_VIOLATED
    {4025, &codes::kDataRefused},            // MariaDB ER_CONSTRAINT_FAILED
    {5014, &codes::kConnLost, true},         // MariaDB Connector/C: connection closed
});

static_assert(std::ranges::is_sorted(kEntries, {}, &Entry::number));

ErrorMeaning ByClass(std::string_view sqlstate) {
  const std::string_view group = sqlstate.substr(0, 2);
  if (group == "08") return {&codes::kConnLost, true};
  if (group == "22" || group == "23") return {&codes::kDataRefused};
  if (group == "28") return {&codes::kConnAuth};
  if (group == "42") return {&codes::kSchemaDdl};
  return {&codes::kConnServer};
}

}  // namespace

ErrorMeaning Classify(unsigned number, std::string_view sqlstate) {
  const auto found = std::ranges::lower_bound(kEntries, number, {}, &Entry::number);
  if (found != kEntries.end() && found->number == number) return {found->code, found->retryable};
  return ByClass(sqlstate);
}

Error MakeError(unsigned number, std::string_view sqlstate, std::string_view message, std::string_view doing) {
  const ErrorMeaning meaning = Classify(number, sqlstate);
  std::string text(doing);
  if (!text.empty()) text += ": ";
  text += message;
  text += " (" + std::to_string(number) + ")";
  Error error(*meaning.code, std::move(text));
  error.retryable = meaning.retryable;
  return error;
}

bool IsDataError(const Error& error) { return error.code.code.starts_with("MIQ-DATA-"); }

}  // namespace migrateiq::mysql
