#include "pipeline/verify/readback.hpp"

#include <algorithm>

#include "base/errors/data.hpp"
#include "base/errors/run.hpp"
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
    out.columns.push_back(
        CastColumn(std::move(in.columns[c]), schema->fields[c].type, limits, static_cast<int32_t>(c), out.findings));
  }
  return out;
}

Result<std::unique_ptr<Reader>> OpenReader(const ReadSide& side, const ReadRequest& request, const Split& split,
                                           int slot) {
  const std::lock_guard lock(side.open_mutex);
  return side.source.OpenReader(request, split, slot);
}

std::unexpected<Error> Stopped() { return Fail(codes::kRunInterrupted, "stopped while reading back"); }

Status VisitReader(const ReadSide& side, Reader& reader, int slot, const SchemaPtr& schema, const ValueLimits& limits,
                   const BatchVisitor& visit) {
  Batch in;
  while (true) {
    if (side.stop.stop_requested()) return Stopped();
    MIQ_ASSIGN(const bool more, reader.Next(in));
    if (!more) return {};
    MIQ_TRY(visit(slot, CastBatch(in, schema, limits)));
  }
}

using SplitReader = std::function<Status(int slot, const Split& split)>;

Status ForEachSplit(const ReadSide& side, const ReadRequest& request, const SplitReader& read) {
  std::vector<Split> splits;
  {
    const std::lock_guard lock(side.open_mutex);
    MIQ_ASSIGN(splits, side.source.PlanSplits(request, {}));
  }
  return ParallelFor(side.readers, splits.size(), [&](int slot, size_t index) { return read(slot, splits[index]); });
}

/// The reader's tuples count as they come when no cast would change what their batch means.
bool CanHashRaw(const Reader& reader, const Schema& schema) {
  if (reader.raw_format().empty()) return false;
  return std::ranges::equal(reader.schema()->fields, schema.fields, [](const Field& from, const Field& to) {
    return from.type.kind == to.type.kind && from.type.parsed == to.type.parsed && FitsAsIs(from.type, to.type);
  });
}

Status HashRaw(const ReadSide& side, Reader& reader, Digest& digest) {
  RawBatch raw;
  while (true) {
    if (side.stop.stop_requested()) return Stopped();
    MIQ_ASSIGN(const bool more, reader.NextRaw(raw, digest));
    if (!more) return {};
  }
}

Status DigestSplit(const ReadSide& side, const ReadRequest& request, const Split& split, int slot,
                   const SchemaPtr& schema, RowEncoder& encoder, Digest& digest) {
  MIQ_ASSIGN(std::unique_ptr<Reader> reader, OpenReader(side, request, split, slot));
  if (CanHashRaw(*reader, *schema)) {
    Digest part;
    const Status hashed = HashRaw(side, *reader, part);
    if (hashed) digest.Add(part);
    if (hashed || !hashed.error().Is(codes::kDataRefused)) return hashed;
    reader.reset();  // a value that no batch holds: as a finding it makes the digest differ
    MIQ_ASSIGN(reader, OpenReader(side, request, split, slot));
  }
  return VisitReader(side, *reader, slot, schema, {}, [&](int, const Batch& batch) -> Status {
    AddChecked(batch, encoder, digest);
    return {};
  });
}

}  // namespace

Status VisitRows(const ReadSide& side, const ReadRequest& request, const SchemaPtr& schema, const ValueLimits& limits,
                 const BatchVisitor& visit) {
  return ForEachSplit(side, request, [&](int slot, const Split& split) -> Status {
    MIQ_ASSIGN(const std::unique_ptr<Reader> reader, OpenReader(side, request, split, slot));
    return VisitReader(side, *reader, slot, schema, limits, visit);
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
  MIQ_TRY(ForEachSplit(side, request, [&](int slot, const Split& split) {
    const auto index = static_cast<size_t>(slot);
    return DigestSplit(side, request, split, slot, schema, encoders[index], digests[index]);
  }));
  Digest total;
  for (const Digest& digest : digests) total.Add(digest);
  return total;
}

}  // namespace migrateiq
