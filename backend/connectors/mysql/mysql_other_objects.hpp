#pragma once

#include <string>

#include "connectors/mysql/mysql_session.hpp"
#include "pipeline/schema/catalog.hpp"

namespace migrateiq::mysql {

/// Adds views, triggers, routines, events, grants and the databases' default character sets to `catalog.others`.
/// `databases` is a list of quoted names. What the user may not see is left out by the server itself.
Status ReadOtherObjects(Session& session, const std::string& databases, Catalog& catalog);

}  // namespace migrateiq::mysql
