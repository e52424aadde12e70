#include "modules/orchestrator/quarantine_edit.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "base/errors/run.hpp"
#include "base/nearest.hpp"

namespace migrateiq {

namespace {

namespace json = boost::json;

std::unexpected<Error> Refused(const RowEdit& edit, const std::string& text) {
  return Fail(Error(codes::kUsage, text).At(edit.place));
}

std::string AsText(const json::value& value) {
  return value.is_string() ? std::string(value.get_string()) : json::serialize(value);
}

std::unexpected<Error> IllFormed(const std::string& place, const std::string& text) {
  return Fail(Error(codes::kUsage, text)
                  .At(place)
                  .Fix("Begin with the rows as the quarantine shows them (on the command line `migrateiq quarantine "
                       "show RUN_ID --json`), and change values only."));
}

Result<RowEdit> EditFromJson(const json::value& row, size_t index) {
  RowEdit edit{.place = "row " + std::to_string(index + 1) + " of the file"};
  const json::object* object = row.if_object();
  const json::value* id = object != nullptr ? object->if_contains("id") : nullptr;
  if (id == nullptr || !id->is_int64()) return IllFormed(edit.place, "a row needs its number as \"id\"");
  edit.id = id->get_int64();
  const json::value* original = object->if_contains("original");
  const json::value* values = object->if_contains("values");
  if (values != nullptr && original != nullptr) edit.original = json::serialize(*original);
  if (values == nullptr) values = original;
  if (values == nullptr || !values->is_object())
    return IllFormed(edit.place, "a row needs its values, column by column, as \"original\" or \"values\"");
  for (const auto& member : values->get_object()) {
    const json::value& value = member.value();
    if (value.is_object() || value.is_array())
      return IllFormed(edit.place, "the value of '" + std::string(member.key()) + "' is neither text, number nor null");
    edit.values.emplace_back(member.key(), value.is_null() ? std::nullopt : std::optional(AsText(value)));
  }
  return edit;
}

}  // namespace

std::string EditedRow::Describe() const {
  std::string names;
  for (const std::string& column : columns) names += (names.empty() ? "" : ", ") + column;
  return "quarantined row " + std::to_string(row.id) + " of " + row.table + " edited: " + names;
}

Result<EditedRow> ApplyEdit(const std::vector<QuarantinedRow>& rows, const RowEdit& edit) {
  const auto found = std::ranges::find(rows, edit.id, &QuarantinedRow::id);
  if (found == rows.end()) return Refused(edit, "the run has no quarantined row " + std::to_string(edit.id));
  EditedRow edited{.row = *found, .values = "", .columns = {}};
  boost::system::error_code error;
  json::value values = json::parse(found->values(), error);
  if (error || !values.is_object()) return Fail(codes::kStateQuery, "a quarantined row cannot be read");
  std::vector<std::string> known;
  for (const auto& member : values.get_object()) known.emplace_back(member.key());
  for (const auto& [column, value] : edit.values) {
    json::value* current = values.get_object().if_contains(column);
    if (current == nullptr) {
      return Refused(edit, "row " + std::to_string(edit.id) + " of " + found->table + " has no column '" + column +
                               "'" + DidYouMean(column, known));
    }
    json::value wanted = value ? json::value(*value) : json::value(nullptr);
    if (*current == wanted) continue;
    *current = std::move(wanted);
    edited.columns.push_back(column);
  }
  if (!edited.columns.empty() && found->state != "open") {
    return Fail(Error(codes::kRunState, "row " + std::to_string(edit.id) + " of " + found->table + " is " +
                                            found->state + ": it can no longer be edited")
                    .At(edit.place));
  }
  const json::value original = json::parse(found->original, error);
  if (!edit.original.empty() && json::parse(edit.original) != original)
    return Refused(edit, "\"original\" was changed; change \"values\", which is what a replay writes");
  if (values != original) edited.values = json::serialize(values);
  return edited;
}

Result<std::pair<std::string, std::optional<std::string>>> ParseAssignment(const std::string& text) {
  const size_t at = text.find('=');
  if (at == std::string::npos || at == 0)
    return Fail(Error(codes::kUsage, "'" + text + "' is not column=value").Fix("Write --set 'column=value'."));
  return std::pair(text.substr(0, at), std::optional(text.substr(at + 1)));
}

Result<std::vector<RowEdit>> EditsFromJson(std::string_view text, const std::string& run_id) {
  boost::system::error_code error;
  const json::value document = json::parse(json::string_view(text.data(), text.size()), error);
  if (error) return IllFormed("", "the file is not JSON: " + error.message());
  const json::value* rows = &document;
  if (const json::object* object = document.if_object()) {
    const json::value* run = object->if_contains("run_id");
    if (run != nullptr && AsText(*run) != run_id)
      return Fail(codes::kUsage, "the file has rows of run " + AsText(*run) + ", not of " + run_id);
    rows = object->if_contains("rows");
  }
  if (rows == nullptr || !rows->is_array()) return IllFormed("", "the file has no \"rows\"");
  std::vector<RowEdit> edits;
  for (size_t i = 0; i < rows->get_array().size(); ++i) {
    MIQ_ASSIGN(RowEdit edit, EditFromJson(rows->get_array()[i], i));
    edits.push_back(std::move(edit));
  }
  return edits;
}

}  // namespace migrateiq
