#include "modules/projects/files/sniff.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "base/errors/server.hpp"

namespace migrateiq::projects {

namespace {

using namespace std::string_view_literals;

struct Mark {
  size_t at;
  std::string_view bytes, what;
};

constexpr std::array kPacked = {
    Mark{0, "PK\x03\x04"sv, "a ZIP archive (or an Office document)"},
    Mark{0, "PK\x05\x06"sv, "a ZIP archive"},
    Mark{0, "PK\x07\x08"sv, "a ZIP archive"},
    Mark{0, "\x1f\x8b"sv, "compressed with gzip"},
    Mark{0, "\x1f\x9d"sv, "compressed with compress"},
    Mark{0, "\x1f\xa0"sv, "compressed with compress"},
    Mark{0, "BZh"sv, "compressed with bzip2"},
    Mark{0,
         "\xfd"
         "7zXZ\0"sv,
         "compressed with xz"},
    Mark{0, "\x28\xb5\x2f\xfd"sv, "compressed with zstd"},
    Mark{0, "\x04\x22\x4d\x18"sv, "compressed with lz4"},
    Mark{0, "7z\xbc\xaf\x27\x1c"sv, "a 7z archive"},
    Mark{0, "Rar!\x1a\x07"sv, "a RAR archive"},
    Mark{0, "MSCF"sv, "a CAB archive"},
    Mark{0, "LZIP"sv, "compressed with lzip"},
    Mark{0, "!<arch>\n"sv, "an ar archive"},
    Mark{257, "ustar"sv, "a tar archive"},
};

std::unexpected<Error> Refuse(const std::string& what, const std::string& fix) {
  return Fail(Error(codes::kObjectType, "the file is " + what).Fix(fix));
}

bool IsText(std::string_view bytes) {
  return std::ranges::none_of(
      bytes, [](unsigned char c) { return c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1a; });
}

/// UTF-16, which the CSV reader understands, has NUL bytes.
bool IsWideText(std::string_view head) { return head.starts_with("\xff\xfe"sv) || head.starts_with("\xfe\xff"sv); }

bool IsJsonObject(std::string_view line) {
  boost::system::error_code error;
  const boost::json::value value = boost::json::parse(boost::json::string_view(line.data(), line.size()), error);
  return !error && value.is_object();
}

Result<FileKind> SniffText(std::string_view head, bool whole) {
  if (head.starts_with("\xef\xbb\xbf"sv)) head.remove_prefix(3);
  const size_t first = std::min(head.find_first_not_of(" \t\r\n"), head.size());
  const std::string_view text = head.substr(first);
  const size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  if (text.starts_with('{') && ((end == text.npos && !whole) || IsJsonObject(line))) return FileKind::jsonl;
  if (text.starts_with('{') && (text.starts_with("{\n") || text.starts_with("{\r\n")))
    return Refuse("one JSON document", "Write JSON Lines: one object a line (`jq -c '.[]'` makes them).");
  if (text.starts_with("[{") || text.starts_with("[\n"))
    return Refuse("one JSON array", "Write JSON Lines: one object a line (`jq -c '.[]'` makes them).");
  return FileKind::csv;
}

}  // namespace

std::string WordOf(FileKind kind) {
  constexpr std::array kWords = {"csv", "jsonl", "parquet", "sqlite"};
  return kWords.at(static_cast<size_t>(kind));
}

FileKind FileKindOf(const std::string& word) {
  for (const FileKind kind : {FileKind::jsonl, FileKind::parquet, FileKind::sqlite}) {
    if (WordOf(kind) == word) return kind;
  }
  return FileKind::csv;
}

std::string MediaTypeOf(FileKind kind) {
  constexpr std::array kTypes = {"text/csv", "application/x-ndjson", "application/vnd.apache.parquet",
                                 "application/vnd.sqlite3"};
  return kTypes.at(static_cast<size_t>(kind));
}

std::string SuffixOf(FileKind kind) { return "." + WordOf(kind); }

Result<FileKind> Sniff(std::string_view head, std::string_view tail, uint64_t size) {
  if (head.starts_with("SQLite format 3\0"sv)) return FileKind::sqlite;
  if (head.starts_with("PAR1") && tail.ends_with("PAR1") && size >= 12) return FileKind::parquet;
  for (const Mark& mark : kPacked) {
    if (head.size() >= mark.at && head.substr(mark.at).starts_with(mark.bytes))
      return Refuse(std::string(mark.what), "Unpack it, and upload what is in it: CSV, JSON Lines, Parquet or SQLite.");
  }
  if (IsWideText(head)) return FileKind::csv;
  if (!IsText(head) || !IsText(tail))
    return Refuse("of no known type",
                  "CSV, JSON Lines, Parquet and SQLite files are accepted, judged by their content.");
  return SniffText(head, size <= head.size());
}

}  // namespace migrateiq::projects
