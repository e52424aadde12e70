#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <span>
#include <string_view>

namespace migrateiq::detail {

/// One member of a described struct: adds itself to the object unless it is left out.
struct EncodeField {
  std::string_view name;
  void (*put)(boost::json::object& members, std::string_view name, const void* object);
};

boost::json::value EncodeObject(std::span<const EncodeField> fields, const void* object);
boost::json::value EncodeText(std::string_view text);
boost::json::value EncodeMoment(int64_t micros);
void PutMember(boost::json::object& members, std::string_view name, boost::json::value value);

}  // namespace migrateiq::detail
