#include "modules/validation/report_html.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>

namespace migrateiq::validation {

namespace {

namespace json = boost::json;

constexpr std::string_view kHead = R"html(<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>
:root { color-scheme: light dark; --fg: #1b1f24; --bg: #fff; --soft: #57606a; --line: #d0d7de; --good: #1a7f37; --bad: #b42318; --odd: #8a5a00; }
@media (prefers-color-scheme: dark) { :root { --fg: #e6edf3; --bg: #0d1117; --soft: #9aa4af; --line: #30363d; --good: #3fb950; --bad: #ff7b72; --odd: #e3b341; } }
@media print { :root { --fg: #000; --bg: #fff; --soft: #444; --line: #999; --good: #055d20; --bad: #8f1d14; --odd: #6b4500; } tr { break-inside: avoid; } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--fg); background: var(--bg); max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin: 0; } p { color: var(--soft); margin: .25rem 0 1.5rem; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: .45rem .6rem; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th { font-weight: 600; } td:first-child { white-space: nowrap; } th:last-child { min-width: 9rem; } td small { color: var(--soft); display: block; } code { font-size: .85em; }
.passed { color: var(--good); } .failed, .error { color: var(--bad); } .warn, .info { color: var(--odd); } .skipped { color: var(--soft); }
</style>)html";

std::string Escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string Text(const json::object& object, const char* name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? Escaped(value->get_string()) : "";
}

int64_t Whole(const json::object& object, const char* name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_int64() ? value->get_int64() : 0;
}

/// A check that failed without being an error of the suite is shown by its severity.
std::string WordOf(const json::object& check) {
  const std::string status = Text(check, "status"), severity = Text(check, "severity");
  return status == "failed" && severity != "error" ? severity : status;
}

std::string SamplesOf(const json::object& check) {
  std::string html;
  for (const json::value& one : check.at("samples").as_array()) {
    const json::object& sample = one.as_object();
    std::string key;
    for (const auto& [name, value] : sample.at("key").as_object())
      key += (key.empty() ? "" : ", ") + Escaped(name) + " " + Escaped(value.as_string());
    html += "<small>" + (key.empty() ? "" : key + ": ") + "<code>" + Text(sample, "value") + "</code></small>";
  }
  return html;
}

std::string RowOf(const json::object& check) {
  const std::string word = WordOf(check), owner = Text(check, "owner"), description = Text(check, "description");
  std::string html = fmt::format("<tr><td class=\"{0}\">{0}</td><td>{1}", word, Text(check, "name"));
  if (!description.empty()) html += "<small>" + description + "</small>";
  if (!owner.empty()) html += "<small>" + owner + "</small>";
  html += "</td><td>" + Text(check, "message");
  if (const std::string fix = Text(check, "fix"); !fix.empty()) html += "<small>" + fix + "</small>";
  if (word != "passed") html += SamplesOf(check);
  return html + "</td><td>" + Text(check, "threshold") + "</td></tr>\n";
}

}  // namespace

std::string ReportHtml(const json::object& document) {
  const json::object& counts = document.at("counts").as_object();
  const std::string name = Text(document, "suite").empty() ? "Checks" : Text(document, "suite");
  std::string html = fmt::format("{}<title>{}</title></head><body><h1>{}</h1>\n", kHead, name, name);
  html +=
      fmt::format("<p>{}: {} passed, {} failed, {} could not be made, {} skipped</p>\n", Text(document, "started_at"),
                  Whole(counts, "passed"), Whole(counts, "failed"), Whole(counts, "error"), Whole(counts, "skipped"));
  html += "<table><thead><tr><th>Result</th><th>Check</th><th>Found</th><th>Allowed</th></tr></thead><tbody>\n";
  for (const json::value& check : document.at("checks").as_array()) html += RowOf(check.as_object());
  return html + "</tbody></table></body></html>\n";
}

bool MaskDocument(json::object& document) {
  bool masked = false;
  for (json::value& one : document.at("checks").as_array()) {
    json::object& check = one.as_object();
    json::array& samples = check.at("samples").as_array();
    // A statement and what the bins of a distribution are called quote values as well.
    if (samples.empty() && check.at("kind") != "distribution" && check.at("sql").as_string().empty()) continue;
    masked = true;
    samples.clear();
    check["sql"] = "";
    if (check.at("kind") == "distribution") check["message"] = "";
  }
  return masked;
}

}  // namespace migrateiq::validation
