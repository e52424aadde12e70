#include "modules/ml/matching_store.hpp"

#include <boost/describe/enum_from_string.hpp>
#include <boost/describe/enum_to_string.hpp>
#include <boost/json.hpp>

#include "base/errors/api.hpp"
#include "base/json_text.hpp"
#include "modules/core/id_cursor.hpp"
#include "modules/core/json_list.hpp"
#include "platform/describe/json.hpp"

namespace migrateiq::ml {

namespace {

constexpr std::string_view kMatchingColumns =
    "matching_id, tenant_id, project_id, source_connection_id, target_connection_id, source_connection, "
    "target_connection, name, options, model_id, created_at, created_by, created_by_name, finished_at, unmatched";
constexpr std::string_view kSuggestionColumns =
    "number, table_number, source_column, target_column, confidence, sure, details, decision, decided_target, "
    "decided_expr, decided_by, decided_by_name, decided_at, sealed";

std::string WordOf(Decision decision) { return boost::describe::enum_to_string(decision, ""); }

Decision DecisionOf(const std::string& word) {
  Decision decision = Decision::open;
  boost::describe::enum_from_string(word.c_str(), decision);
  return decision;
}

MatchingRow MatchingFrom(const store::Row& row) {
  return {.matching_id = row.Text(0),
          .tenant_id = row.Text(1),
          .project_id = row.Text(2),
          .source_connection_id = row.Text(3),
          .target_connection_id = row.Text(4),
          .source_connection = row.Text(5),
          .target_connection = row.Text(6),
          .name = row.Text(7),
          .options = DecodeStored<MatchingOptions>(row.Text(8)),
          .model_id = row.Text(9),
          .created_at = row.Integer(10),
          .created_by = row.Text(11),
          .created_by_name = row.Text(12),
          .finished_at = row.OptionalInteger(13),
          .unmatched = DecodeStored<UnmatchedTables>(row.Text(14))};
}

Suggestion SuggestionFrom(const store::Row& row) {
  return {.number = row.Integer(0),
          .table_number = row.Integer(1),
          .source_column = row.Text(2),
          .target_column = row.Text(3),
          .confidence = row.Real(4),
          .sure = row.Boolean(5),
          .details = DecodeStored<SuggestionDetails>(row.Text(6)),
          .sealed = row.IsNull(13) ? "" : row.Binary(13),
          .decision = DecisionOf(row.Text(7)),
          .decided_target = row.Text(8),
          .decided_expr = row.Text(9),
          .decided_by = row.Text(10),
          .decided_by_name = row.Text(11),
          .decided_at = row.OptionalInteger(12)};
}

}  // namespace

Status InsertMatching(store::Session& session, const MatchingRow& row) {
  MIQ_TRY(session.Execute("INSERT INTO matching (" + std::string(kMatchingColumns) +
                              ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
                          row.matching_id, row.tenant_id, row.project_id, row.source_connection_id,
                          row.target_connection_id, row.source_connection, row.target_connection, row.name,
                          Encode(row.options), row.model_id, row.created_at, row.created_by, row.created_by_name,
                          row.finished_at, Encode(row.unmatched)));
  return {};
}

Result<MatchingRow> RequireMatching(store::Session& session, const std::string& tenant_id,
                                    const std::string& matching_id) {
  MIQ_ASSIGN(const store::Rows rows, session.Query("SELECT " + std::string(kMatchingColumns) +
                                                       " FROM matching WHERE matching_id = $1 AND tenant_id = $2",
                                                   matching_id, tenant_id));
  if (rows.empty()) return Fail(codes::kApiNotFound, "there is no matching '" + matching_id + "'");
  return MatchingFrom(rows.front());
}

Result<std::vector<MatchingRow>> ListMatchings(store::Session& session, const std::string& tenant_id,
                                               const std::string& project_id, const core::PageRequest& page) {
  MIQ_ASSIGN(const std::string after, core::IdAfter(page.cursor));
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT " + std::string(kMatchingColumns) +
                               " FROM matching WHERE tenant_id = $1 AND project_id = $2 AND ($3 = '' OR matching_id < "
                               "$3) ORDER BY matching_id DESC LIMIT $4",
                           tenant_id, project_id, after, page.limit + 1));
  std::vector<MatchingRow> found;
  for (const store::Row& row : rows) found.push_back(MatchingFrom(row));
  return found;
}

