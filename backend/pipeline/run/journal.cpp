#include "pipeline/run/journal.hpp"

#include <boost/json.hpp>

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

}  // namespace

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
