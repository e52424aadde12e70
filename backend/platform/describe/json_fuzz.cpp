#include <cstdint>
#include <string_view>

#include "base/json_text.hpp"
#include "platform/describe/json.hpp"

namespace {

using namespace migrateiq;

struct Part {
  Text<1, 8> name;
  std::optional<Number<-5, 5>> size;
  std::vector<Part> parts;
};
BOOST_DESCRIBE_STRUCT(Part, (), (name, size, parts))

struct Whole {
  std::optional<Part> part;
  std::vector<std::string> words;
  std::map<std::string, int64_t> numbers;
  std::optional<Moment> since;
  Clearable<Email> owner;
  std::optional<Slug> slug;
  std::optional<bool> open;
  std::optional<boost::json::value> more;
};
BOOST_DESCRIBE_STRUCT(Whole, (), (part, words, numbers, since, owner, slug, open, more))

}  // namespace

// Any bytes: what is accepted encodes to what decodes to the same again (but for the last bit of fractions, which
// Boost.JSON does not round exactly).
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto value = ParseStrictJson(text);
  if (!value) return 0;
  if (!ParseStrictJson(JsonText(*value))) __builtin_trap();
  auto whole = Decode<Whole>(*value);
  if (!whole) return 0;
  whole->more.reset();
  const std::string encoded = Encode(*whole);
  const auto again = Decode<Whole>(*ParseStrictJson(encoded));
  if (!again || Encode(*again) != encoded) __builtin_trap();
  return 0;
}