Result<std::optional<MatchingStanding>> NewestMatching(store::Session& session, const std::string& tenant_id,
                                                       const std::string& project_id) {
  MIQ_ASSIGN(
      const store::Rows rows,
      session.Query("SELECT m.matching_id, m.finished_at, (SELECT COUNT(*) FROM suggestion s WHERE s.matching_id "
                    "= m.matching_id AND s.tenant_id = $1), (SELECT COUNT(*) FROM suggestion s WHERE "
                    "s.matching_id = m.matching_id AND s.tenant_id = $1 AND s.decision = 'open') FROM matching m "
                    "WHERE m.tenant_id = $1 AND m.project_id = $2 ORDER BY m.matching_id DESC LIMIT 1",
                    tenant_id, project_id));
  if (rows.empty()) return std::nullopt;
  const store::Row& row = rows.front();
  return MatchingStanding{row.Text(0), row.OptionalInteger(1), row.Integer(2), row.Integer(3)};
}

Result<bool> DeleteMatching(store::Session& session, const std::string& tenant_id, const std::string& matching_id) {
  MIQ_ASSIGN(const int64_t deleted,
             session.Execute("DELETE FROM matching WHERE matching_id = $1 AND tenant_id = $2", matching_id, tenant_id));
  return deleted > 0;
}

Status DeleteOldMatchings(store::Session& session, Micros before) {
  MIQ_TRY(session.Execute(
      "DELETE FROM matching WHERE COALESCE(finished_at, created_at) < $1 AND NOT EXISTS (SELECT 1 FROM suggestion s "
      "WHERE s.matching_id = matching.matching_id AND s.decided_at IS NOT NULL)",
      before));
  return {};
}

Status PutFound(store::Session& session, const std::string& tenant_id, const std::string& matching_id,
                const std::vector<MatchedTable>& tables, const std::vector<Suggestion>& suggestions) {
  for (const char* table : {"suggestion", "matched_table"})
    MIQ_TRY(session.Execute("DELETE FROM " + std::string(table) + " WHERE matching_id = $1 AND tenant_id = $2",
                            matching_id, tenant_id));
  for (const MatchedTable& table : tables)
    MIQ_TRY(session.Execute(
        "INSERT INTO matched_table (matching_id, number, tenant_id, source_table, target_table, confidence, regime, "
        "target_columns) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        matching_id, table.number, tenant_id, table.source_table, table.target_table, table.confidence, table.regime,
        core::JsonListText(table.target_columns)));
  for (const Suggestion& one : suggestions)
    MIQ_TRY(session.Execute("INSERT INTO suggestion (matching_id, tenant_id, " + std::string(kSuggestionColumns) +
                                ", signals) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '', 'open', '', '', '', '', NULL, "
                                "$9, $10)",
                            matching_id, tenant_id, one.number, one.table_number, one.source_column, one.target_column,
                            one.confidence, one.sure, store::Bytes{one.sealed}, store::Bytes{one.signals}));
  return {};
}

Status FinishMatching(store::Session& session, const std::string& tenant_id, const std::string& matching_id, Micros now,
                      const std::string& model_id, const UnmatchedTables& unmatched) {
  MIQ_ASSIGN(const int64_t changed,
             session.Execute("UPDATE matching SET finished_at = $3, model_id = $4, unmatched = $5 WHERE matching_id = "
                             "$1 AND tenant_id = $2",
                             matching_id, tenant_id, now, model_id, Encode(unmatched)));
  if (changed == 0) return Fail(codes::kApiNotFound, "the matching was removed");
  return {};
}

Result<std::vector<MatchedTable>> TablesOf(store::Session& session, const std::string& tenant_id,
                                           const std::string& matching_id) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT number, source_table, target_table, confidence, regime, target_columns FROM "
                           "matched_table WHERE matching_id = $1 AND tenant_id = $2 ORDER BY number",
                           matching_id, tenant_id));
  std::vector<MatchedTable> tables;
  for (const store::Row& row : rows)
    tables.push_back({.number = row.Integer(0),
                      .source_table = row.Text(1),
                      .target_table = row.Text(2),
                      .confidence = row.Real(3),
                      .regime = row.Text(4),
                      .target_columns = core::ParseJsonList(row.Text(5))});
  return tables;
}

Result<std::vector<Suggestion>> ListSuggestions(store::Session& session, const std::string& tenant_id,
                                                const std::string& matching_id, const SuggestionFilter& filter) {
  MIQ_ASSIGN(
      const store::Rows rows,
      session.Query("SELECT " + std::string(kSuggestionColumns) +
                        " FROM suggestion WHERE matching_id = $1 AND tenant_id = $2 AND ($3 = 0 OR table_number "
                        "= $3) AND ($4 = '' OR decision = $4) AND number > $5 ORDER BY number LIMIT $6",
                    matching_id, tenant_id, filter.table_number, filter.decision, filter.after, filter.limit + 1));
  std::vector<Suggestion> found;
  for (const store::Row& row : rows) found.push_back(SuggestionFrom(row));
  return found;
}

