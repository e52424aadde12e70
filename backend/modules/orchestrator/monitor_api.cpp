#include "base/errors/api.hpp"
#include "modules/core/answer_values.hpp"
#include "modules/core/id_page.hpp"
#include "modules/core/sign_in/system_tenant.hpp"
#include "modules/orchestrator/run_api.hpp"
#include "modules/orchestrator/task_view.hpp"

namespace migrateiq::orchestrator {

namespace {

/// A worker that gave no sign for so long is shown as gone.
constexpr Micros kGoneAfter = kMinute;

struct WorkerView {
  std::string worker_id, host, state;
  int64_t process = 0, slots = 0;
  Moment started_at, seen_at;
  std::vector<std::string> doing;  ///< task ids
};
BOOST_DESCRIBE_STRUCT(WorkerView, (), (worker_id, host, state, process, slots, started_at, seen_at, doing))

struct WorkerList {
  std::vector<WorkerView> items;
};
BOOST_DESCRIBE_STRUCT(WorkerList, (), (items))

struct QueueView {
  std::string name;
  int64_t waiting = 0, delivered = 0, dead = 0;
};
BOOST_DESCRIBE_STRUCT(QueueView, (), (name, waiting, delivered, dead))

struct QueueList {
  std::vector<QueueView> items;
};
BOOST_DESCRIBE_STRUCT(QueueList, (), (items))

struct MonitoredTask {
  std::string task_id, run_id, kind, state;
  std::optional<std::string> worker;
  int64_t priority = 0, attempt = 0, epoch = 0;
  std::optional<int64_t> chunks, rows;  ///< of a run that several workers share: what this one loaded
  Moment created_at;
  std::optional<Moment> started_at, finished_at, lease_until;
  std::optional<double> seconds;
  std::optional<projects::FaultView> error;
};
BOOST_DESCRIBE_STRUCT(MonitoredTask, (),
                      (task_id, run_id, kind, state, worker, priority, attempt, epoch, chunks, rows, created_at,
                       started_at, finished_at, lease_until, seconds, error))

enum class TaskState { ready, claimed, done, failed, cancelled };
BOOST_DESCRIBE_ENUM(TaskState, ready, claimed, done, failed, cancelled)

struct TaskQuery {
  std::optional<TaskState> state;
  std::optional<Text<1, 32>> kind;
  std::optional<Text<1, 200>> worker;
  std::optional<core::PageLimit> limit;
  std::optional<Text<0, 400>> cursor;
};
BOOST_DESCRIBE_STRUCT(TaskQuery, (), (state, kind, worker, limit, cursor))

struct RateQuery {
  std::optional<Number<1, 43200>> minutes;  ///< 60 when it is absent
};
BOOST_DESCRIBE_STRUCT(RateQuery, (), (minutes))

struct RateView {
  std::string kind, state;
  int64_t count = 0;
  double per_minute = 0, mean_seconds = 0, longest_seconds = 0;
};
BOOST_DESCRIBE_STRUCT(RateView, (), (kind, state, count, per_minute, mean_seconds, longest_seconds))

struct RateList {
  int64_t minutes = 0;
  std::vector<RateView> items;
};
BOOST_DESCRIBE_STRUCT(RateList, (), (minutes, items))

struct DrainWorker {
  std::optional<bool> drain;  ///< false: take new tasks again
};
BOOST_DESCRIBE_STRUCT(DrainWorker, (), (drain))

MonitoredTask ViewOfTask(const Task& task) {
  MonitoredTask view = TaskAs<MonitoredTask>(task);
  view.priority = task.priority;
  if (task.state == "claimed") view.lease_until = Moment{task.lease_until};
  if (task.started_at && task.finished_at)
    view.seconds = static_cast<double>(*task.finished_at - *task.started_at) / static_cast<double>(kSecond);
  return view;
}

class MonitorApi {
 public:
  explicit MonitorApi(ApiParts parts) : parts_(std::move(parts)) {}

