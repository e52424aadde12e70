#include "apps/migrateiq/serve/server_app.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "apps/migrateiq/serve/health_api.hpp"
#include "apps/migrateiq/serve/process_limits.hpp"
#include "apps/migrateiq/serve/rights_watch.hpp"
#include "apps/migrateiq/serve/state_folder.hpp"
#include "apps/migrateiq/serve/topics.hpp"
#include "apps/migrateiq/serve/web_app.hpp"
#include "base/errors/api.hpp"
#include "base/random.hpp"
#include "modules/analyzer/analysis_job.hpp"
#include "modules/core/core_services.hpp"
#include "modules/ml/ml_services.hpp"
#include "modules/orchestrator/job_desk.hpp"
#include "modules/orchestrator/local_runs.hpp"
#include "modules/orchestrator/migrations.hpp"
#include "modules/orchestrator/run_api.hpp"
#include "modules/orchestrator/run_executor.hpp"
#include "modules/orchestrator/schedule.hpp"
#include "modules/orchestrator/sealer.hpp"
#include "modules/orchestrator/tidy.hpp"
#include "modules/orchestrator/worker.hpp"
#include "modules/projects/project_services.hpp"
#include "modules/projects/project_store.hpp"
#include "modules/validation/check_job.hpp"
#include "modules/validation/proposal_job.hpp"
#include "modules/workspace/steps_api.hpp"
#include "platform/http/document.hpp"
#include "platform/http/gateway.hpp"
#include "platform/http/hub.hpp"
#include "platform/http/redis_rate_limiter.hpp"
#include "platform/http/server.hpp"
#include "platform/objects/object_store.hpp"
#include "platform/outbound/reach.hpp"
#include "platform/secrets/vault.hpp"

namespace migrateiq::serve {

namespace {

constexpr const char* kPrefix = "miq";
constexpr std::chrono::seconds kTick{1}, kDeliverEvery{1};

bool Does(const Settings& settings, const char* role) { return settings.role == "all" || settings.role == role; }

std::string HostName() {
  char name[256] = "";
  ::gethostname(name, sizeof name - 1);
  return name;
}

/// Roles in projects are given by the core module, which has no projects.
Status HasProject(store::Session& session, const std::string& tenant_id, const std::string& project_id) {
  MIQ_ASSIGN(const auto project, projects::FindProject(session, tenant_id, project_id));
  if (project) return {};
  return Fail(Error(codes::kApiField, "there is no such project").At("/project_id"));
}

/// A thread that does something again and again until it is destroyed.
class Repeating {
 public:
  Repeating(const char* name, std::chrono::milliseconds interval, std::function<Status()> work)
      : thread_([name, interval, work = std::move(work)](const std::stop_token& stop) {
          std::mutex mutex;
          std::condition_variable_any wake;
          while (!stop.stop_requested()) {
            if (const Status done = work(); !done) spdlog::warn("{}: {}", name, done.error().ToString());
            std::unique_lock lock(mutex);
            wake.wait_for(lock, stop, interval, [] { return false; });
          }
        }) {}

 private:
  std::jthread thread_;
};

class App : public ServerApp {
 public:
  explicit App(const Settings& settings) : settings_(settings) {}

  Status Open() {
    KeepLittleMemory();
    MIQ_TRY(MakeFolder(settings_.state_folder));
    MIQ_ASSIGN(store_, store::Store::Open(settings_.store_url, static_cast<int>(settings_.store_connections)));
    for (const std::string& warning : store_->Warnings()) spdlog::warn("{}", warning);
    MIQ_ASSIGN(vault_, secrets::OpenVault(*store_, settings_.master_key, true));
    MIQ_ASSIGN(queue_, queue::OpenQueue({.redis_url = settings_.redis_url, .prefix = std::string(kPrefix) + ":queue"}));
    MIQ_ASSIGN(bus_, realtime::OpenBus(settings_.redis_url, std::string(kPrefix) + ":bus"));
    MIQ_TRY(MakeFolder(settings_.objects_folder));
    MIQ_ASSIGN(objects_, objects::OpenLocalObjects(settings_.objects_folder));
    MIQ_ASSIGN(const Reach reach, Reach::Make(settings_.connections_allow, IsLoopback(settings_.listen)));
    reach_ = std::make_unique<Reach>(reach);
    return OpenModules();
  }

