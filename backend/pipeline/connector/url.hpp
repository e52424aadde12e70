#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"

namespace migrateiq {

/// A system's address as in contract section 2, split and percent-decoded. Holds the password: never print it,
/// print `redacted` instead.
struct Url {
  std::string scheme;  ///< lower case: "postgresql", "mysql", "csv" ...
  std::string user, password, host, port;
  std::string path;  ///< database name, file path or glob, generator shape; without the leading '/' for servers
  std::map<std::string, std::string> parameters;
  std::string redacted;  ///< the URL with `***` for the password and for parameters that hold secrets

  std::string Parameter(std::string_view name, std::string_view otherwise = "") const;
};

/// Where `${NAME}` and `${file:/path}` are looked up. The command line uses the environment; the server refuses both.
enum class Secrets : bool { kRefuse, kResolve };

/// Resolves references, then splits. Errors: kUrlInvalid, kUrlSecret (never containing a secret).
Result<Url> ParseUrl(std::string_view text, Secrets secrets);

/// Byte ranges [begin, end) of the secrets that stand literally in a URL's text: password and secret parameters that
/// are not just a `${...}` reference. Works on ill-formed text too, then erring on the side of more.
std::vector<std::pair<size_t, size_t>> SecretSpans(std::string_view text);

/// The text with its SecretSpans replaced by `***`, references left as written: for showing plans and commands.
std::string MaskSecrets(std::string_view text);

}  // namespace migrateiq
