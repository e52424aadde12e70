#pragma once

#include <boost/describe.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"

/// What the fields of described structs are made of. A request or response is a struct of these, declared with
/// BOOST_DESCRIBE_STRUCT (and BOOST_DESCRIBE_ENUM for closed sets of words, whose enumerators are the words
/// themselves); decoding, encoding and the OpenAPI schema follow from the description alone (decode.hpp, encode.hpp,
/// schema.hpp).
///
///   struct CreateProject {
///     Text<1, 200> name;
///     std::optional<Text<0, 4000>> description;
///   };
///   BOOST_DESCRIBE_STRUCT(CreateProject, (), (name, description))
///
/// Field types: bool, int, int64_t, double, std::string (any length up to 64 KiB), Text, Moment, Secret, Email, Slug,
/// Number<min,max>, enum, described struct, std::optional, std::vector, std::map<std::string, T>, boost::json::value.
/// Required in requests: everything but std::optional, std::vector, std::map and Clearable.
/// For PATCH bodies make every field std::optional; a field that may be cleared is `Clearable<T>`.
namespace migrateiq {

/// Text whose length in code points lies within the bounds. Valid UTF-8 without control characters but \t and \n.
template <size_t kMin, size_t kMax>
struct Text : std::string {
  using std::string::string;
  Text() = default;
  Text(std::string text) : std::string(std::move(text)) {}  // NOLINT(google-explicit-constructor): reads as a string
};

/// An address with one @ and a domain, at most 254 characters; compared in lower case.
struct Email : std::string {
  using std::string::string;
  Email() = default;
  Email(std::string text) : std::string(std::move(text)) {}  // NOLINT(google-explicit-constructor)
};

/// Lower-case letters, digits and single hyphens, 1 to 63 characters, beginning with a letter.
struct Slug : std::string {
  using std::string::string;
  Slug() = default;
  Slug(std::string text) : std::string(std::move(text)) {}  // NOLINT(google-explicit-constructor)
};

/// A value that comes in and never goes out: it has no JSON writer (a response that holds one does not compile), and
/// does not print. Up to 4096 bytes.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string value) : value_(std::move(value)) {}
  const std::string& Reveal() const { return value_; }
  bool empty() const { return value_.empty(); }

 private:
  std::string value_;
};

/// A secret that is shown once, where it is made (an API key, a recovery code, an access token).
struct ShownOnce {
  std::string value;
};

/// RFC 3339 in JSON.
struct Moment {
  Micros micros = 0;
  friend bool operator==(const Moment&, const Moment&) = default;
};

template <int64_t kMin, int64_t kMax>
struct Number {
  int64_t value = kMin > 0 ? kMin : 0;
  Number() = default;
  Number(int64_t number) : value(number) {}   // NOLINT(google-explicit-constructor): reads as a number
  operator int64_t() const { return value; }  // NOLINT(google-explicit-constructor): reads as a number
};

/// In a PATCH body: absent = leave, null = clear, a value = set.
template <class T>
struct Clearable {
  bool present = false;
  std::optional<T> value;
};

/// One page of a list. `next` is the cursor of the following page, absent on the last.
template <class T>
struct Page {
  std::vector<T> items;
  std::optional<std::string> next;
};

/// For requests without a body and answers without content (204).
struct Nothing {};
BOOST_DESCRIBE_STRUCT(Nothing, (), ())

/// Requests may leave out lists and maps, and hold no unknown member; answers always have their lists and maps, and
/// may get more members later.
enum class SchemaUse { kRequest, kAnswer };

}  // namespace migrateiq
