#include "modules/validation/suites.hpp"

#include <algorithm>

#include "base/errors/api.hpp"
#include "base/random.hpp"
#include "base/server_fix.hpp"
#include "modules/core/audit.hpp"
#include "modules/projects/project_store.hpp"
#include "pipeline/suite/suite_file.hpp"

namespace migrateiq::validation {

using store::Scope;
using store::Session;

namespace {

Status CheckProject(Session& session, const std::string& tenant_id, const std::string& project_id) {
  if (project_id.empty()) return {};
  MIQ_ASSIGN(const auto project, projects::FindProject(session, tenant_id, project_id));
  if (project) return {};
  return Fail(Error(codes::kApiField, "there is no such project").At("/project_id"));
}

std::unexpected<Error> Changed() { return Fail(codes::kApiStale, "the suite was changed meanwhile"); }

}  // namespace

Result<Suite> ReadSuiteText(const std::string& text) {
  auto suite = ParseSuite(text, "suite");
  if (suite) return suite;
  return Fail(Error(codes::kApiField, suite.error().message).At("/text").Fix(std::string(ServerFix(suite.error()))));
}

Status Suites::CheckConnection(const std::string& tenant_id, const std::string& connection_id, bool wanted,
                               const char* place) const {
  if (!wanted && connection_id.empty()) return {};
  if (!wanted) return Fail(Error(codes::kApiField, "the suite is not attached to this side").At(place));
  if (connection_id.empty()) return Fail(Error(codes::kApiField, "the suite is attached to this side").At(place));
  const auto connection = parts_.connections.Get(tenant_id, connection_id);
  if (connection || !connection.error().Is(codes::kApiNotFound))
    return connection ? Status() : Fail(connection.error());
  return Fail(Error(codes::kApiField, "there is no such connection").At(place));
}

Status Suites::Fit(SuiteRow& row) const {
  MIQ_ASSIGN(const Suite suite, ReadSuiteText(row.text));
  row.checks = static_cast<int64_t>(suite.checks.size());
  row.own_sql = HasOwnSql(suite);
  MIQ_TRY(CheckConnection(row.tenant_id, row.source_connection_id, suite.attach != SuiteAttach::kTarget,
                          "/source_connection_id"));
  return CheckConnection(row.tenant_id, row.target_connection_id, suite.attach != SuiteAttach::kSource,
                         "/target_connection_id");
}

Result<SuiteRow> Suites::Create(const Actor& actor, const NewSuite& wanted, const SqlCheck& may_sql) {
  const Micros now = parts_.clock.Now();
  SuiteRow row{.suite_id = NewId(),
               .tenant_id = actor.tenant_id,
               .project_id = wanted.project_id,
               .name = wanted.name,
               .source_connection_id = wanted.source_connection_id,
               .target_connection_id = wanted.target_connection_id,
               .text = wanted.text,
               .created_at = now,
               .created_by = actor.person(),
               .created_by_name = actor.name,
               .updated_at = now};
  MIQ_TRY(Fit(row));
  if (row.own_sql) MIQ_TRY(may_sql());
  MIQ_TRY(parts_.store.Write(Scope::Tenant(actor.tenant_id), [&](Session& session) -> Status {
    MIQ_TRY(CheckProject(session, actor.tenant_id, row.project_id));
    MIQ_TRY(InsertSuite(session, row));
    return core::AppendAudit(session, actor.tenant_id, actor.Entry("suite.created", "suite", row.suite_id));
  }));
  return row;
}

Result<SuiteRow> Suites::Get(const std::string& tenant_id, const std::string& suite_id) {
  return parts_.store.ReadFor<SuiteRow>(Scope::Tenant(tenant_id),
                                        [&](Session& session) { return RequireSuite(session, tenant_id, suite_id); });
}

Result<std::vector<SuiteRow>> Suites::List(const std::string& tenant_id, const SuiteFilter& filter,
                                           const core::PageRequest& page) {
  return parts_.store.ReadFor<std::vector<SuiteRow>>(
      Scope::Tenant(tenant_id), [&](Session& session) { return ListSuites(session, tenant_id, filter, page); });
}

Result<SuiteRow> Suites::Change(const Actor& actor, const std::string& suite_id, const SuiteChange& change,
                                const VersionCheck& check, const SqlCheck& may_sql) {
  MIQ_ASSIGN(SuiteRow row, Get(actor.tenant_id, suite_id));
  MIQ_TRY(check(row.version));
  row.name = change.name.value_or(row.name);
  row.source_connection_id = change.source_connection_id.value_or(row.source_connection_id);
  row.target_connection_id = change.target_connection_id.value_or(row.target_connection_id);
  row.text = change.text.value_or(row.text);
  MIQ_TRY(Fit(row));
  if (row.own_sql) MIQ_TRY(may_sql());
  ++row.version;
  row.updated_at = parts_.clock.Now();
  MIQ_TRY(parts_.store.Write(Scope::Tenant(actor.tenant_id), [&](Session& session) -> Status {
    MIQ_ASSIGN(const bool written, UpdateSuite(session, row,
                                               {.number = row.version,
                                                .text = row.text,
                                                .created_at = row.updated_at,
                                                .author_id = actor.person(),
                                                .author = actor.name}));
    if (!written) return Changed();
    return core::AppendAudit(session, actor.tenant_id, actor.Entry("suite.changed", "suite", suite_id));
  }));
  return row;
}

Status Suites::Remove(const Actor& actor, const std::string& suite_id, const VersionCheck& check) {
  return parts_.store.Write(Scope::Tenant(actor.tenant_id), [&](Session& session) -> Status {
    MIQ_ASSIGN(const SuiteRow row, RequireSuite(session, actor.tenant_id, suite_id));
    MIQ_TRY(check(row.version));
    MIQ_TRY(DeleteSuite(session, actor.tenant_id, suite_id));
    return core::AppendAudit(session, actor.tenant_id, actor.Entry("suite.removed", "suite", suite_id));
  });
}

Result<std::vector<SuiteVersionRow>> Suites::Versions(const std::string& tenant_id, const std::string& suite_id,
                                                      const core::PageRequest& page) {
  return parts_.store.ReadFor<std::vector<SuiteVersionRow>>(Scope::Tenant(tenant_id), [&](Session& session) {
    return ListSuiteVersions(session, tenant_id, suite_id, page);
  });
}

}  // namespace migrateiq::validation
