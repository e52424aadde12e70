#include "platform/describe/detail/decoder.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "base/errors/api.hpp"
#include "base/nearest.hpp"
#include "platform/describe/json.hpp"

namespace migrateiq::detail {

namespace {

namespace json = boost::json;

std::string FirstFault(const std::string& pointer, const std::string& message) {
  return pointer.empty() ? "the body " + message : pointer + " " + message;
}

std::vector<std::string> NamesOf(std::span<const DecodeField> fields) {
  std::vector<std::string> names;
  for (const DecodeField& field : fields) names.emplace_back(field.name);
  return names;
}

/// Searched for only as long as anybody reads it: bodies may hold very many and very long names.
std::string Suggestion(const Decoder& decoder, std::string_view name, std::span<const DecodeField> fields) {
  constexpr size_t kLongestName = 64;
  return decoder.full() || name.size() > kLongestName ? "" : DidYouMean(name, NamesOf(fields));
}

void TakeMember(Decoder& decoder, const json::key_value_pair& member, std::span<const DecodeField> fields,
                void* object) {
  const std::string_view name(member.key().data(), member.key().size());
  const auto step = decoder.Into(name);
  for (const DecodeField& field : fields) {
    if (field.name == name) return field.take(decoder, member.value(), object);
  }
  decoder.Fault("is not a known field" + Suggestion(decoder, name, fields));
}

}  // namespace

Decoder::Step::Step(std::string& pointer, std::string_view member) : pointer_(pointer), length_(pointer.size()) {
  pointer_ += '/';
  for (const char c : member) {
    if (c == '~')
      pointer_ += "~0";
    else if (c == '/')
      pointer_ += "~1";
    else
      pointer_ += c;
  }
}

void Decoder::Fault(std::string message) {
  if (!full()) faults_.emplace_back(pointer_, std::move(message));
}

Status Decoder::Finish(std::vector<FieldFault>* faults) {
  if (faults_.empty()) return {};
  const auto& [pointer, message] = faults_.front();
  auto error = Fail(Error(codes::kApiField, FirstFault(pointer, message)).At(pointer));
  if (faults != nullptr) {
    for (auto& [where, what] : faults_) faults->push_back({std::move(where), std::move(what)});
  }
  return error;
}

void TakeObject(Decoder& decoder, const json::value& value, std::span<const DecodeField> fields, void* object) {
  const json::object* members = value.if_object();
  if (members == nullptr) return decoder.Fault("must be an object");
  for (const auto& member : *members) TakeMember(decoder, member, fields, object);
  for (const DecodeField& field : fields) {
    if (!field.required || members->contains(json::string_view(field.name.data(), field.name.size()))) continue;
    const auto step = decoder.Into(field.name);
    decoder.Fault("is required");
  }
}

std::vector<json::value> TakeItems(Decoder& decoder, const json::value& value) {
  std::vector<json::value> items;
  if (const json::array* array = value.if_array()) {
    items.assign(array->begin(), array->end());
  } else if (const json::string* text = value.if_string(); text != nullptr && decoder.from_text()) {
    std::string_view rest(text->data(), text->size());
    while (!rest.empty()) {
      const size_t comma = std::min(rest.find(','), rest.size());
      items.emplace_back(json::string_view(rest.data(), comma));
      rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
  } else {
    decoder.Fault("must be a list");
  }
  return items;
}

json::value QueryObject(const std::vector<std::pair<std::string, std::string>>& members) {
  json::object object;
  for (const auto& [name, text] : members) {
    const auto [at, fresh] = object.emplace(name, text);
    if (fresh) continue;
    json::string& all = at->value().get_string();
    all += ",";
    all += text;
  }
  return object;
}

}  // namespace migrateiq::detail
