#include "modules/ml/models.hpp"

#include "base/errors/api.hpp"
#include "base/random.hpp"
#include "modules/analyzer/packed.hpp"
#include "modules/core/audit.hpp"
#include "modules/core/id_cursor.hpp"
#include "platform/describe/json.hpp"

namespace migrateiq::ml {

using store::Scope;
using store::Session;

namespace {

constexpr std::string_view kColumns =
    "model_id, tenant_id, number, state, lineage, metrics, created_at, created_by_name, promoted_at";
constexpr size_t kMostLoaded = 16;

ModelRow RowFrom(const store::Row& row) {
  return {.model_id = row.Text(0),
          .tenant_id = row.Text(1),
          .number = row.Integer(2),
          .state = row.Text(3),
          .lineage = DecodeStored<ModelLineage>(row.Text(4)),
          .metrics = DecodeStored<ModelMetrics>(row.Text(5)),
          .created_at = row.Integer(6),
          .created_by_name = row.Text(7),
          .promoted_at = row.OptionalInteger(8)};
}

Result<ModelRow> RequireModel(Session& session, const std::string& tenant_id, const std::string& model_id) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT " + std::string(kColumns) + " FROM model WHERE model_id = $1 AND tenant_id = $2",
                           model_id, tenant_id));
  if (rows.empty()) return Fail(codes::kApiNotFound, "there is no model '" + model_id + "'");
  return RowFrom(rows.front());
}

std::string Lock(const std::string& tenant_id) { return "models of " + tenant_id; }

Status Retire(Session& session, const std::string& tenant_id) {
  MIQ_TRY(session.Execute("UPDATE model SET state = 'retired' WHERE tenant_id = $1 AND state = 'active'", tenant_id));
  return {};
}

Status Activate(Session& session, const std::string& tenant_id, const std::string& model_id, Micros now) {
  MIQ_TRY(Retire(session, tenant_id));
  MIQ_TRY(session.Execute("UPDATE model SET state = 'active', promoted_at = $3 WHERE model_id = $1 AND tenant_id = $2",
                          model_id, tenant_id, now));
  return {};
}

/// The model that is part of the program lives as long as it.
std::shared_ptr<const match::Model> Shipped() {
  return {std::shared_ptr<const match::Model>(), &match::Model::Shipped()};
}

}  // namespace

Result<ModelInUse> Models::InUse(const std::string& tenant_id) {
  MIQ_ASSIGN(const store::Rows rows, store_.ReadFor<store::Rows>(Scope::Tenant(tenant_id), [&](Session& session) {
    return session.Query("SELECT model_id FROM model WHERE tenant_id = $1 AND state = 'active'", tenant_id);
  }));
  if (rows.empty()) return ModelInUse{"", Shipped()};
  const std::string model_id = rows.front().Text(0);
  MIQ_ASSIGN(auto model, Load(tenant_id, model_id));
  return ModelInUse{model_id, std::move(model)};
}

Result<std::vector<ModelRow>> Models::List(const std::string& tenant_id, const core::PageRequest& page) {
  MIQ_ASSIGN(const std::string after, core::IdAfter(page.cursor));
  MIQ_ASSIGN(const store::Rows rows, store_.ReadFor<store::Rows>(Scope::Tenant(tenant_id), [&](Session& session) {
    return session.Query("SELECT " + std::string(kColumns) +
                             " FROM model WHERE tenant_id = $1 AND ($2 = '' OR model_id < $2) ORDER BY model_id DESC "
                             "LIMIT $3",
                         tenant_id, after, page.limit + 1);
  }));
  std::vector<ModelRow> models;
  for (const store::Row& row : rows) models.push_back(RowFrom(row));
  return models;
}

Result<ModelRow> Models::Get(const std::string& tenant_id, const std::string& model_id) {
  return store_.ReadFor<ModelRow>(Scope::Tenant(tenant_id),
                                  [&](Session& session) { return RequireModel(session, tenant_id, model_id); });
}

