#pragma once

#include <map>
#include <memory>
#include <string>

#include "modules/core/epoch.hpp"
#include "modules/projects/connection_access.hpp"
#include "modules/projects/connections/addresses.hpp"
#include "modules/projects/connections/connections.hpp"
#include "modules/projects/events.hpp"
#include "modules/projects/files/files.hpp"
#include "modules/projects/files/uploads.hpp"
#include "modules/projects/plans/mask_keys.hpp"
#include "modules/projects/plans/plan_source.hpp"
#include "modules/projects/plans/plans.hpp"
#include "modules/projects/plans/templates.hpp"
#include "modules/projects/plans/transfer.hpp"
#include "modules/projects/projects.hpp"
#include "modules/projects/team/comments.hpp"
#include "modules/projects/team/members.hpp"
#include "modules/projects/team/presence.hpp"
#include "platform/objects/object_store.hpp"
#include "platform/settings/settings.hpp"

namespace migrateiq::projects {

/// What of the settings concerns this module.
struct ProjectOptions {
  std::map<std::string, std::string> local_folders;  ///< by tenant
  std::string work_folder;                           ///< where uploaded files are shown to connectors by their names
  int64_t upload_limit = int64_t{10} << 30;          ///< bytes of one file
  int64_t storage_quota = int64_t{100} << 30;        ///< bytes of a tenant's files, with what is being uploaded
  std::chrono::milliseconds test_deadline{20'000};

  /// `state_folder`: as `serve` resolved it. Errors: kSettingValue.
  static Result<ProjectOptions> From(const Settings& settings, const std::string& state_folder);
};

/// Everything this module does, put together. Thread-safe; made once by `serve` and the workers.
struct ProjectServices {
  struct Parts {
    store::Store& store;
    secrets::Vault& vault;
    objects::ObjectStore& objects;
    core::AccessCache& access;
    Reach reach;
    ProjectOptions options;
    realtime::Bus* bus = nullptr;
    const Clock& clock = SystemClock();
  };
  /// Brings the tables up to date (after core's). Errors: those of Store::Migrate.
  static Result<std::unique_ptr<ProjectServices>> Make(Parts parts);
  explicit ProjectServices(Parts parts);
  ProjectServices(const ProjectServices&) = delete;

  store::Store& store;
  const ProjectOptions options;
  const Clock& clock;
  Events events;
  std::shared_ptr<Presence> presence;  ///< shared with the bus, which may outlive this

  Files files;
  Uploads uploads;
  Addresses addresses;
  Connections connections;
  Projects projects;
  Plans plans;
  Templates templates;
  Transfer transfer;
  Members members;
  Comments comments;
  MaskKeys mask_keys;
  StoredPlans plan_source;  ///< for the orchestrator

  /// What is due now: uploads that nobody finished are removed. Call it every hour or so, in one process or all.
  Status Tidy();
  /// What a tenant that is removed has outside the store.
  Status RemoveFilesOf(const std::string& tenant_id);
};

void AddProjectRoutes(http::Router& router, ProjectServices& services);

}  // namespace migrateiq::projects
