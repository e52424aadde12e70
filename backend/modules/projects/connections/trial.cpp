#include "modules/projects/connections/trial.hpp"

#include <filesystem>
#include <future>
#include <thread>

#include "base/errors/connect.hpp"
#include "modules/projects/connections/url_text.hpp"

namespace migrateiq::projects {

namespace {

/// How many tables there are.
Result<int64_t> ReadCatalog(const Url& url, std::stop_token stop) {
  MIQ_ASSIGN(const Connector* connector, Registry::Instance().Find(url.scheme));
  const OpenOptions options{.stop = std::move(stop)};
  if (!connector->info().can_read) {
    MIQ_TRY(OpenTarget(url, options));
    return 0;
  }
  MIQ_ASSIGN(const std::unique_ptr<Source> source, OpenSource(url, options));
  MIQ_ASSIGN(const Catalog catalog, source->Discover({.schemas = {}, .probe_values = false, .others = false}));
  return static_cast<int64_t>(catalog.tables.size());
}

std::vector<DoctorFinding> Advice(const Url& url) {
  const auto connector = Registry::Instance().Find(url.scheme);
  if (!connector) return {};
  std::vector<DoctorFinding> findings = (*connector)->Doctor(url);
  for (DoctorFinding& finding : findings) {
    finding.message = Scrub(std::move(finding.message), url);
    finding.fix = Scrub(std::move(finding.fix), url);
  }
  return findings;
}

Result<int64_t> ReadCatalogWithin(const Url& url, std::chrono::milliseconds deadline) {
  std::promise<Result<int64_t>> promise;
  std::future<Result<int64_t>> answer = promise.get_future();
  std::jthread worker([&](const std::stop_token& stop) { promise.set_value(ReadCatalog(url, stop)); });
  const bool in_time = answer.wait_for(deadline) == std::future_status::ready;
  if (!in_time) worker.request_stop();
  worker.join();
  if (in_time) return answer.get();
  return Fail(Error(codes::kConnUnreachable,
                    "no complete answer within " + std::to_string(deadline.count() / 1000) + " seconds")
                  .Fix("Check host, port and firewall; a server that is only slow can be stored without the test."));
}

/// A file that a run would make: nothing is wrong with that.
bool IsYetToBeMade(const Url& url, const Error& error) {
  std::error_code ignored;
  if (!error.Is(codes::kConnOpenFile) || url.path.empty() || std::filesystem::exists(url.path, ignored)) return false;
  return std::filesystem::is_directory(std::filesystem::path(url.path).parent_path(), ignored);
}

Error Scrubbed(Error error, const Url& url) {
  error.message = Scrub(std::move(error.message), url);
  error.fix = Scrub(std::move(error.fix), url);
  return error;
}

}  // namespace

Trial TryConnection(const Url& url, std::chrono::milliseconds deadline) {
  using Clock = std::chrono::steady_clock;
  const auto begin = Clock::now();
  Trial trial;
  const Result<int64_t> tables = ReadCatalogWithin(url, deadline);
  const bool absent = !tables && IsYetToBeMade(url, tables.error());
  if (tables)
    trial.tables = *tables;
  else if (!absent)
    trial.error = Scrubbed(tables.error(), url);
  trial.milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begin).count();
  if (absent)
    trial.findings.push_back(
        {DoctorFinding::Level::kWarning, "file", "it does not exist yet: a run into it makes it", ""});
  else if (trial.ok())
    trial.findings = Advice(url);
  return trial;
}

}  // namespace migrateiq::projects
