#include "connectors/mysql/mysql_other_objects.hpp"

namespace migrateiq::mysql {

namespace {

using Row = std::vector<std::optional<std::string>>;

/// Adds one object a row of a query that yields (name, source text).
Status AddRows(Session& session, const char* kind, const std::string& sql, Catalog& catalog) {
  MIQ_ASSIGN(const QueryRows rows, session.Query(sql));
  for (const Row& row : rows) catalog.others.push_back({kind, row[0].value_or(""), row[1].value_or(""), ""});
  return {};
}

Status AddViews(Session& session, const std::string& databases, Catalog& catalog) {
  return AddRows(session, "view",
                 "SELECT table_name, CONCAT('CREATE VIEW `', table_name, '` AS ', view_definition) FROM "
                 "information_schema.views WHERE table_schema IN (" +
                     databases + ") ORDER BY 1",
                 catalog);
}

Status AddTriggers(Session& session, const std::string& databases, Catalog& catalog) {
  return AddRows(session, "trigger",
                 "SELECT trigger_name, CONCAT('CREATE TRIGGER `', trigger_name, '` ', action_timing, ' ', "
                 "event_manipulation, ' ON `', event_object_table, '` FOR EACH ROW ', action_statement) FROM "
                 "information_schema.triggers WHERE trigger_schema IN (" +
                     databases + ") ORDER BY 1",
                 catalog);
}

Status AddEvents(Session& session, const std::string& databases, Catalog& catalog) {
  return AddRows(session, "event",
                 "SELECT event_name, CONCAT('CREATE EVENT `', event_name, '` ON SCHEDULE ', IF(event_type = "
                 "'ONE TIME', CONCAT('AT ''', execute_at, ''''), CONCAT('EVERY ', interval_value, ' ', "
                 "interval_field)), ' DO ', event_definition) FROM information_schema.events WHERE event_schema IN (" +
                     databases + ") ORDER BY 1",
                 catalog);
}

/// The parameters stand only in SHOW CREATE; without the right to see it, the body has to do.
Status AddRoutines(Session& session, const std::string& databases, Catalog& catalog) {
  MIQ_ASSIGN(const QueryRows rows,
             session.Query("SELECT routine_name, routine_type, routine_definition, routine_schema FROM "
                           "information_schema.routines WHERE routine_schema IN (" +
                           databases + ") ORDER BY 1"));
  for (const Row& row : rows) {
    const std::string name = row[0].value_or("");
    std::string source = row[2].value_or("");
    const auto shown = session.Query("SHOW CREATE " + row[1].value_or("PROCEDURE") + " " +
                                     QuoteName(TableName{row[3].value_or(""), name}));
    if (shown && !shown->empty() && (*shown)[0].size() > 2 && (*shown)[0][2]) source = *(*shown)[0][2];
    catalog.others.push_back({"routine", name, std::move(source), ""});
  }
  return {};
}

Status AddGrants(Session& session, const std::string& databases, Catalog& catalog) {
  return AddRows(session, "grant",
                 "SELECT grantee, CONCAT('GRANT ', GROUP_CONCAT(privilege_type ORDER BY privilege_type SEPARATOR "
                 "', '), ' ON `', table_schema, '`.* TO ', grantee) FROM information_schema.schema_privileges WHERE "
                 "table_schema IN (" +
                     databases + ") GROUP BY grantee, table_schema ORDER BY 1",
                 catalog);
}

Status AddTableGrants(Session& session, const std::string& databases, Catalog& catalog) {
  return AddRows(session, "grant",
                 "SELECT CONCAT(grantee, ' on ', table_name), CONCAT('GRANT ', GROUP_CONCAT(privilege_type ORDER BY "
                 "privilege_type SEPARATOR ', '), ' ON `', table_schema, '`.`', table_name, '` TO ', grantee) FROM "
                 "information_schema.table_privileges WHERE table_schema IN (" +
                     databases + ") GROUP BY grantee, table_schema, table_name ORDER BY 1",
                 catalog);
}

Status AddCharacterSets(Session& session, const std::string& databases, Catalog& catalog) {
  return AddRows(session, "database character set",
                 "SELECT schema_name, CONCAT('ALTER DATABASE `', schema_name, '` CHARACTER SET ', "
                 "default_character_set_name, ' COLLATE ', default_collation_name) FROM information_schema.schemata "
                 "WHERE schema_name IN (" +
                     databases + ") ORDER BY 1",
                 catalog);
}

}  // namespace

Status ReadOtherObjects(Session& session, const std::string& databases, Catalog& catalog) {
  MIQ_TRY(AddViews(session, databases, catalog));
  MIQ_TRY(AddTriggers(session, databases, catalog));
  MIQ_TRY(AddRoutines(session, databases, catalog));
  MIQ_TRY(AddEvents(session, databases, catalog));
  MIQ_TRY(AddGrants(session, databases, catalog));
  MIQ_TRY(AddTableGrants(session, databases, catalog));
  return AddCharacterSets(session, databases, catalog);
}

}  // namespace migrateiq::mysql
