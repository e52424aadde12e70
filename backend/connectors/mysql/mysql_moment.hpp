#pragma once

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "connectors/mysql/mysql_session.hpp"

namespace migrateiq::mysql {

using SessionPtr = std::shared_ptr<Session>;  // shared by the source and the reader that reads in its slot

/// The connections that see one moment.
struct MomentSessions {
  HeldMoment moment;
  std::vector<SessionPtr> readers;
  bool planner_included = false;  ///< the session given as planner sees the same moment
};

/// Opens `readers` connections and lets all of them begin their snapshot at the same moment: under FLUSH TABLES WITH
/// READ LOCK, else under LOCK TABLES ... READ on the tables (for one table this comes first, as it disturbs less), else
/// only one connection. The locks are gone when this returns.
Result<MomentSessions> HoldOneMoment(const Url& url, std::stop_token stop, int readers,
                                     const std::vector<TableName>& tables, Session& planner);

}  // namespace migrateiq::mysql
