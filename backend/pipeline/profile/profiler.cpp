#include "pipeline/profile/profiler.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>

#include "base/errors/run.hpp"
#include "base/time.hpp"
#include "pipeline/profile/depend/inclusion.hpp"
#include "pipeline/profile/scan/table_scan.hpp"
#include "pipeline/profile/table_profile.hpp"

namespace migrateiq {

namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr int64_t kMostKept = 8'000'000;  ///< values of all tables, for finding references
constexpr int64_t kFewestKept = 500;      ///< rows of each table

double Since(SteadyClock::time_point begin) {
  return std::chrono::duration<double>(SteadyClock::now() - begin).count();
}

/// An empty table that has no parts to read.
ScannedRows NoRows(const TablePass& pass) {
  auto schema = std::make_shared<Schema>();
  for (const CatalogColumn& column : pass.table().columns)
    schema->fields.push_back({column.name, column.type, column.nullable});
  return pass.Begin(schema, 0);
}

class Profiling {
 public:
  Profiling(Source& source, const std::vector<const Table*>& tables, const ProfileOptions& options,
            ProfileObserver& observer)
      : source_(source), tables_(tables), options_(options), observer_(observer), now_(SystemClock().Now()) {
    size_t columns = 1;
    for (const Table* table : tables) columns += table->columns.size();
    kept_rows_ = options.full ? INT64_MAX : std::max(kFewestKept, kMostKept / static_cast<int64_t>(columns));
    if (options_.workers <= 0) options_.workers = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  }

  Result<Profile> Run() {
    const auto begin = SteadyClock::now();
    Profile profile{.started_at = FormatTime(now_), .full = options_.full, .sample_rows = options_.sample_rows};
    MIQ_ASSIGN(const HeldMoment moment, HoldMoment());
    profile.moment = moment.description;
    profile.notes = moment.warnings;
    Announce();
    done_.resize(tables_.size());
    began_ = std::vector<std::atomic<int64_t>>(tables_.size());
    TableScan scan(source_,
                   {options_.full ? SampleSize::Everything() : SampleSize{.rows = options_.sample_rows},
                    std::min(options_.workers, moment.readers), options_.part_bytes, options_.stop},
                   {[this](size_t table, int64_t rows, int64_t bytes) { CountRows(table, rows, bytes); },
                    [&](size_t table) { return FinishTable(table, scan.pass(table)); }});
    observer_.OnPhase("profiling");
    MIQ_TRY(scan.Run(tables_));
    MIQ_TRY(Relate(std::min(options_.workers, moment.readers), scan));
    MIQ_TRY(Collect(scan, profile));
    profile.seconds = Since(begin);
    return profile;
  }

 private:
  Result<HeldMoment> HoldMoment() {
    std::vector<TableName> names;
    for (const Table* table : tables_) names.push_back(table->name);
    return source_.HoldMoment(options_.workers, names);
  }

  void Announce() {
    std::vector<std::string> names;
    std::vector<int64_t> expected;
    for (const Table* table : tables_) {
      names.push_back(table->name.ToString());
      expected.push_back(table->row_estimate);
    }
    observer_.OnTables(names, expected);
  }

  void CountRows(size_t table, int64_t rows, int64_t bytes) {
    int64_t none = 0;
    began_[table].compare_exchange_strong(none, SystemClock().Now());
    observer_.OnRows(table, rows, bytes);
  }

  Status FinishTable(size_t index, TablePass& pass) {
    if (pass.result().columns.empty()) pass.result() = NoRows(pass);
    done_[index] = ProfileTable(*tables_[index], pass.result(), options_, kept_rows_, now_);
    pass.result() = {};
    const int64_t began = began_[index];
    if (began > 0) done_[index].profile.seconds = static_cast<double>(SystemClock().Now() - began) / kSecond;
    observer_.OnTableDone(index);
    return {};
  }

  Status Relate(int readers, TableScan& scan) {
    observer_.OnPhase("relating");
    std::vector<RelatedTable> related;
    for (size_t i = 0; i < tables_.size(); ++i) {
      if (scan.pass(i).failed()) continue;
      ProfiledTable& done = done_[i];
      related.push_back(
          {tables_[i], &done.profile, std::move(done.distinct), std::move(done.sample), done.sample_rows});
    }
    return FindInclusions(source_, related, readers, options_.stop);
  }

  /// Tables in their order; those that failed apart.
  Status Collect(TableScan& scan, Profile& profile) {
    for (size_t i = 0; i < tables_.size(); ++i) {
      if (const std::optional<Error>& error = scan.pass(i).error())
        profile.failures.push_back({tables_[i]->name.ToString(), std::string(error->code.code), error->message,
                                    std::string(error->FixText())});
      else
        profile.tables.push_back(std::move(done_[i].profile));
    }
    if (profile.tables.empty() && !tables_.empty()) return std::unexpected(*scan.pass(0).error());
    return {};
  }

  Source& source_;
  const std::vector<const Table*>& tables_;
  ProfileOptions options_;
  ProfileObserver& observer_;
  int64_t now_;
  int64_t kept_rows_ = 0;
  std::vector<ProfiledTable> done_;
  std::vector<std::atomic<int64_t>> began_;  ///< when the first rows of each table came
};

}  // namespace

Result<Profile> MakeProfile(Source& source, const std::vector<const Table*>& tables, const ProfileOptions& options,
                            ProfileObserver& observer) {
  return Profiling(source, tables, options, observer).Run();
}

}  // namespace migrateiq
