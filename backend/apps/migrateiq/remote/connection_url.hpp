#pragma once

#include <string>

#include "base/error.hpp"

namespace migrateiq::cli {

/// A URL of the command line as a server takes it.
struct ConnectionUrl {
  std::string text;      ///< references resolved; holds the password: never print it
  std::string redacted;  ///< as the server shows it
  std::string name;      ///< what the connection is called: "crm on db.example.com"
  bool has_secret = false;
};

/// `${...}` is resolved here: a server has neither this environment nor these files. Errors: kUrl....
Result<ConnectionUrl> ConnectionUrlOf(const std::string& url);

/// The text as a name on a server: letters, digits, blank, `.`, `_` and `-`, at most 100.
std::string NameOf(const std::string& text);

}  // namespace migrateiq::cli
