#include <cstdint>
#include <string>

#include "connectors/file/guess.hpp"
#include "connectors/file/jsonl_parser.hpp"

// Any bytes: no read outside the buffer, and every byte is used.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace migrateiq::file;
  JsonlParser parser({}, true);
  std::string text(reinterpret_cast<const char*>(data), size);
  text.append(kSlack, ':');
  const char* at = text.data();
  const char* const end = at + size;
  RowBlock block;
  while (at < end) {
    const size_t used = parser.Parse(at, end, end, true, block);
    if (used == 0) __builtin_trap();
    for (size_t column = 0; column < block.columns; ++column) Guess().Look(block, column, GuessRules::kJson);
    at += used;
  }
  return 0;
}
