#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pipeline/connector/url.hpp"

namespace migrateiq::detail {

/// A URL's text with every `${...}` replaced by a mark, so that what a value contains (`@`, `/`, `?`) cannot change how
/// the URL is split; Expand puts the values in afterwards, part by part.
struct MarkedText {
  std::string text;
  std::vector<std::string> values;  ///< by mark

  /// `part` with the values in place of the marks. Literal text is percent-decoded; an ill-formed escape in it is
  /// kUrlInvalid when `strict`, else left as it is. Values are decoded as well, never strictly.
  Result<std::string> Expand(std::string_view part, bool strict) const;
};

/// Finds the references and looks them up. One that is the beginning of the text becomes part of the text itself, since
/// it holds the scheme. Errors: kUrlSecret, kUrlInvalid (control characters).
Result<MarkedText> MarkReferences(std::string_view text, Secrets secrets);

/// True when `part` contains a mark.
bool HasReference(std::string_view part);

}  // namespace migrateiq::detail
