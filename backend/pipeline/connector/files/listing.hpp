#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "pipeline/schema/catalog.hpp"

namespace migrateiq::files {

/// Everything of ours in a folder begins so, and is never listed as data.
inline constexpr std::string_view kOwnPrefix = "_migrateiq";

/// A table and the files it lies in, in the order they are read.
struct FileTable {
  TableName name;
  std::vector<std::filesystem::path> files;
};

struct Listing {
  std::vector<FileTable> tables;    ///< by name
  std::vector<OtherObject> others;  ///< files that look like data but cannot be read, with the reason

  const FileTable* Find(const TableName& name) const;
};

/// What stands behind a URL's path:
/// - a folder: each `<table><suffix>`, and each subfolder `<table>/` that holds `part-*` files, is a table;
/// - a file: one table, named by its stem, whatever its suffix;
/// - a glob (`*`, `?`, `[...]`): each match as a file or as a subfolder of parts.
/// Hidden files and ours are left out. Errors: kConnOpenFile; kSchemaCollision when a table is there twice.
Result<Listing> ListTables(const std::string& path, const std::vector<std::string_view>& suffixes);

/// The files of one table of a folder, also of one that is not listed (a shadow or a kept-aside table of ours).
/// Errors: kSchemaMissing.
Result<FileTable> FindTable(const std::string& path, const std::vector<std::string_view>& suffixes,
                            const TableName& name);

/// A table's name as a file name and back: '/', '\\', control characters and a leading '.' are percent-encoded, so any
/// name can be a file and no name can leave its folder.
std::string EncodeFileName(std::string_view table);
std::string DecodeFileName(std::string_view stem);

}  // namespace migrateiq::files
