#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "platform/describe/described.hpp"

/// The part of schemas that is the same for all types; detail/schema.hpp has the thin templates over it.
namespace migrateiq::detail {

/// One member of a described struct.
struct SchemaField {
  std::string_view name;
  bool required_in, required_out;  ///< in requests, in answers
  boost::json::value (*schema)(boost::json::object& components, SchemaUse use);
};

/// Puts the component under `name`, unless it is there already in a form that serves this use; returns its $ref.
/// A struct that comes in as well as goes out is described as it comes in.
boost::json::value ObjectComponent(boost::json::object& components, const std::string& name,
                                   std::span<const SchemaField> fields, SchemaUse use);
boost::json::value EnumComponent(boost::json::object& components, const std::string& name,
                                 std::span<const std::string_view> words);
boost::json::value Reference(const std::string& name);

boost::json::value TypeSchema(std::string_view type, std::string_view format = {});
boost::json::value TextSchema(size_t least, size_t most);
boost::json::value IntegerSchema(int64_t least, int64_t most);
boost::json::value SlugSchema();
boost::json::value SecretSchema();
boost::json::value ListSchema(boost::json::value items);
boost::json::value MapSchema(boost::json::value values);
boost::json::value OrNull(boost::json::value schema);

}  // namespace migrateiq::detail
