#pragma once

#include <string>

#include "modules/projects/files/file_store.hpp"
#include "platform/describe/described.hpp"

namespace migrateiq::projects {

BOOST_DESCRIBE_ENUM(FileKind, csv, jsonl, parquet, sqlite)

struct FileView {
  std::string file_id, name;
  FileKind kind = FileKind::csv;
  std::string media_type;
  int64_t size = 0;
  std::string sha256, created_by;
  Moment created_at;
};
BOOST_DESCRIBE_STRUCT(FileView, (), (file_id, name, kind, media_type, size, sha256, created_by, created_at))

FileView ViewOf(const FileRow& row);

}  // namespace migrateiq::projects
