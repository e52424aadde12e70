#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "pipeline/match/model.hpp"

/// A model file is either refused, or can be used and written.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace migrateiq::match;
  const auto model = ReadModel(std::string_view(reinterpret_cast<const char*>(data), size));
  if (!model) return 0;
  if (!ReadModel(WriteModel(*model))) std::abort();
  SignalGrid grid{.rows = 1, .columns = 2, .pairs = std::vector<PairSignals>(2)};
  Score(grid, *model);
  return 0;
}
