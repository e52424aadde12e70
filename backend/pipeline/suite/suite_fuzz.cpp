#include <cstdint>
#include <cstdlib>

#include "pipeline/suite/suite_file.hpp"

/// Any text is read or refused; what is read is written and read back as the same.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto suite = migrateiq::ParseSuite(std::string_view(reinterpret_cast<const char*>(data), size), "fuzz.yaml");
  if (!suite) return 0;
  const std::string once = migrateiq::WriteSuite(*suite);
  const auto again = migrateiq::ParseSuite(once, "again.yaml");
  if (!again || migrateiq::WriteSuite(*again) != once) std::abort();
  return 0;
}
