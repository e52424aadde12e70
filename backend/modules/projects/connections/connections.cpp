#include "modules/projects/connections/connections.hpp"

#include "base/errors/api.hpp"
#include "base/errors/connect.hpp"
#include "base/errors/server.hpp"
#include "base/random.hpp"
#include "modules/core/audit.hpp"
#include "modules/projects/connections/url_text.hpp"

namespace migrateiq::projects {

namespace {

using store::Scope;
using store::Session;

constexpr int64_t kMostUsers = 200;

std::string Context(const std::string& connection_id) { return "connection:" + connection_id; }

std::unexpected<Error> NameTaken(const std::string& name) {
  return Fail(Error(codes::kApiConflict, "there is a connection named '" + name + "' already").At("/name"));
}

/// Would a secret that was meant for one go to the other?
bool SamePlace(const Url& a, const Url& b) {
  return a.scheme == b.scheme && a.host == b.host && a.port == b.port && a.user == b.user;
}

/// Whoever needs a second person does not get around one by taking the mark away.
Status CheckUnmarking(const Actor& actor, const ConnectionRow& row, const ConnectionChange& change) {
  if (!row.production || change.production.value_or(true) || actor.MayGive({"runs.approve"})) return {};
  return Fail(codes::kApiForbidden, "only who may approve runs takes the mark of production away (runs.approve)");
}

}  // namespace

Result<ConnectionRow> Connections::Require(Session& session, const std::string& tenant_id,
                                           const std::string& id) const {
  MIQ_ASSIGN(auto row, FindConnection(session, tenant_id, id));
  if (!row) return Fail(codes::kApiNotFound, "there is no such connection");
  return std::move(*row);
}

Result<std::vector<ConnectionRow>> Connections::List(const std::string& tenant_id, const ConnectionFilter& filter,
                                                     const core::PageRequest& page) {
  return parts_.store.ReadFor<std::vector<ConnectionRow>>(
      Scope::Tenant(tenant_id), [&](Session& session) { return ListConnections(session, tenant_id, filter, page); });
}

Result<ConnectionRow> Connections::Get(const std::string& tenant_id, const std::string& connection_id) {
  return parts_.store.ReadFor<ConnectionRow>(
      Scope::Tenant(tenant_id), [&](Session& session) { return Require(session, tenant_id, connection_id); });
}

Status Connections::CheckReach(const std::string& tenant_id, const std::string& url) const {
  const Result<Url> resolved = parts_.addresses.Resolve(tenant_id, url, ConnectionUse::kSource);
  if (resolved || resolved.error().Is(codes::kConnUnreachable)) return {};
  return Fail(Error(resolved.error()).At("/url"));
}

Status Connections::SetUrl(ConnectionRow& row, const std::string& url) const {
  MIQ_ASSIGN(const Url parsed, Addresses::Parse(url));
  MIQ_TRY(CheckReach(row.tenant_id, url));
  MIQ_ASSIGN(const Connector* connector, Registry::Instance().Find(parsed.scheme));
  row.kind = connector->info().name;
  row.shown_url = parsed.redacted;
  MIQ_ASSIGN(row.sealed_url, parts_.vault.Seal(row.tenant_id, url, Context(row.connection_id)));
  return {};
}

Trial Connections::Try(const std::string& tenant_id, const std::string& url) const {
  Result<Url> resolved = parts_.addresses.Resolve(tenant_id, url, ConnectionUse::kSource);
  if (resolved && resolved->scheme.starts_with("postgres")) resolved->parameters.emplace("connect_timeout", "10");
  if (resolved) return TryConnection(*resolved, parts_.test_deadline);
  Trial trial;
  trial.error = resolved.error();
  return trial;
}

Result<ConnectionRow> Connections::Create(const Actor& actor, const NewConnection& wanted, bool test) {
  ConnectionRow row;
  row.connection_id = NewId();
  row.tenant_id = actor.tenant_id;
  row.name = wanted.name;
  row.description = wanted.description;
  row.production = wanted.production;
  row.labels = wanted.labels;
  row.created_at = row.updated_at = parts_.clock.Now();
  row.created_by = actor.id;
  MIQ_TRY(SetUrl(row, wanted.url));
  std::optional<Trial> trial;
  if (test) trial = Try(actor.tenant_id, wanted.url);
  if (trial && !trial->ok()) return Fail(*std::move(trial->error));
  return parts_.store.WriteFor<ConnectionRow>(
      Scope::Tenant(actor.tenant_id), [&](Session& session) -> Result<ConnectionRow> {
        MIQ_ASSIGN(const bool inserted, InsertConnection(session, row));
        if (!inserted) return NameTaken(row.name);
        if (trial) MIQ_TRY(RecordTrial(session, row.tenant_id, row.connection_id, row.created_at, true, ""));
        MIQ_TRY(core::AppendAudit(session, actor.tenant_id,
                                  actor.Entry("connection.created", "connection", row.connection_id)));
        return Require(session, actor.tenant_id, row.connection_id);
      });
}

Result<std::string> Connections::KeepSecret(const ConnectionRow& row, const std::string& url) const {
  MIQ_ASSIGN(Url wanted, Addresses::Parse(url));
  if (wanted.password != "***") return url;
  MIQ_ASSIGN(const std::string stored_text,
             parts_.vault.Open(row.tenant_id, row.sealed_url, Context(row.connection_id)));
  MIQ_ASSIGN(const Url stored, Addresses::Parse(stored_text));
  if (!SamePlace(wanted, stored))
    return Fail(Error(codes::kConnectionForm, "the stored password is not sent to another place")
                    .At("/url")
                    .Fix("Write the URL with its password."));
  wanted.password = stored.password;
  return UrlText(wanted);
}

Status Connections::Apply(Session& session, ConnectionRow& row, const ConnectionChange& change) const {
  if (change.name && *change.name != row.name) {
    MIQ_ASSIGN(const auto users, UsersOfConnection(session, row.tenant_id, row.connection_id, 1));
    if (!users.empty())
      return Fail(codes::kApiState, "plan '" + users[0].plan + "' of project '" + users[0].project +
                                        "' knows the connection by its name");
    row.name = *change.name;
  }
  if (change.description) row.description = *change.description;
  if (change.production) row.production = *change.production;
  if (change.labels) row.labels = *change.labels;
  row.updated_at = parts_.clock.Now();
  return {};
}

Result<ConnectionRow> Connections::Change(const Actor& actor, const std::string& connection_id,
                                          const ConnectionChange& change, const VersionCheck& check) {
  MIQ_ASSIGN(ConnectionRow sealed, Get(actor.tenant_id, connection_id));
  MIQ_TRY(check(sealed.version));
  if (change.url) {
    MIQ_ASSIGN(const std::string url, KeepSecret(sealed, *change.url));
    MIQ_TRY(SetUrl(sealed, url));
  }
  return parts_.store.WriteFor<ConnectionRow>(
      Scope::Tenant(actor.tenant_id), [&](Session& session) -> Result<ConnectionRow> {
        MIQ_TRY(session.Serialise("connection:" + connection_id));
        MIQ_ASSIGN(ConnectionRow row, Require(session, actor.tenant_id, connection_id));
        MIQ_TRY(check(row.version));
        MIQ_TRY(CheckUnmarking(actor, row, change));
        if (change.url) {
          row.kind = sealed.kind;
          row.shown_url = sealed.shown_url;
          row.sealed_url = sealed.sealed_url;
        }
        MIQ_TRY(Apply(session, row, change));
        MIQ_ASSIGN(const bool updated, UpdateConnection(session, row));
        if (!updated) return NameTaken(row.name);
        MIQ_TRY(core::AppendAudit(session, actor.tenant_id,
                                  actor.Entry("connection.changed", "connection", connection_id)));
        return Require(session, actor.tenant_id, connection_id);
      });
}

Status Connections::Remove(const Actor& actor, const std::string& connection_id, const VersionCheck& check) {
  return parts_.store.Write(Scope::Tenant(actor.tenant_id), [&](Session& session) -> Status {
    MIQ_TRY(session.Serialise("connection:" + connection_id));
    MIQ_ASSIGN(const ConnectionRow row, Require(session, actor.tenant_id, connection_id));
    MIQ_TRY(check(row.version));
    MIQ_ASSIGN(const auto users, UsersOfConnection(session, actor.tenant_id, connection_id, 1));
    if (!users.empty())
      return Fail(codes::kApiState,
                  "plan '" + users[0].plan + "' of project '" + users[0].project + "' uses the connection");
    MIQ_TRY(DeleteConnection(session, actor.tenant_id, connection_id));
    return core::AppendAudit(session, actor.tenant_id, actor.Entry("connection.removed", "connection", connection_id));
  });
}

Result<Trial> Connections::Test(const Actor& actor, const std::string& connection_id) {
  MIQ_ASSIGN(const ConnectionRow row, Get(actor.tenant_id, connection_id));
  MIQ_ASSIGN(const std::string url, parts_.vault.Open(row.tenant_id, row.sealed_url, Context(row.connection_id)));
  Trial trial = Try(actor.tenant_id, url);
  MIQ_TRY(parts_.store.Write(Scope::Tenant(actor.tenant_id), [&](Session& session) -> Status {
    MIQ_TRY(RecordTrial(session, actor.tenant_id, connection_id, parts_.clock.Now(), trial.ok(),
                        trial.ok() ? "" : trial.error->message));
    core::AuditEntry entry = actor.Entry("connection.tested", "connection", connection_id);
    if (!trial.ok()) entry.outcome = "failed";
    return core::AppendAudit(session, actor.tenant_id, entry);
  }));
  return trial;
}

Result<std::vector<ConnectionUser>> Connections::Usage(const std::string& tenant_id, const std::string& connection_id) {
  using Users = std::vector<ConnectionUser>;
  return parts_.store.ReadFor<Users>(Scope::Tenant(tenant_id), [&](Session& session) -> Result<Users> {
    MIQ_TRY(Require(session, tenant_id, connection_id));
    return UsersOfConnection(session, tenant_id, connection_id, kMostUsers);
  });
}

Result<std::string> Connections::Open(const std::string& tenant_id, const ConnectionRow& row, ConnectionUse use) {
  MIQ_ASSIGN(const std::string url, parts_.vault.Open(tenant_id, row.sealed_url, Context(row.connection_id)));
  MIQ_ASSIGN(const Url resolved, parts_.addresses.Resolve(tenant_id, url, use));
  return UrlText(resolved);
}

}  // namespace migrateiq::projects
