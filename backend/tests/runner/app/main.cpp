#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <mutex>
#include <thread>

#include "tests/runner/process.hpp"
#include "tests/runner/session.hpp"

namespace migrateiq::runner {
namespace {

namespace fs = std::filesystem;

constexpr const char* kUsage =
    "usage: migrateiq_scenarios --binary PATH [--jobs N] [--slow] [--list] [--verbose] [--keep] FILE_OR_FOLDER...\n";

struct Options {
  std::string binary;
  unsigned jobs = 2;
  bool slow = false, list = false, verbose = false, keep = false;
  std::vector<fs::path> places;
};

bool ReadOption(const std::vector<std::string>& words, size_t& i, Options& options) {
  const bool has_value = i + 1 < words.size();
  if (words[i] == "--binary" && has_value)
    options.binary = fs::absolute(words[++i]);
  else if (words[i] == "--jobs" && has_value)
    options.jobs = std::max(1, std::atoi(words[++i].c_str()));
  else if (words[i] == "--slow")
    options.slow = true;
  else if (words[i] == "--list")
    options.list = true;
  else if (words[i] == "--verbose")
    options.verbose = true;
  else if (words[i] == "--keep")
    options.keep = true;
  else if (words[i].starts_with("--"))
    return false;
  else
    options.places.emplace_back(words[i]);
  return true;
}

void AddFiles(const fs::path& place, bool slow, std::vector<fs::path>& files) {
  if (!fs::is_directory(place)) {
    files.push_back(place);
    return;
  }
  for (const auto& entry : fs::recursive_directory_iterator(place)) {
    const fs::path extension = entry.path().extension();
    if (extension == ".scenario" || (slow && extension == ".scenario_slow")) files.push_back(entry.path());
  }
}

/// All scenarios, in the order of their names. Files that cannot be read are complaints.
std::vector<Scenario> Load(const Options& options, std::vector<std::string>& complaints) {
  std::vector<fs::path> files;
  for (const fs::path& place : options.places) AddFiles(place, options.slow, files);
  std::sort(files.begin(), files.end());
  std::vector<Scenario> scenarios;
  for (const fs::path& file : files) {
    auto parsed = ParseScenario(ReadFile(file), file);
    if (!parsed)
      complaints.push_back(parsed.error());
    else
      scenarios.insert(scenarios.end(), parsed->begin(), parsed->end());
  }
  return scenarios;
}

class Suite {
 public:
  Suite(const std::vector<Scenario>& scenarios, const Options& options) : scenarios_(scenarios), options_(options) {}

  void Run() {
    std::vector<std::jthread> workers;
    for (unsigned i = 0; i < options_.jobs; ++i) workers.emplace_back([this] { Work(); });
  }

  int passed = 0, failed = 0, skipped = 0;

 private:
  void Work() {
    for (size_t i = next_++; i < scenarios_.size(); i = next_++) RunOne(scenarios_[i], i);
  }

  void RunOne(const Scenario& scenario, size_t index) {
    const fs::path folder =
        fs::temp_directory_path() / ("miq-scenario-" + std::to_string(getpid()) + "-" + std::to_string(index));
    fs::create_directories(folder);
    const Verdict verdict = RunScenario(scenario, {options_.binary, folder, options_.verbose});
    if (!options_.keep) fs::remove_all(folder);
    Count(scenario, verdict);
  }

  void Count(const Scenario& scenario, const Verdict& verdict) {
    const std::lock_guard lock(mutex_);
    const bool is_skipped = verdict.kind == Verdict::Kind::kSkipped;
    ++(verdict.kind == Verdict::Kind::kPassed ? passed : is_skipped ? skipped : failed);
    if (verdict.kind == Verdict::Kind::kPassed) return;
    std::cout << (is_skipped ? "SKIPPED " : "FAILED  ") << scenario.name << "\n  " << verdict.why << std::endl;
  }

  const std::vector<Scenario>& scenarios_;
  const Options& options_;
  std::atomic<size_t> next_ = 0;
  std::mutex mutex_;
};

int Main(const std::vector<std::string>& words) {
  Options options;
  for (size_t i = 0; i < words.size(); ++i) {
    if (!ReadOption(words, i, options)) return std::fputs(kUsage, stderr), 2;
  }
  if (options.places.empty() || (options.binary.empty() && !options.list)) return std::fputs(kUsage, stderr), 2;
  std::vector<std::string> complaints;
  const std::vector<Scenario> scenarios = Load(options, complaints);
  for (const std::string& complaint : complaints) std::cout << "FAILED  " << complaint << "\n";
  if (options.list) {
    for (const Scenario& scenario : scenarios) std::cout << scenario.name << ": " << scenario.description << "\n";
    return complaints.empty() ? 0 : 1;
  }
  Suite suite(scenarios, options);
  suite.Run();
  suite.failed += static_cast<int>(complaints.size());
  std::cout << suite.passed << " passed, " << suite.failed << " failed, " << suite.skipped << " skipped" << std::endl;
  return suite.failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace migrateiq::runner

int main(int argc, char** argv) { return migrateiq::runner::Main({argv + 1, argv + argc}); }
