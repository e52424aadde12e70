#pragma once

#include <memory>
#include <string>

#include "connectors/postgres/copy_decode.hpp"
#include "connectors/postgres/postgres_session.hpp"
#include "connectors/postgres/postgres_types.hpp"
#include "pipeline/connector/connector.hpp"

namespace migrateiq::postgres {

/// Streams COPY ... TO STDOUT (FORMAT binary) into batches. A reader that is dropped early cancels its statement; the
/// session's transaction, if it is in one, stays usable.
class PostgresReader final : public Reader {
 public:
  /// `query`: the SELECT inside the COPY, yielding exactly `columns`.
  static Result<std::unique_ptr<Reader>> Open(std::shared_ptr<Session> session, std::vector<WireColumn> columns,
                                              const std::string& query);
  ~PostgresReader() override;

  const SchemaPtr& schema() const override { return schema_; }
  Result<bool> Next(Batch& batch) override;
  std::string raw_format() const override { return raw_format_; }
  Result<bool> NextRaw(RawBatch& raw, Digest& digest) override;

 private:
  PostgresReader(std::shared_ptr<Session> session, std::vector<WireColumn> columns);
  Result<std::string_view> NextMessage();

  std::shared_ptr<Session> session_;  // shared with the source's slot, which outlives no reader by contract of threads
  SchemaPtr schema_;
  CopyDecoder decoder_;
  RowEncoder encoder_;
  std::string raw_format_;
  bool in_transaction_ = false;
  bool done_ = false;
};

/// The expression that yields a column in its wire form: the quoted column, or its text.
std::string SelectExpression(const WireColumn& column);

}  // namespace migrateiq::postgres
