#pragma once

#include <memory>
#include <stop_token>
#include <vector>

#include "connectors/file/filler.hpp"
#include "connectors/file/split_bounds.hpp"
#include "connectors/file/text_format.hpp"

namespace migrateiq::file {

/// Reads the rows of one split. A row that cannot be cut into its columns is a finding on the whole row, with the line
/// as written; the file's change under the reader is kRunChanged.
class TextReader : public Reader {
 public:
  TextReader(const TextFormat& format, std::shared_ptr<const TextFile> file, const Layout& layout, SplitBounds bounds,
             SchemaPtr schema, std::stop_token stop);

  const SchemaPtr& schema() const override { return schema_; }
  Result<bool> Next(Batch& batch) override;

 private:
  void AddBlock(Batch& batch);
  void AddWholeRowFindings(Batch& batch) const;
  std::string PlaceOf(int64_t line) const;

  std::shared_ptr<const TextFile> file_;  // shared with the source and other readers; immutable
  SplitBounds bounds_;
  SchemaPtr schema_;
  std::stop_token stop_;
  std::unique_ptr<BlockParser> parser_;
  std::vector<Filler> fillers_;
  std::vector<size_t> sources_;
  Window window_;
  RowBlock block_;
  int64_t line_;
  bool checked_ = false;
};

}  // namespace migrateiq::file
