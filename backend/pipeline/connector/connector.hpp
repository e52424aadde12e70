#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <ranges>
#include <stop_token>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/errors/plan.hpp"
#include "base/errors/run.hpp"
#include "pipeline/batch/batch.hpp"
#include "pipeline/batch/digest.hpp"
#include "pipeline/connector/url.hpp"
#include "pipeline/schema/catalog.hpp"
#include "pipeline/schema/dialect.hpp"

/// The contract between the engine and a system. One folder under backend/connectors implements it.
/// A Source or Target is used from one thread at a time; the Readers and Writers it hands out each own their connection
/// and may be used from one other thread each, at the same time. Every blocking call must end soon after the stop token
/// given at opening is triggered (cancel the statement, close the socket), with kRunInterrupted.
namespace migrateiq {

// --- reading ---------------------------------------------------------------------------------------------------------

/// What to read: a table or a query, some columns, some rows.
struct ReadRequest {
  /// As discovered, or as planned when a target is read back: the types in its columns are the ones the reader yields
  /// (a CSV reader parses by them; a database reader's natural types are the same by construction). Null for a query.
  const Table* table = nullptr;
  std::string sql;                   ///< instead of a table: run at the source
  std::vector<std::string> columns;  ///< in the order wanted; empty = all, in catalog order
  std::string where;                 ///< source SQL, pushed down; empty = all rows
};

/// An independent part of a ReadRequest. `bounds` is text made by the connector, stable over processes: the same bounds
/// read the same rows in the same moment. The parts of a request are disjoint and cover it, also for rows that arrive
/// later (the first and last part are open-ended).
struct Split {
  std::string bounds;
  int64_t row_estimate = -1;
  int64_t byte_estimate = -1;
};

/// Tuples in a system's own bulk format, passed on without decoding. Whole tuples only.
struct RawBatch {
  std::string bytes;
  int64_t rows = 0;
};

class Reader {
 public:
  virtual ~Reader() = default;
  /// The schema of the batches: the request's columns with this connector's natural types.
  virtual const SchemaPtr& schema() const = 0;
  /// Fills `batch` (cleared by the callee, memory reused). False when there is nothing more. Values that the column's
  /// type cannot hold become findings with NULL in their place; they never fail the read.
  virtual Result<bool> Next(Batch& batch) = 0;

