#include "pipeline/suite/detail/system.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "base/errors/data.hpp"
#include "base/errors/plan.hpp"
#include "base/errors/run.hpp"
#include "base/nearest.hpp"

namespace migrateiq::detail {

namespace {

bool SameIgnoringCase(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) {
    return std::tolower(static_cast<unsigned char>(x)) == std::tolower(static_cast<unsigned char>(y));
  });
}

std::vector<const Table*> Matching(const Catalog& catalog, const std::string& name, bool any_case) {
  const auto same = [any_case](const std::string& a, const std::string& b) {
    return any_case ? SameIgnoringCase(a, b) : a == b;
  };
  std::vector<const Table*> found;
  for (const Table& table : catalog.tables) {
    if (same(table.name.ToString(), name)) return {&table};
    if (same(table.name.name, name)) found.push_back(&table);
  }
  return found;
}

}  // namespace

/// Triggers a stop source when the time is up, or when the parent stops.
class System::Deadline {
 public:
  Deadline(std::stop_source stop, const std::stop_token& parent, std::chrono::milliseconds time)
      : parent_(parent, [stop]() mutable { stop.request_stop(); }), thread_([this, stop, time](std::stop_token end) {
          std::unique_lock lock(mutex_);
          if (wake_.wait_for(lock, end, time, [] { return false; }) || end.stop_requested()) return;
          passed_ = true;
          std::stop_source copy = stop;
          copy.request_stop();
        }) {}

  bool passed() {
    const std::lock_guard lock(mutex_);
    return passed_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable_any wake_;
  bool passed_ = false;
  std::stop_callback<std::function<void()>> parent_;
  std::jthread thread_;
};

Status System::Connect() {
  if (source_) return {};
  if (unreachable_) return Fail(*unreachable_);
  if (!open_)
    return Fail(Error(codes::kCheckUnfit, "the check is about a system that was not given")
                    .Fix("Give the URLs of both sides: source, then target."));
  stop_ = std::stop_source();
  auto opened = open_(stop_.get_token());
  if (opened) {
    source_ = std::move(*opened);
    const auto held = source_->HoldMoment(1, {});
    if (!held) opened = Fail(held.error());
  }
  if (!opened) {
    source_.reset();
    if (!dialect_) unreachable_ = opened.error();
    return Fail(std::move(opened).error());
  }
  dialect_ = &source_->dialect();
  return {};
}

/// Every error costs the connection: what was left of a statement or a transaction is of no more use.
template <class T>
Result<T> System::Timed(const std::function<Result<T>()>& ask) {
  if (options_.stop.stop_requested()) return Fail(codes::kRunInterrupted, "the check was stopped");
  MIQ_TRY(Connect());
  Deadline deadline(stop_, options_.stop, options_.timeout);
  Result<T> answer = ask();
  if (answer) return answer;
  source_.reset();
  if (!deadline.passed()) return answer;
  return Fail(codes::kCheckTimeout, "no answer within " + std::to_string(options_.timeout.count()) + " milliseconds");
}

Result<const Catalog*> System::Discovered() {
  if (!catalog_) {
    MIQ_ASSIGN(catalog_, Timed<Catalog>([&] { return source_->Discover({.others = false}); }));
  }
  return &*catalog_;
}

Result<const Table*> System::Find(const std::string& table) {
  MIQ_ASSIGN(const Catalog* catalog, Discovered());
  std::vector<const Table*> found = Matching(*catalog, table, false);
  if (found.empty() && dialect_->folds_case()) found = Matching(*catalog, table, true);
  if (found.size() == 1) return found[0];
  if (found.size() > 1)
    return Fail(Error(codes::kSchemaMissing, "several schemas have a table '" + table + "'")
                    .Table(table)
                    .Fix("Write the name with its schema: " + found[0]->name.ToString() + "."));
  std::vector<std::string> names;
  for (const Table& one : catalog->tables) {
    names.push_back(one.name.ToString());
    if (!one.name.schema.empty()) names.push_back(one.name.name);
  }
  return Fail(
      Error(codes::kSchemaMissing, "there is no table '" + table + "'" + DidYouMean(table, names)).Table(table));
}

Result<QueryRows> System::Query(const std::string& sql) {
  return Timed<QueryRows>([&] { return source_->Query(sql); });
}

Status System::Read(const ReadRequest& request, const VisitBatch& visit) {
  const auto read = [&]() -> Result<bool> {
    MIQ_ASSIGN(const std::vector<Split> splits, source_->PlanSplits(request, {}));
    Batch batch;
    for (const Split& split : splits) {
      MIQ_ASSIGN(const std::unique_ptr<Reader> reader, source_->OpenReader(request, split, 0));
      while (true) {
        MIQ_ASSIGN(const bool more, reader->Next(batch));
        if (!more) break;
        MIQ_ASSIGN(const bool wanted, visit(batch));
        if (!wanted) return true;
        if (stop_.stop_requested()) return Fail(codes::kRunInterrupted, "the check was stopped");
      }
    }
    return true;
  };
  MIQ_TRY(Timed<bool>(read));
  return {};
}

Result<const CatalogColumn*> FindColumn(const Table& table, const std::string& name, const Dialect& dialect) {
  if (const CatalogColumn* exact = table.Find(name)) return exact;
  std::vector<std::string> names;
  const CatalogColumn* found = nullptr;
  for (const CatalogColumn& column : table.columns) {
    names.push_back(column.name);
    if (dialect.folds_case() && SameIgnoringCase(column.name, name)) found = &column;
  }
  if (found != nullptr) return found;
  return Fail(Error(codes::kSchemaMissing, "there is no column '" + name + "'" + DidYouMean(name, names))
                  .Table(table.name.ToString())
                  .Column(name));
}

}  // namespace migrateiq::detail
