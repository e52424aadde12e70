#pragma once

#include <string_view>

namespace migrateiq::assess {

/// What makes a view or routine hard to carry over by hand, counted in its text. Words inside quotes and comments do
/// not count.
struct CodeMeasure {
  int lines = 0;  ///< that hold more than blanks and comments
  int joins = 0;
  int subqueries = 0;  ///< SELECTs beyond the first
  int branches = 0;    ///< IF, CASE, LOOP, WHILE, REPEAT, FOR EACH is none
  int hard = 0;        ///< CURSOR, HANDLER, EXCEPTION, EXECUTE, PREPARE
};

CodeMeasure MeasureCode(std::string_view sql);

}  // namespace migrateiq::assess
