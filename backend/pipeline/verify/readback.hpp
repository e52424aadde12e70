#pragma once

#include <functional>
#include <mutex>
#include <stop_token>

#include "pipeline/connector/connector.hpp"

namespace migrateiq {

/// One side of a comparison: a source whose moment is held, and how its rows become rows of the common schema.
struct ReadSide {
  Source& source;
  int readers = 1;         ///< slots that may be used at once
  std::mutex& open_mutex;  ///< Source is used by one thread at a time
  std::stop_token stop;
};

/// Called with every batch of the table, already in the common types; from several threads, one per slot.
using BatchVisitor = std::function<Status(int slot, const Batch& batch)>;

/// Reads the request's splits in parallel, casts each batch to `schema` (column by column, in order) and visits it.
/// A value that does not fit is NULL in the batch, with the finding kept.
Status VisitRows(const ReadSide& side, const ReadRequest& request, const SchemaPtr& schema, const ValueLimits& limits,
                 const BatchVisitor& visit);

/// The digest of all rows. A value that does not fit the schema makes the digest differ from every honest one.
Result<Digest> DigestRows(const ReadSide& side, const ReadRequest& request, const SchemaPtr& schema);

/// Adds a batch to a digest; findings poison it.
void AddChecked(const Batch& batch, RowEncoder& encoder, Digest& digest);

}  // namespace migrateiq
