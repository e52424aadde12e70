#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace migrateiq::projects {

enum class FileKind { csv, jsonl, parquet, sqlite };

std::string WordOf(FileKind kind);
FileKind FileKindOf(const std::string& word);
std::string MediaTypeOf(FileKind kind);
/// ".csv"
std::string SuffixOf(FileKind kind);

/// How much of a file's beginning and end `Sniff` wants to see.
inline constexpr uint64_t kSniffBytes = 64 * 1024;

/// What a file is, by its content alone: names and announced types are not asked. Archives and compressed files, other
/// binary formats and JSON that is not line by line are refused, each with what to do. Errors: kObjectType.
Result<FileKind> Sniff(std::string_view head, std::string_view tail, uint64_t size);

}  // namespace migrateiq::projects
