#pragma once

#include <boost/json/object.hpp>
#include <string>

/// While the schemas of a document are made, which type each of them stands for is kept among them, so that two types
/// of one name are not taken for one.
namespace migrateiq {

/// `type`: an address that no other type has. Throws std::logic_error when the name stands for another type already:
/// that is a mistake in the program, and ends it at its start.
void ClaimComponent(boost::json::object& components, const std::string& name, const void* type);

/// Puts what `from` has, but `left_out`, into `components`. Throws as ClaimComponent does.
void AdoptComponents(boost::json::object& components, boost::json::object from, const std::string& left_out);

/// The schemas alone, as a document has them.
boost::json::object WithoutTypes(boost::json::object components);

}  // namespace migrateiq