  Status Start() override {
    if (Does(settings_, "worker")) StartWorker();
    if (Does(settings_, "scheduler")) StartScheduler();
    if (Does(settings_, "api")) ShowLocalRuns();
    return Does(settings_, "api") ? StartApi() : Status();
  }

  boost::json::value OpenApi() override {
    AddRoutes();
    return router_.OpenApi(MIQ_VERSION);
  }

  std::string url() const override {
    if (server_ == nullptr) return "";
    const std::string host =
        settings_.listen.find(':') == std::string::npos ? settings_.listen : "[" + settings_.listen + "]";
    return fmt::format("{}://{}:{}", server_->secure() ? "https" : "http", host, server_->port());
  }

  Result<std::string> SetupLink() override {
    if (server_ == nullptr) return std::string();
    MIQ_ASSIGN(const auto token, core_->setup.NewToken());
    const std::string base = settings_.public_url.empty() ? url() : settings_.public_url;
    return token ? base + "/setup#token=" + *token : std::string();
  }

  void Drain() override {
    const std::chrono::seconds deadline(settings_.drain_seconds);
    health_.draining = true;
    repeating_.clear();
    if (worker_) worker_->Drain(deadline);
    if (server_) server_->Drain(deadline);
  }

 private:
  Status OpenModules() {
    MIQ_ASSIGN(core_, core::CoreServices::Make({.store = *store_,
                                                .vault = *vault_,
                                                .options = core::CoreOptions::From(settings_),
                                                .bus = bus_.get(),
                                                .reach = reach_.get(),
                                                .check_project = HasProject}));
    MIQ_TRY(store_->Migrate("orchestrator", detail::RunMigrations()));
    MIQ_TRY(store_->Migrate("jobs", orchestrator::JobMigrations()));
    MIQ_ASSIGN(projects::ProjectOptions options, projects::ProjectOptions::From(settings_, settings_.state_folder));
    MIQ_ASSIGN(projects_, projects::ProjectServices::Make({.store = *store_,
                                                           .vault = *vault_,
                                                           .objects = *objects_,
                                                           .access = core_->cache,
                                                           .reach = *reach_,
                                                           .options = std::move(options),
                                                           .bus = bus_.get()}));
    core_->tenant_removal.Also([this](const std::string& tenant_id) { return projects_->RemoveFilesOf(tenant_id); });
    runs_ = std::make_unique<orchestrator::RunService>(orchestrator::RunService::Parts{
        *store_, *queue_, *bus_, projects_->plan_source, SystemClock(), orchestrator::windows::IsOpen, &job_kinds_});
    job_desk_ = std::make_unique<orchestrator::JobDesk>(*store_, *runs_);
    return OpenJobs();
  }

  /// Modules whose work is carried out as jobs.
  Status OpenJobs() {
    MIQ_ASSIGN(analyzer_, analyzer::AnalyzerServices::Make(
                              {*store_, *vault_, projects_->connections, *job_desk_, bus_.get(), SystemClock()}));
    job_kinds_.Add(analyzer::AnalyzeKind(*analyzer_));
    MIQ_ASSIGN(ml_, ml::MlServices::Make({*store_, *vault_, projects_->connections, projects_->plans, *job_desk_,
                                          analyzer_->analyses, bus_.get(), SystemClock()}));
    for (projects::JobKind& kind : ml_->Kinds()) job_kinds_.Add(std::move(kind));
    MIQ_ASSIGN(validation_, validation::ValidationServices::Make({*store_, *vault_, projects_->connections, *job_desk_,
                                                                  analyzer_->analyses, bus_.get(), SystemClock()}));
    job_kinds_.Add(validation::CheckJobKind(*validation_));
    job_kinds_.Add(validation::ProposalJobKind(*validation_));
    steps_ = std::make_unique<workspace::Steps>(*store_);
    return {};
  }

