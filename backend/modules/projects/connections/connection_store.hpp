#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "modules/core/cursor.hpp"
#include "platform/store/store.hpp"

/// The table of connections. Every statement names its tenant.
namespace migrateiq::projects {

struct ConnectionRow {
  std::string connection_id, tenant_id, name, kind, description, shown_url, sealed_url;
  bool production = false;
  std::vector<std::string> labels;
  std::optional<Micros> tested_at;
  std::optional<bool> test_ok;
  std::string test_message;
  int64_t version = 1;
  Micros created_at = 0;
  std::string created_by;
  Micros updated_at = 0;
};

struct ConnectionFilter {
  std::string kind, search;  ///< empty: all
  std::optional<bool> production;
};

Result<std::optional<ConnectionRow>> FindConnection(store::Session& session, const std::string& tenant_id,
                                                    const std::string& connection_id);
Result<std::optional<ConnectionRow>> FindConnectionByName(store::Session& session, const std::string& tenant_id,
                                                          const std::string& name);
/// By id, one more than the page's limit.
Result<std::vector<ConnectionRow>> ListConnections(store::Session& session, const std::string& tenant_id,
                                                   const ConnectionFilter& filter, const core::PageRequest& page);
/// False when the name is taken. Errors: kApiQuota.
Result<bool> InsertConnection(store::Session& session, const ConnectionRow& row);
/// Everything but the ids, the creation and the test; the version grows by one. False when the name is taken.
Result<bool> UpdateConnection(store::Session& session, const ConnectionRow& row);
Status RecordTrial(store::Session& session, const std::string& tenant_id, const std::string& connection_id, Micros at,
                   bool ok, const std::string& message);
Status DeleteConnection(store::Session& session, const std::string& tenant_id, const std::string& connection_id);

/// A plan whose newest version names the connection.
struct ConnectionUser {
  std::string plan_id, plan, project_id, project;
  bool as_source = false, as_target = false;
};
Result<std::vector<ConnectionUser>> UsersOfConnection(store::Session& session, const std::string& tenant_id,
                                                      const std::string& connection_id, int64_t limit);

}  // namespace migrateiq::projects
