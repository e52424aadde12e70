#include "connectors/assert/assert_target.hpp"

#include "base/errors/data.hpp"
#include "base/errors/plan.hpp"
#include "base/errors/run.hpp"
#include "connectors/assert/assert_writer.hpp"
#include "pipeline/connector/files/file_dialect.hpp"

namespace migrateiq::checking {

const Dialect& TheDialect() {
  static const files::FileDialect dialect("assert", false);
  return dialect;
}

Status AssertTarget::EmptyTable(const std::string& run_id, const std::string& ledger_table, const TableName& table) {
  state_->ForgetTable(run_id, ledger_table, table);
  return {};
}

Status AssertTarget::UpdateLedger(const LedgerLine& line) {
  if (state_->UpdateLine(line)) return {};
  return Fail(codes::kInternal, "the chunk has no committed ledger line");
}

Status AssertTarget::AppendJournal(const std::string& run_id, const JournalEntry& entry) {
  state_->PutJournal(run_id, entry);
  return {};
}

Status AssertTarget::ForgetRun(const std::string& run_id) {
  state_->Forget(run_id);
  return {};
}

Status AssertTarget::Execute(const std::vector<std::string>& statements) {
  for (const std::string& statement : statements) {
    if (const auto dropped = files::ParseDrop(statement)) state_->Drop(*dropped);
  }
  return {};
}

Status AssertTarget::Fence(const std::string& run_id, int64_t number) {
  if (state_->RaiseFence(run_id, number)) return {};
  return Fail(codes::kRunHeld, "assert: run " + run_id + " was taken over");
}

Result<std::unique_ptr<Writer>> AssertTarget::OpenWriter(const WriteRequest& request) {
  if (options_.memory && request.mode == WriteMode::kUpsert) {
    return Fail(codes::kSchemaUnsupported, "assert: keeps rows as they come; it cannot upsert with memory=true");
  }
  return std::make_unique<AssertWriter>(state_, options_, request, stop_);
}

int64_t AssertTarget::ExpectedRows(const TableName& table) const {
  const auto found = options_.table_rows.find(table.name);
  return found == options_.table_rows.end() ? options_.rows : found->second;
}

Status AssertTarget::Publish(const std::string& run_id, const TableName& table) {
  const int64_t expected = ExpectedRows(table);
  const int64_t found = state_->CommittedRows(run_id, table.ToString());
  if (expected < 0 || expected == found) return {};
  return Fail(
      Error(codes::kWriteShort, "expected " + std::to_string(expected) + " rows, found " + std::to_string(found))
          .Table(table.ToString()));
}

TableName AssertTarget::ShadowName(const TableName& live, const std::string& run_id) const {
  return {live.schema, live.name + " (shadow of " + run_id + ")"};
}

TableName AssertTarget::AsideName(const TableName& live, const std::string& run_id) const {
  return {live.schema, live.name + " (before " + run_id + ")"};
}

Status AssertTarget::Swap(const std::vector<SwapTable>& tables) {
  for (const SwapTable& table : tables) {
    if (state_->Kept(table.shadow) == nullptr) continue;
    state_->Rename(table.live, table.aside);
    state_->Rename(table.shadow, table.live);
  }
  return {};
}

Status AssertTarget::SwapBack(const std::vector<SwapTable>& tables) {
  for (const SwapTable& table : tables) {
    if (state_->Kept(table.aside) != nullptr) state_->Rename(table.aside, table.live);
  }
  return {};
}

Result<std::vector<TableName>> AssertTarget::NonEmpty(const std::vector<TableName>& tables) {
  std::vector<TableName> filled;
  for (const TableName& table : tables) {
    if (state_->Kept(table) != nullptr) filled.push_back(table);
  }
  return filled;
}

}  // namespace migrateiq::checking