Result<std::shared_ptr<const match::Model>> Models::Load(const std::string& tenant_id, const std::string& model_id) {
  if (model_id.empty()) return Shipped();
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = loaded_.find(tenant_id + "/" + model_id); found != loaded_.end()) return found->second;
  }
  MIQ_ASSIGN(const store::Rows rows, store_.ReadFor<store::Rows>(Scope::Tenant(tenant_id), [&](Session& session) {
    return session.Query("SELECT body FROM model WHERE model_id = $1 AND tenant_id = $2", model_id, tenant_id);
  }));
  if (rows.empty()) return Fail(codes::kApiNotFound, "there is no model '" + model_id + "'");
  MIQ_ASSIGN(const std::string text, analyzer::Unpack(rows.front().Binary(0)));
  MIQ_ASSIGN(match::Model model, match::ReadModel(text));
  auto shared = std::make_shared<const match::Model>(std::move(model));
  const std::lock_guard lock(mutex_);
  if (loaded_.size() >= kMostLoaded) loaded_.clear();
  loaded_[tenant_id + "/" + model_id] = shared;
  return std::shared_ptr<const match::Model>(std::move(shared));
}

Result<ModelRow> Models::Promote(const Actor& actor, const std::string& model_id) {
  return store_.WriteFor<ModelRow>(Scope::Tenant(actor.tenant_id), [&](Session& session) -> Result<ModelRow> {
    MIQ_TRY(session.Serialise(Lock(actor.tenant_id)));
    MIQ_ASSIGN(const ModelRow row, RequireModel(session, actor.tenant_id, model_id));
    if (row.state == "refused")
      return Fail(codes::kApiState, "the model was refused: on decisions that it had not seen it was no better");
    MIQ_TRY(Activate(session, actor.tenant_id, model_id, clock_.Now()));
    MIQ_TRY(core::AppendAudit(session, actor.tenant_id, actor.Entry("model.promoted", "model", model_id)));
    return RequireModel(session, actor.tenant_id, model_id);
  });
}

Status Models::RollBack(const Actor& actor) {
  return store_.Write(Scope::Tenant(actor.tenant_id), [&](Session& session) -> Status {
    MIQ_TRY(session.Serialise(Lock(actor.tenant_id)));
    MIQ_ASSIGN(const store::Rows rows,
               session.Query("SELECT model_id, lineage FROM model WHERE tenant_id = $1 AND state = 'active'",
                             actor.tenant_id));
    if (rows.empty()) return Fail(codes::kApiState, "the shipped model is in use: there is nothing before it");
    const std::string model_id = rows.front().Text(0);
    const auto before = DecodeStored<ModelLineage>(rows.front().Text(1)).replaces;
    MIQ_TRY(Retire(session, actor.tenant_id));
    if (before) MIQ_TRY(Activate(session, actor.tenant_id, *before, clock_.Now()));
    return core::AppendAudit(session, actor.tenant_id, actor.Entry("model.rolled_back", "model", model_id));
  });
}

Status Models::Keep(projects::JobContext& job, const match::Model& model, const ModelLineage& lineage,
                    const ModelMetrics& metrics, bool better) {
  const std::string &tenant_id = job.tenant_id(), model_id = NewId(), body = analyzer::Pack(match::WriteModel(model));
  return job.Write([&](Session& session) -> Status {
    MIQ_TRY(session.Serialise(Lock(tenant_id)));
    MIQ_ASSIGN(const store::Rows last,
               session.Query("SELECT COALESCE(MAX(number), 0) FROM model WHERE tenant_id = $1", tenant_id));
    MIQ_TRY(session.Execute("INSERT INTO model (" + std::string(kColumns) +
                                ", body) VALUES ($1, $2, $3, 'refused', $4, $5, $6, $7, NULL, $8)",
                            model_id, tenant_id, last.front().Integer(0) + 1, Encode(lineage), Encode(metrics),
                            clock_.Now(), job.actor().name, store::Bytes{body}));
    if (better) MIQ_TRY(Activate(session, tenant_id, model_id, clock_.Now()));
    return core::AppendAudit(session, tenant_id,
                             job.actor().Entry(better ? "model.promoted" : "model.refused", "model", model_id));
  });
}

}  // namespace migrateiq::ml
