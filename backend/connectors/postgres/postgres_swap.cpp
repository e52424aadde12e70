#include "connectors/postgres/postgres_swap.hpp"

#include <algorithm>

#include "connectors/postgres/postgres_dialect.hpp"
#include "connectors/postgres/postgres_errors.hpp"

namespace migrateiq::postgres {

namespace {

std::string Quoted(const TableName& name) { return PostgresDialect::Instance().Quote(name); }

/// `live`: the oids of the tables and of their partitions. `views`: plain views over them, however indirectly, with
/// depth.
std::string LiveCte(const std::vector<TableName>& tables) {
  std::string names;
  for (const TableName& table : tables) names += (names.empty() ? "" : ", ") + QuoteText(Quoted(table));
  return "WITH RECURSIVE named AS (SELECT to_regclass(n)::oid AS oid FROM unnest(ARRAY[" + names +
         "]::text[]) n), "
         "live AS (SELECT oid FROM named WHERE oid IS NOT NULL UNION SELECT i.inhrelid FROM live JOIN pg_inherits i ON "
         "i.inhparent = live.oid "
         "JOIN pg_class k ON k.oid = i.inhrelid AND k.relispartition), "
         "uses AS (SELECT DISTINCT d.refobjid AS used, r.ev_class AS user_oid, c.relkind FROM pg_depend d JOIN "
         "pg_rewrite r ON r.oid = d.objid "
         "JOIN pg_class c ON c.oid = r.ev_class WHERE d.classid = 'pg_rewrite'::regclass AND d.refclassid = "
         "'pg_class'::regclass "
         "AND d.refobjid <> r.ev_class), "
         "views AS (SELECT u.user_oid AS oid, u.relkind, 1 AS depth FROM live JOIN uses u ON u.used = live.oid "
         "WHERE u.relkind IN ('v', 'm') UNION SELECT u.user_oid, u.relkind, views.depth + 1 FROM views JOIN uses u ON "
         "u.used = views.oid "
         "WHERE u.relkind IN ('v', 'm') AND views.depth < 100) ";
}

constexpr const char* kRelation = "quote_ident(n.nspname) || '.' || quote_ident(c.relname)";

std::string BlockerQuery(const std::vector<TableName>& tables) {
  const std::string relation = kRelation;
  return LiveCte(tables) + "SELECT DISTINCT 'materialized view ' || " + relation +
         " FROM views v JOIN pg_class c ON c.oid = v.oid "
         "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE v.relkind = 'm' "
         "UNION SELECT 'trigger or rule on view ' || " +
         relation +
         " FROM views v JOIN pg_class c ON c.oid = v.oid "
         "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE EXISTS (SELECT 1 FROM pg_trigger g WHERE g.tgrelid = "
         "c.oid) "
         "OR EXISTS (SELECT 1 FROM pg_rewrite r WHERE r.ev_class = c.oid AND r.rulename <> '_RETURN') "
         "UNION SELECT 'rule ' || r.rulename || ' on ' || " +
         relation +
         " FROM live JOIN uses u ON u.used = live.oid AND u.relkind IN ('r', 'p') "
         "JOIN pg_class c ON c.oid = u.user_oid JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_rewrite r ON "
         "r.ev_class = c.oid "
         "UNION SELECT 'row policy ' || p.polname || ' on ' || " +
         relation +
         " FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid "
         "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE p.polrelid IN (SELECT oid FROM live) OR EXISTS (SELECT 1 "
         "FROM pg_depend d "
         "WHERE d.classid = 'pg_policy'::regclass AND d.objid = p.oid AND d.refclassid = 'pg_class'::regclass AND "
         "d.refobjid IN (SELECT oid FROM live)) "
         "UNION SELECT 'inheritance of ' || " +
         relation +
         " FROM live JOIN pg_inherits i ON i.inhrelid = live.oid OR i.inhparent = live.oid "
         "JOIN pg_class c ON c.oid = live.oid JOIN pg_namespace n ON n.oid = c.relnamespace "
         "WHERE i.inhrelid NOT IN (SELECT oid FROM live) OR i.inhparent NOT IN (SELECT oid FROM live) "
         "UNION SELECT 'publication ' || p.pubname FROM pg_publication_rel r JOIN pg_publication p ON p.oid = "
         "r.prpubid "
         "WHERE r.prrelid IN (SELECT oid FROM live) "
         "UNION SELECT 'function ' || d.objid::regprocedure FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND "
         "d.refclassid = 'pg_class'::regclass "
         "AND d.refobjid IN (SELECT oid FROM live UNION SELECT oid FROM views) "
         "UNION SELECT 'use of the row type of ' || " +
         relation +
         " FROM live JOIN pg_class c ON c.oid = live.oid "
         "JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_type t ON t.typrelid = c.oid JOIN pg_depend d "
         "ON d.refclassid = 'pg_type'::regclass AND d.refobjid IN (t.oid, t.typarray) AND d.deptype = 'n' "
         "ORDER BY 1";
}

/// Texts of what depends on the tables, made before they move.
struct Dependents {
  std::vector<std::string> drops;    ///< before the move
  std::vector<std::string> creates;  ///< after it
};

/// Owner, grants, options and comment of the views, re-made after the views.
std::string ViewQuery(const std::vector<TableName>& tables) {
  const std::string relation = kRelation;
  return LiveCte(tables) +
         ", ordered AS (SELECT oid, max(depth) AS depth FROM views GROUP BY oid) "
         "SELECT " +
         relation +
         ", pg_get_viewdef(c.oid), quote_ident(pg_get_userbyid(c.relowner)), array_to_string(c.reloptions, ', '), "
         "(SELECT string_agg('GRANT ' || g.privilege_type || ' ON ' || " +
         relation +
         " || ' TO ' || CASE g.grantee WHEN 0 THEN 'PUBLIC' "
         "ELSE quote_ident(pg_get_userbyid(g.grantee)) END || CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE "
         "'' END, '; ') "
         "FROM aclexplode(c.relacl) g WHERE g.grantee <> c.relowner), obj_description(c.oid, 'pg_class') "
         "FROM ordered o JOIN pg_class c ON c.oid = o.oid JOIN pg_namespace n ON n.oid = c.relnamespace ORDER BY "
         "o.depth, 1";
}

Status CollectViews(Session& session, const std::vector<TableName>& tables, Dependents& found) {
  MIQ_ASSIGN(const Rows rows, session.Query(ViewQuery(tables)));
  for (int i = rows.count() - 1; i >= 0; --i) found.drops.push_back("DROP VIEW " + rows.Text(i, 0));
  for (int i = 0; i < rows.count(); ++i) {
    const std::string options = rows.IsNull(i, 3) ? "" : " WITH (" + rows.Text(i, 3) + ")";
    found.creates.push_back("CREATE VIEW " + rows.Text(i, 0) + options + " AS " + rows.Text(i, 1));
    found.creates.push_back("ALTER VIEW " + rows.Text(i, 0) + " OWNER TO " + rows.Text(i, 2));
    if (!rows.IsNull(i, 4)) found.creates.push_back(rows.Text(i, 4));
    if (!rows.IsNull(i, 5))
      found.creates.push_back("COMMENT ON VIEW " + rows.Text(i, 0) + " IS " + QuoteText(rows.At(i, 5)));
  }
  return {};
}

/// Foreign keys of tables outside the set that refer to tables inside.
Status CollectForeignKeys(Session& session, const std::vector<TableName>& tables, Dependents& found) {
  const std::string only_whole = session.server_version() >= 110000 ? " AND o.conparentid = 0" : "";
  MIQ_ASSIGN(
      const Rows rows,
      session.Query(
          LiveCte(tables) + "SELECT " + kRelation +
          ", quote_ident(o.conname), pg_get_constraintdef(o.oid) FROM pg_constraint o "
          "JOIN pg_class c ON c.oid = o.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE o.contype = 'f' "
          "AND o.confrelid IN (SELECT oid FROM live) AND o.conrelid NOT IN (SELECT oid FROM live) AND n.nspname !~ "
          "'^migrateiq_(new|old)_'" +
          only_whole + " ORDER BY 1, 2"));
  for (int i = 0; i < rows.count(); ++i) {
    const std::string alter = "ALTER TABLE " + rows.Text(i, 0);
    found.drops.push_back(alter + " DROP CONSTRAINT " + rows.Text(i, 1));
    found.creates.push_back(alter + " ADD CONSTRAINT " + rows.Text(i, 1) + " " + rows.Text(i, 2));
  }
  return {};
}

/// What belongs to the live tables and their users expect to stay: made again on the new ones.
Status CollectOwn(Session& session, const std::vector<TableName>& tables, Dependents& found) {
  const std::string relation = kRelation;
  const std::string joins = " JOIN pg_namespace n ON n.oid = c.relnamespace ";
  const std::string only_whole = session.server_version() >= 130000 ? " AND g.tgparentid = 0" : "";
  MIQ_ASSIGN(
      const Rows rows,
      session.Query(LiveCte(tables) +
                    "SELECT 1, pg_get_triggerdef(g.oid) FROM named JOIN pg_trigger g ON g.tgrelid = named.oid AND NOT "
                    "g.tgisinternal" +
                    only_whole + " UNION ALL SELECT 2, 'ALTER TABLE ' || " + relation +
                    " || CASE g.tgenabled WHEN 'D' THEN ' DISABLE' WHEN 'A' THEN ' ENABLE ALWAYS' "
                    "ELSE ' ENABLE REPLICA' END || ' TRIGGER ' || quote_ident(g.tgname) FROM named JOIN pg_class c ON "
                    "c.oid = named.oid" +
                    joins + "JOIN pg_trigger g ON g.tgrelid = c.oid AND NOT g.tgisinternal AND g.tgenabled <> 'O'" +
                    only_whole +
                    " UNION ALL SELECT 3, pg_get_ruledef(r.oid) FROM named JOIN pg_rewrite r ON r.ev_class = named.oid "
                    "UNION ALL SELECT 4, 'ALTER TABLE ' || " +
                    relation +
                    " || ' OWNER TO ' || quote_ident(pg_get_userbyid(c.relowner)) "
                    "FROM named JOIN pg_class c ON c.oid = named.oid" +
                    joins +
                    "WHERE pg_get_userbyid(c.relowner) <> current_user "
                    "UNION ALL SELECT 5, 'GRANT ' || g.privilege_type || ' ON ' || " +
                    relation +
                    " || ' TO ' || CASE g.grantee WHEN 0 THEN 'PUBLIC' "
                    "ELSE quote_ident(pg_get_userbyid(g.grantee)) END || CASE WHEN g.is_grantable THEN ' WITH GRANT "
                    "OPTION' ELSE '' END "
                    "FROM named JOIN pg_class c ON c.oid = named.oid" +
                    joins +
                    "CROSS JOIN LATERAL aclexplode(c.relacl) g WHERE g.grantee <> c.relowner "
                    "ORDER BY 1, 2"));
  for (int i = 0; i < rows.count(); ++i) found.creates.push_back(rows.Text(i, 1));
  return {};
}

/// Moves a table, and its partitions with it, to another schema and name.
Status Move(Session& session, const TableName& from, const TableName& to) {
  MIQ_ASSIGN(const Rows parts,
             session.Query(LiveCte({from}) + "SELECT " + kRelation +
                           " FROM live JOIN pg_class c ON c.oid = live.oid "
                           "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relispartition ORDER BY 1"));
  std::string sql = "CREATE SCHEMA IF NOT EXISTS " + QuoteIdentifier(to.schema);
  if (to.schema == "public") sql = "SELECT 1";
  if (from.schema != to.schema) {
    for (int i = 0; i < parts.count(); ++i)
      sql += "; ALTER TABLE " + parts.Text(i, 0) + " SET SCHEMA " + QuoteIdentifier(to.schema);
    sql += "; ALTER TABLE " + Quoted(from) + " SET SCHEMA " + QuoteIdentifier(to.schema);
  }
  if (from.name != to.name)
    sql += "; ALTER TABLE " + Quoted(TableName{to.schema, from.name}) + " RENAME TO " + QuoteIdentifier(to.name);
  return session.Execute(sql);
}

Result<bool> Exists(Session& session, const TableName& table) {
  MIQ_ASSIGN(const Rows rows, session.Query("SELECT to_regclass(" + QuoteText(Quoted(table)) + ") IS NOT NULL"));
  return rows.Bool(0, 0);
}

Status RunAll(Session& session, const std::vector<std::string>& statements) {
  for (const std::string& statement : statements) MIQ_TRY(session.Execute(statement));
  return {};
}

std::vector<TableName> LiveNames(const std::vector<SwapTable>& tables) {
  std::vector<TableName> names;
  for (const SwapTable& table : tables) names.push_back(table.live);
  return names;
}

/// A schema of ours that lost its last table.
Status DropIfEmpty(Session& session, const std::string& schema) {
  MIQ_ASSIGN(const Rows rows, session.Query("SELECT 1 FROM pg_namespace n WHERE n.nspname = " + QuoteText(schema) +
                                            " AND NOT EXISTS (SELECT 1 FROM pg_class c WHERE c.relnamespace = n.oid)"
                                            " AND NOT EXISTS (SELECT 1 FROM pg_type t WHERE t.typnamespace = n.oid)"));
  return rows.count() == 0 ? Status() : session.Execute("DROP SCHEMA " + QuoteIdentifier(schema));
}

Status MoveForward(Session& session, const std::vector<SwapTable>& tables) {
  Dependents found;
  MIQ_TRY(CollectViews(session, LiveNames(tables), found));
  MIQ_TRY(CollectForeignKeys(session, LiveNames(tables), found));
  MIQ_TRY(CollectOwn(session, LiveNames(tables), found));
  MIQ_TRY(RunAll(session, found.drops));
  for (const SwapTable& table : tables) {
    MIQ_ASSIGN(const bool live, Exists(session, table.live));
    if (live) MIQ_TRY(Move(session, table.live, table.aside));
  }
  for (const SwapTable& table : tables) MIQ_TRY(Move(session, table.shadow, table.live));
  MIQ_TRY(RunAll(session, found.creates));
  for (const SwapTable& table : tables) MIQ_TRY(DropIfEmpty(session, table.shadow.schema));
  return {};
}

Status MoveBack(Session& session, const std::vector<SwapTable>& tables) {
  Dependents found;
  MIQ_TRY(CollectViews(session, LiveNames(tables), found));
  MIQ_TRY(CollectForeignKeys(session, LiveNames(tables), found));
  MIQ_TRY(RunAll(session, found.drops));
  std::string drop;
  for (const SwapTable& table : tables) drop += (drop.empty() ? "DROP TABLE IF EXISTS " : ", ") + Quoted(table.live);
  MIQ_TRY(session.Execute(drop));
  for (const SwapTable& table : tables) MIQ_TRY(Move(session, table.aside, table.live));
  MIQ_TRY(RunAll(session, found.creates));
  for (const SwapTable& table : tables) MIQ_TRY(DropIfEmpty(session, table.aside.schema));
  return {};
}

/// In one transaction, with names resolved in pg_catalog only, so that definitions are printed fully qualified.
template <class Steps>
Status InTransaction(Session& session, const Steps& steps) {
  MIQ_TRY(session.Execute("BEGIN; SET LOCAL search_path = pg_catalog"));
  Status done = steps();
  if (done) done = session.Execute("COMMIT");
  if (done) return {};
  if (!session.broken() && PQtransactionStatus(session.raw()) != PQTRANS_IDLE) (void)session.Execute("ROLLBACK");
  return Fail(AsDdlError(done.error()));
}

Result<std::vector<SwapTable>> Pending(Session& session, const std::vector<SwapTable>& tables,
                                       TableName SwapTable::*which) {
  std::vector<SwapTable> pending;
  for (const SwapTable& table : tables) {
    MIQ_ASSIGN(const bool exists, Exists(session, table.*which));
    if (exists) pending.push_back(table);
  }
  return pending;
}

}  // namespace

Result<std::vector<std::string>> FindSwapBlockers(Session& session, const std::vector<TableName>& live) {
  std::vector<std::string> blockers;
  if (live.empty()) return blockers;
  MIQ_ASSIGN(const Rows rows, session.Query(BlockerQuery(live)));
  for (int i = 0; i < rows.count(); ++i) blockers.push_back(rows.Text(i, 0));
  return blockers;
}

Status SwapTables(Session& session, const std::vector<SwapTable>& tables) {
  MIQ_ASSIGN(const std::vector<SwapTable> pending, Pending(session, tables, &SwapTable::shadow));
  if (pending.empty()) return {};
  return InTransaction(session, [&] { return MoveForward(session, pending); });
}

Status SwapTablesBack(Session& session, const std::vector<SwapTable>& tables) {
  MIQ_ASSIGN(const std::vector<SwapTable> pending, Pending(session, tables, &SwapTable::aside));
  if (pending.empty()) return {};
  return InTransaction(session, [&] { return MoveBack(session, pending); });
}

}  // namespace migrateiq::postgres
