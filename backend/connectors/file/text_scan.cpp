#include "connectors/file/text_scan.hpp"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <thread>

#include "base/errors/data.hpp"
#include "base/errors/run.hpp"

namespace migrateiq::file {

namespace {

constexpr int64_t kCheckpointBytes = int64_t{1} << 20;

/// What one range holds; lines and rows count from its beginning.
struct RangeScan {
  int64_t begin = 0;  ///< where it was read from
  int64_t end = 0;    ///< the border it reached
  int64_t lines = 0, rows = 0, bad = 0, torn = 0;
  std::vector<std::string> names;
  std::vector<Guess> guesses;
  std::vector<Checkpoint> checkpoints;
  std::optional<Error> error;
};

Error Interrupted() { return {codes::kRunInterrupted, "stopped while reading a file"}; }

/// A column that first appears in a later row was missing in all rows before.
void LookAt(const RowBlock& block, const BlockParser& parser, GuessRules rules, RangeScan& range) {
  while (range.guesses.size() < parser.columns()) {
    range.guesses.emplace_back();
    if (range.rows > 0) range.guesses.back().AddNull();
  }
  for (size_t column = 0; column < block.columns; ++column) { range.guesses[column].Look(block, column, rules); }
}

RangeScan ScanRange(const TextFormat& format, const std::shared_ptr<const TextFile>& file, const Layout& layout,
                    int64_t begin, int64_t stop, const ScanOptions& options, int64_t line = 0) {
  RangeScan range{.begin = begin, .end = begin};
  const std::unique_ptr<BlockParser> parser = format.ScanParser(layout);
  Window window(file, begin);
  RowBlock block;
  while (range.end < stop) {
    if (options.stop.stop_requested()) {
      range.error = Interrupted();
      break;
    }
    const Result<size_t> used = ParseNext(*parser, window, stop, line + range.lines, block);
    if (!used) range.error = used.error();
    if (!used || *used == 0) break;
    const bool due = range.checkpoints.empty() || range.end - range.checkpoints.back().offset >= kCheckpointBytes;
    if (due) range.checkpoints.push_back({range.end, range.lines, range.rows});
    if (options.guess) LookAt(block, *parser, format.rules(), range);
    range.rows += static_cast<int64_t>(block.rows);
    range.bad += static_cast<int64_t>(block.bad.size());
    range.torn += static_cast<int64_t>(block.torn);
    range.lines += block.line_count;
    range.end += static_cast<int64_t>(*used);
    window.Consume(*used);
  }
  range.names = parser->names();
  return range;
}

/// Behind the first newline at or after `offset`: a row border unless it is inside quotes.
int64_t GuessBorder(const TextFile& file, int64_t offset, char newline) {
  std::vector<char> piece(size_t{64} << 10);
  for (;;) {
    const Result<size_t> got = file.Read(piece.data(), piece.size(), offset);
    if (!got || *got == 0) return file.size();
    const auto* found = static_cast<const char*>(std::memchr(piece.data(), newline, *got));
    if (found != nullptr) return offset + (found - piece.data()) + 1;
    offset += static_cast<int64_t>(*got);
  }
}

int Threads(const ScanOptions& options) {
  if (options.threads > 0) return options.threads;
  return std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, 8);
}

std::vector<int64_t> RangeStarts(const TextFile& file, const Layout& layout, const ScanOptions& options) {
  const int64_t bytes = std::max<int64_t>(0, file.size() - layout.data_begin);
  const int64_t fair = std::clamp<int64_t>(bytes / (Threads(options) * 4) + 1, int64_t{8} << 20, int64_t{64} << 20);
  const int64_t step = options.range_bytes > 0 ? options.range_bytes : Threads(options) == 1 ? bytes + 1 : fair;
  std::vector<int64_t> starts{layout.data_begin};
  for (int64_t at = layout.data_begin + step; at < file.size(); at += step) {
    const int64_t border = GuessBorder(file, at, layout.dialect.newline);
    if (border > starts.back() && border < file.size()) starts.push_back(border);
  }
  return starts;
}

std::vector<RangeScan> ScanRanges(const TextFormat& format, const std::shared_ptr<const TextFile>& file,
                                  const Layout& layout, const std::vector<int64_t>& starts,
                                  const ScanOptions& options) {
  std::vector<RangeScan> ranges(starts.size());
  std::atomic<size_t> next = 0;
  const auto work = [&] {
    for (size_t i = next++; i < starts.size(); i = next++) {
      const int64_t stop = i + 1 < starts.size() ? starts[i + 1] : file->size();
      ranges[i] = ScanRange(format, file, layout, starts[i], stop, options);
    }
  };
  const size_t helpers = std::min(starts.size(), static_cast<size_t>(Threads(options))) - 1;
  std::vector<std::jthread> threads;
  for (size_t i = 0; i < helpers; ++i) threads.emplace_back(work);
  work();
  return ranges;
}

void MergeColumns(const RangeScan& range, const Layout& layout, TextScan& scan) {
  const std::vector<std::string>& names = layout.names.empty() ? range.names : layout.names;
  if (scan.rows == 0) {
    scan.names = names;
    scan.guesses = range.guesses;
    scan.guesses.resize(names.size());
    return;
  }
  std::vector<bool> met(scan.names.size(), false);
  for (size_t i = 0; i < range.guesses.size(); ++i) {
    // Columns of a layout stand where they stand; keys are found by name.
    size_t to = i;
    if (layout.names.empty()) {
      to = static_cast<size_t>(std::ranges::find(scan.names, names[i]) - scan.names.begin());
    }
    if (to == scan.names.size()) {
      scan.names.push_back(names[i]);
      scan.guesses.emplace_back().AddNull();
      met.push_back(true);
    }
    met[to] = true;
    scan.guesses[to].Merge(range.guesses[i]);
  }
  for (size_t i = 0; i < met.size() && range.rows > 0; ++i) {
    if (!met[i]) scan.guesses[i].AddNull();
  }
}

void Append(const RangeScan& range, const Layout& layout, int64_t& line, TextScan& scan) {
  MergeColumns(range, layout, scan);
  for (const Checkpoint& point : range.checkpoints) {
    scan.checkpoints.push_back({point.offset, point.line + line, point.row + scan.rows});
  }
  scan.rows += range.rows;
  scan.bad_rows += range.bad;
  scan.torn_rows += range.torn;
  line += range.lines;
}

Result<std::shared_ptr<TextScan>> ScanAs(const TextFormat& format, const std::shared_ptr<const TextFile>& file,
                                         const Layout& layout, const ScanOptions& options) {
  const std::vector<int64_t> starts = RangeStarts(*file, layout, options);
  std::vector<RangeScan> ranges = ScanRanges(format, file, layout, starts, options);
  auto scan = std::make_shared<TextScan>(TextScan{.file = file, .layout = layout, .guessed = options.guess});
  int64_t at = layout.data_begin, line = layout.first_line;
  for (size_t i = 0; i < ranges.size(); ++i) {
    const int64_t stop = i + 1 < starts.size() ? starts[i + 1] : file->size();
    if (ranges[i].begin != at) ranges[i] = ScanRange(format, file, layout, at, stop, options);
    if (ranges[i].error && ranges[i].error->Is(codes::kReadMalformed)) {  // once more, to know the line
      ranges[i] = ScanRange(format, file, layout, at, stop, options, line);
    }
    if (ranges[i].error) return Fail(std::move(*ranges[i].error).At(file->path().filename().string()));
    Append(ranges[i], layout, line, *scan);
    at = ranges[i].end;
  }
  if (scan->checkpoints.empty()) scan->checkpoints.push_back({layout.data_begin, layout.first_line, 0});
  return scan;
}

}  // namespace

