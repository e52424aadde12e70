#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "pipeline/schema/detail/parser.hpp"
#include "pipeline/schema/detail/printer.hpp"
#include "pipeline/schema/detail/test_dialects.hpp"

namespace {

/// The parser goes 100 levels deep, and one level of the tree can be three of the printed text: `!x` is `NOT (x)`.
constexpr int kSurelyReadBack = 33;

int Depth(const migrateiq::detail::Node& node) {
  int deepest = 0;
  for (const migrateiq::detail::Node& child : node.children) deepest = std::max(deepest, Depth(child));
  return deepest + 1;
}

}  // namespace

/// Any text is parsed or refused; what one dialect prints, it reads back and prints alike.
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
    const auto again = printed ? detail::ParseExpression(*printed, from) : std::nullopt;
    // A type may come back under its wider name (SIGNED is a bigint), for which the dialect here has no spelling.
    const auto reprinted = again ? detail::PrintExpression(*again, from) : std::nullopt;
    const bool lost = !again && Depth(*parsed) <= kSurelyReadBack;
    if (printed && (lost || (reprinted && reprinted != printed))) std::abort();
  }
  return 0;
}
