#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "connectors/file/split_bounds.hpp"
#include "connectors/file/text_format.hpp"
#include "connectors/file/text_scan.hpp"
#include "pipeline/connector/files/listing.hpp"

namespace migrateiq::file {

/// A folder, file or glob of text files as a source. Each file is read once as a whole before it is known (types, row
/// borders); what was found is kept for as long as the file stays the same.
class TextSource : public Source {
 public:
  TextSource(std::string path, std::vector<std::string_view> suffixes, std::unique_ptr<TextFormat> format,
             const Dialect& dialect, OpenOptions options);

  const Dialect& dialect() const override { return dialect_; }
  Result<Catalog> Discover(const DiscoverOptions& options) override;
  Result<Table> DescribeQuery(const std::string& sql) override;
  Result<HeldMoment> HoldMoment(int readers, const std::vector<TableName>& tables) override;
  Result<std::vector<Split>> PlanSplits(const ReadRequest& request, const SplitOptions& options) override;
  Result<std::unique_ptr<Reader>> OpenReader(const ReadRequest& request, const Split& split, int slot) override;
  Result<int64_t> CountRows(const ReadRequest& request) override;

 private:
  using ScanPtr = std::shared_ptr<const TextScan>;  // shared by the source's calls; immutable
  using FilePtr = std::shared_ptr<const TextFile>;

  Result<files::FileTable> FilesOf(const ReadRequest& request) const;
  Result<FilePtr> Open(const std::filesystem::path& path);
  Result<ScanPtr> Scan(const std::filesystem::path& path, bool guess);
  Result<Table> Describe(const files::FileTable& files);
  Status AddSplits(const TextScan& scan, const SplitOptions& options, std::vector<Split>& splits);
  Result<SchemaPtr> SchemaOf(const ReadRequest& request) const;
  Result<Layout> LayoutOf(const FilePtr& file, const SplitBounds& bounds);

  std::string path_;
  std::vector<std::string_view> suffixes_;
  std::unique_ptr<TextFormat> format_;
  const Dialect& dialect_;
  OpenOptions options_;
  std::mutex mutex_;  ///< over the two caches: readers may be opened from several threads
  std::map<std::filesystem::path, FilePtr> files_;
  std::map<std::filesystem::path, ScanPtr> scans_;
};

}  // namespace migrateiq::file
