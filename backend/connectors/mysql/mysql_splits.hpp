#pragma once

#include <string>
#include <vector>

#include "connectors/mysql/mysql_session.hpp"

namespace migrateiq::mysql {

/// "`db`.`t`" or "(query) AS miq_query".
std::string FromClause(const ReadRequest& request);
/// " WHERE (...) AND (...)" of the request's condition and a split's bounds, "" when there is neither.
std::string WhereClause(const ReadRequest& request, const std::string& bounds);

/// Cuts the request along a key. A split's bounds are the SQL condition of its range, "" for everything; ranges are
/// half-open and the outer ones unbounded, so that any moment's rows are covered once, whatever was estimated.
Result<std::vector<Split>> PlanKeySplits(Session& session, const std::string& database, const ReadRequest& request,
                                         const SplitOptions& options);

}  // namespace migrateiq::mysql
