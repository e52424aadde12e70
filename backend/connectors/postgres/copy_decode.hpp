#pragma once

#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "connectors/postgres/postgres_types.hpp"
#include "pipeline/batch/batch.hpp"
#include "pipeline/batch/digest.hpp"

/// COPY BINARY as the server sends it, decoded straight into columns. No I/O; anything may be fed (fuzzed).
namespace migrateiq::postgres {

class CopyDecoder {
 public:
  /// `check_utf8`: the server does not guarantee valid text (SQL_ASCII), so look.
  CopyDecoder(std::vector<WireColumn> columns, bool check_utf8);

  /// Adds the tuples of one CopyData message (whole tuples; the first message starts with the file header).
  /// The batch must have the columns' types. Errors: kReadProtocol.
  Status Decode(std::string_view message, Batch& batch);
  /// Copies the tuples' bytes to `bytes` without header and trailer, adds each to `digest` as its batch row would be.
  /// Only for columns without kAsText that need no UTF-8 check. Returns the number of tuples. A value that a batch
  /// cannot hold (a timestamp after the year 294246) is kReadProtocol.
  Result<int64_t> Relay(std::string_view message, std::string& bytes, RowEncoder& encoder, Digest& digest);

 private:
  Result<std::string_view> WithoutHeader(std::string_view message);
  Status DecodeTuple(const uint8_t*& place, const uint8_t* end, Batch& batch);
  Status RelayTuple(const uint8_t*& place, const uint8_t* end, RowEncoder& encoder);

  std::vector<WireColumn> columns_;
  std::string scratch_;
  bool check_utf8_;
  bool header_seen_ = false;
};

/// The distance between the server's epoch (2000-01-01) and ours.
inline constexpr int64_t kEpochMicros = int64_t{946684800} * 1000000;
inline constexpr int32_t kEpochDays = 10957;

}  // namespace migrateiq::postgres
