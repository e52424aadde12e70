#pragma once

#include <vector>

#include "connectors/mysql/mysql_session.hpp"

namespace migrateiq::mysql {

/// What a migration from or to this database would meet: login, version, rights, settings, engines.
std::vector<DoctorFinding> Examine(const Url& url);

}  // namespace migrateiq::mysql
