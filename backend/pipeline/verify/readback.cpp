#include "pipeline/verify/readback.hpp"

#include "base/parallel.hpp"
#include "pipeline/transform/cast.hpp"

namespace migrateiq {

namespace {

Batch CastBatch(Batch& in, const SchemaPtr& schema, const ValueLimits& limits) {
  Batch out;
  out.schema = schema;
  out.rows = in.rows;
  out.findings = std::move(in.findings);
  for (size_t c = 0; c < schema->fields.size(); ++c) {
    out.columns.push_back(CastColumn(std::move(in.columns[c]), schema->fields[c].type, limits, static_cast<int32_t>(c), out.findings));
  }
  return out;
}

Status VisitSplit(const ReadSide& side, const ReadRequest& request, const Split& split, int slot, const SchemaPtr& schema,
                  const ValueLimits& limits, const BatchVisitor& visit) {
  std::unique_ptr<Reader> reader;
  {
    const std::lock_guard lock(side.open_mutex);
    MIQ_ASSIGN(reader, side.source.OpenReader(request, split, slot));
  }
  Batch in;
  while (true) {
    if (side.stop.stop_requested()) return Fail(codes::kRunInterrupted, "stopped while reading back");
    MIQ_ASSIGN(const bool more, reader->Next(in));
    if (!more) return {};
    MIQ_TRY(visit(slot, CastBatch(in, schema, limits)));
  }
}

}  // namespace

Status VisitRows(const ReadSide& side, const ReadRequest& request, const SchemaPtr& schema, const ValueLimits& limits,
                 const BatchVisitor& visit) {
  std::vector<Split> splits;
  {
    const std::lock_guard lock(side.open_mutex);
    MIQ_ASSIGN(splits, side.source.PlanSplits(request, {}));
  }
  return ParallelFor(side.readers, splits.size(), [&](int slot, size_t index) {
    return VisitSplit(side, request, splits[index], slot, schema, limits, visit);
  });
}

void AddChecked(const Batch& batch, RowEncoder& encoder, Digest& digest) {
  AddToDigest(batch, encoder, digest);
  if (batch.findings.empty()) return;
  digest.low ^= 0x9E3779B97F4A7C15ULL * batch.findings.size();
}

Result<Digest> DigestRows(const ReadSide& side, const ReadRequest& request, const SchemaPtr& schema) {
  std::vector<Digest> digests(static_cast<size_t>(side.readers));
  std::vector<RowEncoder> encoders(static_cast<size_t>(side.readers));
  MIQ_TRY(VisitRows(side, request, schema, {}, [&](int slot, const Batch& batch) -> Status {
    AddChecked(batch, encoders[static_cast<size_t>(slot)], digests[static_cast<size_t>(slot)]);
    return {};
  }));
  Digest total;
  for (const Digest& digest : digests) total.Add(digest);
  return total;
}

}  // namespace migrateiq
