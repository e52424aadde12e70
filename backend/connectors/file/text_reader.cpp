#include "connectors/file/text_reader.hpp"

#include <algorithm>

#include "base/errors/run.hpp"

namespace migrateiq::file {

TextReader::TextReader(const TextFormat& format, std::shared_ptr<const TextFile> file, const Layout& layout,
                       SplitBounds bounds, SchemaPtr schema, std::stop_token stop)
    : file_(std::move(file)),
      bounds_(std::move(bounds)),
      schema_(std::move(schema)),
      stop_(std::move(stop)),
      window_(file_, bounds_.begin),
      line_(bounds_.line) {
  std::vector<std::string> wanted;
  for (const Field& field : schema_->fields) wanted.push_back(field.name);
  parser_ = format.ReadParser(layout, wanted, sources_);
  for (size_t i = 0; i < schema_->fields.size(); ++i) {
    fillers_.emplace_back(schema_->fields[i], static_cast<int32_t>(i), sources_[i],
                          format.rules() == GuessRules::kJson);
  }
}

Result<bool> TextReader::Next(Batch& batch) {
  if (batch.schema != schema_) batch = Batch(schema_);
  batch.Clear();
  while (batch.rows < kBatchRows && batch.ByteSize() < kBatchBytes) {
    if (stop_.stop_requested()) return Fail(codes::kRunInterrupted, "stopped while reading " + bounds_.file);
    Result<size_t> used = ParseNext(*parser_, window_, bounds_.end, line_, block_);
    if (!used) return Fail(std::move(used).error().At(PlaceOf(line_)));
    if (*used == 0) break;
    AddBlock(batch);
    window_.Consume(*used);
    line_ += block_.line_count;
  }
  if (batch.rows == 0 && !std::exchange(checked_, true)) {
    MIQ_TRY(files::CheckUnchanged(file_->path(), bounds_.identity));
  }
  return batch.rows > 0;
}

std::string TextReader::PlaceOf(int64_t line) const { return bounds_.file + ":" + std::to_string(line); }

void TextReader::AddBlock(Batch& batch) {
  if (block_.rows == 0) return;
  if (batch.rows == 0) batch.place = PlaceOf(line_ + block_.lines[0]);
  const size_t before = batch.findings.size();
  for (size_t i = 0; i < fillers_.size(); ++i) fillers_[i].Fill(block_, batch.columns[i], batch.rows, batch.findings);
  for (size_t i = before; i < batch.findings.size(); ++i) {
    const auto row = static_cast<size_t>(batch.findings[i].row - batch.rows);
    batch.findings[i].detail += " (" + PlaceOf(line_ + block_.lines[row]) + ")";
  }
  AddWholeRowFindings(batch);
  batch.rows += static_cast<int64_t>(block_.rows);
}

void TextReader::AddWholeRowFindings(Batch& batch) const {
  for (const BadRow& bad : block_.bad) {
    batch.findings.push_back({.row = batch.rows + static_cast<int64_t>(bad.row),
                              .column = -1,
                              .kind = FindingKind::kWrongType,
                              .original = bad.raw,
                              .detail = bad.why + " (" + PlaceOf(line_ + block_.lines[bad.row]) + ")"});
  }
  for (const RowBlock::OddValue& odd : block_.duplicates) {
    const auto column = std::ranges::find(sources_, odd.column) - sources_.begin();
    batch.findings.push_back({.row = batch.rows + static_cast<int64_t>(odd.row),
                              .column = static_cast<int32_t>(column),
                              .kind = FindingKind::kDuplicateJsonKey,
                              .original = odd.why,
                              .detail = "the key is there twice (" + PlaceOf(line_ + block_.lines[odd.row]) + ")"});
  }
}

}  // namespace migrateiq::file
