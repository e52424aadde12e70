#include "connectors/assert/assert_writer.hpp"

#include <algorithm>

#include "base/errors/connect.hpp"
#include "base/errors/data.hpp"
#include "base/errors/run.hpp"
#include "pipeline/batch/text.hpp"

namespace migrateiq::checking {

namespace {

bool IsText(TypeKind kind) {
  return kind == TypeKind::kString || kind == TypeKind::kChar || kind == TypeKind::kEnum || kind == TypeKind::kJson ||
         kind == TypeKind::kArray;
}

std::string Found(std::string_view what, const std::string& expected, const std::string& found) {
  return std::string(what) + ": expected " + expected + ", found " + found;
}

/// Why the value is not one of its column's type; empty when it is.
std::string_view Fault(const Column& column, int64_t row) {
  const TypeKind kind = column.type().kind;
  if (kind == TypeKind::kBool) return column.Get<uint8_t>(row) <= 1 ? "" : "a boolean that is neither 0 nor 1";
  if (kind == TypeKind::kBit)
    return column.Bytes(row).find_first_not_of("01") == std::string_view::npos ? "" : "bits other than 0 and 1";
  if (kind == TypeKind::kDecimal) {
    std::string normal;
    const bool number = text::NormalizeDecimal(column.Bytes(row), normal) && normal == column.Bytes(row);
    return number ? "" : "a decimal not in its normal form";
  }
  if (!IsText(kind)) return "";
  if (text::FindInvalidUtf8(column.Bytes(row)) != std::string_view::npos) return "text that is not UTF-8";
  const int32_t most = column.type().length;
  return most > 0 && text::CountCharacters(column.Bytes(row)) > most ? "text longer than its type" : "";
}

/// The first whole number of the row, or nullopt.
std::optional<int64_t> FirstNumber(const Batch& batch, int64_t row) {
  for (const Column& column : batch.columns) {
    if (column.IsNull(row)) continue;
    switch (column.type().kind) {
      case TypeKind::kInt16: return column.Get<int16_t>(row);
      case TypeKind::kInt32: return column.Get<int32_t>(row);
      case TypeKind::kInt64: return column.Get<int64_t>(row);
      default: break;
    }
  }
  return std::nullopt;
}

}  // namespace

Result<bool> AssertWriter::Begin(const ChunkKey& key) {
  if (fence_ != 0 && state_->FenceOf(key.run_id) != fence_)
    return Fail(codes::kRunHeld, "assert: run " + key.run_id + " was taken over");
  MIQ_ASSIGN(open_, state_->OpenChunk(key, stop_));
  key_ = key;
  digest_ = {};
  kept_.clear();
  return open_;
}

Status AssertWriter::CheckShape(const Batch& batch) const {
  const auto wrong = [this](std::string message) {
    return Fail(Error(codes::kInternal, std::move(message)).Table(table_.ToString()));
  };
  if (!open_) return wrong("a batch outside of a chunk");
  if (batch.schema == nullptr || batch.columns.size() != schema_->fields.size())
    return wrong("a batch with other columns than promised");
  for (size_t c = 0; c < batch.columns.size(); ++c) {
    const Field& field = schema_->fields[c];
    const Column& column = batch.columns[c];
    if (batch.schema->fields[c].name != field.name)
      return wrong(Found("column", field.name, batch.schema->fields[c].name));
    if (column.type() != field.type)
      return wrong(Found("type of " + field.name, ToString(field.type), ToString(column.type())));
    if (column.length() != batch.rows)
      return wrong(Found("rows of " + field.name, std::to_string(batch.rows), std::to_string(column.length())));
  }
  return {};
}

Status AssertWriter::CheckValues(const Batch& batch) const {
  for (size_t c = 0; c < batch.columns.size(); ++c) {
    const Field& field = schema_->fields[c];
    for (int64_t row = 0; row < batch.rows; ++row) {
      const bool null = batch.columns[c].IsNull(row);
      const std::string_view fault =
          null ? (field.nullable ? "" : "NULL in a column that must not be null") : Fault(batch.columns[c], row);
      if (!fault.empty())
        return Fail(Error(codes::kDataRefused, std::string(fault)).Table(table_.ToString()).Column(field.name));
    }
  }
  return {};
}

Status AssertWriter::RefuseRows(const Batch& batch) const {
  for (int64_t row = 0; options_.refuse_every > 0 && row < batch.rows; ++row) {
    const auto number = FirstNumber(batch, row);
    if (!number || *number % options_.refuse_every != 0) continue;
    return Fail(Error(codes::kDataRefused, std::to_string(*number) + " is a multiple of refuse_every")
                    .Table(table_.ToString()));
  }
  return {};
}

Status AssertWriter::Write(const Batch& batch) {
  MIQ_TRY(CheckShape(batch));
  MIQ_TRY(CheckValues(batch));
  MIQ_TRY(RefuseRows(batch));
  if (state_->CountAndFail(batch.rows, options_)) {
    return Fail(Error(codes::kConnLost, "fail_after=" + std::to_string(options_.fail_after) + " rows").Retryable());
  }
  AddToDigest(batch, encoder_, digest_);
  if (options_.memory && batch.rows > 0) kept_.push_back(batch.Slice(0, batch.rows));
  return {};
}

Status AssertWriter::CheckLine(const LedgerLine& line) const {
  const auto wrong = [this](std::string message) {
    return Fail(Error(codes::kWriteShort, std::move(message)).Table(table_.ToString()));
  };
  const auto rows = static_cast<int64_t>(digest_.rows);
  if (line.rows_written != rows)
    return wrong(Found("rows of the chunk", std::to_string(line.rows_written), std::to_string(rows)));
  if (line.digest != digest_) return wrong(Found("digest of the chunk", line.digest.ToHex(), digest_.ToHex()));
  if (line.rows_read != line.rows_written + line.rows_quarantined + line.rows_filtered) {
    return wrong("rows read are not those written, quarantined and filtered together");
  }
  return {};
}

Status AssertWriter::Commit(const LedgerLine& line) {
  if (!open_) return Fail(codes::kInternal, "a commit outside of a chunk");
  MIQ_TRY(CheckLine(line));
  state_->Commit(line, table_, schema_, std::move(kept_));
  kept_.clear();
  open_ = false;
  return {};
}

void AssertWriter::Abort() {
  if (open_) state_->CloseChunk(key_);
  open_ = false;
  kept_.clear();
}

}  // namespace migrateiq::checking
