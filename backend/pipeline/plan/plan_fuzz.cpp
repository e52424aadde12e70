#include <cstdint>
#include <cstdlib>

#include "pipeline/plan/plan_file.hpp"

/// Any text is read or refused; what is read is written and read back equal.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto plan = migrateiq::ParsePlan(std::string_view(reinterpret_cast<const char*>(data), size), "fuzz.yaml");
  if (!plan) return 0;
  const auto again = migrateiq::ParsePlan(migrateiq::WritePlan(*plan), "again.yaml");
  if (!again || migrateiq::PlanFingerprint(*again) != migrateiq::PlanFingerprint(*plan)) std::abort();
  return 0;
}