  /// The relay format of the tuples ("pgcopy:int4,text"), when NextRaw can be used instead of Next; else empty.
  virtual std::string raw_format() const { return ""; }
  /// The raw form of Next; adds the tuples to `digest`, exactly as their batch would be.
  virtual Result<bool> NextRaw(RawBatch&, Digest&) { return Fail(codes::kInternal, "this reader has no raw form"); }
};

struct DiscoverOptions {
  std::vector<std::string> schemas;  ///< only these; empty = the URL's, else all that are not the system's own
  bool probe_values = true;  ///< look at data where the declared type does not tell (SQLite classes, TIME beyond 24 h)
  bool leave_dates = false;  ///< no look for zero dates where NULL is not allowed: CatalogColumn::required_if_whole
  bool others = true;        ///< list views, triggers, routines and so on as well
};

struct SplitOptions {
  int64_t target_bytes = int64_t{32} << 20;  ///< about this much each
  int64_t target_rows = 0;                   ///< when > 0, about this many rows instead
};

/// How well a moment holds.
struct HeldMoment {
  std::string description;  ///< "exported snapshot 00000003-1", "FLUSH TABLES WITH READ LOCK", "file as of ..."
  std::vector<std::string> warnings;  ///< e.g. tables that are not covered
  int readers = 1;                    ///< how many may read at once (can be fewer than asked)
  std::string token;                  ///< what another process gives to JoinMoment; empty: it cannot join
};

using QueryRows = std::vector<std::vector<std::optional<std::string>>>;

class Source {
 public:
  virtual ~Source() = default;
  virtual const Dialect& dialect() const = 0;
  /// Never lists the ledger, journal or anything else of ours.
  virtual Result<Catalog> Discover(const DiscoverOptions& options) = 0;
  /// The columns a query yields, as a table without keys.
  virtual Result<Table> DescribeQuery(const std::string& sql) = 0;
  /// From here on all readers see one moment; `readers` connections are opened. Call once, before PlanSplits.
  virtual Result<HeldMoment> HoldMoment(int readers, const std::vector<TableName>& tables) = 0;
  /// Instead of HoldMoment, in a process that helps: the moment which another process holds under this token. It can
  /// be joined while that process holds it.
  virtual Result<HeldMoment> JoinMoment(const std::string& /*token*/, int /*readers*/) {
    return Fail(codes::kInternal, "this source has no moment to join");
  }
  virtual Result<std::vector<Split>> PlanSplits(const ReadRequest& request, const SplitOptions& options) = 0;
  /// `slot` in [0, moment.readers): one reader at a time per slot. Slots may be used from different threads.
  virtual Result<std::unique_ptr<Reader>> OpenReader(const ReadRequest& request, const Split& split, int slot) = 0;
  /// Exact, in the held moment (slot 0).
  virtual Result<int64_t> CountRows(const ReadRequest& request) = 0;
  /// The rows of one query, few of them, as the system writes its values. Runs in the held moment, so HoldMoment comes
  /// first; it cannot change anything. After an error the source may be of no more use.
  virtual Result<QueryRows> Query(const std::string& /*sql*/) {
    return Fail(codes::kInternal, "this source speaks no SQL");
  }
  /// How busy others keep the system: the statements that run there now, MigrateIQ's own not counted. Asked of a source
  /// that holds no moment. kPlanUnavailable where there is no such figure, kConnPrivilege where the user may not see
  /// it.
  virtual Result<int64_t> StatementsOfOthers() {
    return Fail(codes::kPlanUnavailable,
                "run.throttle.pause_when_source_load_above: only PostgreSQL and MySQL tell how busy they are; "
                "rows_per_second and bytes_per_second slow any source down");
  }
};

// --- writing ---------------------------------------------------------------------------------------------------------

/// Where a chunk's ledger line lives: primary key (run, table, chunk).
struct ChunkKey {
  std::string run_id;
  std::string table;  ///< target table as the report names it
  std::string chunk;  ///< Chunk id = hash(run, table, bounds)
};

struct LedgerLine {
  ChunkKey key;
  int64_t rows_read = 0, rows_written = 0, rows_quarantined = 0, rows_filtered = 0, bytes = 0;
  Digest digest;        ///< of the rows written, source side
  std::string details;  ///< JSON: alterations and findings of this chunk, for the report after a resume
};

enum class WriteMode : uint8_t { kInsert, kUpsert };

struct WriteRequest {
  const Table* table = nullptr;  ///< the target table (already there, possibly a shadow)
  SchemaPtr schema;              ///< of the batches that will come: target column names with the target's types
  WriteMode mode = WriteMode::kInsert;
  std::vector<std::string> key;  ///< upsert
  bool fresh = false;            ///< the table was made by this run and the chunk is its only one (FREEZE and the like)
  std::string raw_format;        ///< not empty: WriteRaw will be used with this format
  int64_t fence = 0;             ///< not 0: Begin is kRunHeld unless this is the run's number (Target::Fence)
};

/// What a writer had to switch off, or could not switch off, to load into a table.
struct LoadNotes {
  bool foreign_keys_bypassed = false;  ///< rows were not checked against parents: check them before the run succeeds
  std::vector<std::string> warnings;   ///< "trigger audit fires for every row loaded", ...
};

/// Writes chunks, each in one transaction with its ledger line: Begin, Write*, Commit. After an error only Abort or
/// destruction is allowed. Destruction without Commit rolls back.
class Writer {
 public:
  virtual ~Writer() = default;
  /// Inserts the ledger line. False when the chunk is already committed (then nothing is open). Blocks while another
  /// session has the same chunk open.
  virtual Result<bool> Begin(const ChunkKey& key) = 0;
  /// In streaming mode (the default) a refused row may surface only at a later Write or at Commit, as an error with
  /// code kDataRefused; the engine then aborts and repeats the chunk in atomic mode.
  virtual Status Write(const Batch& batch) = 0;
  virtual Status WriteRaw(const RawBatch&) { return Fail(codes::kInternal, "this writer has no raw form"); }
  /// In atomic mode each Write either stores all rows of its batch, or returns kDataRefused and has stored none of
  /// them, with the chunk's transaction still usable (savepoints). Set between Begin and the first Write. The engine
  /// bisects.
  virtual Status SetAtomic(bool) { return {}; }
  /// Finishes the data, fills in the ledger line and commits. `line.key` equals Begin's.
  virtual Status Commit(const LedgerLine& line) = 0;
  virtual void Abort() = 0;
  /// Known from OpenWriter on.
  virtual LoadNotes notes() const { return {}; }
};

/// What a run did to the target, in order: written before the deed, marked done after it.
struct JournalEntry {
  int64_t sequence = 0;
  std::string kind;    ///< create_schema, create_type, create_table, swap_table, create_object, part ...
  std::string object;  ///< quoted or plain name, as the kind needs it
  std::string detail;  ///< JSON, kind-specific
  bool done = false;
};

struct SwapTable {
  TableName live;    ///< the name users know
  TableName shadow;  ///< loaded by this run
  TableName aside;   ///< where the old one goes
};

class Target {
 public:
  virtual ~Target() = default;
  virtual const Dialect& dialect() const = 0;
  /// The schema that tables without one go to ("public"), after the URL's `schema` parameter.
  virtual std::string default_schema() const = 0;

