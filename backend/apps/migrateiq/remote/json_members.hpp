#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Members of a server's answer; one that is not there, or is of another type, is empty.
namespace migrateiq::cli {

std::string TextIn(const boost::json::object& object, std::string_view name);
int64_t NumberIn(const boost::json::object& object, std::string_view name);
double FractionIn(const boost::json::object& object, std::string_view name);
bool FlagIn(const boost::json::object& object, std::string_view name);
std::vector<std::string> TextsIn(const boost::json::object& object, std::string_view name);
/// The member as JSON text; empty when it is not there or null.
std::string JsonIn(const boost::json::object& object, std::string_view name);
/// The objects of an array.
std::vector<boost::json::object> ObjectsIn(const boost::json::object& object, std::string_view name);

}  // namespace migrateiq::cli
