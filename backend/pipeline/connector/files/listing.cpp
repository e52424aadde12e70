#include "pipeline/connector/files/listing.hpp"

#include <glob.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <map>

#include "base/errors/connect.hpp"
#include "base/errors/plan.hpp"
#include "pipeline/connector/files/io.hpp"

namespace migrateiq::files {

namespace fs = std::filesystem;

const FileTable* Listing::Find(const TableName& name) const {
  const auto found = std::ranges::find(tables, name, &FileTable::name);
  return found == tables.end() ? nullptr : &*found;
}

namespace {

constexpr std::array<std::string_view, 7> kCompressed = {".gz", ".bz2", ".xz", ".zst", ".lz4", ".zip", ".Z"};

std::string_view MatchingSuffix(std::string_view name, const std::vector<std::string_view>& suffixes) {
  const auto matches = [name](std::string_view suffix) {
    if (name.size() <= suffix.size()) return false;
    return std::ranges::equal(name.substr(name.size() - suffix.size()), suffix,
                              [](unsigned char a, unsigned char b) { return std::tolower(a) == b; });
  };
  const auto found = std::ranges::find_if(suffixes, matches);
  return found == suffixes.end() ? std::string_view() : *found;
}

bool IsHidden(std::string_view name) { return name.starts_with('.') || name.starts_with(kOwnPrefix); }

bool IsCompressed(std::string_view name, const std::vector<std::string_view>& suffixes) {
  for (const std::string_view ending : kCompressed) {
    if (name.ends_with(ending)) return !MatchingSuffix(name.substr(0, name.size() - ending.size()), suffixes).empty();
  }
  return false;
}

/// Collects tables; a name that comes twice is an error.
class Collector {
 public:
  Collector(const std::vector<std::string_view>& suffixes, bool with_hidden)
      : suffixes_(suffixes), with_hidden_(with_hidden) {}

  /// A file or a subfolder of a listed folder.
  Status AddEntry(const fs::path& entry) {
    const std::string name = entry.filename().string();
    if (!with_hidden_ && IsHidden(name)) return {};
    std::error_code ignored;
    if (fs::is_directory(entry, ignored)) return AddFolder(entry);
    const std::string_view suffix = MatchingSuffix(name, suffixes_);
    if (!suffix.empty() && IsSpecial(entry)) return LeaveOut(name, "it is no regular file");
    if (!suffix.empty()) return AddTable(name.substr(0, name.size() - suffix.size()), {entry});
    return IsCompressed(name, suffixes_) ? LeaveOut(name, "compressed; decompress it first") : Status();
  }

  /// A file that was named outright.
  Status AddFile(const fs::path& file) {
    const std::string name = file.filename().string();
    if (IsSpecial(file)) {
      return Fail(Error(codes::kConnOpenFile, file.string() + " is no regular file")
                      .Fix("Write a pipe's or a device's content into a file first: it is read more than once."));
    }
    const std::string_view suffix = MatchingSuffix(name, suffixes_);
    const std::string stem = suffix.empty() ? file.stem().string() : name.substr(0, name.size() - suffix.size());
    return AddTable(stem, {file});
  }

  Status AddFolder(const fs::path& folder) {
    std::vector<fs::path> parts;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
      if (IsPart(entry)) parts.push_back(entry.path());
    }
    if (error) return Fail(IoError(codes::kConnOpenFile, "list", folder, error.value()));
    const fs::path named = folder.has_filename() ? folder : folder.parent_path();
    if (parts.empty()) {
      if (!HoldsData(folder)) return {};
      return LeaveOut(named.filename().string() + "/", "a subfolder is a table when its files are named part-*");
    }
    std::ranges::sort(parts);
    return AddTable(named.filename().string(), std::move(parts));
  }

  Listing Finish() {
    for (auto& [name, files] : found_) listing_.tables.push_back({{.schema = "", .name = name}, std::move(files)});
    return std::move(listing_);
  }

 private:
  Status LeaveOut(std::string name, std::string why) {
    listing_.others.push_back({.kind = "file", .name = std::move(name), .source = "", .why = std::move(why)});
    return {};
  }

  /// Pipes, sockets and devices have no size and cannot be read twice.
  static bool IsSpecial(const fs::path& file) {
    std::error_code ignored;
    const fs::file_status status = fs::status(file, ignored);
    return fs::exists(status) && !fs::is_regular_file(status);
  }

  bool HoldsData(const fs::path& folder) const {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
      const std::string name = entry.path().filename().string();
      if (!IsHidden(name) && !MatchingSuffix(name, suffixes_).empty()) return true;
    }
    return false;
  }

  bool IsPart(const fs::directory_entry& entry) const {
    const std::string name = entry.path().filename().string();
    std::error_code ignored;
    if (!name.starts_with("part-") || !entry.is_regular_file(ignored)) return false;
    return !MatchingSuffix(name, suffixes_).empty() || !entry.path().has_extension();
  }

