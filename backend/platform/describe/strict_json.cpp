#include <fmt/format.h>

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value_stack.hpp>
#include <optional>
#include <set>
#include <vector>

#include "base/errors/api.hpp"
#include "platform/describe/json.hpp"

namespace migrateiq {

namespace {

namespace json = boost::json;

constexpr size_t kMostLevels = 32;

/// Builds the value, and refuses an object that has a member twice. Called back by the parser.
class StrictHandler {
 public:
  static constexpr size_t max_object_size = json::object::max_size();
  static constexpr size_t max_array_size = json::array::max_size();
  static constexpr size_t max_key_size = json::string::max_size();
  static constexpr size_t max_string_size = json::string::max_size();
  using Fault = json::error_code;

  StrictHandler() { stack_.reset(); }
  json::value Release() { return stack_.release(); }
  const std::optional<std::string>& repeated() const { return repeated_; }

  bool on_document_begin(Fault&) { return true; }
  bool on_document_end(Fault&) { return true; }
  bool on_object_begin(Fault&) {
    members_.emplace_back();
    return true;
  }
  bool on_object_end(size_t count, Fault&) {
    members_.pop_back();
    stack_.push_object(count);
    return true;
  }
  bool on_array_begin(Fault&) { return true; }
  bool on_array_end(size_t count, Fault&) {
    stack_.push_array(count);
    return true;
  }
  bool on_key_part(json::string_view part, size_t, Fault&) { return AddPart(part); }
  bool on_key(json::string_view part, size_t, Fault& fault) {
    key_.append(part.data(), part.size());
    if (!members_.back().insert(key_).second) {
      repeated_ = key_;
      fault = json::error::syntax;
      return false;
    }
    stack_.push_key(key_);
    key_.clear();
    return true;
  }
  bool on_string_part(json::string_view part, size_t, Fault&) {
    stack_.push_chars(part);
    return true;
  }
  bool on_string(json::string_view part, size_t, Fault&) {
    stack_.push_string(part);
    return true;
  }
  bool on_number_part(json::string_view, Fault&) { return true; }
  bool on_int64(int64_t number, json::string_view, Fault&) {
    stack_.push_int64(number);
    return true;
  }
  bool on_uint64(uint64_t number, json::string_view, Fault&) {
    stack_.push_uint64(number);
    return true;
  }
  bool on_double(double number, json::string_view, Fault&) {
    stack_.push_double(number);
    return true;
  }
  bool on_bool(bool truth, Fault&) {
    stack_.push_bool(truth);
    return true;
  }
  bool on_null(Fault&) {
    stack_.push_null();
    return true;
  }
  bool on_comment_part(json::string_view, Fault&) { return true; }
  bool on_comment(json::string_view, Fault&) { return true; }

 private:
  bool AddPart(json::string_view part) {
    key_.append(part.data(), part.size());
    return true;
  }

  json::value_stack stack_;
  std::string key_;
  std::optional<std::string> repeated_;
  std::vector<std::set<std::string>> members_;
};

std::string PlaceOf(std::string_view text, size_t offset) {
  const std::string_view before = text.substr(0, offset);
  const size_t line_end = before.rfind('\n');
  const size_t column = before.size() - (line_end == before.npos ? 0 : line_end + 1) + 1;
  return fmt::format("line {}, column {}", 1 + std::count(before.begin(), before.end(), '\n'), column);
}

std::string FaultText(const json::error_code& fault, const StrictHandler& handler) {
  if (handler.repeated()) return fmt::format("the member \"{}\" stands there twice", *handler.repeated());
  if (fault == json::error::too_deep) return fmt::format("deeper than {} levels", kMostLevels);
  return fault.message();
}

Error JsonError(std::string_view text, size_t offset, const std::string& what) {
  const std::string place = PlaceOf(text, offset);
  return Error(codes::kApiJson, place + ": " + what).At(place);
}

}  // namespace

Result<json::value> ParseStrictJson(std::string_view text) {
  if (text.empty()) return Fail(JsonError(text, 0, "there is nothing"));
  json::parse_options options;
  options.max_depth = kMostLevels;
  json::basic_parser<StrictHandler> parser(options);
  json::error_code fault;
  const size_t read = parser.write_some(false, text.data(), text.size(), fault);
  if (fault) return Fail(JsonError(text, read, FaultText(fault, parser.handler())));
  if (read < text.size()) return Fail(JsonError(text, read, "there is more than one value"));
  return parser.handler().Release();
}

}  // namespace migrateiq