  /// Creates ledger and journal if absent; clears what is left of an unfinished earlier Prepare. Idempotent.
  virtual Status Prepare() = 0;
  virtual Result<std::vector<LedgerLine>> ReadLedger(const std::string& run_id) = 0;
  /// Empties the table and forgets its ledger lines, in one transaction where the system can.
  virtual Status EmptyTable(const std::string& run_id, const std::string& ledger_table, const TableName& table) = 0;
  /// Can writers of several processes share a run, and be shut out of it?
  virtual bool has_fence() const { return false; }
  /// From here on only writers with this number write for the run: chunks under way with an earlier one have ended when
  /// it returns. kRunHeld when a later number was set; kConnLockTimeout when a chunk does not end.
  virtual Status Fence(const std::string& /*run_id*/, int64_t /*number*/) { return {}; }
  /// Updates one committed line (counts change when quarantined rows are replayed).
  virtual Status UpdateLedger(const LedgerLine& line) = 0;
  virtual Status AppendJournal(const std::string& run_id, const JournalEntry& entry) = 0;
  virtual Result<std::vector<JournalEntry>> ReadJournal(const std::string& run_id) = 0;
  /// The runs that have a journal here, whoever made them; none where tables are never replaced in place.
  virtual Result<std::vector<std::string>> JournalledRuns() { return std::vector<std::string>(); }
  /// Whether the user may do what ForgetRun does: asked before anything is dropped.
  virtual Status CheckForget() { return {}; }
  /// Drops the run's ledger lines and journal; ledger and journal themselves when no run is left in them.
  virtual Status ForgetRun(const std::string& run_id) = 0;

  /// What this system refuses of a definition although each part of it is possible (the width of a row): asked before
  /// anything is written. kSchemaUnsupported with the table and the fix.
  virtual Status CheckDefinition(const Table& /*table*/) { return {}; }
  /// Runs the statements in order, in one transaction where the system can. Errors: kSchemaDdl with the server's words.
  virtual Status Execute(const std::vector<std::string>& statements) = 0;
  virtual Result<QueryRows> Query(const std::string& sql) = 0;
  virtual Result<std::unique_ptr<Writer>> OpenWriter(const WriteRequest& request) = 0;
  /// Can what closes a load (statistics) be done while other connections read the tables, and neither waits?
  virtual bool finishes_beside_readers() const { return false; }
  /// How many writers may write at once (SQLite: 1).
  virtual int max_writers() const = 0;
  /// How large a chunk should be; file targets that make one part a chunk want larger ones.
  virtual int64_t chunk_bytes() const { return int64_t{32} << 20; }
  /// All chunks of the table are committed: file targets rename it to its final name. Idempotent.
  virtual Status Publish(const std::string& /*run_id*/, const TableName& /*table*/) { return {}; }

