#include "base/errors/api.hpp"
#include "base/random.hpp"
#include "modules/core/answer_values.hpp"
#include "modules/core/audited.hpp"
#include "modules/core/id_page.hpp"
#include "modules/core/routes.hpp"
#include "modules/orchestrator/cron.hpp"
#include "modules/orchestrator/run_api.hpp"
#include "modules/projects/api_support.hpp"

namespace migrateiq::orchestrator {

namespace {

using core::Given;
using core::WordOf;
using http::Context;
using http::Method;

enum class WindowMode { allow, deny };
BOOST_DESCRIBE_ENUM(WindowMode, allow, deny)

struct CreateWindow {
  std::optional<Text<1, 64>> connection_id;  ///< absent: all of the tenant's
  Text<1, 200> name;
  WindowMode mode = WindowMode::allow;
  Text<1, 100> cron;
  Text<1, 64> time_zone;
  Number<1, 10080> minutes;
};
BOOST_DESCRIBE_STRUCT(CreateWindow, (), (connection_id, name, mode, cron, time_zone, minutes))

struct ChangeWindow {
  std::optional<Text<1, 200>> name;
  std::optional<WindowMode> mode;
  std::optional<Text<1, 100>> cron;
  std::optional<Text<1, 64>> time_zone;
  std::optional<Number<1, 10080>> minutes;
};
BOOST_DESCRIBE_STRUCT(ChangeWindow, (), (name, mode, cron, time_zone, minutes))

struct WindowView {
  std::string window_id, name, mode, cron, time_zone;
  std::optional<std::string> connection_id;
  int64_t minutes = 0, version = 0;
};
BOOST_DESCRIBE_STRUCT(WindowView, (), (window_id, name, mode, cron, time_zone, connection_id, minutes, version))

struct WindowQuery {
  std::optional<core::PageLimit> limit;
  std::optional<Text<0, 400>> cursor;
};
BOOST_DESCRIBE_STRUCT(WindowQuery, (), (limit, cursor))

WindowView ViewOfWindow(const Window& w) {
  return {.window_id = w.window_id,
          .name = w.name,
          .mode = w.mode,
          .cron = w.cron,
          .time_zone = w.time_zone,
          .connection_id = Given(w.connection_id),
          .minutes = w.minutes,
          .version = w.version};
}

/// A window for one connection is for one of the tenant's own.
Status CheckConnection(store::Session& session, const Window& window) {
  if (window.connection_id.empty()) return {};
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT 1 FROM connection WHERE connection_id = $1 AND tenant_id = $2", window.connection_id,
                           window.tenant_id));
  if (!rows.empty()) return {};
  return Fail(Error(codes::kApiField, "there is no connection '" + window.connection_id + "'").At("/connection_id"));
}

class WindowApi {
 public:
  explicit WindowApi(ApiParts parts) : parts_(std::move(parts)) {}

  Result<WindowView> Create(http::Context& context, const CreateWindow& body) const {
    const core::Actor actor = core::ActorOf(context);
    const Window window{.window_id = NewId(),
                        .tenant_id = actor.tenant_id,
                        .connection_id = body.connection_id.value_or(""),
                        .name = body.name,
                        .mode = WordOf(body.mode),
                        .cron = body.cron,
                        .time_zone = body.time_zone,
                        .minutes = body.minutes};
    MIQ_TRY(Cron::Parse(window.cron, window.time_zone));
    MIQ_TRY(core::WriteAudited(parts_.store, actor,
                               actor.Entry("maintenance_window.created", "maintenance_window", window.window_id),
                               [&](store::Session& session) -> Status {
                                 MIQ_TRY(CheckConnection(session, window));
                                 return windows::Insert(session, window);
                               }));
    context.response.headers.Set("Location", "/api/v1/maintenance-windows/" + window.window_id);
    return core::Versioned(context, ViewOfWindow(window));
  }

  Result<WindowView> Get(http::Context& context) const {
    MIQ_ASSIGN(const Window window, Load(context));
    return core::Versioned(context, ViewOfWindow(window));
  }

  Result<Page<WindowView>> List(http::Context& context, const WindowQuery& query) const {
    const core::PageRequest page = core::PageOf(query);
    MIQ_ASSIGN(const std::string after, core::IdAfter(page.cursor));
    MIQ_ASSIGN(const std::vector<Window> found,
               parts_.store.ReadFor<std::vector<Window>>(Tenant(context), [&](store::Session& session) {
                 return windows::List(session, context.principal.tenant_id, after, page.limit + 1);
               }));
    return core::PageById<WindowView>(found, page.limit, &ViewOfWindow, &Window::window_id);
  }

