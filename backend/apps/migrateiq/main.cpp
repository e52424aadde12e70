#include <cstring>

#include "apps/migrateiq/application.hpp"
#include "pipeline/connector/url.hpp"

namespace {

/// The arguments, with passwords overwritten where other users could read them (ps, /proc).
std::vector<std::string> TakeArguments(int count, char** values) {
  std::vector<std::string> arguments;
  for (int i = 1; i < count; ++i) {
    arguments.emplace_back(values[i]);
    for (const auto& [begin, end] : migrateiq::SecretSpans(arguments.back())) {
      std::memset(values[i] + begin, '*', end - begin);
    }
  }
  return arguments;
}

}  // namespace

// Main catches; what is left is to be out of memory before it begins.
// NOLINTNEXTLINE(bugprone-exception-escape)
int main(int argc, char** argv) { return migrateiq::cli::Main(TakeArguments(argc, argv)); }
