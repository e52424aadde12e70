#pragma once

#include <string>
#include <string_view>

#include "connectors/mysql/mysql_session.hpp"

namespace migrateiq::mysql {

/// The statement with collations that this server does not know replaced by its nearest: MariaDB's no-pad and
/// UCA 14.0.0 names for a MySQL server, MySQL 8's utf8mb4_0900_* for MariaDB. Quoted text is left alone. Where nothing
/// is near, the binary collation is taken: it never makes two different values equal. Pure.
std::string RewriteForServer(std::string_view sql, const ServerKind& server);

}  // namespace migrateiq::mysql
