#pragma once

#include <memory>
#include <string>
#include <vector>

#include "pipeline/connector/connector.hpp"
#include "tests/conformance/conformance.hpp"

namespace migrateiq::conformance {

/// An open, prepared target of its own for one test, and the steps that every check is made of.
/// Results are expected to succeed: what fails is reported as a test failure and an exception ends the test.
class Harness {
 public:
  explicit Harness(const ConformanceQuirks& quirks);
  ~Harness();
  Harness(const Harness&) = delete;
  Harness& operator=(const Harness&) = delete;

  /// Why nothing can be tried here; empty when it can.
  const std::string& why_skipped() const { return why_skipped_; }
  Target& target() { return *target_; }

  /// A table `id` (the key) and `v` of the declared type.
  Table MakeTable(const std::string& name, const std::string& native) const;
  /// Creates it, with key and indexes where the system has them; files only learn its columns.
  void Create(const Table& table);
  std::unique_ptr<Writer> OpenWriter(const Table& table);
  static ChunkKey Key(const Table& table, const std::string& chunk) { return {kRun, table.name.ToString(), chunk}; }
  static LedgerLine Line(const ChunkKey& key, const Batch& batch);
  /// Begin, Write, Commit and Publish of one chunk.
  void Load(const Table& table, const std::string& chunk, const Batch& batch);
  void Publish(const Table& table);
  /// All rows, by splits of about `rows_per_split` (0: the connector's own choice); one batch a split.
  std::vector<Batch> Read(const Table& table, int64_t rows_per_split = 0);
  /// "id=value" of every row, sorted.
  std::vector<std::string> Rows(const Table& table, int64_t rows_per_split = 0);
  Table Discover(const std::string& name);

  static constexpr const char* kRun = "conformance-run";

 private:
  OpenOptions Options() const;
  std::unique_ptr<Source> OpenReadingSide();

  ConformanceQuirks quirks_;
  std::string why_skipped_, url_;
  std::unique_ptr<Target> target_;
};

/// The value, or the end of the test with the error's text.
template <class T>
T Must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().ToString());
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

SchemaPtr SchemaOf(const Table& table);
/// Rows `first`, `first + 1`, ... with these values (as AppendEdgeValue takes them) in `v`.
Batch MakeBatch(const Table& table, int64_t first, const std::vector<std::string>& values);
void AppendNullRow(Batch& batch, int64_t id);
Digest DigestOf(const std::vector<Batch>& batches);
std::vector<std::string> ShowRows(const std::vector<Batch>& batches);

}  // namespace migrateiq::conformance

/// Skips the test with the reason when the connector cannot be tried here.
#define MIQ_CONFORMANCE_HARNESS(harness) \
  Harness harness(GetParam());           \
  if (!harness.why_skipped().empty()) GTEST_SKIP() << harness.why_skipped()
