#include <boost/json.hpp>

#include "base/errors/run.hpp"
#include "pipeline/connector/files/manifest.hpp"

// The written form of the manifest. 64-bit digests are hexadecimal text, so that no JSON reader rounds them.
namespace migrateiq::files {

namespace json = boost::json;

namespace {

json::object Write(const LedgerLine& line) {
  return {{"table", line.key.table},
          {"chunk", line.key.chunk},
          {"rows_read", line.rows_read},
          {"rows_written", line.rows_written},
          {"rows_quarantined", line.rows_quarantined},
          {"rows_filtered", line.rows_filtered},
          {"bytes", line.bytes},
          {"digest", line.digest.ToHex()},
          {"digest_rows", line.digest.rows},
          {"details", line.details}};
}

json::object Write(const JournalEntry& entry) {
  return {{"sequence", entry.sequence},
          {"kind", entry.kind},
          {"object", entry.object},
          {"detail", entry.detail},
          {"done", entry.done}};
}

json::object Write(const TableEntry& table) {
  json::array columns, parts;
  for (const auto& [name, type] : table.columns) columns.push_back({{"name", name}, {"type", type}});
  for (const PartEntry& part : table.parts) {
    parts.push_back({{"name", part.name}, {"bytes", part.bytes}, {"rows", part.rows}});
  }
  return {{"columns", std::move(columns)},
          {"parts", std::move(parts)},
          {"published", table.published},
          {"seed", table.seed}};
}

json::object Write(const RunEntry& run) {
  json::array ledger, journal;
  json::object tables;
  for (const LedgerLine& line : run.ledger) ledger.push_back(Write(line));
  for (const JournalEntry& entry : run.journal) journal.push_back(Write(entry));
  for (const auto& [name, table] : run.tables) tables[name] = Write(table);
  return {{"ledger", std::move(ledger)}, {"journal", std::move(journal)}, {"tables", std::move(tables)}};
}

// The readers below use boost::json's throwing accessors; ParseManifest turns what they throw into an Error.

std::string Text(const json::object& object, std::string_view key) { return std::string(object.at(key).as_string()); }
int64_t Number(const json::object& object, std::string_view key) { return object.at(key).to_number<int64_t>(); }

LedgerLine ReadLine(const std::string& run_id, const json::object& object) {
  LedgerLine line;
  line.key = {.run_id = run_id, .table = Text(object, "table"), .chunk = Text(object, "chunk")};
  line.rows_read = Number(object, "rows_read");
  line.rows_written = Number(object, "rows_written");
  line.rows_quarantined = Number(object, "rows_quarantined");
  line.rows_filtered = Number(object, "rows_filtered");
  line.bytes = Number(object, "bytes");
  line.digest = DigestFromHex(Text(object, "digest"), object.at("digest_rows").to_number<uint64_t>());
  line.details = Text(object, "details");
  return line;
}

JournalEntry ReadEntry(const json::object& object) {
  return {.sequence = Number(object, "sequence"),
          .kind = Text(object, "kind"),
          .object = Text(object, "object"),
          .detail = Text(object, "detail"),
          .done = object.at("done").as_bool()};
}

TableEntry ReadTable(const json::object& object) {
  TableEntry table;
  for (const json::value& column : object.at("columns").as_array()) {
    table.columns.emplace_back(Text(column.as_object(), "name"), Text(column.as_object(), "type"));
  }
  for (const json::value& part : object.at("parts").as_array()) {
    table.parts.push_back({.name = Text(part.as_object(), "name"),
                           .bytes = Number(part.as_object(), "bytes"),
                           .rows = Number(part.as_object(), "rows")});
  }
  table.published = object.at("published").as_bool();
  table.seed = Text(object, "seed");
  return table;
}

RunEntry ReadRun(const std::string& run_id, const json::object& object) {
  RunEntry run;
  for (const json::value& line : object.at("ledger").as_array())
    run.ledger.push_back(ReadLine(run_id, line.as_object()));
  for (const json::value& entry : object.at("journal").as_array()) run.journal.push_back(ReadEntry(entry.as_object()));
  for (const auto& [name, table] : object.at("tables").as_object()) run.tables[name] = ReadTable(table.as_object());
  return run;
}

}  // namespace

std::string ToJson(const ManifestData& data) {
  json::object runs;
  for (const auto& [id, run] : data.runs) runs[id] = Write(run);
  return json::serialize(json::object{{"version", 1}, {"runs", std::move(runs)}}) + "\n";
}

Result<ManifestData> ParseManifest(std::string_view text, const std::string& path) {
  try {
    ManifestData data;
    const json::value root = json::parse(json::string_view(text.data(), text.size()));
    for (const auto& [id, run] : root.as_object().at("runs").as_object()) {
      data.runs[id] = ReadRun(std::string(id), run.as_object());
    }
    return data;
  } catch (const std::exception& error) {
    return Fail(Error(codes::kStateQuery, path + " is not a manifest of ours: " + error.what())
                    .Fix("Restore the file, or move it away and start a new run into an empty folder."));
  }
}

}  // namespace migrateiq::files
