#pragma once

#include <string>
#include <vector>

#include "connectors/postgres/postgres_session.hpp"
#include "pipeline/connector/connector.hpp"

/// Putting loaded tables in the place of live ones, in one transaction, and back.
///
/// Views over the live tables (and views over those), foreign keys of other tables, and the live tables' own triggers,
/// rules, grants and owners are carried over to the new tables. What cannot be re-made from its text is a blocker.
namespace migrateiq::postgres {

/// Objects that Swap cannot carry over: materialized views, row policies, inheritance, publications and so on.
Result<std::vector<std::string>> FindSwapBlockers(Session& session, const std::vector<TableName>& live);

/// live -> aside, shadow -> live. Tables whose shadow is gone were swapped before and are left alone.
Status SwapTables(Session& session, const std::vector<SwapTable>& tables);
/// Drops live, aside -> live. Tables without an aside were put back before, or replaced nothing, and are left alone.
Status SwapTablesBack(Session& session, const std::vector<SwapTable>& tables);

}  // namespace migrateiq::postgres
