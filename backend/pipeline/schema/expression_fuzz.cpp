#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "pipeline/schema/detail/test_dialects.hpp"
#include "pipeline/schema/detail/test_read_back.hpp"

/// Any text is parsed or refused, translated or not, without a crash or a hang; and what is parsed is printed so that
/// it reads back as the same tree.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace migrateiq;
  static const ExpressionRules kRules[] = {test::PostgresLike(), test::MySqlLike(), test::SqliteLike()};
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const ExpressionRules& from : kRules) {
    if (const std::string fault = test::ReadBackFault(text, from); !fault.empty()) {
      std::fprintf(stderr, "%s\n", fault.c_str());
      std::abort();
    }
    static_cast<void>(LiteralValue(text, from));
    for (const ExpressionRules& to : kRules) static_cast<void>(TranslateExpression(text, from, to));
  }
  return 0;
}
