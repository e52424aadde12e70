#pragma once

#include <memory>
#include <string>
#include <vector>

#include "connectors/postgres/postgres_ledger.hpp"
#include "connectors/postgres/postgres_pool.hpp"
#include "connectors/postgres/postgres_types.hpp"
#include "pipeline/connector/connector.hpp"

namespace migrateiq::postgres {

/// Loads chunks by COPY, each in one transaction with its ledger line. Binary COPY, or text COPY for the whole table
/// when a column has no binary form here.
///
/// Triggers of a table that was there before would see every row a second time. They are kept still by
/// session_replication_role = replica where that is allowed (foreign keys are then bypassed too, see notes()), else by
/// disabling them inside the chunk's transaction (writers of the table then take turns), else they fire and notes()
/// says so.
class PostgresWriter final : public Writer {
 public:
  static Result<std::unique_ptr<Writer>> Open(std::shared_ptr<SessionPool> pool, const Ledger& ledger,
                                              const WriteRequest& request);
  ~PostgresWriter() override;

  Result<bool> Begin(const ChunkKey& key) override;
  Status Write(const Batch& batch) override;
  Status WriteRaw(const RawBatch& raw) override;
  Status SetAtomic(bool atomic) override;
  Status Commit(const LedgerLine& line) override;
  void Abort() override;
  LoadNotes notes() const override { return notes_; }

 private:
  PostgresWriter(std::shared_ptr<SessionPool> pool, Ledger ledger)
      : pool_(std::move(pool)), ledger_(std::move(ledger)) {}
  Status Plan(const WriteRequest& request);
  Status PlanTriggers();
  void PlanUpsert(const WriteRequest& request);
  Status StartCopy(const std::string& before, bool freeze);
  Status Encode(const Batch& batch);
  Status FlushBuffer(size_t at_least);
  Status EndCopy();
  Status MergeUpsert();
  Status WriteAtomic(const Batch& batch);
  Status StoreAtomic(const Batch& batch);
  std::string CopyStatement(bool freeze) const;
  Error Placed(Error error) const;
  Result<std::vector<Rows>> SendBegin(const ChunkKey& key);

  std::shared_ptr<SessionPool> pool_;  // shared with the target and its other writers
  Ledger ledger_;
  std::unique_ptr<Session> session_;
  TableName table_;
  SchemaPtr schema_;
  std::vector<Wire> wires_;
  LoadNotes notes_;
  std::string table_sql_, columns_sql_, begin_sql_, commit_sql_, merge_sql_;
  bool binary_ = true, may_freeze_ = false, upsert_ = false, merge_counts_ = true;
  Buffer buffer_;
  std::string scratch_;
  bool open_ = false, copying_ = false, atomic_ = false;
  int64_t sent_ = 0;   ///< rows of the COPY under way
  int64_t fence_ = 0;  ///< the run's number when it is shared, else 0
};

}  // namespace migrateiq::postgres