Result<Suggestion> LockSuggestion(store::Session& session, const std::string& tenant_id, const std::string& matching_id,
                                  int64_t number) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT " + std::string(kSuggestionColumns) +
                               " FROM suggestion WHERE matching_id = $1 AND tenant_id = $2 AND number = $3" +
                               std::string(session.ForUpdate()),
                           matching_id, tenant_id, number));
  if (rows.empty()) return Fail(codes::kApiNotFound, "the matching has no suggestion " + std::to_string(number));
  return SuggestionFrom(rows.front());
}

Status PutDecision(store::Session& session, const std::string& tenant_id, const std::string& matching_id,
                   const Suggestion& one) {
  MIQ_TRY(session.Execute(
      "UPDATE suggestion SET decision = $4, decided_target = $5, decided_expr = $6, decided_by = $7, decided_by_name = "
      "$8, decided_at = $9 WHERE matching_id = $1 AND tenant_id = $2 AND number = $3",
      matching_id, tenant_id, one.number, WordOf(one.decision), one.decided_target, one.decided_expr, one.decided_by,
      one.decided_by_name, one.decided_at));
  return {};
}

Result<std::vector<UnsealedDetails>> ListUnsealed(store::Session& session, size_t limit) {
  MIQ_ASSIGN(
      const store::Rows rows,
      session.Query("SELECT tenant_id, matching_id, number, details FROM suggestion WHERE details <> '' LIMIT $1",
                    static_cast<int64_t>(limit)));
  std::vector<UnsealedDetails> found;
  for (const store::Row& row : rows)
    found.push_back(
        {.tenant_id = row.Text(0), .matching_id = row.Text(1), .details = row.Text(3), .number = row.Integer(2)});
  return found;
}

Status PutSealed(store::Session& session, const UnsealedDetails& old, const std::string& sealed) {
  MIQ_TRY(
      session.Execute("UPDATE suggestion SET details = '', sealed = $4 WHERE matching_id = $1 AND tenant_id = $2 AND "
                      "number = $3 AND details <> ''",
                      old.matching_id, old.tenant_id, old.number, store::Bytes{sealed}));
  return {};
}

namespace {

constexpr std::string_view kExperience =
    "m.model_id, t.regime, s.confidence, s.decision, s.matching_id, s.number, "
    "s.target_column, s.decided_target";

Result<store::Rows> ReadDecided(store::Session& session, const std::string& columns, const std::string& tenant_id,
                                const std::string& project_id, int64_t limit) {
  return session.Query(
      "SELECT " + columns +
          " FROM suggestion s JOIN matching m ON m.matching_id = s.matching_id JOIN matched_table t ON t.matching_id = "
          "s.matching_id AND t.number = s.table_number WHERE s.tenant_id = $1 AND s.decided_at IS NOT NULL AND "
          "s.source_column <> '' AND s.target_column <> '' AND ($2 = '' OR m.project_id = $2) ORDER BY s.decided_at "
          "DESC LIMIT $3",
      tenant_id, project_id, limit);
}

/// A proposal whose expression alone was changed was right.
Experience ExperienceFrom(const store::Row& row) {
  const bool same = row.Text(3) == "changed" && row.Text(7) == row.Text(6);
  return {.model_id = row.Text(0),
          .regime = row.Text(1),
          .confidence = row.Real(2),
          .right = row.Text(3) == "accepted" || same,
          .draw = std::hash<std::string>{}(row.Text(4) + "#" + std::to_string(row.Integer(5)))};
}

}  // namespace

Result<std::vector<Experience>> ReadExperience(store::Session& session, const std::string& tenant_id,
                                               const std::string& project_id, int64_t limit) {
  MIQ_ASSIGN(const store::Rows rows, ReadDecided(session, std::string(kExperience), tenant_id, project_id, limit));
  std::vector<Experience> all;
  for (const store::Row& row : rows) all.push_back(ExperienceFrom(row));
  return all;
}

Result<std::vector<Lesson>> ReadLessons(store::Session& session, const std::string& tenant_id, int64_t limit) {
  MIQ_ASSIGN(const store::Rows rows,
             ReadDecided(session, std::string(kExperience) + ", s.signals", tenant_id, "", limit));
  std::vector<Lesson> all;
  for (const store::Row& row : rows)
    all.push_back({.experience = ExperienceFrom(row),
                   .decision = DecisionOf(row.Text(3)),
                   .target_column = row.Text(6),
                   .decided_target = row.Text(7),
                   .signals = row.IsNull(8) ? "" : row.Binary(8)});
  return all;
}

}  // namespace migrateiq::ml
