#pragma once

#include <optional>
#include <string>
#include <vector>

#include "modules/core/cursor.hpp"
#include "modules/ml/matching.hpp"
#include "platform/store/store.hpp"

/// The tables of matchings. Every statement names its tenant.
namespace migrateiq::ml {

Status InsertMatching(store::Session& session, const MatchingRow& row);
/// Errors: kApiNotFound.
Result<MatchingRow> RequireMatching(store::Session& session, const std::string& tenant_id,
                                    const std::string& matching_id);
/// The newest first, one more than the page's limit.
Result<std::vector<MatchingRow>> ListMatchings(store::Session& session, const std::string& tenant_id,
                                               const std::string& project_id, const core::PageRequest& page);
/// The newest matching of a project, and how many of its suggestions nobody decided about yet.
struct MatchingStanding {
  std::string matching_id;
  std::optional<Micros> finished_at;
  int64_t suggestions = 0, open = 0;
};
Result<std::optional<MatchingStanding>> NewestMatching(store::Session& session, const std::string& tenant_id,
                                                       const std::string& project_id);
Result<bool> DeleteMatching(store::Session& session, const std::string& tenant_id, const std::string& matching_id);

/// Of all tenants those that were over before that moment, and about which nobody decided anything.
Status DeleteOldMatchings(store::Session& session, Micros before);

/// Everything that the matching found, sealed; replaces what an earlier try left.
Status PutFound(store::Session& session, const std::string& tenant_id, const std::string& matching_id,
                const std::vector<MatchedTable>& tables, const std::vector<Suggestion>& suggestions);
Status FinishMatching(store::Session& session, const std::string& tenant_id, const std::string& matching_id, Micros now,
                      const std::string& model_id, const UnmatchedTables& unmatched);

Result<std::vector<MatchedTable>> TablesOf(store::Session& session, const std::string& tenant_id,
                                           const std::string& matching_id);

struct SuggestionFilter {
  int64_t table_number = 0;  ///< 0: all
  std::string decision;      ///< empty: all
  int64_t after = 0, limit = 50;
};
/// By number, one more than the limit.
Result<std::vector<Suggestion>> ListSuggestions(store::Session& session, const std::string& tenant_id,
                                                const std::string& matching_id, const SuggestionFilter& filter);
/// Locked until the transaction ends. Errors: kApiNotFound.
Result<Suggestion> LockSuggestion(store::Session& session, const std::string& tenant_id, const std::string& matching_id,
                                  int64_t number);
Status PutDecision(store::Session& session, const std::string& tenant_id, const std::string& matching_id,
                   const Suggestion& suggestion);

/// What a suggestion of an earlier version says, not sealed.
struct UnsealedDetails {
  std::string tenant_id, matching_id, details;
  int64_t number = 0;
};
/// Of all tenants, at most `limit`.
Result<std::vector<UnsealedDetails>> ListUnsealed(store::Session& session, size_t limit);
/// The sealed text instead of the other.
Status PutSealed(store::Session& session, const UnsealedDetails& old, const std::string& sealed);

/// Decisions of a project, or of the whole tenant (empty), newest first, at most `limit`.
Result<std::vector<Experience>> ReadExperience(store::Session& session, const std::string& tenant_id,
                                               const std::string& project_id, int64_t limit);

/// The same with what was weighed, of the whole tenant.
Result<std::vector<Lesson>> ReadLessons(store::Session& session, const std::string& tenant_id, int64_t limit);

}  // namespace migrateiq::ml