Result<std::shared_ptr<const TextScan>> ScanFile(const TextFormat& format, const std::shared_ptr<const TextFile>& file,
                                                 const ScanOptions& options) {
  MIQ_ASSIGN(Layout layout, format.Examine(file));
  Result<std::shared_ptr<TextScan>> scan = ScanAs(format, file, layout, options);
  const bool doubtful =
      layout.escape_unsure && (!scan ? scan.error().Is(codes::kReadMalformed) : (*scan)->torn_rows > 0);
  if (doubtful) {
    layout.dialect.escape = '\\';
    Result<std::shared_ptr<TextScan>> other = ScanAs(format, file, layout, options);
    const int64_t bad = scan ? (*scan)->bad_rows : INT64_MAX;
    if (other && (*other)->torn_rows == 0 && (*other)->bad_rows < bad) scan = std::move(other);
  }
  if (!scan) return Fail(std::move(scan).error());
  return std::shared_ptr<const TextScan>(*std::move(scan));
}

Result<std::vector<Checkpoint>> CutFinely(const TextFormat& format, const TextScan& scan, int64_t bytes, int64_t rows,
                                          const std::stop_token& stop) {
  std::vector<Checkpoint> cuts;
  const std::unique_ptr<BlockParser> parser = format.ScanParser(scan.layout);
  Window window(scan.file, scan.layout.data_begin);
  RowBlock block;
  Checkpoint at{scan.layout.data_begin, scan.layout.first_line, 0};
  for (;;) {
    if (stop.stop_requested()) return Fail(Interrupted());
    MIQ_ASSIGN(const size_t used, ParseNext(*parser, window, scan.file->size(), at.line, block));
    if (used == 0) break;
    for (size_t row = 0; row < block.rows; ++row) {
      const Checkpoint here{at.offset + block.starts[row], at.line + block.lines[row],
                            at.row + static_cast<int64_t>(row)};
      const bool due =
          cuts.empty() || (rows > 0 ? here.row - cuts.back().row >= rows : here.offset - cuts.back().offset >= bytes);
      if (due) cuts.push_back(here);
    }
    at = {at.offset + static_cast<int64_t>(used), at.line + block.line_count,
          at.row + static_cast<int64_t>(block.rows)};
    window.Consume(used);
  }
  if (cuts.empty()) cuts.push_back({scan.layout.data_begin, scan.layout.first_line, 0});
  cuts.front().offset = scan.layout.data_begin;
  cuts.front().line = scan.layout.first_line;
  return cuts;
}

}  // namespace migrateiq::file
