#include <algorithm>
#include <charconv>

#include "base/errors/data.hpp"
#include "base/errors/plan.hpp"
#include "base/errors/run.hpp"
#include "pipeline/run/active_run.hpp"
#include "pipeline/run/compare.hpp"
#include "pipeline/run/journal.hpp"
#include "pipeline/verify/readback.hpp"

namespace migrateiq {

namespace {

Digest SentDigest(const std::vector<LedgerLine>& lines) {
  Digest digest;
  for (const LedgerLine& line : lines) digest.Add(line.digest);
  return digest;
}

class Verifier {
 public:
  explicit Verifier(ActiveRun& run) : run_(run) {}

  Status Run() {
    auto opened = OpenSource(run_.ends.target_url, OptionsFor(run_.plan, "", run_.context));
    if (!opened && opened.error().Is(codes::kSchemaUnsupported)) return Skip(opened.error().message);
    if (!opened) return std::unexpected(std::move(opened).error());
    source_ = std::move(*opened);
    std::vector<TableName> names;
    for (const TableTask& task : run_.resolved.tables) names.push_back(task.load_name);
    MIQ_ASSIGN(const HeldMoment moment, source_->HoldMoment(run_.workers, names));
    readers_ = moment.readers;
    for (size_t table = 0; table < run_.resolved.tables.size(); ++table) MIQ_TRY(VerifyTable(table));
    return {};
  }

 private:
  Status Skip(const std::string& why) {
    run_.report.notes.push_back("not verified: " + why);
    return {};
  }

  Status VerifyTable(size_t table) {
    if (run_.context.stop.stop_requested()) return Fail(codes::kRunInterrupted, "stopped while verifying");
    run_.progress->SetTablePhase(table, "verifying");
    const TableTask& task = run_.resolved.tables[table];
    TableReport& report = run_.report.tables[table];
    const Table definition = task.LoadTable();
    const ReadRequest request = task.ReadBack(definition);
    const Digest sent = SentDigest(run_.lines[table]);
    if (run_.plan.run.verify == VerifyLevel::kCounts) return VerifyCount(task, request, sent, report);
    MIQ_ASSIGN(Digest found, FoundDigest(task, request));
    if (task.fate == TableFate::kAppend) {
      MIQ_ASSIGN(const std::string before, run_.Fact("before:" + task.target_label));
      found.Subtract(DigestFromText(before));
      report.notes.push_back("appended: target digest after minus before; holds only if nobody else wrote meanwhile");
    }
    report.target_digest = found.ToHex();
    return Judge(table, sent, found, report);
  }

  Result<Digest> FoundDigest(const TableTask& task, const ReadRequest& request) {
    const ReadSide side{*source_, readers_, mutex_, run_.context.stop};
    if (task.fate != TableFate::kUpsert) return DigestRows(side, request, task.transform.target);
    return UpsertedDigest(side, request, task, SourceSide(run_, task));
  }

  Status VerifyCount(const TableTask& task, const ReadRequest& request, const Digest& sent, TableReport& report) {
    if (task.fate == TableFate::kUpsert) return {};
    MIQ_ASSIGN(int64_t count, source_->CountRows(request));
    if (task.fate == TableFate::kAppend) {
      MIQ_ASSIGN(const std::string before, run_.Fact("before:" + task.target_label));
      count -= static_cast<int64_t>(DigestFromText(before).rows);
    }
    report.verified = count == static_cast<int64_t>(sent.rows) ? "match" : "mismatch";
    if (report.verified == "mismatch") Mismatch(report, sent.rows, static_cast<uint64_t>(count));
    return {};
  }

  Status Judge(size_t table, const Digest& sent, const Digest& found, TableReport& report) {
    report.verified = sent == found ? "match" : "mismatch";
    if (sent == found) return {};
    Mismatch(report, sent.rows, found.rows);
    if (run_.plan.run.verify != VerifyLevel::kDiff) return {};
    const TableTask& task = run_.resolved.tables[table];
    const DiffSide target = TargetSide(*source_, readers_, mutex_, run_.context.stop, task);
    MIQ_ASSIGN(const bool all,
               DiffTable(SourceSide(run_, task), target, task, kMostShownDifferences, run_.report.differences));
    if (!all) report.notes.push_back("more rows differ than are shown");
    return {};
  }

  void Mismatch(const TableReport& report, uint64_t sent, uint64_t found) {
    std::string text = "sent " + std::to_string(sent) + " rows, read back " + std::to_string(found);
    if (sent == found) text += ", with other values";
    const std::lock_guard lock(run_.open_mutex);  // statistics may be gathered meanwhile and report errors as well
    run_.report.errors.push_back(Error(codes::kVerifyMismatch, text).Table(report.target));
  }

  ActiveRun& run_;
  std::unique_ptr<Source> source_;
  int readers_ = 1;
  std::mutex mutex_;
};

}  // namespace

Status VerifyTables(ActiveRun& run) {
  if (run.plan.run.verify == VerifyLevel::kNone) return {};
  run.progress->SetPhase("verifying");
  return Verifier(run).Run();
}

}  // namespace migrateiq
