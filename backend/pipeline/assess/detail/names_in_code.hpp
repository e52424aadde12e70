#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace migrateiq::assess {

/// A name as code writes it: its parts from left to right, in lower case and without their quotes.
using CodeName = std::vector<std::string>;

/// The names that a definition uses, each once, in the order in which they first stand there.
struct CodeNames {
  std::vector<CodeName> relations;  ///< where a table or view is named: after FROM, JOIN, INTO, UPDATE ...
  std::vector<CodeName> calls;      ///< before a parenthesis, after CALL; words of the language too
};

/// Reads the text word by word; texts in quotes and comments are no names. `on` counts what stands after ON too, as
/// the table of a trigger, an event or a grant does (a join's condition stands there otherwise).
CodeNames NamesInCode(std::string_view sql, bool on);

}  // namespace migrateiq::assess
