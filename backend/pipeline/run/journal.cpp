#include "pipeline/run/journal.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <cstdlib>

#include "base/errors/run.hpp"
#include "pipeline/run/active_run.hpp"

namespace migrateiq {

namespace {

namespace json = boost::json;

json::object ToJson(const TableName& name) {
  json::object object;
  object["schema"] = name.schema;
  object["name"] = name.name;
  return object;
}

TableName ToName(const json::value& value) {
  return {std::string(value.at("schema").as_string()), std::string(value.at("name").as_string())};
}

/// Reads with `read`; what is not of the expected form becomes an error.
template <class T, class Read>
Result<T> ReadJson(const std::string& text, Read read) {
  try {
    return read(json::parse(text));
  } catch (const std::exception& error) {
    return Fail(codes::kStateQuery, std::string("the run's journal cannot be read: ") + error.what());
  }
}

bool Says(const JournalEntry& entry, const JournalEntry& other) {
  return entry.kind == other.kind && entry.object == other.object && entry.detail == other.detail;
}

}  // namespace

Status Journal(ActiveRun& run, const std::string& kind, const std::string& object, const std::string& detail) {
  if (!run.plan.run.undo_journal) return {};
  if (!run.journal) { MIQ_ASSIGN(run.journal, run.target->ReadJournal(run.run_id)); }
  JournalEntry entry{.sequence = 1, .kind = kind, .object = object, .detail = detail, .done = true};
  for (const JournalEntry& earlier : *run.journal) {
    if (Says(earlier, entry)) return {};
    entry.sequence = std::max(entry.sequence, earlier.sequence + 1);
  }
  MIQ_TRY(run.target->AppendJournal(run.run_id, entry));
  run.journal->push_back(std::move(entry));
  return {};
}

std::string NamesJson(const std::vector<TableName>& names) {
  json::array array;
  for (const TableName& name : names) array.push_back(ToJson(name));
  return json::serialize(array);
}

Result<std::vector<TableName>> NamesFromJson(const std::string& text) {
  return ReadJson<std::vector<TableName>>(text, [](const json::value& value) {
    std::vector<TableName> names;
    for (const json::value& name : value.as_array()) names.push_back(ToName(name));
    return names;
  });
}

std::string TextsJson(const std::vector<std::string>& texts) { return json::serialize(json::value_from(texts)); }

Result<std::vector<std::string>> TextsFromJson(const std::string& text) {
  return ReadJson<std::vector<std::string>>(
      text, [](const json::value& value) { return json::value_to<std::vector<std::string>>(value); });
}

std::string SwapJson(const SwapTable& swap) {
  json::object object;
  object["live"] = ToJson(swap.live);
  object["shadow"] = ToJson(swap.shadow);
  object["aside"] = ToJson(swap.aside);
  return json::serialize(object);
}

Result<SwapTable> SwapFromJson(const std::string& text) {
  return ReadJson<SwapTable>(text, [](const json::value& value) {
    return SwapTable{ToName(value.at("live")), ToName(value.at("shadow")), ToName(value.at("aside"))};
  });
}

std::string DigestText(const Digest& digest) { return digest.ToHex() + " " + std::to_string(digest.rows); }

Digest DigestFromText(const std::string& text) {
  const size_t blank = text.find(' ');
  if (blank == std::string::npos) return {};
  return DigestFromHex(text.substr(0, blank), std::strtoull(text.c_str() + blank + 1, nullptr, 10));
}

std::string RememberedJson(const std::vector<TableTask>& tasks) {
  json::array array;
  for (const TableTask& task : tasks) {
    json::object object = ToJson(task.target.name);
    object["label"] = task.target_label;
    object["fate"] = static_cast<int>(task.fate);
    object["existed"] = task.exists;
    array.push_back(std::move(object));
  }
  return json::serialize(array);
}

Result<std::vector<RememberedTable>> RememberedFromJson(const std::string& text) {
  return ReadJson<std::vector<RememberedTable>>(text, [](const json::value& value) {
    std::vector<RememberedTable> tables;
    for (const json::value& table : value.as_array()) {
      tables.push_back({std::string(table.at("label").as_string()), ToName(table),
                        static_cast<TableFate>(table.at("fate").as_int64()), table.at("existed").as_bool()});
    }
    return tables;
  });
}

}  // namespace migrateiq
