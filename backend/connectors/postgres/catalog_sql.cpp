#include "connectors/postgres/catalog_sql.hpp"

#include <fmt/format.h>

namespace migrateiq::postgres::catalog_sql {

namespace {

std::string SchemaCondition(const CatalogScope& scope) {
  std::string condition = "n.nspname <> 'migrateiq' AND n.nspname !~ '^migrateiq_(new|old)_'";
  if (scope.schemas.empty()) return condition + " AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'";
  condition += " AND n.nspname IN (";
  for (size_t i = 0; i < scope.schemas.size(); ++i) condition += (i == 0 ? "" : ", ") + QuoteText(scope.schemas[i]);
  return condition + ")";
}

std::string NotExtension(std::string_view catalog, std::string_view oid) {
  return fmt::format(
      "NOT EXISTS (SELECT 1 FROM pg_depend x WHERE x.classid = '{}'::regclass AND x.objid = {} "
      "AND x.deptype = 'e')",
      catalog, oid);
}

std::string TablesCte(const CatalogScope& scope) {
  return "WITH RECURSIVE t AS (SELECT c.oid, n.nspname, c.relname, c.relkind, c.relpages, c.reltuples, "
         "c.relrowsecurity, "
         "c.relowner, c.relacl FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
         "WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND " +
         InScope(scope) + ") ";
}

/// Domains resolved to their base types.
constexpr std::string_view kDomainCte =
    ", dom AS (SELECT oid AS domain, typbasetype AS base, typtypmod AS typmod, typnotnull AS required FROM pg_type "
    "WHERE typtype = 'd' "
    "UNION ALL SELECT d.domain, b.typbasetype, CASE WHEN d.typmod >= 0 THEN d.typmod ELSE b.typtypmod END, d.required "
    "OR b.typnotnull "
    "FROM dom d JOIN pg_type b ON b.oid = d.base WHERE b.typtype = 'd') ";

}  // namespace

std::string InScope(const CatalogScope& scope) {
  return SchemaCondition(scope) + " AND " + NotExtension("pg_class", "c.oid") +
         " AND NOT EXISTS (SELECT 1 FROM pg_description o WHERE o.classoid = 'pg_class'::regclass AND o.objoid = c.oid "
         "AND o.objsubid = 0 AND o.description = " +
         QuoteText(kOwnComment) + ")";
}

std::string Tables(const CatalogScope& scope) {
  return TablesCte(scope) +
         ", tree AS (SELECT oid AS root, oid AS leaf FROM t UNION ALL SELECT tree.root, i.inhrelid FROM tree "
         "JOIN pg_inherits i ON i.inhparent = tree.leaf JOIN pg_class k ON k.oid = i.inhrelid AND k.relispartition), "
         "size AS (SELECT root, sum(k.reltuples) FILTER (WHERE k.relkind = 'r' AND k.reltuples >= 0 AND k.relpages > "
         "0) AS tuples, "
         "sum(pg_relation_size(k.oid)) AS bytes FROM tree JOIN pg_class k ON k.oid = tree.leaf GROUP BY root) "
         "SELECT t.oid, nspname, relname, relkind, tuples::bigint, bytes::bigint, "
         "CASE WHEN relkind = 'p' THEN pg_get_partkeydef(t.oid) END, obj_description(t.oid, 'pg_class') "
         "FROM t JOIN size ON size.root = t.oid ORDER BY nspname, relname";
}

std::string Columns(const CatalogScope& scope, int version) {
  return TablesCte(scope) + std::string(kDomainCte) +
         "SELECT a.attrelid, a.attnum, a.attname, format_type(coalesce(d.base, a.atttypid), coalesce(nullif(d.typmod, "
         "-1), a.atttypmod)), "
         "CASE WHEN d.base IS NOT NULL THEN format_type(a.atttypid, -1) END, b.oid, b.typtype, b.typname, "
         "a.attnotnull OR coalesce(d.required, false), pg_get_expr(ad.adbin, ad.adrelid), a.attidentity, " +
         std::string(version >= 120000 ? "a.attgenerated" : "''") +
         ", CASE WHEN a.attcollation <> ct.typcollation AND cn.nspname = 'pg_catalog' THEN co.collname END, "
         "col_description(a.attrelid, a.attnum), "
         "CASE WHEN a.attcollation <> ct.typcollation AND cn.nspname <> 'pg_catalog' THEN co.collname END "
         "FROM t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped "
         "LEFT JOIN (SELECT dom.* FROM dom JOIN pg_type k ON k.oid = dom.base WHERE k.typtype <> 'd') d ON d.domain = "
         "a.atttypid "
         "JOIN pg_type ct ON ct.oid = a.atttypid JOIN pg_type b ON b.oid = coalesce(d.base, a.atttypid) "
         "LEFT JOIN pg_attrdef ad ON ad.adrelid = a.attrelid AND ad.adnum = a.attnum "
         "LEFT JOIN pg_collation co ON co.oid = a.attcollation "
         "LEFT JOIN pg_namespace cn ON cn.oid = co.collnamespace ORDER BY a.attrelid, a.attnum";
}

std::string Enums() {
  return "SELECT t.oid, n.nspname, t.typname, array_to_string(array_agg(e.enumlabel::text ORDER BY e.enumsortorder), "
         "E'\\x1f') "
         "FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid JOIN pg_namespace n ON n.oid = t.typnamespace "
         "GROUP BY t.oid, n.nspname, t.typname ORDER BY 2, 3";
}

std::string Constraints(const CatalogScope& scope, int version) {
  return TablesCte(scope) +
         "SELECT o.conrelid, o.conname, o.contype, "
         "array_to_string(ARRAY(SELECT a.attname::text FROM unnest(o.conkey) WITH ORDINALITY k(n, i) JOIN pg_attribute "
         "a "
         "ON a.attrelid = o.conrelid AND a.attnum = k.n ORDER BY k.i), E'\\x1f'), pn.nspname, pc.relname, "
         "array_to_string(ARRAY(SELECT a.attname::text FROM unnest(o.confkey) WITH ORDINALITY k(n, i) JOIN "
         "pg_attribute a "
         "ON a.attrelid = o.confrelid AND a.attnum = k.n ORDER BY k.i), E'\\x1f'), o.confdeltype, o.confupdtype, "
         "o.confmatchtype, "
         "o.condeferrable, o.condeferred, o.convalidated, pg_get_expr(o.conbin, o.conrelid) "
         "FROM t JOIN pg_constraint o ON o.conrelid = t.oid LEFT JOIN pg_class pc ON pc.oid = o.confrelid "
         "LEFT JOIN pg_namespace pn ON pn.oid = pc.relnamespace WHERE o.contype IN ('f', 'c') " +
         std::string(version >= 110000 ? "AND (o.contype <> 'f' OR o.conparentid = 0) " : "") +
         "ORDER BY o.conrelid, o.conname";
}

std::string Indexes(const CatalogScope& scope, int version) {
  const std::string keys = version >= 110000 ? "i.indnkeyatts" : "i.indnatts";
  return TablesCte(scope) + "SELECT i.indrelid, x.relname, i.indisunique, i.indisprimary, " +
         std::string(version >= 150000 ? "i.indnullsnotdistinct" : "false") +
         ", am.amname, pg_get_expr(i.indpred, i.indrelid), pg_get_indexdef(i.indexrelid), o.contype, "
         "coalesce(o.condeferrable, false), coalesce(o.condeferred, false), obj_description(i.indexrelid, "
         "'pg_class'), " +
         keys +
         ", (SELECT string_agg(concat_ws(E'\\x1e', coalesce(a.attname, ''), CASE WHEN a.attname IS NULL THEN "
         "pg_get_indexdef(i.indexrelid, k, false) ELSE '' END, "
         "coalesce(i.indoption[k - 1], 0)::text, CASE WHEN co.oid <> coalesce(a.attcollation, 100) AND cn.nspname = "
         "'pg_catalog' THEN co.collname::text ELSE '' END, "
         "CASE WHEN oc.opcdefault OR k > " +
         keys +
         " THEN '' WHEN ocn.nspname = 'pg_catalog' THEN quote_ident(oc.opcname) "
         "ELSE quote_ident(ocn.nspname) || '.' || quote_ident(oc.opcname) END), E'\\x1f' ORDER BY k) "
         "FROM generate_series(1, i.indnatts) k "
         "LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[k - 1] AND i.indkey[k - 1] <> 0 "
         "LEFT JOIN pg_collation co ON k <= " +
         keys +
         " AND co.oid = i.indcollation[k - 1] LEFT JOIN pg_namespace cn ON cn.oid = co.collnamespace "
         "LEFT JOIN pg_opclass oc ON k <= " +
         keys +
         " AND oc.oid = i.indclass[k - 1] LEFT JOIN pg_namespace ocn ON ocn.oid = oc.opcnamespace) "
         "FROM t JOIN pg_index i ON i.indrelid = t.oid JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_am am ON am.oid "
         "= x.relam "
         "LEFT JOIN pg_constraint o ON o.conindid = i.indexrelid AND o.conrelid = i.indrelid AND o.contype IN ('p', "
         "'u', 'x') "
         "WHERE i.indisvalid AND o.contype IS DISTINCT FROM 'x' ORDER BY i.indrelid, x.relname";
}

std::string Sequences(const CatalogScope& scope) {
  return "SELECT n.nspname, c.relname, format_type(s.seqtypid, -1), s.seqstart, s.seqincrement, s.seqmin, s.seqmax, "
         "s.seqcycle, "
         "CASE WHEN has_sequence_privilege(c.oid, 'SELECT, USAGE') THEN pg_sequence_last_value(c.oid::regclass) END, "
         "has_sequence_privilege(c.oid, 'SELECT'), d.refobjid, d.refobjsubid, tn.nspname, tc.relname, a.attname "
         "FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace "
         "LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.objsubid = 0 "
         "AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0 "
         "LEFT JOIN pg_class tc ON tc.oid = d.refobjid LEFT JOIN pg_namespace tn ON tn.oid = tc.relnamespace "
         "LEFT JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid WHERE " +
         InScope(scope) + " ORDER BY n.nspname, c.relname";
}

std::string Partitions(const CatalogScope& scope) {
  return TablesCte(scope) +
         ", tree AS (SELECT oid AS root, oid AS leaf, 0 AS depth FROM t WHERE relkind = 'p' UNION ALL "
         "SELECT tree.root, i.inhrelid, depth + 1 FROM tree JOIN pg_inherits i ON i.inhparent = tree.leaf) "
         "SELECT tree.root, quote_ident(kn.nspname) || '.' || quote_ident(k.relname) || ' PARTITION OF ' || "
         "quote_ident(pn.nspname) || '.' || "
         "quote_ident(p.relname) || ' ' || pg_get_expr(k.relpartbound, k.oid) || "
         "CASE WHEN k.relkind = 'p' THEN ' PARTITION BY ' || pg_get_partkeydef(k.oid) ELSE '' END "
         "FROM tree JOIN pg_class k ON k.oid = tree.leaf AND depth > 0 JOIN pg_namespace kn ON kn.oid = k.relnamespace "
         "JOIN pg_inherits i ON i.inhrelid = k.oid JOIN pg_class p ON p.oid = i.inhparent JOIN pg_namespace pn ON "
         "pn.oid = p.relnamespace "
         "ORDER BY tree.root, depth, k.relname";
}

std::string TypesOf(const std::string& columns_values) {
  return "WITH RECURSIVE dom AS (SELECT oid AS domain, typbasetype AS base, typtypmod AS typmod FROM pg_type WHERE "
         "typtype = 'd' "
         "UNION ALL SELECT d.domain, b.typbasetype, CASE WHEN d.typmod >= 0 THEN d.typmod ELSE b.typtypmod END "
         "FROM dom d JOIN pg_type b ON b.oid = d.base WHERE b.typtype = 'd') "
         "SELECT format_type(b.oid, coalesce(nullif(d.typmod, -1), v.typmod)), b.oid, b.typtype "
         "FROM (VALUES " +
         columns_values +
         ") v(position, typid, typmod) "
         "LEFT JOIN (SELECT dom.* FROM dom JOIN pg_type k ON k.oid = dom.base WHERE k.typtype <> 'd') d ON d.domain = "
         "v.typid::oid "
         "JOIN pg_type b ON b.oid = coalesce(d.base, v.typid::oid) ORDER BY v.position";
}

namespace {

std::string Relation(std::string_view schema, std::string_view name) {
  return fmt::format("quote_ident({}) || '.' || quote_ident({})", schema, name);
}

std::string Views(const CatalogScope& scope) {
  return "SELECT CASE c.relkind WHEN 'v' THEN 'view' ELSE 'materialized view' END, " +
         Relation("n.nspname", "c.relname") +
         ", 'CREATE ' || CASE c.relkind WHEN 'v' THEN 'VIEW ' ELSE 'MATERIALIZED VIEW ' END || " +
         Relation("n.nspname", "c.relname") +
         " || ' AS' || E'\\n' || pg_get_viewdef(c.oid), '' FROM pg_class c JOIN pg_namespace n ON n.oid = "
         "c.relnamespace "
         "WHERE c.relkind IN ('v', 'm') AND " +
         InScope(scope);
}

std::string TableParts(const CatalogScope& scope) {
  const std::string in_scope = InScope(scope);
  const std::string relation = Relation("n.nspname", "c.relname");
  const std::string from =
      " JOIN pg_class c ON c.oid = {} JOIN pg_namespace n ON n.oid = c.relnamespace WHERE " + in_scope;
  const auto joined = [&](std::string_view oid) { return fmt::format(fmt::runtime(from), oid); };
  return "SELECT 'trigger', g.tgname || ' on ' || " + relation +
         ", pg_get_triggerdef(g.oid), "
         "CASE g.tgenabled WHEN 'D' THEN 'disabled' ELSE '' END FROM pg_trigger g" +
         joined("g.tgrelid") +
         " AND NOT g.tgisinternal "
         "UNION ALL SELECT 'rule', r.rulename || ' on ' || " +
         relation + ", pg_get_ruledef(r.oid), '' FROM pg_rewrite r" + joined("r.ev_class") +
         " AND r.rulename <> '_RETURN' "
         "UNION ALL SELECT 'row policy', p.polname || ' on ' || " +
         relation + ", 'CREATE POLICY ' || quote_ident(p.polname) || ' ON ' || " + relation +
         " || CASE p.polpermissive WHEN true THEN '' ELSE ' AS RESTRICTIVE' END || ' FOR ' || "
         "CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' "
         "ELSE 'ALL' END || "
         "coalesce(' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')', '') || "
         "coalesce(' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')', ''), '' FROM pg_policy p" +
         joined("p.polrelid") + " UNION ALL SELECT 'exotic index', o.conname || ' on ' || " + relation +
         ", 'ALTER TABLE ' || " + relation +
         " || ' ADD CONSTRAINT ' || quote_ident(o.conname) || ' ' || pg_get_constraintdef(o.oid), 'exclusion "
         "constraint' "
         "FROM pg_constraint o" +
         joined("o.conrelid") +
         " AND o.contype = 'x' "
         "UNION ALL SELECT 'exotic index', x.relname || ' on ' || " +
         relation +
         ", pg_get_indexdef(i.indexrelid), 'not valid at the source' "
         "FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid" +
         joined("i.indrelid") +
         " AND NOT i.indisvalid AND NOT c.relispartition "
         "UNION ALL SELECT 'inheritance', " +
         relation + ", 'ALTER TABLE ' || " + relation +
         " || ' INHERIT ' || h.inhparent::regclass, "
         "'the child is migrated as a table of its own' FROM pg_inherits h" +
         joined("h.inhrelid") + " AND c.relkind = 'r' AND NOT c.relispartition";
}

/// What ALTER TABLE says of a whole table, beyond its columns and constraints.
std::string TableSettings(const CatalogScope& scope) {
  const std::string relation = Relation("n.nspname", "c.relname");
  const std::string tables =
      " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_tablespace s ON s.oid = "
      "c.reltablespace WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND " +
      InScope(scope);
  return "SELECT 'row security', " + relation + ", 'ALTER TABLE ' || " + relation +
         " || ' ENABLE ROW LEVEL SECURITY' || CASE WHEN c.relforcerowsecurity THEN ', FORCE ROW LEVEL SECURITY' ELSE "
         "'' END, 'until it is switched on, whoever may read the table there sees every row'" +
         tables + " AND c.relrowsecurity UNION ALL SELECT 'table option', " + relation + ", 'ALTER TABLE ' || " +
         relation +
         " || concat_ws(',', CASE c.relpersistence WHEN 'u' THEN ' SET UNLOGGED' END, "
         "' SET (' || array_to_string(c.reloptions, ', ') || ')', ' SET TABLESPACE ' || quote_ident(s.spcname), "
         "CASE c.relreplident WHEN 'f' THEN ' REPLICA IDENTITY FULL' WHEN 'n' THEN ' REPLICA IDENTITY NOTHING' END), "
         "'how a table is stored is left to the target'" +
         tables +
         " AND (c.relpersistence = 'u' OR c.reloptions IS NOT NULL OR s.spcname IS NOT NULL OR c.relreplident IN "
         "('f', 'n'))";
}

std::string Access(const CatalogScope& scope) {
  const std::string relation = Relation("n.nspname", "c.relname");
  return "SELECT 'grant', " + relation + ", string_agg('GRANT ' || g.privilege_type || ' ON ' || " + relation +
         " || ' TO ' || "
         "CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)) END || "
         "CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END, E';\\n' ORDER BY g.grantee, "
         "g.privilege_type), '' "
         "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace CROSS JOIN LATERAL aclexplode(c.relacl) g "
         "WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND NOT c.relispartition AND g.grantee <> c.relowner AND " +
         InScope(scope) + " GROUP BY n.nspname, c.relname UNION ALL SELECT 'owner', " + relation +
         ", 'ALTER TABLE ' || " + relation +
         " || ' OWNER TO ' || quote_ident(pg_get_userbyid(c.relowner)), 'belongs to another role than the migration "
         "user' "
         "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p') AND NOT "
         "c.relispartition "
         "AND pg_get_userbyid(c.relowner) <> current_user AND " +
         InScope(scope);
}

std::string Routines(const CatalogScope& scope, int version) {
  const std::string ordinary = version >= 110000 ? "p.prokind <> 'a'" : "NOT p.proisagg";
  return "SELECT 'routine', " + Relation("n.nspname", "p.proname") +
         " || '(' || pg_get_function_identity_arguments(p.oid) || ')', "
         "CASE WHEN " +
         ordinary +
         " THEN pg_get_functiondef(p.oid) ELSE 'aggregate' END, '' "
         "FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE " +
         SchemaCondition(scope) + " AND " + NotExtension("pg_proc", "p.oid");
}

std::string Types(const CatalogScope& scope) {
  const std::string name = Relation("n.nspname", "t.typname");
  const std::string condition = SchemaCondition(scope) + " AND " + NotExtension("pg_type", "t.oid");
  return "SELECT 'domain', " + name + ", 'CREATE DOMAIN ' || " + name +
         " || ' AS ' || format_type(t.typbasetype, t.typtypmod) || "
         "CASE WHEN t.typnotnull THEN ' NOT NULL' ELSE '' END || coalesce(' DEFAULT ' || t.typdefault, '') || "
         "coalesce((SELECT string_agg(' ' || pg_get_constraintdef(o.oid), '') FROM pg_constraint o WHERE o.contypid = "
         "t.oid), ''), "
         "'its columns are migrated by their base type' FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace "
         "WHERE t.typtype = 'd' AND " +
         condition + " UNION ALL SELECT 'composite type', " + name + ", 'CREATE TYPE ' || " + name +
         " || ' AS (' || "
         "coalesce((SELECT string_agg(quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod), ', ' "
         "ORDER BY a.attnum) "
         "FROM pg_attribute a WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped), '') || ')', "
         "'its columns are migrated as text' FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace "
         "JOIN pg_class k ON k.oid = t.typrelid AND k.relkind = 'c' WHERE t.typtype = 'c' AND " +
         condition + " UNION ALL SELECT 'range type', " + name + ", 'CREATE TYPE ' || " + name +
         " || ' AS RANGE (SUBTYPE = ' || "
         "format_type(r.rngsubtype, -1) || ')', 'its columns are migrated as text' FROM pg_type t JOIN pg_namespace n "
         "ON n.oid = t.typnamespace "
         "JOIN pg_range r ON r.rngtypid = t.oid WHERE t.typtype = 'r' AND " +
         condition;
}

std::string DatabaseWide(int version) {
  return "SELECT 'extension', extname::text, 'CREATE EXTENSION ' || quote_ident(extname) || ' VERSION ' || "
         "quote_literal(extversion), '' "
         "FROM pg_extension WHERE extname <> 'plpgsql' "
         "UNION ALL SELECT 'large object', count(*) || ' large objects', 'pg_largeobject', 'read them with lo_export' "
         "FROM pg_largeobject_metadata HAVING count(*) > 0 "
         "UNION ALL SELECT 'publication', pubname::text, 'CREATE PUBLICATION ' || quote_ident(pubname) || "
         "CASE WHEN puballtables THEN ' FOR ALL TABLES' ELSE coalesce(' FOR TABLE ' || (SELECT "
         "string_agg(r.prrelid::regclass::text, ', ') "
         "FROM pg_publication_rel r WHERE r.prpubid = p.oid), '') END, '' FROM pg_publication p "
         "UNION ALL SELECT 'event trigger', evtname::text, 'CREATE EVENT TRIGGER ' || quote_ident(evtname) || ' ON ' "
         "|| evtevent || "
         "' EXECUTE FUNCTION ' || evtfoid::regproc || '()', '' FROM pg_event_trigger e WHERE " +
         NotExtension("pg_event_trigger", "e.oid") +
         " UNION ALL SELECT 'foreign server', srvname::text, 'CREATE SERVER ' || quote_ident(srvname), '' FROM "
         "pg_foreign_server s WHERE " +
         NotExtension("pg_foreign_server", "s.oid") +
         " UNION ALL SELECT 'database collation', datname::text, 'ENCODING ' || pg_encoding_to_char(encoding) || ' "
         "LC_COLLATE ' || "
         "quote_literal(datcollate) || ' LC_CTYPE ' || quote_literal(datctype)" +
         std::string(version >= 150000
                         ? " || ' LOCALE_PROVIDER ' || CASE datlocprovider WHEN 'i' THEN 'icu' ELSE 'libc' END"
                         : "") +
         ", 'sorting and comparing follow the target database' FROM pg_database WHERE datname = current_database()";
}

std::string MoreRelations(const CatalogScope& scope) {
  return "SELECT 'foreign table', " + Relation("n.nspname", "c.relname") + ", 'CREATE FOREIGN TABLE ' || " +
         Relation("n.nspname", "c.relname") +
         " || ' (' || coalesce((SELECT string_agg(quote_ident(a.attname) || ' ' || "
         "format_type(a.atttypid, a.atttypmod), ', ' ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = c.oid "
         "AND a.attnum > 0 "
         "AND NOT a.attisdropped), '') || ') SERVER ' || quote_ident(s.srvname), 'its rows live elsewhere' "
         "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_foreign_table f ON f.ftrelid = c.oid "
         "JOIN pg_foreign_server s ON s.oid = f.ftserver WHERE c.relkind = 'f' AND " +
         InScope(scope) + " UNION ALL SELECT 'statistics object', " + Relation("n.nspname", "e.stxname") +
         ", pg_get_statisticsobjdef(e.oid), '' "
         "FROM pg_statistic_ext e JOIN pg_namespace n ON n.oid = e.stxnamespace WHERE " +
         SchemaCondition(scope);
}

/// What users define besides relations, types and routines. Those of initdb have the low oids.
std::string Definitions(const CatalogScope& scope) {
  const std::string schema = SchemaCondition(scope);
  const auto named = [&](std::string_view kind, std::string_view catalog, std::string_view prefix) {
    return fmt::format(
        "SELECT '{0}', {1}, 'CREATE {2} ' || {1}, '' FROM {3} e JOIN pg_namespace n ON n.oid = e.{4}namespace WHERE "
        "{5} AND {6}",
        kind, Relation("n.nspname", fmt::format("e.{}name", prefix)),
        kind == "collation" ? "COLLATION" : "TEXT SEARCH CONFIGURATION", catalog, prefix, schema,
        NotExtension(catalog, "e.oid"));
  };
  return named("collation", "pg_collation", "coll") + " UNION ALL " +
         named("text search configuration", "pg_ts_config", "cfg") +
         " UNION ALL SELECT 'operator', e.oid::regoperator::text, 'CREATE OPERATOR ' || e.oid::regoperator || ' "
         "(FUNCTION = ' || e.oprcode || ')', '' FROM pg_operator e JOIN pg_namespace n ON n.oid = e.oprnamespace "
         "WHERE " +
         schema + " AND " + NotExtension("pg_operator", "e.oid") +
         " UNION ALL SELECT 'cast', format_type(e.castsource, NULL) || ' AS ' || format_type(e.casttarget, NULL), "
         "'CREATE CAST (' || format_type(e.castsource, NULL) || ' AS ' || format_type(e.casttarget, NULL) || ')', '' "
         "FROM pg_cast e WHERE e.oid >= 16384 AND " +
         NotExtension("pg_cast", "e.oid");
}

}  // namespace

std::string Others(const CatalogScope& scope, int version) {
  std::string sql;
  for (const std::string& part :
       {Views(scope), TableParts(scope), TableSettings(scope), Access(scope), Routines(scope, version), Types(scope),
        DatabaseWide(version), MoreRelations(scope), Definitions(scope)}) {
    sql += (sql.empty() ? "" : " UNION ALL ") + part;
  }
  return "SELECT * FROM (" + sql + ") q(kind, name, source, why) ORDER BY kind, name";
}

}  // namespace migrateiq::postgres::catalog_sql
