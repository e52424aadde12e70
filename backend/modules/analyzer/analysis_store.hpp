#pragma once

#include <optional>
#include <string>
#include <vector>

#include "modules/analyzer/analysis.hpp"
#include "modules/core/cursor.hpp"
#include "platform/store/store.hpp"

/// The tables of analyses. Every statement names its tenant. What is sealed comes and goes as it is.
namespace migrateiq::analyzer {

struct AnalysisFilter {
  std::string project_id, connection_id;  ///< empty: all
};

Status InsertAnalysis(store::Session& session, const AnalysisRow& row);
/// Errors: kApiNotFound.
Result<AnalysisRow> RequireAnalysis(store::Session& session, const std::string& tenant_id,
                                    const std::string& analysis_id);
/// The newest first, one more than the page's limit.
Result<std::vector<AnalysisRow>> ListAnalyses(store::Session& session, const std::string& tenant_id,
                                              const AnalysisFilter& filter, const core::PageRequest& page);
/// The newest of the project; where it has none, the newest of no project about this connection (empty: about none).
Result<std::optional<AnalysisRow>> NewestAnalysis(store::Session& session, const std::string& tenant_id,
                                                  const std::string& project_id, const std::string& connection_id);
/// With its tables. False when it was not there.
Result<bool> DeleteAnalysis(store::Session& session, const std::string& tenant_id, const std::string& analysis_id);

/// Of all tenants those that were over before that moment, but for the newest finished one of each connection.
Status DeleteOldAnalyses(store::Session& session, Micros before);

/// Everything that an earlier, unfinished try left.
Status ClearTables(store::Session& session, const std::string& tenant_id, const std::string& analysis_id);
Status InsertTable(store::Session& session, const std::string& tenant_id, const std::string& analysis_id,
                   const TableRow& table, const std::string& sealed_profile);
struct SealedDocuments {
  std::string head, assessment, page;  ///< empty: there is none
};
Status FinishAnalysis(store::Session& session, const std::string& tenant_id, const std::string& analysis_id, Micros now,
                      const AnalysisSummary& summary, const SealedDocuments& documents);

/// Those after the number, one more than `limit`.
Result<std::vector<TableRow>> ListTables(store::Session& session, const std::string& tenant_id,
                                         const std::string& analysis_id, int64_t after, int64_t limit);
/// A table's profile, sealed. Errors: kApiNotFound.
Result<std::string> SealedTable(store::Session& session, const std::string& tenant_id, const std::string& analysis_id,
                                int64_t number);
/// Of all tables in their order, but only every one after `after`: read them in steps.
Result<std::vector<std::pair<int64_t, std::string>>> SealedTables(store::Session& session, const std::string& tenant_id,
                                                                  const std::string& analysis_id, int64_t after,
                                                                  int64_t limit);
Result<SealedDocuments> SealedHead(store::Session& session, const std::string& tenant_id,
                                   const std::string& analysis_id);

}  // namespace migrateiq::analyzer
