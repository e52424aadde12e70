#include <cstdint>

#include "pipeline/schema/detail/parser.hpp"
#include "pipeline/schema/detail/printer.hpp"
#include "pipeline/schema/detail/test_dialects.hpp"

/// Any text is parsed or refused, translated or not, without a crash or a hang. That what is printed reads back as the
/// same tree is a property test over well-formed trees (expression_test.cpp): a dialect's templates need not be closed
/// over any text, `now(anything)` for instance.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace migrateiq;
  static const ExpressionRules kRules[] = {test::PostgresLike(), test::MySqlLike(), test::SqliteLike()};
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const ExpressionRules& from : kRules) {
    const auto parsed = detail::ParseExpression(text, from);
    if (!parsed) continue;
    static_cast<void>(LiteralValue(text, from));
    for (const ExpressionRules& to : kRules) static_cast<void>(TranslateExpression(text, from, to));
    const auto printed = detail::PrintExpression(*parsed, from);
    if (printed) static_cast<void>(detail::ParseExpression(*printed, from));
  }
  return 0;
}
