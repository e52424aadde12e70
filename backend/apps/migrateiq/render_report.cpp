#include "apps/migrateiq/render_report.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <map>

#include "apps/migrateiq/render_text.hpp"

namespace migrateiq::cli {

namespace {

constexpr size_t kMostNames = 20;
constexpr size_t kMostDifferences = 50;
constexpr size_t kSampleWidth = 40;

/// Builds the report's text section by section.
class ReportText {
 public:
  ReportText(const RunReport& report, bool colour) : report_(report), paint_(colour) {}

  std::string Build() && {
    Headline();
    Tables();
    Altered();
    Rejected();
    Objects();
    Differences();
    for (const TableReport& table : report_.tables) {
      if (table.rows_edited > 0)
        out_ += fmt::format("note: {}: {} quarantined rows were edited by hand and then written\n", table.target,
                            Count(table.rows_edited));
      for (const std::string& note : table.notes) out_ += "note: " + table.target + ": " + note + "\n";
    }
    for (const std::string& note : report_.notes) out_ += "note: " + note + "\n";
    Errors();
    return std::move(out_);
  }

 private:
  std::string Status() const {
    const std::string name = ToString(report_.status);
    if (report_.status == RunResult::kSucceeded) return paint_.Good(name);
    if (report_.status == RunResult::kFailed || report_.status == RunResult::kMismatch) return paint_.Bad(name);
    return paint_.Odd(name);
  }

  void Headline() {
    const std::string what = report_.rehearsal ? "rehearsal" : report_.run_id.empty() ? "verification" : "run";
    const std::string id = report_.run_id.empty() ? what : what + " " + report_.run_id;
    out_ += paint_.Strong(id) + ": " + Status() + " in " + Duration(report_.seconds);
    if (report_.moments > 1) out_ += fmt::format(", from {} moments of the source", report_.moments);
    out_ += "\n";
    if (!report_.rehearsal || report_.expected_seconds <= 0) return;
    out_ +=
        "expected duration: " + Duration(report_.expected_seconds) + " +- " + Duration(report_.expected_error) + "\n";
  }

  void Tables() {
    if (report_.tables.empty()) return;
    std::vector<std::vector<std::string>> rows = {
        {"source", "target", "read", "written", "quarantined", "filtered", "size", "verified"}};
    TableReport sum{.source = "total"};
    for (const TableReport& table : report_.tables) {
      rows.push_back(TableRow(table));
      Add(sum, table);
    }
    sum.verified = "";
    if (report_.tables.size() > 1) rows.push_back(TableRow(sum));
    out_ += "\n" + Columns(rows, "  ") + "\n";
  }

  static std::vector<std::string> TableRow(const TableReport& table) {
    return {table.source,
            table.target,
            Count(table.rows_read),
            Count(table.rows_written),
            Count(table.rows_quarantined),
            Count(table.rows_filtered),
            Bytes(static_cast<double>(table.bytes)),
            table.verified};
  }

  static void Add(TableReport& sum, const TableReport& table) {
    sum.rows_read += table.rows_read;
    sum.rows_written += table.rows_written;
    sum.rows_quarantined += table.rows_quarantined;
    sum.rows_filtered += table.rows_filtered;
    sum.bytes += table.bytes;
  }

  static std::string Samples(const std::vector<std::string>& samples) {
    std::vector<std::string> shown;
    for (const std::string& sample : samples) shown.push_back("'" + OneLine(sample, kSampleWidth) + "'");
    return fmt::format("{}", fmt::join(shown, ", "));
  }

  void Altered() {
    std::vector<std::vector<std::string>> rows;
    for (const TableReport& table : report_.tables) {
      for (const AlteredReport& altered : table.altered) {
        rows.push_back(
            {table.target + "." + altered.column, altered.rule, Count(altered.count) + "x", Samples(altered.samples)});
      }
    }
    if (!rows.empty()) out_ += paint_.Strong("Altered values") + "\n" + Columns(rows, "  ") + "\n";
  }

