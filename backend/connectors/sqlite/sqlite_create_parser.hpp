#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Reads the CREATE texts that sqlite_schema keeps, for what no pragma tells. SQLite itself has accepted the texts, so
/// the parser only finds things; what it does not understand it leaves out.
namespace migrateiq::sqlite {

struct ParsedColumn {
  std::string name;
  std::string collation;  ///< as written; empty = BINARY
  std::string generated;  ///< expression, without its parentheses
  bool autoincrement = false;
};

struct ParsedCheck {
  std::string name;
  std::string expression;
};

struct ParsedForeignKey {
  std::string name;
  bool deferrable = false;
  bool initially_deferred = false;
};

/// A UNIQUE or PRIMARY KEY constraint that has a name.
struct ParsedKey {
  std::string name;
  bool primary = false;
  std::vector<std::string> columns;
};

/// ON CONFLICT with another resolution than ABORT, which is what holds without the clause.
struct ParsedConflict {
  std::string constraint;  ///< PRIMARY KEY, UNIQUE or NOT NULL
  std::vector<std::string> columns;
  std::string resolution;  ///< ROLLBACK, FAIL, IGNORE or REPLACE, as written
};

struct ParsedTable {
  std::vector<ParsedColumn> columns;
  std::vector<ParsedCheck> checks;
  std::vector<ParsedForeignKey> foreign_keys;  ///< in the order of their appearance
  std::vector<ParsedKey> keys;
  std::vector<ParsedConflict> conflicts;

  const ParsedColumn* Find(std::string_view column) const;
};

struct ParsedIndex {
  std::vector<std::string> items;  ///< each column or expression, without COLLATE, ASC and DESC
  std::string where;
};

ParsedTable ParseCreateTable(std::string_view sql);
ParsedIndex ParseCreateIndex(std::string_view sql);

}  // namespace migrateiq::sqlite
