#pragma once

#include <optional>
#include <string>
#include <vector>

#include "modules/core/cursor.hpp"
#include "modules/validation/rows.hpp"
#include "platform/store/store.hpp"

/// The tables of suites. Every statement names its tenant.
namespace migrateiq::validation {

struct SuiteFilter {
  std::string project_id, connection_id;  ///< empty: all
};

/// With its first version.
Status InsertSuite(store::Session& session, const SuiteRow& row);
/// Errors: kApiNotFound.
Result<SuiteRow> RequireSuite(store::Session& session, const std::string& tenant_id, const std::string& suite_id);
/// The newest first, one more than the page's limit.
Result<std::vector<SuiteRow>> ListSuites(store::Session& session, const std::string& tenant_id,
                                         const SuiteFilter& filter, const core::PageRequest& page);
/// Writes `row` over version `row.version - 1`; false when it has another one by now.
Result<bool> UpdateSuite(store::Session& session, const SuiteRow& row, const SuiteVersionRow& version);
Status DeleteSuite(store::Session& session, const std::string& tenant_id, const std::string& suite_id);
/// The newest first, one more than the page's limit.
Result<std::vector<SuiteVersionRow>> ListSuiteVersions(store::Session& session, const std::string& tenant_id,
                                                       const std::string& suite_id, const core::PageRequest& page);

}  // namespace migrateiq::validation
