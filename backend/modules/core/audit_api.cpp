#include "modules/core/audit_chain.hpp"
#include "modules/core/audit_export.hpp"
#include "modules/core/routes.hpp"

namespace migrateiq::core {

namespace {

using http::Context;
using http::Method;

enum class AuditOutcome { ok, denied, failed };
BOOST_DESCRIBE_ENUM(AuditOutcome, ok, denied, failed)

struct AuditEntryView {
  int64_t sequence = 0;
  Moment at;
  std::string actor_id, actor, action, object_type, object_id, outcome, address, request_id, details, hash;
};
BOOST_DESCRIBE_STRUCT(AuditEntryView, (),
                      (sequence, at, actor_id, actor, action, object_type, object_id, outcome, address, request_id,
                       details, hash))

struct ListAuditQuery {
  std::optional<PageLimit> limit;
  std::optional<std::string> cursor, actor_id, action, object_id, text;
  std::optional<AuditOutcome> outcome;
  std::optional<Moment> from, until;
};
BOOST_DESCRIBE_STRUCT(ListAuditQuery, (), (limit, cursor, actor_id, action, object_id, text, outcome, from, until))

struct AuditProofView {
  int64_t entries = 0;
  bool unbroken = true;
  std::optional<int64_t> broken_at;
  std::optional<std::string> problem;
  std::string head;
};
BOOST_DESCRIBE_STRUCT(AuditProofView, (), (entries, unbroken, broken_at, problem, head))

AuditEntryView ViewOf(const AuditRecord& record) {
  const AuditEntry& entry = record.entry;
  return {record.sequence, {record.at},   entry.actor_id, entry.actor,      entry.action,  entry.object_type,
          entry.object_id, entry.outcome, entry.address,  entry.request_id, entry.details, record.hash};
}

std::string OutcomeText(AuditOutcome outcome) {
  switch (outcome) {
    case AuditOutcome::ok: return "ok";
    case AuditOutcome::denied: return "denied";
    case AuditOutcome::failed: return "failed";
  }
  return "";
}

AuditFilter FilterOf(const ListAuditQuery& query) {
  AuditFilter filter{query.actor_id, query.action, query.object_id, std::nullopt, query.text};
  if (query.outcome) filter.outcome = OutcomeText(*query.outcome);
  if (query.from) filter.from = query.from->micros;
  if (query.until) filter.until = query.until->micros;
  return filter;
}

std::string CursorOf(const AuditRecord& record) { return EncodeCursor({std::to_string(record.sequence), ""}); }

void AddList(http::Router& router, CoreServices& services) {
  router.Add<Nothing, ListAuditQuery, Page<AuditEntryView>>(
      PermissionRoute(Method::kGet, "/api/v1/audit", "listAudit", "audit.read", "The audit log, the newest first."),
      [&](Context& context, const Nothing&, const ListAuditQuery& query) -> Result<Page<AuditEntryView>> {
        const PageRequest page = PageOf(query);
        const std::string& tenant_id = context.principal.tenant_id;
        MIQ_ASSIGN(const MomentCursor before, ReadMomentCursor(page.cursor));
        MIQ_ASSIGN(const auto records, services.store.ReadFor<std::vector<AuditRecord>>(
                                           store::Scope::Tenant(tenant_id), [&](store::Session& session) {
                                             return ListAudit(session, tenant_id, FilterOf(query), before.moment,
                                                              page.limit + 1);
                                           }));
        return MakePage<AuditEntryView, AuditRecord>(records, page.limit, ViewOf, CursorOf);
      });
}

/// Exports are themselves in the log.
Status LogExport(CoreServices& services, const Actor& actor) {
  return services.store.Write(store::Scope::Tenant(actor.tenant_id), [&](store::Session& session) {
    return AppendAudit(session, actor.tenant_id, actor.Entry("audit.exported", "audit", ""));
  });
}

void AddExport(http::Router& router, CoreServices& services) {
  for (const bool csv : {false, true}) {
    http::Route route = csv ? PermissionRoute(Method::kGet, "/api/v1/audit/export.csv", "exportAuditCsv", "audit.read",
                                              "The whole audit log as CSV.")
                            : PermissionRoute(Method::kGet, "/api/v1/audit/export", "exportAudit", "audit.read",
                                              "The whole audit log as JSON Lines.");
    route.step_up = true;
    route.raw_type = csv ? "text/csv" : "application/x-ndjson";
    router.AddRaw(std::move(route), [&services, csv](Context& context) -> Status {
      MIQ_TRY(LogExport(services, ActorOf(context)));
      context.response.content_type = csv ? "text/csv; charset=utf-8" : "application/x-ndjson";
      context.response.headers.Set("Content-Disposition",
                                   csv ? "attachment; filename=\"audit.csv\"" : "attachment; filename=\"audit.jsonl\"");
      context.response.headers.Set("Cache-Control", "no-store");
      context.response.stream =
          ExportAudit(services.store, context.principal.tenant_id, csv ? AuditFormat::kCsv : AuditFormat::kJsonLines);
      return {};
    });
  }
}

void AddVerify(http::Router& router, CoreServices& services) {
  router.Add<Nothing, Nothing, AuditProofView>(
      PermissionRoute(Method::kGet, "/api/v1/audit/verify", "verifyAudit", "audit.read",
                      "Prove that the audit log is unbroken, or name the first entry that is not."),
      [&](Context& context, const Nothing&, const Nothing&) -> Result<AuditProofView> {
        MIQ_ASSIGN(const AuditProof proof, VerifyAudit(services.store, context.principal.tenant_id));
        AuditProofView view{proof.entries, proof.unbroken, std::nullopt, std::nullopt, proof.head};
        if (!proof.unbroken) {
          view.broken_at = proof.broken_at;
          view.problem = proof.problem;
        }
        return view;
      });
}

}  // namespace

void AddAuditRoutes(http::Router& router, CoreServices& services) {
  AddList(router, services);
  AddExport(router, services);
  AddVerify(router, services);
}

}  // namespace migrateiq::core
