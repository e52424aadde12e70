#include <thread>

#include "base/errors/connect.hpp"
#include "base/errors/plan.hpp"
#include "pipeline/run/active_run.hpp"
#include "pipeline/run/resolve_masks.hpp"

namespace migrateiq {

OpenOptions OptionsFor(const Plan& plan, const std::string& run_id, const EngineContext& context) {
  return {.stop = context.stop,
          .ledger_schema = plan.run.ledger_schema,
          .create_database = plan.run.create_database,
          .parts = plan.run.parts,
          .run_id = run_id};
}

namespace {

/// What the target holds already; a target that can only be written (assert:) holds nothing.
Result<Catalog> DiscoverTarget(const Ends& ends, const OpenOptions& options) {
  if (!ends.target_connector->info().can_read) return Catalog{};
  auto source = OpenSource(ends.target_url, options);
  if (!source && (source.error().Is(codes::kSchemaUnsupported) || source.error().Is(codes::kConnOpenFile)))
    return Catalog{};
  if (!source) return std::unexpected(std::move(source).error());
  DiscoverOptions discover{.schemas = {}, .probe_values = false, .others = false};
  Result<Catalog> found = (*source)->Discover(discover);
  const bool absent = !found && found.error().Is(codes::kConnOpenFile);  // a folder that the target will make
  return absent ? Catalog{} : std::move(found);
}

/// Said before anything is written, and before a connection is held.
Status CheckLoadIsKnown(const Plan& plan, Source& source) {
  if (plan.run.throttle.pause_when_source_load_above <= 0) return {};
  const Result<int64_t> others = source.StatementsOfOthers();
  return others ? Status() : Fail(others.error());
}

}  // namespace

Result<Ends> OpenEnds(const Plan& plan, EngineContext& context, const OpenOptions& options,
                      const DiscoverOptions& look) {
  Ends ends;
  MIQ_ASSIGN(ends.mask_keys, ResolveMaskKeys(plan, context.secrets));
  MIQ_ASSIGN(ends.source_url, ParseUrl(plan.source.url, context.secrets));
  MIQ_ASSIGN(ends.target_url, ParseUrl(plan.target.url, context.secrets));
  MIQ_ASSIGN(ends.source_connector, Registry::Instance().Find(ends.source_url.scheme));
  MIQ_ASSIGN(ends.target_connector, Registry::Instance().Find(ends.target_url.scheme));
  ends.target_schema = plan.target.schema;
  OpenOptions source_options = options;
  source_options.create_database = false;
  MIQ_ASSIGN(ends.source, OpenSource(ends.source_url, source_options));
  MIQ_TRY(CheckLoadIsKnown(plan, *ends.source));
  DiscoverOptions discover = look;
  discover.leave_dates = look.leave_dates && ends.target_connector->dialect().requires_later();
  MIQ_ASSIGN(ends.source_catalog, ends.source->Discover(discover));
  {
    MIQ_ASSIGN(const std::unique_ptr<Target> target, OpenTarget(ends.target_url, options));
    ends.default_schema = plan.target.schema.empty() ? target->default_schema() : plan.target.schema;
  }
  if (ends.target_schema.empty() && ends.target_url.parameters.contains("schema"))
    ends.target_schema = ends.default_schema;
  MIQ_ASSIGN(ends.target_catalog, DiscoverTarget(ends, source_options));
  return ends;
}

int WorkersFor(const Plan& plan) {
  return plan.run.workers > 0 ? plan.run.workers : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

void ActiveRun::Object(const std::string& kind, const std::string& name, const std::string& status,
                       const std::string& why) {
  report.objects.push_back({.kind = kind, .name = name, .status = status, .why = why, .source = ""});
}

Result<std::string> ActiveRun::Fact(const std::string& name) const {
  MIQ_ASSIGN(const std::optional<std::string> fact, context.store.GetFact(run_id, name));
  return fact.value_or("");
}

}  // namespace migrateiq
