#pragma once

#include <cstdio>
#include <string>
#include <vector>

#include "pipeline/run/progress.hpp"

namespace migrateiq::cli {

/// The lines of the live display: one for the run, one for each table at work (at most `most_tables`), each at most
/// `width` characters.
std::vector<std::string> ProgressLines(const Progress& progress, size_t width, size_t most_tables);

/// Redraws the progress in place on a terminal; events scroll above it. Erased on destruction.
class LiveDisplay : public RunObserver {
 public:
  ~LiveDisplay() override { Erase(); }
  void OnProgress(const Progress& progress) override;
  void OnEvent(const std::string& level, const std::string& text) override;

 private:
  void Erase();
  void Draw();
  std::vector<std::string> lines_;
  size_t drawn_ = 0;
};

/// One line per event on stderr, or silence.
class LineDisplay : public RunObserver {
 public:
  explicit LineDisplay(bool quiet) : quiet_(quiet) {}
  void OnProgress(const Progress&) override {}
  void OnEvent(const std::string& level, const std::string& text) override;

 private:
  const bool quiet_;
};

}  // namespace migrateiq::cli
