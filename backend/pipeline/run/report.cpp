#include "pipeline/run/report.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <cmath>

#include "base/error_catalog.hpp"
#include "base/errors/run.hpp"
#include "base/json_text.hpp"

namespace migrateiq {

namespace {

namespace json = boost::json;

constexpr std::array<const char*, 5> kResultNames = {"succeeded", "failed", "quarantined", "mismatch", "interrupted"};

json::object Json(const TableReport& table);
void From(const json::object& in, TableReport& out);

json::array Texts(const std::vector<std::string>& texts) { return json::array(texts.begin(), texts.end()); }

json::object Json(const AlteredReport& altered) {
  return {{"column", altered.column},
          {"rule", altered.rule},
          {"count", altered.count},
          {"samples", Texts(altered.samples)}};
}

json::object Json(const RejectedReport& rejected) {
  return {{"column", rejected.column},
          {"reason", rejected.reason},
          {"count", rejected.count},
          {"warning", rejected.warning},
          {"samples", Texts(rejected.samples)}};
}

json::object Json(const ObjectReport& object) {
  json::object out = {{"kind", object.kind}, {"name", object.name}, {"status", object.status}, {"why", object.why}};
  if (!object.source.empty()) out["source"] = object.source;
  return out;
}

json::object Json(const Error& error) {
  return {{"code", error.code.code}, {"message", error.message}, {"table", error.table},
          {"column", error.column},  {"fix", error.FixText()},   {"place", error.place}};
}

json::object Values(const RowDifference::Row& row) {
  json::object out;
  for (const auto& [column, value] : row) out[column] = value ? json::value(*value) : json::value(nullptr);
  return out;
}

json::object Json(const RowDifference& difference) {
  return {{"table", difference.table},
          {"kind", difference.kind},
          {"key", Values(difference.key)},
          {"source", Values(difference.source_row)},
          {"target", Values(difference.target_row)}};
}

template <class T>
json::array Array(const std::vector<T>& items) {
  json::array out;
  for (const T& item : items) out.push_back(Json(item));
  return out;
}

json::object Json(const TableReport& table) {
  json::object out = {{"source", table.source},
                      {"target", table.target},
                      {"rows_read", table.rows_read},
                      {"rows_written", table.rows_written},
                      {"rows_quarantined", table.rows_quarantined},
                      {"rows_filtered", table.rows_filtered},
                      {"bytes", table.bytes},
                      {"source_digest", table.source_digest},
                      {"target_digest", table.target_digest},
                      {"verified", table.verified},
                      {"altered", Array(table.altered)},
                      {"rejected", Array(table.rejected)},
                      {"notes", Texts(table.notes)}};
  if (table.rows_edited > 0) out["rows_edited"] = table.rows_edited;
  return out;
}

/// Milliseconds are enough for people and scripts.
double Rounded(double seconds) { return static_cast<double>(std::llround(seconds * 1000)) / 1000; }

json::object Json(const RunReport& report) {
  json::object out = {{"run_id", report.run_id},
                      {"status", ToString(report.status)},
                      {"started_at", report.started_at},
                      {"seconds", Rounded(report.seconds)},
                      {"moments", report.moments},
                      {"tables", Array(report.tables)},
                      {"objects", Array(report.objects)},
                      {"errors", Array(report.errors)},
                      {"name", report.name},
                      {"rehearsal", report.rehearsal},
                      {"differences", Array(report.differences)},
                      {"notes", Texts(report.notes)}};
  if (!report.rehearsal) return out;
  out["expected_seconds"] = Rounded(report.expected_seconds);
  out["expected_error"] = Rounded(report.expected_error);
  return out;
}

// --- and back: absent members keep their defaults, members of another type throw -----------------------------------

void Read(const json::object& from, std::string_view key, std::string& out) {
  if (const json::value* value = from.if_contains(key)) out = std::string(value->as_string());
}
template <class Number>
requires std::is_arithmetic_v<Number>
void Read(const json::object& from, std::string_view key, Number& out) {
  if (const json::value* value = from.if_contains(key)) out = json::value_to<Number>(*value);
}
void Read(const json::object& from, std::string_view key, std::vector<std::string>& out) {
  const json::value* value = from.if_contains(key);
  if (value == nullptr) return;
  for (const json::value& item : value->as_array()) out.emplace_back(item.as_string());
}
void Read(const json::object& from, std::string_view key, RowDifference::Row& out) {
  const json::value* value = from.if_contains(key);
  if (value == nullptr) return;
  for (const auto& member : value->as_object()) {
    out.emplace_back(member.key(), std::nullopt);
    if (!member.value().is_null()) out.back().second = std::string(member.value().as_string());
  }
}

void From(const json::object& in, AlteredReport& out) {
  Read(in, "column", out.column);
  Read(in, "rule", out.rule);
  Read(in, "count", out.count);
  Read(in, "samples", out.samples);
}

void From(const json::object& in, RejectedReport& out) {
  Read(in, "column", out.column);
  Read(in, "reason", out.reason);
  Read(in, "count", out.count);
  Read(in, "warning", out.warning);
  Read(in, "samples", out.samples);
}

void From(const json::object& in, ObjectReport& out) {
  Read(in, "kind", out.kind);
  Read(in, "name", out.name);
  Read(in, "status", out.status);
  Read(in, "why", out.why);
  Read(in, "source", out.source);
}

void From(const json::object& in, RowDifference& out) {
  Read(in, "table", out.table);
  Read(in, "kind", out.kind);
  Read(in, "key", out.key);
  Read(in, "source", out.source_row);
  Read(in, "target", out.target_row);
}

template <class T>
void ReadAll(const json::object& from, std::string_view key, std::vector<T>& out) {
  const json::value* value = from.if_contains(key);
  if (value == nullptr) return;
  for (const json::value& item : value->as_array()) From(item.as_object(), out.emplace_back());
}

void From(const json::object& in, TableReport& out) {
  Read(in, "source", out.source);
  Read(in, "target", out.target);
  Read(in, "rows_read", out.rows_read);
  Read(in, "rows_written", out.rows_written);
  Read(in, "rows_quarantined", out.rows_quarantined);
  Read(in, "rows_filtered", out.rows_filtered);
  Read(in, "rows_edited", out.rows_edited);
  Read(in, "bytes", out.bytes);
  Read(in, "source_digest", out.source_digest);
  Read(in, "target_digest", out.target_digest);
  Read(in, "verified", out.verified);
  ReadAll(in, "altered", out.altered);
  ReadAll(in, "rejected", out.rejected);
  Read(in, "notes", out.notes);
}

Error ErrorFrom(const json::object& in) {
  std::string code, message, fix;
  Read(in, "code", code);
  Read(in, "message", message);
  Read(in, "fix", fix);
  Error error = ErrorFromText(code, message, fix);
  Read(in, "table", error.table);
  Read(in, "column", error.column);
  Read(in, "place", error.place);
  return error;
}

RunResult ResultFrom(const json::object& in) {
  std::string name;
  Read(in, "status", name);
  const auto found = std::ranges::find(kResultNames, name, [](const char* known) { return std::string_view(known); });
  if (found == kResultNames.end()) throw std::invalid_argument("status '" + name + "'");
  return static_cast<RunResult>(found - kResultNames.begin());
}

RunReport ReportFrom(const json::object& in) {
  RunReport out;
  Read(in, "run_id", out.run_id);
  out.status = ResultFrom(in);
  Read(in, "started_at", out.started_at);
  Read(in, "seconds", out.seconds);
  Read(in, "moments", out.moments);
  ReadAll(in, "tables", out.tables);
  ReadAll(in, "objects", out.objects);
  Read(in, "name", out.name);
  Read(in, "rehearsal", out.rehearsal);
  Read(in, "expected_seconds", out.expected_seconds);
  Read(in, "expected_error", out.expected_error);
  ReadAll(in, "differences", out.differences);
  Read(in, "notes", out.notes);
  if (const json::value* errors = in.if_contains("errors")) {
    for (const json::value& error : errors->as_array()) out.errors.push_back(ErrorFrom(error.as_object()));
  }
  return out;
}

bool HasMismatch(const RunReport& report) {
  return std::ranges::any_of(report.tables, [](const TableReport& table) { return table.verified == "mismatch"; });
}

bool HasRejectedRows(const RunReport& report) {
  const auto rejects = [](const RejectedReport& rejected) { return !rejected.warning && rejected.count > 0; };
  return std::ranges::any_of(report.tables, [&](const TableReport& table) {
    return table.rows_quarantined > 0 || (report.rehearsal && std::ranges::any_of(table.rejected, rejects));
  });
}

}  // namespace

const char* ToString(RunResult result) { return kResultNames.at(static_cast<size_t>(result)); }

int ExitStatus(const RunReport& report) {
  if (report.status == RunResult::kInterrupted) return 130;
  if (report.status == RunResult::kFailed) return 1;
  if (report.status == RunResult::kMismatch || HasMismatch(report)) return 4;
  return report.status == RunResult::kQuarantined || HasRejectedRows(report) ? 3 : 0;
}

std::string ToJson(const RunReport& report) { return JsonText(Json(report)); }

Result<RunReport> ReportFromJson(std::string_view text) {
  try {
    return ReportFrom(json::parse(json::string_view(text.data(), text.size())).as_object());
  } catch (const std::exception& exception) {
    return Fail(codes::kStateQuery, std::string("a stored report cannot be read: ") + exception.what());
  }
}

}  // namespace migrateiq