  Result<std::shared_ptr<RunRepository>> Records(const std::string& tenant_id) {
    return std::make_shared<RunRepository>(*store_, tenant_id, SealByVault(*vault_, tenant_id));
  }
  auto RecordsFunction() {
    return [this](const std::string& tenant_id) { return Records(tenant_id); };
  }

  void StartWorker() {
    executor_ = std::make_unique<orchestrator::RunExecutor>(orchestrator::RunExecutor::Parts{
        *store_, *bus_, *runs_, projects_->plan_source, SystemClock(), RecordsFunction()});
    const std::string host = HostName();
    worker_ = std::make_unique<orchestrator::Worker>(
        orchestrator::Worker::Parts{*store_, *queue_, *runs_, SystemClock(),
                                    [this](orchestrator::ActiveTask& active) { return CarryOut(active); }},
        orchestrator::Worker::Options{
            .id = fmt::format("{}:{}:{}", host, ::getpid(), RandomToken(4)),
            .host = host,
            .slots = static_cast<int>(settings_.worker_slots),
            .lease = std::chrono::seconds(settings_.lease_seconds),
            .limits = {.per_connection = settings_.runs_per_connection, .per_tenant = settings_.runs_per_tenant}});
    worker_->Start();
  }

  /// What a run took of memory goes back to the system with its end.
  orchestrator::RunService::Outcome CarryOut(orchestrator::ActiveTask& active) {
    orchestrator::RunService::Outcome outcome = executor_->CarryOut(active);
    GiveMemoryBack();
    return outcome;
  }

  void StartScheduler() {
    scheduler_ = std::make_unique<orchestrator::Scheduler>(
        orchestrator::Scheduler::Parts{*store_, *runs_, SystemClock()}, HostName() + ":" + RandomToken(6));
    repeating_.push_back(std::make_unique<Repeating>("scheduler", kTick, [this] { return scheduler_->Tick(); }));
    if (settings_.tidy_minutes > 0)
      repeating_.push_back(std::make_unique<Repeating>("tidying up", std::chrono::minutes(settings_.tidy_minutes),
                                                       [this] { return Tidy(); }));
    repeating_.push_back(std::make_unique<Repeating>("notifications", kDeliverEvery, [this] { return TellPeople(); }));
  }

  Status TellPeople() {
    MIQ_TRY(core_->notifier.SendPut());
    MIQ_TRY(core_->deliverer.DeliverDue());
    return {};
  }

  /// The embedded store is the command line's state too.
  void ShowLocalRuns() {
    if (settings_.store_url != "sqlite://" + settings_.state_folder + "/state.db") return;
    local_runs_ = std::make_unique<orchestrator::LocalRuns>(orchestrator::LocalRuns::Parts{
        *store_, settings_.state_folder, [this](const orchestrator::RunJob& run) { runs_->Announce(run); }});
    repeating_.push_back(
        std::make_unique<Repeating>("runs of the command line", kTick, [this] { return local_runs_->Adopt(); }));
  }

  /// One part that cannot tidy up keeps no other from it.
  Status Tidy() {
    const Micros now = SystemClock().Now();
    // How long: in days; 0: for ever.
    const auto older = [now](int64_t days, const std::function<Status(Micros)>& tidy) {
      return days > 0 ? tidy(now - days * kDay) : Status();
    };
    const Status all[] = {
        core_->Tidy(),
        projects_->Tidy(),
        orchestrator::Tidy(*store_, now - settings_.tidy_run_days * kDay),
        older(settings_.tidy_analysis_days, [this](Micros before) { return analyzer_->analyses.Tidy(before); }),
        older(settings_.tidy_matching_days, [this](Micros before) { return ml_->matchings.Tidy(before); }),
        ml_->matchings.SealOld(),
        older(settings_.tidy_check_run_days, [this](Micros before) { return validation_->runs.Tidy(before); })};
    for (const Status& done : all) MIQ_TRY(done);
    return {};
  }

