#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// The values of a kAny column: each says its own type. They keep what a system without column types holds when rows
/// move between two databases of that system. In the column stand a letter and the value: the digits of an integer, the
/// shortest text of a real, the bytes of a text or blob as they are.
namespace migrateiq::any {

enum class Class : char { kInteger = 'i', kReal = 'r', kText = 't', kBlob = 'b' };

struct Value {
  Class type = Class::kText;
  std::string_view bytes;
};

std::string OfInteger(int64_t value);
std::string OfReal(double value);
std::string OfText(std::string_view text);
std::string OfBlob(std::string_view bytes);

/// `stored` as one of the above made it.
Value Read(std::string_view stored);
int64_t IntegerOf(const Value& value);
double RealOf(const Value& value);

/// 12, 1.5, 'it''s', x'00ff'; a text that is not plain UTF-8 as CAST(x'...' AS TEXT).
std::string Literal(std::string_view stored);
/// The reverse. What is no literal is a text.
std::string FromLiteral(std::string_view literal);

}  // namespace migrateiq::any