  /// Workers serve all tenants; what they do is shown only as far as it is the asker's.
  Result<WorkerList> Workers(http::Context& context) const {
    MIQ_ASSIGN(const std::vector<WorkerRow> rows,
               parts_.store.ReadFor<std::vector<WorkerRow>>(
                   store::Scope::System(), [](store::Session& session) { return workers::List(session); }));
    MIQ_ASSIGN(const std::vector<Task> own,
               parts_.store.ReadFor<std::vector<Task>>(Tenant(context), [&](store::Session& session) {
                 return tasks::List(session, context.principal.tenant_id, {.state = "claimed", .limit = 1000});
               }));
    WorkerList list;
    for (const WorkerRow& row : rows) list.items.push_back(ViewOfWorker(row, own));
    return list;
  }

  /// Workers serve all tenants: only operators stop them.
  Result<Nothing> Drain(http::Context& context, const DrainWorker& body) const {
    const core::Actor actor = core::ActorOf(context);
    if (actor.tenant_id != core::kDefaultTenant)
      return Fail(codes::kApiForbidden, "workers serve all tenants: only people of the first tenant stop them");
    const std::string worker_id = context.Path("worker_id");
    const bool drain = body.drain.value_or(true);
    MIQ_TRY(parts_.store.Write(store::Scope::System(), [&](store::Session& session) -> Status {
      MIQ_TRY(workers::SetDraining(session, worker_id, drain));
      return core::AppendAudit(session, actor.tenant_id,
                               actor.Entry(drain ? "worker.drained" : "worker.released", "worker", worker_id));
    }));
    return Nothing{};
  }

  /// What ended in the last minutes, and what is open now.
  Result<RateList> Rates(http::Context& context, const RateQuery& query) const {
    const int64_t minutes = query.minutes.value_or(60);
    MIQ_ASSIGN(const std::vector<tasks::Rate> rates,
               parts_.store.ReadFor<std::vector<tasks::Rate>>(Tenant(context), [&](store::Session& session) {
                 return tasks::Rates(session, context.principal.tenant_id, parts_.clock.Now() - minutes * kMinute);
               }));
    RateList list{.minutes = minutes};
    for (const tasks::Rate& rate : rates)
      list.items.push_back({.kind = rate.kind,
                            .state = rate.state,
                            .count = rate.count,
                            .per_minute = static_cast<double>(rate.count) / static_cast<double>(minutes),
                            .mean_seconds = rate.mean_seconds,
                            .longest_seconds = rate.longest_seconds});
    return list;
  }

  Result<QueueList> Queues() const {
    MIQ_ASSIGN(const std::vector<queue::Queue::Numbers> queues, parts_.queue.Inspect());
    QueueList list;
    for (const auto& numbers : queues)
      list.items.push_back(
          {.name = numbers.name, .waiting = numbers.waiting, .delivered = numbers.delivered, .dead = numbers.dead});
    return list;
  }

  Result<Page<MonitoredTask>> Tasks(http::Context& context, const TaskQuery& query) const {
    const core::PageRequest page = core::PageOf(query);
    MIQ_ASSIGN(const std::string after, core::IdAfter(page.cursor));
    MIQ_ASSIGN(const std::vector<Task> found,
               parts_.store.ReadFor<std::vector<Task>>(Tenant(context), [&](store::Session& session) {
                 return tasks::List(session, context.principal.tenant_id,
                                    {.state = core::WordOf(query.state),
                                     .kind = query.kind.value_or(""),
                                     .worker = query.worker.value_or(""),
                                     .after = after,
                                     .limit = page.limit + 1});
               }));
    return core::PageById<MonitoredTask>(found, page.limit, &ViewOfTask, &Task::task_id);
  }

  /// A task by itself is tried again or revoked through its run, whose state goes with it.
  Result<MonitoredTask> ActOnRun(http::Context& context, RunAction action) const {
    MIQ_ASSIGN(const Task task, Load(context));
    MIQ_TRY(parts_.runs.Act(core::ActorOf(context), task.run_id, action));
    MIQ_ASSIGN(const Task changed, Load(context));
    return ViewOfTask(changed);
  }

