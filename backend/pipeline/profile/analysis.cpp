#include "pipeline/profile/analysis.hpp"

namespace migrateiq {

Result<Analysis> Analyze(const AnalysisRequest& request, ProfileObserver& observer) {
  Analysis analysis;
  observer.OnPhase("discovering");
  MIQ_ASSIGN(const Connector* connector, Registry::Instance().Find(request.url.scheme));
  MIQ_ASSIGN(const std::unique_ptr<Source> source, OpenSource(request.url, {.stop = request.options.stop}));
  MIQ_ASSIGN(analysis.catalog, source->Discover({.schemas = {}, .others = request.others}));
  MIQ_ASSIGN(const std::vector<const Table*> tables, SelectTables(analysis.catalog, request.include, request.exclude));
  MIQ_ASSIGN(analysis.profile, MakeProfile(*source, tables, request.options, observer));
  analysis.profile.source = request.url.redacted;
  analysis.profile.connector = connector->info().name;
  return analysis;
}

}  // namespace migrateiq