  Status StartApi() {
    RaiseFileLimit(settings_.max_connections);
    MIQ_TRY(MakeLimiter());
    AddRoutes();
    topics_ = std::make_unique<TopicRights>(core_->authenticator, *runs_, core_->cache, *store_);
    hub_ = std::make_unique<http::Hub>(
        *bus_,
        [this](const http::Principal& principal, const std::string& topic) { return topics_->Check(principal, topic); },
        [this](const http::Principal& principal) { return core_->authenticator.Renew(principal); });
    rights_watch_ = std::make_unique<RightsWatch>(*bus_, core_->cache, *hub_);
    MIQ_ASSIGN(const http::GatewayOptions options, GatewayOptions());
    gateway_ = std::make_unique<http::Gateway>(
        http::Gateway::Parts{router_, core_->authenticator, *limiter_, core_->idempotency, core_->denied_audit},
        options);
    MIQ_ASSIGN(server_,
               http::Server::Start(
                   ServerOptions(),
                   {.handle = [this](const http::Request& request) { return gateway_->Handle(request); },
                    .body_limit = [this](http::Method method,
                                         const std::string& path) { return gateway_->BodyLimit(method, path); },
                    .upgrade =
                        [this](const http::Request& request) {
                          return gateway_->Upgrade(request, [this](const http::Request& r) { return Upgrade(r); });
                        }}));
    http::ReportServer(*server_, metrics_);
    ReportParts(*store_, *queue_, metrics_);
    return {};
  }

  Status MakeLimiter() {
    if (settings_.redis_url.empty()) {
      limiter_ = http::MakeMemoryRateLimiter();
      return {};
    }
    MIQ_ASSIGN(limiter_, http::MakeRedisRateLimiter(settings_.redis_url, kPrefix));
    return {};
  }

  void AddRoutes() {
    if (!router_.routes().empty()) return;
    core::AddCoreRoutes(router_, *core_);
    projects::AddProjectRoutes(router_, *projects_);
    analyzer::AddAnalyzerRoutes(router_, *analyzer_);
    ml::AddMlRoutes(router_, *ml_);
    validation::AddValidationRoutes(router_, *validation_);
    const orchestrator::ApiParts parts{*store_,       *queue_,          *runs_, projects_->plan_source,
                                       SystemClock(), RecordsFunction()};
    orchestrator::AddRunRoutes(router_, parts);
    orchestrator::AddQuarantineRoutes(router_, parts);
    orchestrator::AddRepairRoutes(router_, parts);
    orchestrator::AddProposalRoutes(router_, parts);
    orchestrator::AddSampleRoutes(router_, parts);
    orchestrator::AddOutlineRoutes(router_, parts);
    orchestrator::AddExpressionRoutes(router_);
    orchestrator::AddScheduleRoutes(router_, parts);
    orchestrator::AddMonitorRoutes(router_, parts);
    workspace::AddStepRoutes(router_, *steps_);
    AddHealthRoutes(router_, {*store_, *queue_, metrics_, health_, core_->authenticator, settings_.metrics_token});
    http::AddDocumentRoutes(router_, MIQ_VERSION);
  }

  Result<http::GatewayOptions> GatewayOptions() {
    const auto limit = [](int64_t per_second) {
      return http::RateLimiter::Limit{static_cast<double>(per_second), static_cast<double>(per_second) * 4};
    };
    http::GatewayOptions options{.cors_origins = settings_.cors_origins,
                                 .per_address = limit(settings_.rate_per_address),
                                 .per_user = limit(settings_.rate_per_user),
                                 .per_tenant = limit(settings_.rate_per_tenant),
                                 .metrics = &metrics_};
    MIQ_ASSIGN(options.web, LoadWebApp(settings_.web_folder));
    return options;
  }

