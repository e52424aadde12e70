#include "connectors/file/text_source.hpp"

#include <algorithm>
#include <chrono>

#include "base/errors/data.hpp"
#include "base/errors/plan.hpp"
#include "base/errors/run.hpp"
#include "base/nearest.hpp"
#include "connectors/file/scan_cache.hpp"
#include "connectors/file/text_reader.hpp"
#include "pipeline/batch/text.hpp"
#include "pipeline/connector/files/file_dialect.hpp"

namespace migrateiq::file {

namespace fs = std::filesystem;

namespace {

Error NoSql() {
  return Error(codes::kSchemaUnsupported, "files cannot be queried by SQL")
      .Fix(
          "Map the table itself; columns are computed with `expr:` and rows are filtered with `where:` in the plan, "
          "which "
          "the engine evaluates.");
}

Status CheckPlain(const ReadRequest& request) {
  if (!request.sql.empty() || !request.where.empty() || request.table == nullptr) return Fail(NoSql());
  return {};
}

std::string Joined(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out.append(out.empty() ? "" : ", ").append(name);
  return out;
}

Error DifferentColumns(const fs::path& first, const TextScan& one, const fs::path& second, const TextScan& other) {
  return Error(codes::kReadMalformed, "the files of one table have different columns: " + Joined(one.names) + " in " +
                                          first.filename().string() + ", " + Joined(other.names) + " in " +
                                          second.filename().string())
      .Fix("Give all parts the same header, or name only the files that belong together.");
}

Error NothingReadable(const fs::path& file, int64_t bad_rows) {
  return Error(codes::kReadMalformed, "none of the " + std::to_string(bad_rows) + " lines is a JSON object")
      .At(file.filename().string())
      .Fix("Write one object a line, with keys and texts in double quotes, e.g. with jq -c .");
}

/// The columns of several files: keys of JSON are united, headers of CSV must be the same.
void Unite(const TextScan& scan, std::vector<std::string>& names, std::vector<Guess>& guesses, int64_t rows) {
  for (size_t i = 0; i < scan.names.size(); ++i) {
    const auto found = std::ranges::find(names, scan.names[i]);
    const auto to = static_cast<size_t>(found - names.begin());
    if (found == names.end()) {
      names.push_back(scan.names[i]);
      guesses.emplace_back();
      if (rows > 0) guesses.back().AddNull();
    }
    guesses[to].Merge(scan.guesses[i]);
  }
  for (size_t i = 0; i < names.size() && scan.rows > 0; ++i) {
    if (std::ranges::find(scan.names, names[i]) == scan.names.end()) guesses[i].AddNull();
  }
}

std::string Note(int64_t bad_rows) {
  if (bad_rows == 0) return "";
  return std::to_string(bad_rows) + (bad_rows == 1 ? " row cannot" : " rows cannot") + " be cut into the columns";
}

/// Columns whose name is not the one in the file say why.
void NoteNames(const Layout& layout, std::vector<CatalogColumn>& columns) {
  for (size_t i = 0; i < layout.renamed.size(); ++i) {
    std::string& note = columns[i].note;
    if (!layout.renamed[i].empty()) note += (note.empty() ? "" : "; ") + layout.renamed[i];
  }
}

}  // namespace

TextSource::TextSource(std::string path, std::vector<std::string_view> suffixes, std::unique_ptr<TextFormat> format,
                       const Dialect& dialect, OpenOptions options)
    : path_(std::move(path)),
      suffixes_(std::move(suffixes)),
      format_(std::move(format)),
      dialect_(dialect),
      options_(std::move(options)) {}

Result<TextSource::FilePtr> TextSource::Open(const fs::path& path) {
  {
    const std::lock_guard guard(mutex_);
    const auto found = files_.find(path);
    if (found != files_.end() && files::CheckUnchanged(path, found->second->identity())) return found->second;
  }
  MIQ_ASSIGN(FilePtr file, TextFile::Open(path, format_->encoding()));
  const std::lock_guard guard(mutex_);
  files_[path] = file;
  scans_.erase(path);
  return file;
}

Result<TextSource::ScanPtr> TextSource::Scan(const fs::path& path, bool guess) {
  MIQ_ASSIGN(FilePtr file, Open(path));
  {
    const std::lock_guard guard(mutex_);
    const auto found = scans_.find(path);
    if (found != scans_.end() && (found->second->guessed || !guess)) return found->second;
  }
  ScanPtr scan = ScanCache::Instance().Find(*format_, *file);
  if (scan == nullptr) {
    MIQ_ASSIGN(scan, ScanFile(*format_, file, {.stop = options_.stop, .guess = guess}));
    ScanCache::Instance().Put(*format_, scan);
  }
  const std::lock_guard guard(mutex_);
  return scans_[path] = std::move(scan);
}

Result<Catalog> TextSource::Discover(const DiscoverOptions&) {
  MIQ_ASSIGN(files::Listing listing, files::ListTables(path_, suffixes_));
  Catalog catalog;
  for (const files::FileTable& files : listing.tables) {
    Result<Table> table = Describe(files);
    if (!table) return Fail(std::move(table).error().Table(files.name.name));
    catalog.tables.push_back(*std::move(table));
  }
  catalog.others = std::move(listing.others);
  return catalog;
}

Result<Table> TextSource::Describe(const files::FileTable& files) {
  Table table{.name = files.name};
  std::vector<std::string> names;
  std::vector<Guess> guesses;
  ScanPtr first;
  table.row_estimate = table.byte_estimate = 0;
  int64_t bad_rows = 0;
  for (const fs::path& path : files.files) {
    MIQ_ASSIGN(const ScanPtr scan, Scan(path, true));
    if (scan->names.empty() && scan->rows == 0) continue;  // an empty file says nothing
    if (first == nullptr) first = scan;
    const bool same = format_->rules() == GuessRules::kJson || scan->names == first->names;
    if (!same) return Fail(DifferentColumns(files.files[0], *first, path, *scan));
    Unite(*scan, names, guesses, table.row_estimate);
    table.row_estimate += scan->rows;
    table.byte_estimate += scan->file->identity().size;
    bad_rows += scan->bad_rows;
  }
  if (names.empty() && bad_rows > 0) return Fail(NothingReadable(files.files[0], bad_rows));
  for (size_t i = 0; i < names.size(); ++i) {
    CatalogColumn column{.name = names[i],
                         .type = guesses[i].Type(format_->rules()),
                         .nullable = guesses[i].nullable() || table.row_estimate == 0};
    column.native = files::FormatType(column.type);
    column.max_chars = guesses[i].max_chars();
    if (i == 0) column.note = Note(bad_rows);
    table.columns.push_back(std::move(column));
  }
  if (first != nullptr) NoteNames(first->layout, table.columns);
  return table;
}

Result<Table> TextSource::DescribeQuery(const std::string&) { return Fail(NoSql()); }

Result<HeldMoment> TextSource::HoldMoment(int readers, const std::vector<TableName>& tables) {
  std::string time = "files as of ";
  text::AppendTimestampTz(
      time, std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
                .count());
  for (const TableName& name : tables) {
    MIQ_ASSIGN(const files::FileTable files, files::FindTable(path_, suffixes_, name));
    for (const fs::path& path : files.files) {
      const std::lock_guard guard(mutex_);
      const auto found = files_.find(path);
      if (found != files_.end()) MIQ_TRY(files::CheckUnchanged(path, found->second->identity()));
    }
  }
  return HeldMoment{.description = std::move(time), .readers = readers};
}

Result<files::FileTable> TextSource::FilesOf(const ReadRequest& request) const {
  MIQ_TRY(CheckPlain(request));
  return files::FindTable(path_, suffixes_, request.table->name);
}

Result<std::vector<Split>> TextSource::PlanSplits(const ReadRequest& request, const SplitOptions& options) {
  MIQ_ASSIGN(const files::FileTable files, FilesOf(request));
  std::vector<Split> splits;
  for (const fs::path& path : files.files) {
    MIQ_ASSIGN(const ScanPtr scan, Scan(path, false));
    const bool empty = scan->rows == 0 && scan->names.empty();
    if (!empty || request.table->columns.empty()) MIQ_TRY(AddSplits(*scan, options, splits));
  }
  return splits;
}

Status TextSource::AddSplits(const TextScan& scan, const SplitOptions& options, std::vector<Split>& splits) {
  constexpr int64_t kFine = int64_t{4} << 20;
  const int64_t bytes = std::max<int64_t>(1, options.target_bytes);
  std::vector<Checkpoint> points = scan.checkpoints;
  if (options.target_rows > 0 || bytes < kFine) {
    MIQ_ASSIGN(points, CutFinely(*format_, scan, bytes, options.target_rows, options_.stop));
  }
  const Checkpoint end{scan.file->size(), 0, scan.rows};
  for (size_t from = 0; from < points.size();) {
    size_t to = from + 1;
    const bool cut_already = options.target_rows > 0 || bytes < kFine;
    while (!cut_already && to < points.size() && points[to].offset - points[from].offset < bytes) ++to;
    const Checkpoint& next = to < points.size() ? points[to] : end;
    const SplitBounds bounds{.begin = points[from].offset,
                             .end = next.offset,
                             .line = points[from].line,
                             .identity = scan.file->identity(),
                             .layout = format_->WriteLayout(scan.layout),
                             .file = scan.file->path().filename().string()};
    splits.push_back({.bounds = ToText(bounds),
                      .row_estimate = next.row - points[from].row,
                      .byte_estimate = bounds.end - bounds.begin});
    from = to;
  }
  return {};
}

Result<SchemaPtr> TextSource::SchemaOf(const ReadRequest& request) const {
  auto schema = std::make_shared<Schema>();
  std::vector<std::string> known;
  for (const CatalogColumn& column : request.table->columns) {
    known.push_back(column.name);
    if (request.columns.empty()) schema->fields.push_back({column.name, column.type, column.nullable});
  }
  for (const std::string& name : request.columns) {
    const CatalogColumn* column = request.table->Find(name);
    if (column == nullptr) {
      return Fail(Error(codes::kSchemaMissing, "no column '" + name + "'" + DidYouMean(name, known))
                      .Table(request.table->name.ToString()));
    }
    schema->fields.push_back({column->name, column->type, column->nullable});
  }
  return schema;
}

Result<Layout> TextSource::LayoutOf(const FilePtr& file, const SplitBounds& bounds) {
  Layout layout;
  {
    const std::lock_guard guard(mutex_);
    const auto found = scans_.find(file->path());
    if (found != scans_.end()) layout = found->second->layout;
  }
  if (layout.names.empty()) { MIQ_ASSIGN(layout, format_->Examine(file)); }
  if (!format_->ReadLayout(bounds.layout, layout)) return Fail(codes::kInternal, "ill-formed bounds of a split");
  return layout;
}

Result<std::unique_ptr<Reader>> TextSource::OpenReader(const ReadRequest& request, const Split& split, int) {
  MIQ_ASSIGN(const files::FileTable files, FilesOf(request));
  const std::optional<SplitBounds> bounds = ParseBounds(split.bounds);
  if (!bounds) return Fail(codes::kInternal, "ill-formed bounds of a split: " + split.bounds);
  const auto path =
      std::ranges::find(files.files, bounds->file, [](const fs::path& p) { return p.filename().string(); });
  if (path == files.files.end()) return Fail(codes::kRunChanged, bounds->file + " is not there any more");
  MIQ_TRY(files::CheckUnchanged(*path, bounds->identity));
  MIQ_ASSIGN(FilePtr file, Open(*path));
  MIQ_ASSIGN(const Layout layout, LayoutOf(file, *bounds));
  MIQ_ASSIGN(SchemaPtr schema, SchemaOf(request));
  std::vector<size_t> sources;
  std::vector<std::string> wanted;
  for (const Field& field : schema->fields) wanted.push_back(field.name);
  (void)format_->ReadParser(layout, wanted, sources);
  const auto absent = std::ranges::find(sources, Filler::kAbsent);
  if (absent != sources.end()) {
    const std::string& name = wanted[static_cast<size_t>(absent - sources.begin())];
    return Fail(
        Error(codes::kSchemaMissing, bounds->file + " has no column '" + name + "'" + DidYouMean(name, layout.names))
            .Table(request.table->name.ToString()));
  }
  return std::make_unique<TextReader>(*format_, std::move(file), layout, *bounds, std::move(schema), options_.stop);
}

Result<int64_t> TextSource::CountRows(const ReadRequest& request) {
  MIQ_ASSIGN(const files::FileTable files, FilesOf(request));
  int64_t rows = 0;
  for (const fs::path& path : files.files) {
    MIQ_ASSIGN(const ScanPtr scan, Scan(path, false));
    rows += scan->rows;
  }
  return rows;
}

}  // namespace migrateiq::file
