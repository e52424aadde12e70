#include "connectors/mysql/mysql_other_objects.hpp"

#include <algorithm>
#include <sstream>

namespace migrateiq::mysql {

namespace {

/// How objects of one kind are found: `select` yields (name, source text) and ends before the condition on the
/// database.
struct Kind {
  const char* name;
  const char* select;
  const char* database_column;
  const char* order;
};

constexpr Kind kView{"view",
                     "SELECT table_name, CONCAT('CREATE VIEW `', table_name, '` AS ', view_definition) "
                     "FROM information_schema.views",
                     "table_schema", "ORDER BY 1"};

constexpr Kind kTrigger{"trigger",
                        "SELECT trigger_name, CONCAT('CREATE TRIGGER `', trigger_name, '` ', action_timing, ' ', "
                        "event_manipulation, ' ON `', event_object_table, '` FOR EACH ROW ', action_statement) "
                        "FROM information_schema.triggers",
                        "trigger_schema", "ORDER BY 1"};

constexpr Kind kEvent{"event",
                      "SELECT event_name, CONCAT('CREATE EVENT `', event_name, '` ON SCHEDULE ', IF(event_type = "
                      "'ONE TIME', CONCAT('AT ''', execute_at, ''''), CONCAT('EVERY ', interval_value, ' ', "
                      "interval_field)), ' DO ', event_definition) FROM information_schema.events",
                      "event_schema", "ORDER BY 1"};

constexpr Kind kGrant{"grant",
                      "SELECT grantee, CONCAT('GRANT ', GROUP_CONCAT(privilege_type ORDER BY privilege_type SEPARATOR "
                      "', '), ' ON `', table_schema, '`.* TO ', grantee) FROM information_schema.schema_privileges",
                      "table_schema", "GROUP BY grantee, table_schema ORDER BY 1"};

constexpr Kind kTableGrant{"grant",
                           "SELECT CONCAT(grantee, ' on ', table_name), CONCAT('GRANT ', GROUP_CONCAT(privilege_type "
                           "ORDER BY privilege_type SEPARATOR ', '), ' ON `', table_schema, '`.`', table_name, '` TO "
                           "', grantee) FROM information_schema.table_privileges",
                           "table_schema", "GROUP BY grantee, table_schema, table_name ORDER BY 1"};

constexpr Kind kCharacterSet{"database character set",
                             "SELECT schema_name, CONCAT('ALTER DATABASE `', schema_name, '` CHARACTER SET ', "
                             "default_character_set_name, ' COLLATE ', default_collation_name) "
                             "FROM information_schema.schemata",
                             "schema_name", "ORDER BY 1"};

Status Add(Session& session, const Kind& kind, const std::string& databases, Catalog& catalog) {
  MIQ_ASSIGN(const QueryRows rows, session.Query(std::string(kind.select) + " WHERE " + kind.database_column + " IN (" +
                                                 databases + ") " + kind.order));
  for (const auto& row : rows) catalog.others.push_back({kind.name, row[0].value_or(""), row[1].value_or(""), ""});
  return {};
}

/// The parameters stand only in SHOW CREATE; without the right to see it, the body has to do.
Status AddRoutines(Session& session, const std::string& databases, Catalog& catalog) {
  MIQ_ASSIGN(const QueryRows rows,
             session.Query("SELECT routine_name, routine_type, routine_definition, routine_schema FROM "
                           "information_schema.routines WHERE routine_schema IN (" +
                           databases + ") ORDER BY 1"));
  for (const auto& row : rows) {
    const std::string name = row[0].value_or("");
    std::string source = row[2].value_or("");
    const auto shown = session.Query("SHOW CREATE " + row[1].value_or("PROCEDURE") + " " +
                                     QuoteName(TableName{row[3].value_or(""), name}));
    if (shown && !shown->empty() && (*shown)[0].size() > 2 && (*shown)[0][2]) source = *(*shown)[0][2];
    catalog.others.push_back({"routine", name, std::move(source), ""});
  }
  return {};
}

/// `CHECK (start < end)` is all that information_schema tells of a period, and what a declared check looks like too.
bool MayHavePeriod(const Table& table) {
  return std::ranges::any_of(table.checks, [](const Check& check) {
    return !check.name.empty() && check.expression.starts_with('`') && check.expression.ends_with('`') &&
           check.expression.contains("` < `");
  });
}

/// The lines of CREATE TABLE that declare or use an application-time period.
std::string PeriodLines(const std::string& create) {
  std::string found, line;
  for (std::istringstream lines(create); std::getline(lines, line);) {
    const size_t begin = line.find_first_not_of(' ');
    if (begin == std::string::npos) continue;
    const bool declares = line.compare(begin, 12, "PERIOD FOR `") == 0;
    if (!declares && !line.contains("` WITHOUT OVERLAPS)")) continue;
    if (line.ends_with(',')) line.pop_back();
    found += (found.empty() ? "" : ", ") + line.substr(begin);
  }
  return found;
}

Status AddPeriods(Session& session, Catalog& catalog) {
  for (const Table& table : catalog.tables) {
    if (!MayHavePeriod(table)) continue;
    const auto shown = session.Query("SHOW CREATE TABLE " + QuoteName(table.name));
    if (!shown || shown->empty() || (*shown)[0].size() < 2) continue;  // without the right to see it
    std::string lines = PeriodLines((*shown)[0][1].value_or(""));
    if (lines.empty()) continue;
    catalog.others.push_back({"period", table.name.ToString(), std::move(lines),
                              "only its check is made: FOR PORTION OF and WITHOUT OVERLAPS are lost"});
  }
  return {};
}

}  // namespace

Status ReadOtherObjects(Session& session, const std::string& databases, Catalog& catalog) {
  MIQ_TRY(Add(session, kView, databases, catalog));
  MIQ_TRY(Add(session, kTrigger, databases, catalog));
  MIQ_TRY(AddRoutines(session, databases, catalog));
  MIQ_TRY(AddPeriods(session, catalog));
  for (const Kind& kind : {kEvent, kGrant, kTableGrant, kCharacterSet}) MIQ_TRY(Add(session, kind, databases, catalog));
  return {};
}

}  // namespace migrateiq::mysql