  Status AddTable(std::string_view stem, std::vector<fs::path>&& files) {
    std::string name = DecodeFileName(stem);
    const auto [place, fresh] = found_.try_emplace(name, std::move(files));
    if (fresh) return {};
    return Fail(Error(codes::kSchemaCollision, "table '" + name + "' is there twice: " + place->second[0].string() +
                                                   " and another file or folder of that name")
                    .Fix("Rename or remove one of them, or name the file wanted in the URL."));
  }

  const std::vector<std::string_view>& suffixes_;
  bool with_hidden_;
  Listing listing_;
  std::map<std::string, std::vector<fs::path>> found_;
};

Status AddFolderEntries(Collector& collector, const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> entries;
  for (const auto& entry : fs::directory_iterator(folder, error)) entries.push_back(entry.path());
  if (error) return Fail(IoError(codes::kConnOpenFile, "list", folder, error.value()));
  std::ranges::sort(entries);
  for (const fs::path& entry : entries) MIQ_TRY(collector.AddEntry(entry));
  return {};
}

Status AddMatches(Collector& collector, const std::string& pattern) {
  glob_t matches{};
  const int failed = ::glob(pattern.c_str(), 0, nullptr, &matches);
  std::vector<fs::path> paths(matches.gl_pathv, matches.gl_pathv + matches.gl_pathc);
  ::globfree(&matches);
  if (failed != 0 && failed != GLOB_NOMATCH) return Fail(IoError(codes::kConnOpenFile, "list", pattern, EIO));
  if (paths.empty()) return Fail(IoError(codes::kConnOpenFile, "open", pattern, ENOENT));
  for (const fs::path& path : paths) {
    if (IsHidden(path.filename().string())) continue;
    std::error_code ignored;
    MIQ_TRY(fs::is_directory(path, ignored) ? collector.AddFolder(path) : collector.AddFile(path));
  }
  return {};
}

/// A folder of nothing but parts was named outright: it is the table.
bool HoldsOnlyParts(const fs::path& folder) {
  std::error_code error;
  bool any = false;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    if (IsHidden(name) || name.starts_with('_')) continue;
    if (!name.starts_with("part-")) return false;
    any = true;
  }
  return any;
}

Result<Listing> List(const std::string& path, const std::vector<std::string_view>& suffixes, bool with_hidden) {
  Collector collector(suffixes, with_hidden);
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (fs::is_directory(status)) {
    const bool parts = HoldsOnlyParts(path);
    MIQ_TRY(parts ? collector.AddFolder(path) : AddFolderEntries(collector, path));
  } else if (fs::exists(status)) {
    MIQ_TRY(collector.AddFile(path));
  } else if (path.find_first_of("*?[") != std::string::npos) {
    MIQ_TRY(AddMatches(collector, path));
  } else {
    return Fail(IoError(codes::kConnOpenFile, "open", path, error ? error.value() : ENOENT));
  }
  return collector.Finish();
}

bool IsHexDigit(char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; }

bool LooksEncoded(std::string_view text, size_t at) {
  return at + 2 < text.size() && IsHexDigit(text[at + 1]) && IsHexDigit(text[at + 2]);
}

bool MustEncode(std::string_view table, size_t at) {
  const char c = table[at];
  if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '/' || c == '\\') return true;
  return (c == '.' && at == 0) || (c == '%' && LooksEncoded(table, at));
}

}  // namespace

Result<Listing> ListTables(const std::string& path, const std::vector<std::string_view>& suffixes) {
  return List(path, suffixes, false);
}

Result<FileTable> FindTable(const std::string& path, const std::vector<std::string_view>& suffixes,
                            const TableName& name) {
  MIQ_ASSIGN(const Listing listing, List(path, suffixes, true));
  const FileTable* table = listing.Find({.schema = "", .name = name.ToString()});
  if (table == nullptr)
    return Fail(codes::kSchemaMissing, "there is no file for table '" + name.ToString() + "' in " + path);
  return *table;
}

std::string EncodeFileName(std::string_view table) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (size_t i = 0; i < table.size(); ++i) {
    const auto c = static_cast<unsigned char>(table[i]);
    if (!MustEncode(table, i))
      out += table[i];
    else
      out.append({'%', kHex[c >> 4], kHex[c & 15]});
  }
  return out;
}

std::string DecodeFileName(std::string_view stem) {
  std::string out;
  for (size_t i = 0; i < stem.size(); ++i) {
    const bool encoded = stem[i] == '%' && LooksEncoded(stem, i);
    const char c = encoded ? static_cast<char>(std::stoi(std::string(stem.substr(i + 1, 2)), nullptr, 16)) : stem[i];
    const bool ours = encoded && (static_cast<unsigned char>(c) < 0x20 || std::string_view("/\\.%\x7f").contains(c));
    out += ours ? c : stem[i];
    if (ours) i += 2;
  }
  return out;
}

}  // namespace migrateiq::files
