#pragma once

#include <boost/json/value.hpp>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "platform/describe/described.hpp"

namespace migrateiq {
struct FieldFault;
}

/// The part of decoding that is the same for all types; detail/decode.hpp has the thin templates over it.
namespace migrateiq::detail {

/// Where decoding is in the document, and what was found wrong so far. At most 100 faults are kept.
class Decoder {
 public:
  /// `from_text`: the values come from a query string, so numbers, booleans and lists are written as text.
  explicit Decoder(bool from_text) : from_text_(from_text) {}

  bool from_text() const { return from_text_; }
  bool full() const { return faults_.size() >= kMostFaults; }
  void Fault(std::string message);
  /// Nothing is wrong: {}. Otherwise the first fault as kApiField, and all of them in `faults`.
  Status Finish(std::vector<FieldFault>* faults);

  /// One step down while it lives.
  class Step {
   public:
    Step(std::string& pointer, std::string_view member);
    Step(const Step&) = delete;
    Step& operator=(const Step&) = delete;
    ~Step() { pointer_.resize(length_); }

   private:
    std::string& pointer_;
    size_t length_;
  };
  Step Into(std::string_view member) { return Step(pointer_, member); }
  Step Into(size_t index) { return Step(pointer_, std::to_string(index)); }

 private:
  static constexpr size_t kMostFaults = 100;

  bool from_text_;
  std::string pointer_;
  std::vector<std::pair<std::string, std::string>> faults_;
};

/// One member of a described struct.
struct DecodeField {
  std::string_view name;
  bool required;
  void (*take)(Decoder&, const boost::json::value&, void* object);
};

void TakeObject(Decoder& decoder, const boost::json::value& value, std::span<const DecodeField> fields, void* object);
void TakeBoolean(Decoder& decoder, const boost::json::value& value, bool& out);
void TakeInteger(Decoder& decoder, const boost::json::value& value, int64_t least, int64_t most, int64_t& out);
void TakeReal(Decoder& decoder, const boost::json::value& value, double& out);
void TakeMoment(Decoder& decoder, const boost::json::value& value, Moment& out);
/// `what`: the words that are possible. Returns the position, or `words.size()` after a fault.
size_t TakeWord(Decoder& decoder, const boost::json::value& value, std::span<const std::string_view> words);

/// Any text without NUL, up to `most_bytes`.
void TakeString(Decoder& decoder, const boost::json::value& value, size_t most_bytes, std::string& out);
/// Text without control characters, its length in code points within the bounds.
void TakeText(Decoder& decoder, const boost::json::value& value, size_t least, size_t most, std::string& out);
void TakeEmail(Decoder& decoder, const boost::json::value& value, std::string& out);
void TakeSlug(Decoder& decoder, const boost::json::value& value, std::string& out);

/// The items of an array, or of "a,b" in a query string; a fault and nothing otherwise.
std::vector<boost::json::value> TakeItems(Decoder& decoder, const boost::json::value& value);

/// The members of a query string as an object; those that are repeated become "a,b".
boost::json::value QueryObject(const std::vector<std::pair<std::string, std::string>>& members);

}  // namespace migrateiq::detail
