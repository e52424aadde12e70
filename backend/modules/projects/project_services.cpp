#include "modules/projects/project_services.hpp"

#include "base/errors/server.hpp"
#include "modules/projects/migrations.hpp"
#include "modules/projects/routes.hpp"

namespace migrateiq::projects {

namespace {

constexpr Micros kUploadLife = 2 * kDay;

std::shared_ptr<Presence> ListenTo(realtime::Bus* bus, const Clock& clock) {
  auto presence = std::make_shared<Presence>(clock);  // shared: the bus keeps its listeners for ever
  if (bus != nullptr) bus->Listen([presence](const realtime::Event& event) { presence->Hear(event); });
  return presence;
}

}  // namespace

Result<ProjectOptions> ProjectOptions::From(const Settings& settings, const std::string& state_folder) {
  ProjectOptions options;
  options.work_folder = state_folder + "/work";
  options.upload_limit = settings.upload_limit_mb << 20;
  options.storage_quota = std::max(options.storage_quota, 10 * options.upload_limit);
  for (const std::string& pair : settings.local_folders) {
    const size_t equals = pair.find('=');
    const std::string folder = equals == std::string::npos ? "" : pair.substr(equals + 1);
    if (equals == 0 || !folder.starts_with('/'))
      return Fail(codes::kSettingValue, "connections.local_folders: '" + pair + "' is not written tenant=/folder");
    options.local_folders[pair.substr(0, equals)] = folder;
  }
  return options;
}

Result<std::unique_ptr<ProjectServices>> ProjectServices::Make(Parts parts) {
  MIQ_TRY(parts.store.Migrate("projects", ProjectMigrations()));
  return std::make_unique<ProjectServices>(std::move(parts));
}

ProjectServices::ProjectServices(Parts parts)
    : store(parts.store),
      options(parts.options),
      clock(parts.clock),
      events(parts.bus),
      presence(ListenTo(parts.bus, parts.clock)),
      files({parts.store, parts.objects, parts.clock, options.work_folder}),
      uploads({parts.store, parts.objects, parts.clock, options.upload_limit, options.storage_quota}),
      addresses({std::move(parts.reach), options.local_folders,
                 [this](const std::string& tenant_id, const std::string& file_id) {
                   return files.PathOf(tenant_id, file_id);
                 }}),
      connections({parts.store, parts.vault, addresses, parts.clock, options.test_deadline}),
      projects(parts.store, parts.access, events, parts.clock),
      plans(parts.store, events, parts.clock),
      templates(parts.store, parts.clock),
      transfer({parts.store, templates, events, parts.clock}),
      members(parts.store, parts.access, events, parts.clock),
      comments(parts.store, events, parts.clock),
      mask_keys({parts.store, parts.vault, parts.clock}),
      plan_source(parts.store, connections, mask_keys) {}

Status ProjectServices::RemoveFilesOf(const std::string& tenant_id) {
  MIQ_TRY(uploads.RemoveOfTenant(tenant_id));
  return files.RemoveOfTenant(tenant_id);
}

Status ProjectServices::Tidy() { return uploads.RemoveAbandoned(clock.Now() - kUploadLife); }

void AddProjectRoutes(http::Router& router, ProjectServices& services) {
  AddConnectionRoutes(router, services);
  AddProjectResourceRoutes(router, services);
  AddTransferRoutes(router, services);
  AddMemberRoutes(router, services);
  AddCommentRoutes(router, services);
  AddPlanRoutes(router, services);
  AddTemplateRoutes(router, services);
  AddMaskRoutes(router, services);
  AddUploadRoutes(router, services);
  AddFileRoutes(router, services);
}

}  // namespace migrateiq::projects
