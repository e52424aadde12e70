#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "connectors/file/text_format.hpp"

namespace migrateiq::file {

/// A place in a file where a row begins.
struct Checkpoint {
  int64_t offset = 0;
  int64_t line = 1;
  int64_t row = 0;
};

/// All that is known of a file after it was read once.
struct TextScan {
  std::shared_ptr<const TextFile> file;  // shared with the readers; immutable
  Layout layout;
  std::vector<std::string> names;
  std::vector<Guess> guesses;           ///< beside names
  bool guessed = false;                 ///< the guesses were made
  std::vector<Checkpoint> checkpoints;  ///< ascending; the first is the first row
  int64_t rows = 0;                     ///< bad ones included
  int64_t bad_rows = 0;
  int64_t torn_rows = 0;
};

struct ScanOptions {
  std::stop_token stop;
  bool guess = true;        ///< false = row borders only; then there are no guesses
  int threads = 0;          ///< 0 = as many as there are cores, at most 8
  int64_t range_bytes = 0;  ///< 0 = chosen; small values are for tests
};

/// Reads the whole file once, in parallel by byte ranges. A range begins at a guessed row border; ranges whose guess
/// the range before does not confirm are read again from the true border, so the result is that of one sequential pass.
Result<std::shared_ptr<const TextScan>> ScanFile(const TextFormat& format, const std::shared_ptr<const TextFile>& file,
                                                 const ScanOptions& options);

/// Row borders about every `bytes`, or exactly every `rows` when that is not 0: for splits finer than the checkpoints.
Result<std::vector<Checkpoint>> CutFinely(const TextFormat& format, const TextScan& scan, int64_t bytes, int64_t rows,
                                          const std::stop_token& stop);

}  // namespace migrateiq::file
