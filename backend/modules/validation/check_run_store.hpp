#pragma once

#include <optional>
#include <string>
#include <vector>

#include "modules/core/cursor.hpp"
#include "modules/validation/rows.hpp"
#include "platform/store/store.hpp"

/// The tables of suites carried out. Every statement names its tenant. What is sealed comes and goes as it is.
namespace migrateiq::validation {

struct CheckRunFilter {
  std::string suite_id, project_id;  ///< empty: all
  bool finished = false;             ///< only those
};

Status InsertCheckRun(store::Session& session, const CheckRunRow& row);
/// Errors: kApiNotFound.
Result<CheckRunRow> RequireCheckRun(store::Session& session, const std::string& tenant_id,
                                    const std::string& check_run_id);
/// The newest first, one more than the page's limit.
Result<std::vector<CheckRunRow>> ListCheckRuns(store::Session& session, const std::string& tenant_id,
                                               const CheckRunFilter& filter, const core::PageRequest& page);
/// Replaces what an earlier try left. Errors: kApiNotFound when the suite was removed meanwhile.
Status FinishCheckRun(store::Session& session, const CheckRunRow& row, const std::vector<CheckResultRow>& results,
                      const std::string& sealed_document);
/// Of all tenants those that were over before that moment, but for the newest finished one of each suite.
Status DeleteOldCheckRuns(store::Session& session, Micros before);
/// Sealed; empty while it is not finished. Errors: kApiNotFound.
Result<std::string> SealedDocument(store::Session& session, const std::string& tenant_id,
                                   const std::string& check_run_id);
/// A check over time, the newest first, one more than the page's limit.
Result<std::vector<CheckResultRow>> CheckHistory(store::Session& session, const std::string& tenant_id,
                                                 const std::string& suite_id, const std::string& check_name,
                                                 const core::PageRequest& page);

}  // namespace migrateiq::validation