  Result<WindowView> Change(http::Context& context, const ChangeWindow& body) const {
    MIQ_ASSIGN(Window window, Load(context));
    if (body.name) window.name = *body.name;
    if (body.mode) window.mode = WordOf(*body.mode);
    if (body.cron) window.cron = *body.cron;
    if (body.time_zone) window.time_zone = *body.time_zone;
    if (body.minutes) window.minutes = *body.minutes;
    MIQ_TRY(Cron::Parse(window.cron, window.time_zone));
    const core::Actor actor = core::ActorOf(context);
    MIQ_TRY(core::WriteAudited(
        parts_.store, actor, actor.Entry("maintenance_window.changed", "maintenance_window", window.window_id),
        [&](store::Session& session) -> Status {
          MIQ_ASSIGN(const Window now, windows::Find(session, window.tenant_id, window.window_id));
          MIQ_TRY(context.RequireMatch(now.version));
          return windows::Update(session, window);
        }));
    MIQ_ASSIGN(window, Load(context));
    return core::Versioned(context, ViewOfWindow(window));
  }

  Result<Nothing> Delete(http::Context& context) const {
    MIQ_ASSIGN(const Window window, Load(context));
    MIQ_TRY(context.RequireMatch(window.version));
    const core::Actor actor = core::ActorOf(context);
    MIQ_TRY(core::WriteAudited(parts_.store, actor,
                               actor.Entry("maintenance_window.deleted", "maintenance_window", window.window_id),
                               [&](store::Session& session) -> Status {
                                 return windows::Delete(session, window.tenant_id, window.window_id);
                               }));
    return Nothing{};
  }

 private:
  static store::Scope Tenant(const http::Context& context) { return store::Scope::Tenant(context.principal.tenant_id); }
  Result<Window> Load(http::Context& context) const {
    return parts_.store.ReadFor<Window>(Tenant(context), [&](store::Session& session) {
      return windows::Find(session, context.principal.tenant_id, context.Path("window_id"));
    });
  }
  ApiParts parts_;
};

http::Route WindowRoute(Method method, const char* path, const char* name, const char* permission,
                        const char* summary) {
  http::Route route = projects::TenantRoute(method, path, name, permission, summary);
  route.tag = "maintenance windows";
  return route;
}

}  // namespace

void AddWindowRoutes(http::Router& router, ApiParts parts) {
  const auto window = std::make_shared<WindowApi>(std::move(parts));  // shared by the handlers
  router.Add<CreateWindow, Nothing, WindowView>(
      WindowRoute(Method::kPost, "maintenance-windows", "createMaintenanceWindow", "schedules.write",
                  "Say when a connection may, or may not, be written into."),
      [window](Context& c, const CreateWindow& body, const Nothing&) { return window->Create(c, body); });
  router.Add<Nothing, WindowQuery, Page<WindowView>>(
      WindowRoute(Method::kGet, "maintenance-windows", "listMaintenanceWindows", "connections.read",
                  "Maintenance windows, oldest first."),
      [window](Context& c, const Nothing&, const WindowQuery& query) { return window->List(c, query); });
  router.Add<Nothing, Nothing, WindowView>(
      WindowRoute(Method::kGet, "maintenance-windows/{window_id}", "getMaintenanceWindow", "connections.read",
                  "One maintenance window."),
      [window](Context& c, const Nothing&, const Nothing&) { return window->Get(c); });
  router.Add<ChangeWindow, Nothing, WindowView>(
      projects::Conditional(WindowRoute(Method::kPatch, "maintenance-windows/{window_id}", "changeMaintenanceWindow",
                                        "schedules.write", "Change a maintenance window.")),
      [window](Context& c, const ChangeWindow& body, const Nothing&) { return window->Change(c, body); });
  router.Add<Nothing, Nothing, Nothing>(
      projects::Conditional(WindowRoute(Method::kDelete, "maintenance-windows/{window_id}", "deleteMaintenanceWindow",
                                        "schedules.write", "Remove a maintenance window.")),
      [window](Context& c, const Nothing&, const Nothing&) { return window->Delete(c); });
}

}  // namespace migrateiq::orchestrator
