#include "connectors/file/csv_format.hpp"

#include <fmt/format.h>
#include <strings.h>

#include <algorithm>
#include <set>

#include "base/errors/connect.hpp"
#include "base/errors/data.hpp"
#include "connectors/file/filler.hpp"
#include "pipeline/batch/text.hpp"

namespace migrateiq::file {

namespace {

/// Parses one row from the window, reading on until it is whole. 0 bytes used at the end of the file.
Result<size_t> NextRow(const CsvParser& parser, Window& window, CsvParser::Row& row, Arena& arena) {
  for (;;) {
    if (window.size() == 0 && window.last()) return 0;
    try {
      const size_t used =
          window.size() == 0 ? 0 : parser.ParseRow(window.begin(), window.end(), window.last(), row, arena);
      if (used > 0) return used;
    } catch (const UnclosedQuote& quote) {
      return Fail(codes::kReadMalformed,
                  "a quote is opened in line " + std::to_string(quote.line + 1) + " and never closed");
    }
    MIQ_TRY(window.Fill());
  }
}

bool IsBlankRow(const CsvParser::Row& row) { return row.fields.size() == 1 && row.fields[0].kind == SpanKind::kNull; }

/// The first row that is not blank. Its line is what `layout.first_line` was; both move behind it.
Result<CsvParser::Row> FirstRow(const std::shared_ptr<const TextFile>& file, Layout& layout, Arena& arena,
                                bool consume) {
  const CsvParser parser(layout.dialect, 1);
  auto window = std::make_unique<Window>(file, layout.data_begin, size_t{64} << 10);
  CsvParser::Row row;
  for (;;) {
    MIQ_ASSIGN(const size_t used, NextRow(parser, *window, row, arena));
    if (used == 0) return CsvParser::Row();
    const bool blank = IsBlankRow(row);
    if (blank || consume) {
      layout.data_begin += static_cast<int64_t>(used);
      layout.first_line += row.lines;
    }
    if (!blank) {
      for (Span& field : row.fields) {  // the window goes away
        char* copy = arena.Take(field.size);
        std::copy_n(field.data, field.size, copy);
        field.data = copy;
      }
      return row;
    }
    window->Consume(used);
  }
}

Result<std::string> Sample(const TextFile& file) {
  std::string sample(size_t{256} << 10, '\0');
  MIQ_ASSIGN(const size_t got, file.Read(sample.data(), sample.size(), 0));
  sample.resize(got);
  return sample;
}

struct SeparatorLine {
  char delimiter = ',';
  size_t size = 0;  ///< with the line end; 0 = there is none
};

/// Excel's own first line, `sep=;`: it names the delimiter and is no row.
SeparatorLine FindSeparatorLine(std::string_view sample) {
  std::string_view line = sample.substr(0, sample.find_first_of("\r\n"));
  const size_t length = line.size();
  if (line.size() >= 2 && line.front() == '"' && line.back() == '"') line = line.substr(1, line.size() - 2);
  if (line.size() != 5 || strncasecmp(line.data(), "sep=", 4) != 0) return {};
  const char delimiter = line[4];
  const bool possible = std::string_view(",;|:~^!#").contains(delimiter) || delimiter == '\t';
  if (!possible || length == sample.size()) return {};
  const bool two = sample.substr(length).starts_with("\r\n");
  return {delimiter, length + (two ? 2 : 1)};
}

Result<char> OneCharacter(const Url& url, const std::string& name) {
  const std::string value = url.Parameter(name);
  if (value == "\\t" || value == "tab") return '\t';
  if (value.size() == 1 && value[0] != '\n' && value[0] != '\r') return value[0];
  return Fail(codes::kUrlParameter, name + " must be one ASCII character, not '" + value + "'");
}

Result<bool> YesOrNo(const Url& url, const std::string& name, bool otherwise) {
  if (!url.parameters.contains(name)) return otherwise;
  const std::optional<bool> value = text::ParseBool(url.Parameter(name));
  if (!value) return Fail(codes::kUrlParameter, name + " must be true or false, not '" + url.Parameter(name) + "'");
  return *value;
}

}  // namespace

Result<CsvOptions> ParseCsvOptions(const Url& url) {
  CsvOptions options;
  const auto given = [&url](const char* name) { return url.parameters.contains(name); };
  if (given("delimiter")) { MIQ_ASSIGN(options.delimiter, OneCharacter(url, "delimiter")); }
  if (given("quote")) { MIQ_ASSIGN(options.quote, OneCharacter(url, "quote")); }
  if (given("escape")) { MIQ_ASSIGN(options.escape, OneCharacter(url, "escape")); }
  if (options.escape == options.quote) options.escape = 0;
  MIQ_ASSIGN(options.header, YesOrNo(url, "header", true));
  options.encoding = url.Parameter("encoding");
  if (!IsKnownEncoding(options.encoding)) {
    return Fail(Error(codes::kUrlParameter, "unknown encoding '" + options.encoding + "'")
                    .Fix("Write a name such as utf-8, cp1252, latin1, cp1251, utf-16, shift_jis."));
  }
  if (options.delimiter == options.quote)
    return Fail(codes::kUrlParameter, "delimiter and quote are the same character");
  return options;
}

std::vector<std::string> UsableNames(const std::vector<std::string>& header) {
  std::vector<std::string> names;
  std::set<std::string> used(header.begin(), header.end());
  std::set<std::string> taken;
  for (size_t i = 0; i < header.size(); ++i) {
    std::string name = header[i].empty() ? "column" + std::to_string(i + 1) : header[i];
    const std::string base = name;
    for (int n = 2; taken.contains(name) || (name != header[i] && used.contains(name)); ++n)
      name = fmt::format("{}_{}", base, n);
    taken.insert(name);
    names.push_back(std::move(name));
  }
  return names;
}

namespace {

/// For the report: what became of names that the header repeats or leaves out. Beside the names; empty = as it stands.
std::vector<std::string> RenameNotes(const std::vector<std::string>& header, const std::vector<std::string>& names) {
  std::vector<std::string> notes(names.size());
  for (size_t i = 0; i < names.size(); ++i) {
    if (names[i] == header[i]) continue;
    notes[i] = header[i].empty() ? fmt::format("the header gives column {} no name", i + 1)
                                 : fmt::format("the header has this name more than once; this is column {}", i + 1);
  }
  return notes;
}

}  // namespace

std::string CsvFormat::Key() const {
  const auto code = [](std::optional<char> c) { return c ? std::to_string(int{*c}) : "guessed"; };
  return fmt::format("csv {} {} {} {} {}", code(options_.delimiter), code(options_.quote), code(options_.escape),
                     options_.header, options_.encoding);
}

Result<Layout> CsvFormat::Examine(const std::shared_ptr<const TextFile>& file) const {
  Layout layout;
  MIQ_ASSIGN(const std::string sample, Sample(*file));
  CsvOptions options = options_;
  const SeparatorLine separator = FindSeparatorLine(sample);
  if (separator.size > 0) {
    if (!options.delimiter) options.delimiter = separator.delimiter;
    layout.data_begin = static_cast<int64_t>(separator.size);
    layout.first_line = 2;
  }
  const bool whole = static_cast<int64_t>(sample.size()) == file->size();
  layout.dialect = GuessDialect(std::string_view(sample).substr(separator.size), whole, options);
  layout.escape_unsure = !options_.escape;
  layout.named = options_.header;
  Arena arena;
  Result<CsvParser::Row> first = FirstRow(file, layout, arena, options_.header);
  if (!first) return Fail(std::move(first).error().At(file->path().filename().string()));
  std::vector<std::string> header;
  for (const Span& field : first->fields) header.emplace_back(options_.header ? field.view() : std::string_view());
  for (const std::string& name : header) {
    if (text::FindInvalidUtf8(name) == std::string_view::npos) continue;
    return Fail(Error(codes::kReadMalformed, "the header is not valid UTF-8")
                    .At(file->path().filename().string() + ":1")
                    .Fix("Name the file's encoding in the URL, e.g. encoding=cp1252."));
  }
  layout.names = UsableNames(header);
  if (layout.named) layout.renamed = RenameNotes(header, layout.names);
  return layout;
}

std::unique_ptr<BlockParser> CsvFormat::ScanParser(const Layout& layout) const {
  return std::make_unique<CsvParser>(layout.dialect, layout.names.size());
}

std::unique_ptr<BlockParser> CsvFormat::ReadParser(const Layout& layout, const std::vector<std::string>& wanted,
                                                   std::vector<size_t>& sources) const {
  sources.clear();
  for (size_t i = 0; i < wanted.size(); ++i) {
    const auto found = std::ranges::find(layout.names, wanted[i]);
    size_t source = found == layout.names.end() ? Filler::kAbsent : static_cast<size_t>(found - layout.names.begin());
    if (!layout.named && source == Filler::kAbsent && wanted.size() == layout.names.size()) source = i;
    sources.push_back(source);
  }
  return ScanParser(layout);
}

std::string CsvFormat::WriteLayout(const Layout& layout) const {
  const CsvDialect& dialect = layout.dialect;
  return fmt::format("{:02x}{:02x}{:02x}{:02x}", dialect.delimiter, dialect.quote, dialect.escape, dialect.newline);
}

bool CsvFormat::ReadLayout(std::string_view text, Layout& layout) const {
  if (text.size() != 8) return false;
  char* const fields[] = {&layout.dialect.delimiter, &layout.dialect.quote, &layout.dialect.escape,
                          &layout.dialect.newline};
  for (size_t i = 0; i < 4; ++i) {
    const std::string digits(text.substr(i * 2, 2));
    char* end = nullptr;
    *fields[i] = static_cast<char>(std::strtol(digits.c_str(), &end, 16));
    if (*end != 0) return false;
  }
  return true;
}

}  // namespace migrateiq::file
