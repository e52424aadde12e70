#include "apps/migrateiq/serve/topics.hpp"

#include <algorithm>

#include "base/errors/api.hpp"

namespace migrateiq::serve {

namespace {

/// What somebody needs who wants to hear of a run or job.
struct Needed {
  std::string permission, project_id;
};

Status NoSuchTopic(const std::string& topic) { return Fail(codes::kApiNotFound, "there is no topic '" + topic + "'"); }

}  // namespace

Status TopicRights::Require(const http::Principal& principal, std::string_view permission,
                            const std::string& project_id) const {
  if (std::ranges::binary_search(principal.permissions, permission)) return {};
  if (!project_id.empty()) {
    MIQ_ASSIGN(const bool granted, authenticator_.HasGrant(principal, permission, project_id));
    if (granted) return {};
  }
  return Fail(codes::kApiForbidden, "this needs the permission " + std::string(permission));
}

Status TopicRights::Check(const http::Principal& principal, const std::string& topic) const {
  const size_t colon = topic.find(':');
  if (colon == std::string::npos) return NoSuchTopic(topic);
  const std::string kind = topic.substr(0, colon), id = topic.substr(colon + 1);
  if (kind == "tenant") return id == principal.tenant_id ? Require(principal, "runs.read", "") : NoSuchTopic(topic);
  if (kind == "user") return id == principal.user_id ? Status() : NoSuchTopic(topic);
  if (kind == "run") {
    MIQ_ASSIGN(const auto needed,
               cache_.Get<Needed>(principal.tenant_id, "topic_of_run:" + id, [&]() -> Result<Needed> {
                 MIQ_ASSIGN(const orchestrator::RunJob run, runs_.Find(principal.tenant_id, id));
                 const projects::JobKind* job = runs_.KindOf(run);
                 return Needed{job != nullptr ? job->read_permission : "runs.read", run.project_id};
               }));
    return Require(principal, needed->permission, needed->project_id);
  }
  if (kind != "project") return NoSuchTopic(topic);
  MIQ_ASSIGN(const store::Rows found,
             store_.ReadFor<store::Rows>(store::Scope::Tenant(principal.tenant_id), [&](store::Session& session) {
               return session.Query("SELECT 1 FROM project WHERE project_id = $1 AND tenant_id = $2", id,
                                    principal.tenant_id);
             }));
  return found.empty() ? NoSuchTopic(topic) : Require(principal, "projects.read", id);
}

}  // namespace migrateiq::serve