  http::ServerOptions ServerOptions() const {
    return {.listen = settings_.listen,
            .port = static_cast<uint16_t>(settings_.port),
            .certificate_file = settings_.tls_certificate,
            .key_file = settings_.tls_key,
            .trusted_proxies = settings_.trusted_proxies,
            .worker_threads = static_cast<int>(settings_.worker_threads),
            .max_connections = static_cast<size_t>(settings_.max_connections),
            .connections_per_address = static_cast<size_t>(settings_.connections_per_address)};
  }

  /// A browser says where its page is from: only our own pages, and the origins allowed, may open sockets. It has a
  /// ticket; programs send their token.
  Result<std::shared_ptr<http::WebSocketHandler>> Upgrade(const http::Request& request) {
    MIQ_TRY(CheckOrigin(request));
    std::vector<std::string> topics;
    std::string ticket;
    for (const auto& [name, value] : request.query) {
      if (name == "topic") topics.push_back(value);
      if (name == "ticket") ticket = value;
    }
    MIQ_ASSIGN(http::Principal principal, WhoOpens(request, ticket));
    return hub_->Accept(std::move(principal), std::move(topics));
  }

  Result<http::Principal> WhoOpens(const http::Request& request, const std::string& ticket) {
    if (!ticket.empty()) return core_->tickets.Use(ticket);
    MIQ_ASSIGN(auto principal, core_->authenticator.Authenticate(request));
    if (!principal) return Fail(codes::kApiUnauthenticated, "a WebSocket needs a ticket or a token");
    return std::move(*principal);
  }

  Status CheckOrigin(const http::Request& request) const {
    const auto origin = request.headers.Get("Origin");
    if (!origin) return {};
    const std::string own = (request.secure ? "https://" : "http://") + request.host;
    if (*origin == own || std::ranges::find(settings_.cors_origins, *origin) != settings_.cors_origins.end()) return {};
    return Fail(codes::kApiForbidden, "pages of other sites may not open WebSockets here");
  }

  const Settings settings_;
  Health health_;
  telemetry::Metrics metrics_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<secrets::Vault> vault_;
  std::unique_ptr<queue::Queue> queue_;
  std::unique_ptr<realtime::Bus> bus_;
  std::unique_ptr<objects::ObjectStore> objects_;
  std::unique_ptr<Reach> reach_;
  std::unique_ptr<core::CoreServices> core_;
  std::unique_ptr<projects::ProjectServices> projects_;
  projects::JobKinds job_kinds_;  ///< filled by OpenJobs
  std::unique_ptr<orchestrator::RunService> runs_;
  std::unique_ptr<orchestrator::JobDesk> job_desk_;
  std::unique_ptr<analyzer::AnalyzerServices> analyzer_;
  std::unique_ptr<ml::MlServices> ml_;
  std::unique_ptr<validation::ValidationServices> validation_;
  std::unique_ptr<workspace::Steps> steps_;
  std::unique_ptr<orchestrator::LocalRuns> local_runs_;
  std::unique_ptr<orchestrator::RunExecutor> executor_;
  std::unique_ptr<orchestrator::Scheduler> scheduler_;
  std::unique_ptr<orchestrator::Worker> worker_;
  std::unique_ptr<http::RateLimiter> limiter_;
  http::Router router_;
  std::unique_ptr<TopicRights> topics_;
  std::unique_ptr<http::Hub> hub_;
  std::unique_ptr<RightsWatch> rights_watch_;
  std::unique_ptr<http::Gateway> gateway_;
  std::unique_ptr<http::Server> server_;
  std::vector<std::unique_ptr<Repeating>> repeating_;  ///< last: their work uses the others
};

}  // namespace

Result<std::unique_ptr<ServerApp>> ServerApp::Make(const Settings& settings) {
  if (std::vector<Error> faults = CheckSettings(settings); !faults.empty())
    return std::unexpected(std::move(faults.front()));
  auto app = std::make_unique<App>(settings);
  MIQ_TRY(app->Open());
  return app;
}

}  // namespace migrateiq::serve