 private:
  static store::Scope Tenant(const http::Context& context) { return store::Scope::Tenant(context.principal.tenant_id); }

  Result<Task> Load(http::Context& context) const {
    return parts_.store.ReadFor<Task>(Tenant(context), [&](store::Session& session) {
      return tasks::Find(session, context.principal.tenant_id, context.Path("task_id"));
    });
  }

  WorkerView ViewOfWorker(const WorkerRow& row, const std::vector<Task>& own) const {
    const bool gone = row.seen_at + kGoneAfter < parts_.clock.Now();
    WorkerView view{.worker_id = row.worker_id,
                    .host = row.host,
                    .state = gone           ? "gone"
                             : row.draining ? "draining"
                                            : "active",
                    .process = row.process,
                    .slots = row.slots,
                    .started_at = {row.started_at},
                    .seen_at = {row.seen_at}};
    for (const Task& task : own) {
      if (task.owner == row.worker_id) view.doing.push_back(task.task_id);
    }
    return view;
  }

  ApiParts parts_;
};

using http::Context;
using http::Method;

}  // namespace

void AddMonitorRoutes(http::Router& router, ApiParts parts) {
  const auto api = std::make_shared<MonitorApi>(std::move(parts));  // shared by the handlers
  const auto route = [](Method method, const char* path, const char* name, const char* summary,
                        const char* permission) {
    return http::Route{.method = method,
                       .path = std::string("/api/v1/monitor/") + path,
                       .name = name,
                       .tag = "monitor",
                       .summary = summary,
                       .permission = permission};
  };
  router.Add<Nothing, Nothing, WorkerList>(
      http::Whole(route(Method::kGet, "workers", "listWorkers", "Workers, and what each is doing for this tenant.",
                        "monitor.read")),
      [api](Context& c, const Nothing&, const Nothing&) { return api->Workers(c); });
  http::Route drain =
      route(Method::kPost, "workers/{worker_id}/drain", "drainWorker",
            "Let a worker finish at the next chunk and take nothing new (operators only).", "monitor.write");
  drain.operators = true;
  router.Add<DrainWorker, Nothing, Nothing>(
      std::move(drain), [api](Context& c, const DrainWorker& body, const Nothing&) { return api->Drain(c, body); });
  router.Add<Nothing, Nothing, QueueList>(
      http::Whole(route(Method::kGet, "queues", "listQueues",
                        "Queues: what waits, what is handed out, what was given up.", "monitor.read")),
      [api](Context&, const Nothing&, const Nothing&) { return api->Queues(); });
  router.Add<Nothing, RateQuery, RateList>(
      http::Whole(route(Method::kGet, "rates", "listRates",
                        "How many tasks ended how, of late, and how long they took.", "monitor.read")),
      [api](Context& c, const Nothing&, const RateQuery& query) { return api->Rates(c, query); });
  router.Add<Nothing, TaskQuery, Page<MonitoredTask>>(
      route(Method::kGet, "tasks", "listTasks", "Tasks of all runs, newest first.", "monitor.read"),
      [api](Context& c, const Nothing&, const TaskQuery& query) { return api->Tasks(c, query); });
  http::Route retry =
      route(Method::kPost, "tasks/{task_id}/retry", "retryTask", "Try the task's run again.", "monitor.write");
  retry.success = 202;
  router.Add<Nothing, Nothing, MonitoredTask>(std::move(retry), [api](Context& c, const Nothing&, const Nothing&) {
    return api->ActOnRun(c, RunAction::kRetry);
  });
  http::Route revoke = route(Method::kPost, "tasks/{task_id}/revoke", "revokeTask",
                             "Take the task away; its run is cancelled.", "monitor.write");
  revoke.success = 202;
  router.Add<Nothing, Nothing, MonitoredTask>(std::move(revoke), [api](Context& c, const Nothing&, const Nothing&) {
    return api->ActOnRun(c, RunAction::kCancel);
  });
}

}  // namespace migrateiq::orchestrator
