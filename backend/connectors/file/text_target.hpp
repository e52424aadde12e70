#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "connectors/file/row_encoder.hpp"
#include "connectors/file/text_format.hpp"
#include "pipeline/connector/files/file_target.hpp"

namespace migrateiq::file {

/// A folder of CSV or JSON Lines files as a target.
class TextTarget : public files::FileTarget {
 public:
  using MakeEncoder = std::function<std::unique_ptr<TextEncoder>(const std::vector<std::string>& columns)>;

  TextTarget(std::string folder, const files::FormatTraits& traits, const files::FileDialect& dialect,
             const OpenOptions& options, std::unique_ptr<TextFormat> format, MakeEncoder make_encoder)
      : FileTarget(std::move(folder), traits, dialect, options),
        format_(std::move(format)),
        make_encoder_(std::move(make_encoder)) {}

  /// The file has the table's columns in the table's order (the batches' when no table is given).
  Result<std::unique_ptr<Writer>> OpenWriter(const WriteRequest& request) override;

 protected:
  Result<bool> HasRows(const std::filesystem::path& path) override;
  Status WriteEmpty(const std::filesystem::path& file, const std::vector<Field>& columns) override;

 private:
  std::unique_ptr<TextFormat> format_;
  MakeEncoder make_encoder_;
};

}  // namespace migrateiq::file
