#include "platform/describe/detail/encoder.hpp"

#include "base/time.hpp"

namespace migrateiq::detail {

namespace json = boost::json;

json::value EncodeObject(std::span<const EncodeField> fields, const void* object) {
  json::object members;
  members.reserve(fields.size());
  for (const EncodeField& field : fields) field.put(members, field.name, object);
  return members;
}

json::value EncodeText(std::string_view text) { return json::string_view(text.data(), text.size()); }

json::value EncodeMoment(int64_t micros) { return EncodeText(FormatTime(micros)); }

void PutMember(json::object& members, std::string_view name, json::value value) {
  members.emplace(json::string_view(name.data(), name.size()), std::move(value));
}

}  // namespace migrateiq::detail