  /// Where a replaced table is loaded, and where the old one is kept, for this run.
  virtual TableName ShadowName(const TableName& live, const std::string& run_id) const = 0;
  virtual TableName AsideName(const TableName& live, const std::string& run_id) const = 0;
  /// Objects that depend on the tables and that Swap cannot re-point: names for the refusal. Empty = swap is possible.
  virtual Result<std::vector<std::string>> SwapBlockers(const std::vector<TableName>& live) = 0;
  /// live -> aside, shadow -> live for all of them at once; re-points dependent views and foreign keys.
  virtual Status Swap(const std::vector<SwapTable>& tables) = 0;
  /// The reverse of Swap for undo: drops live, aside -> live.
  virtual Status SwapBack(const std::vector<SwapTable>& tables) = 0;
  /// Drops the tables if they exist, whatever refers to what among them (undo, accept). File targets delete the files.
  virtual Status DropTables(const std::vector<TableName>& tables) {
    for (const TableName& table : tables | std::views::reverse) MIQ_TRY(Execute({dialect().DropTable(table)}));
    return {};
  }
  /// Tables among `tables` that hold at least one row (cheap).
  virtual Result<std::vector<TableName>> NonEmpty(const std::vector<TableName>& tables) = 0;
};

// --- the connector itself --------------------------------------------------------------------------------------------

struct UrlOption {
  std::string_view name;
  std::string_view description;
};

struct ConnectorInfo {
  std::string_view name;                  ///< "postgres"
  std::vector<std::string_view> schemes;  ///< "postgresql", "postgres"
  std::string_view summary;               ///< one line for `doctor` and docs
  std::string_view example;               ///< a URL
  std::vector<UrlOption> options;         ///< known URL parameters; others are kUrlParameter unless `any_option`
  bool any_option = false;                ///< parameters are passed on to the vendor library
  bool can_read = true, can_write = true;
  bool guesses_types = false;  ///< the types that Discover tells are those of the values, not of a definition
  bool file_based = false;     ///< no DDL, no transactions: parts and a manifest instead
  bool speaks_sql = false;     ///< as a source: conditions and queries in its own SQL (ReadRequest::where, ::sql)
};

struct OpenOptions {
  std::stop_token stop;          ///< cancels every blocking call
  std::string ledger_schema;     ///< run.ledger_schema, empty = the connector's default
  bool create_database = false;  ///< --create-database
  int parts = 0;                 ///< --parts, file targets
  std::string run_id;            ///< names temporary files; empty outside a run
};

/// One line of `doctor`.
struct DoctorFinding {
  enum class Level : uint8_t { kOk, kWarning, kBlocks } level = Level::kOk;
  std::string subject;  ///< "privileges", "local_infile", ...
  std::string message;
  std::string fix;  ///< empty when kOk
};

class Connector {
 public:
  virtual ~Connector() = default;
  virtual const ConnectorInfo& info() const = 0;
  virtual const Dialect& dialect() const = 0;
  virtual Result<std::unique_ptr<Source>> OpenSource(const Url& url, const OpenOptions& options) const = 0;
  virtual Result<std::unique_ptr<Target>> OpenTarget(const Url& url, const OpenOptions& options) const = 0;
  virtual std::vector<DoctorFinding> Doctor(const Url& url) const = 0;
};

/// Connectors by scheme. Filled before main() by registrars; read-only afterwards.
class Registry {
 public:
  static Registry& Instance();
  void Add(std::unique_ptr<Connector> connector);
  /// kUrlScheme with the nearest known scheme when there is none.
  Result<const Connector*> Find(std::string_view scheme) const;
  std::vector<const Connector*> All() const;  ///< by name

 private:
  std::vector<std::unique_ptr<Connector>> connectors_;
};

/// `const ConnectorRegistrar registrar(std::make_unique<PostgresConnector>());` at namespace scope of the connector's
/// .cpp.
struct ConnectorRegistrar {
  explicit ConnectorRegistrar(std::unique_ptr<Connector> connector) { Registry::Instance().Add(std::move(connector)); }
};

/// Checks the URL's parameters against the option table, then opens.
Result<std::unique_ptr<Source>> OpenSource(const Url& url, const OpenOptions& options);
Result<std::unique_ptr<Target>> OpenTarget(const Url& url, const OpenOptions& options);

}  // namespace migrateiq