  /// A rule over a whole row has no value to show.
  static bool HasValues(const RejectedReport& rejected) {
    return !rejected.column.empty() || !std::ranges::all_of(rejected.samples, &std::string::empty);
  }

  void Rejected() {
    std::vector<std::vector<std::string>> rows;
    for (const TableReport& table : report_.tables) {
      for (const RejectedReport& rejected : table.rejected) {
        const std::string place = rejected.column.empty() ? table.target : table.target + "." + rejected.column;
        rows.push_back({place, rejected.warning ? "warning" : "rejected", Count(rejected.count) + "x", rejected.reason,
                        HasValues(rejected) ? Samples(rejected.samples) : ""});
      }
    }
    if (!rows.empty()) out_ += paint_.Strong("Rows that break a rule") + "\n" + Columns(rows, "  ") + "\n";
  }

  void Objects() {
    for (const std::string_view status : {"failed", "manual", "skipped", "created"}) ObjectsOf(status);
  }

  void ObjectsOf(std::string_view status) {
    std::map<std::pair<std::string, std::string>, std::vector<std::string>> groups;
    for (const ObjectReport& object : report_.objects) {
      if (object.status == status) groups[{object.kind, object.why}].push_back(object.name);
    }
    if (groups.empty()) return;
    const std::string title = "Objects " + std::string(status);
    out_ += (status == "failed" ? paint_.Bad(title) : paint_.Strong(title)) + "\n";
    for (auto& [group, names] : groups)
      ObjectGroup(group.first, group.second, names, status == "created" && group.second.empty());
    out_ += "\n";
  }

  // What was created as it was needs no list of names; the rest does.
  void ObjectGroup(const std::string& kind, const std::string& why, std::vector<std::string>& names, bool brief) {
    const size_t count = names.size();
    out_ += "  " + Counted(count, kind);
    if (!brief) {
      names.resize(std::min(count, kMostNames));
      out_ += fmt::format(": {}{}", fmt::join(names, ", "), count > kMostNames ? ", ..." : "");
    }
    out_ += (why.empty() ? "" : " - " + why) + "\n";
  }

  static std::string Row(const RowDifference::Row& row) {
    std::vector<std::string> values;
    for (const auto& [column, value] : row)
      values.push_back(column + "=" + (value ? OneLine(*value, kSampleWidth) : "NULL"));
    return fmt::format("{}", fmt::join(values, ", "));
  }

  void Differences() {
    if (report_.differences.empty()) return;
    out_ += paint_.Bad("Differences") + "\n";
    const size_t shown = std::min(report_.differences.size(), kMostDifferences);
    for (size_t i = 0; i < shown; ++i) {
      const RowDifference& difference = report_.differences[i];
      out_ += fmt::format("  {} {} {}\n", difference.table, difference.kind, Row(difference.key));
      if (!difference.source_row.empty()) out_ += "    source: " + Row(difference.source_row) + "\n";
      if (!difference.target_row.empty()) out_ += "    target: " + Row(difference.target_row) + "\n";
    }
    if (shown < report_.differences.size()) out_ += fmt::format("  and {} more\n", report_.differences.size() - shown);
    out_ += "\n";
  }

  void Errors() {
    for (const Error& error : report_.errors) {
      out_ += paint_.Bad(std::string(error.code.code)) + " " + error.message + Place(error) + "\n";
      out_ += "  fix: " + std::string(error.FixText()) + "\n";
    }
  }

  static std::string Place(const Error& error) {
    std::vector<std::string> parts;
    if (!error.table.empty()) parts.push_back("table " + error.table);
    if (!error.column.empty()) parts.push_back("column " + error.column);
    if (!error.place.empty()) parts.push_back("at " + error.place);
    return parts.empty() ? "" : fmt::format(" ({})", fmt::join(parts, ", "));
  }

  const RunReport& report_;
  const Paint paint_;
  std::string out_;
};

}  // namespace

std::string RenderReport(const RunReport& report, bool colour) { return ReportText(report, colour).Build(); }

}  // namespace migrateiq::cli
