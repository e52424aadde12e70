#include "tests/runner/report.hpp"

#include <array>
#include <boost/json.hpp>
#include <charconv>

namespace migrateiq::runner {
namespace json = boost::json;
namespace {

constexpr std::array kNames = {"target", "source", "column", "name", "code", "rule", "kind", "run_id"};

std::string AsText(const json::value& value) {
  return value.is_string() ? std::string(value.get_string()) : json::serialize(value);
}

/// "public.customer" is also called "customer".
bool IsNameOrLastPart(std::string_view full, std::string_view name) {
  if (!full.ends_with(name)) return false;
  return full.size() == name.size() || full[full.size() - name.size() - 1] == '.';
}

bool IsNamed(const json::value& element, std::string_view name) {
  if (!element.is_object()) return false;
  for (const char* key : kNames) {
    const json::value* found = element.get_object().if_contains(key);
    if (found != nullptr && found->is_string() && IsNameOrLastPart(found->get_string(), name)) return true;
  }
  return false;
}

const json::value* Element(const json::value& value, std::string_view wanted) {
  if (!value.is_array()) return nullptr;
  const json::array& array = value.get_array();
  size_t index = 0;
  const auto [end, error] = std::from_chars(wanted.data(), wanted.data() + wanted.size(), index);
  if (error == std::errc() && end == wanted.data() + wanted.size())
    return index < array.size() ? &array[index] : nullptr;
  for (const json::value& element : array) {
    if (IsNamed(element, wanted)) return &element;
  }
  return nullptr;
}

/// Takes the next part off the path: `name` or `[key]`.
std::string_view TakePart(std::string_view& path, bool& bracket) {
  bracket = path.starts_with('[');
  const size_t end = bracket ? path.find(']') : std::min(path.find_first_of(".["), path.size());
  const std::string_view part = bracket ? path.substr(1, end - 1) : path.substr(0, end);
  path.remove_prefix(std::min(bracket ? end + 1 : end, path.size()));
  if (path.starts_with('.')) path.remove_prefix(1);
  return part;
}

const json::value* Member(const json::value& value, std::string_view name) {
  return value.is_object() ? value.get_object().if_contains(name) : nullptr;
}

int64_t Number(const json::value& table, std::string_view name) {
  const json::value* value = Member(table, name);
  return value != nullptr && value->is_number() ? value->to_number<int64_t>() : 0;
}

std::string TableFault(const json::value& table) {
  const int64_t out =
      Number(table, "rows_written") + Number(table, "rows_quarantined") + Number(table, "rows_filtered");
  if (Number(table, "rows_read") == out) return "";
  return "rows_read = " + std::to_string(Number(table, "rows_read")) + " but written, quarantined and filtered are " +
         std::to_string(out) + " in " + json::serialize(table);
}

std::string ErrorFault(const json::value& error) {
  for (const char* name : {"code", "message", "fix"}) {
    const json::value* text = Member(error, name);
    if (text == nullptr || !text->is_string() || text->get_string().empty()) {
      return std::string("an error has no ") + name + ": " + json::serialize(error);
    }
  }
  return "";
}

std::string Faults(const json::value& report, std::string_view list, std::string (*check)(const json::value&)) {
  const json::value* elements = Member(report, list);
  if (elements == nullptr || !elements->is_array()) return "";
  for (const json::value& element : elements->get_array()) {
    if (std::string fault = check(element); !fault.empty()) return fault;
  }
  return "";
}

}  // namespace

std::expected<std::string, std::string> FindInReport(const json::value& report, std::string_view path) {
  const json::value* at = &report;
  while (!path.empty()) {
    bool bracket = false;
    const std::string_view part = TakePart(path, bracket);
    if (part == "length" && at->is_array()) return std::to_string(at->get_array().size());
    at = bracket ? Element(*at, part) : Member(*at, part);
    if (at == nullptr) return std::unexpected("the report has no " + std::string(part));
  }
  return AsText(*at);
}

std::string ReportFault(const json::value& report) {
  const bool failed = Member(report, "status") != nullptr && AsText(*Member(report, "status")) == "failed";
  std::string fault = failed ? "" : Faults(report, "tables", TableFault);
  return fault.empty() ? Faults(report, "errors", ErrorFault) : fault;
}

}  // namespace migrateiq::runner
